"""The case flow: every command on a case, and the one way to move it.

Each is one step of the table or a few: facts are added, the row changes, all in one transaction.
"""

from __future__ import annotations

from console.hub.commands import Handler
from console.hub.rules import (
    case_bulk,
    case_dispatch,
    case_filing,
    case_limits,
    case_merge,
    case_review,
)
from console.hub.rules.case_steps import row_of, step

__all__ = ["HANDLERS", "row_of", "step"]

HANDLERS: dict[str, Handler] = {
    **case_filing.HANDLERS,
    **case_merge.HANDLERS,
    **case_dispatch.HANDLERS,
    **case_limits.HANDLERS,
    **case_review.HANDLERS,
    **case_bulk.HANDLERS,
}
