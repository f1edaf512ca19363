"""The order of the queue as one number: what presses most comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.case import OPEN, State

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_STEP: Final = 1 << 54
"""More microseconds than any date has."""
OVER: Final = 1 << 62
"""Above every rank of an open case; that of one that is over is at most this."""
_PRIORITIES: Final = 9


def microseconds(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def rank(
    state: str, priority: int, due: datetime, stage_due: datetime | None, opened: datetime
) -> int:
    """Return where a case stands in the queue, the smallest number first.

    Open cases stand by falling priority, then by the nearer of their two deadlines. Behind them
    come those that are over, the newest first.
    """
    if State(state) not in OPEN:
        return OVER - microseconds(opened)
    nearer = due if stage_due is None else min(due, stage_due)
    pressing = min(max(priority, 0), _PRIORITIES)
    return (_PRIORITIES - pressing) * _STEP + microseconds(nearer)
