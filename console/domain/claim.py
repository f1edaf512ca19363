"""Who has a case in hand: a lease that runs out by itself, so that two never work on one case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Protocol

from console.domain.case import Action, Role


class Claimed(Protocol):
    """What a case says about who has it in hand."""

    @property
    def claimed_by(self) -> str | None: ...
    @property
    def claimed_until(self) -> datetime | None: ...


_OUTSIDE = frozenset({Role.HANDLER, Role.COLLECTOR, Role.SYSTEM})
"""Who reports what happened in the street does not wait for a desk."""

DECISIVE = frozenset(
    {
        Action.ACCEPT,
        Action.RETURN,
        Action.VERIFY,
        Action.FILE,
        Action.REJECT,
        Action.RECLASSIFY,
        Action.RELOCATE,
        Action.PRIORITISE,
        Action.MERGE,
        Action.UNMERGE,
        Action.SPLIT,
        Action.MOVE_REPORT,
        Action.SETTLE,
        Action.DISPATCH,
        Action.ASSIST,
        Action.RECALL,
        Action.CHECK,
        Action.UNCHECK,
        Action.REWORK,
        Action.SUSPEND,
        Action.RESUME,
        Action.EXTEND,
        Action.REFUSE_EXTENSION,
        Action.CLOSE,
        Action.REOPEN,
        Action.ARCHIVE,
        Action.TRANSFER,
        Action.TAKE_BACK,
    }
)
"""Steps that only the holder of a claimed case may take. A leader's forced close is none."""

_PREPARING = frozenset({Action.RECLASSIFY, Action.RELOCATE, Action.MOVE_REPORT})
"""Steps after which whoever took them has the case in hand: he is about to decide on it."""

NOBODY: dict[str, Any] = {"claimed_by": None, "claimed_name": "", "claimed_until": None}
"""The fields of a case that nobody has in hand."""


def holder(case: Claimed, now: datetime) -> str | None:
    """Return who has a case in hand at a moment."""
    until = case.claimed_until
    return case.claimed_by if until is not None and until > now else None


def keeps_out(
    case: Claimed, action: Action, who: str, roles: Collection[str], now: datetime
) -> bool:
    """Tell whether somebody else's claim stands against a step."""
    held = holder(case, now)
    if held is None or held == who or action not in DECISIVE:
        return False
    return not _OUTSIDE.issuperset(roles)


def taken(who: str, name: str, now: datetime, lease: timedelta) -> dict[str, Any]:
    """Return the fields of a case that somebody has in hand from now on."""
    return {"claimed_by": who, "claimed_name": name, "claimed_until": now + lease}


def after_step(
    case: Claimed,
    action: Action,
    who: tuple[str, str, Collection[str]],
    now: datetime,
    lease: timedelta,
    *,
    moved: bool,
) -> dict[str, Any]:
    """Return what a step does to the claim; ``who`` is an id, a name and roles.

    A step that moves the case hands it on to the next desk, so it ends the claim. One that prepares
    a decision takes the case in hand, or keeps it there.
    """
    id_, name, roles = who
    if moved:
        return NOBODY if case.claimed_by else {}
    if action in _PREPARING and not _OUTSIDE.issuperset(roles):
        return taken(id_, name, now, lease)
    return taken(id_, name, now, lease) if holder(case, now) == id_ else {}
