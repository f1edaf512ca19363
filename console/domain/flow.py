"""The one legality table of the case flow: state × action × role -> next state, and its guards.

The hub checks it, the seat enables by it, the tests walk all of it. What it does
not list is illegal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain import guards
from console.domain.case import OPEN, OVER, Action, Role, State
from console.domain.guards import Guard


class Back(Enum):
    """Where a step leads that returns to what was before; see :func:`before`."""

    BACK = "back"


BACK: Final = Back.BACK


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``next`` None leaves the state as it is; BACK is the state before this one.

    ``reason`` means the officer must say why; ``final`` that the step is legally
    final, so it is confirmed apart; ``undo`` names the action that takes it back;
    each ``guard`` must hold as well.
    """

    action: Action
    states: frozenset[State]
    roles: frozenset[Role]
    next: State | Back | None
    reason: bool = False
    final: bool = False
    undo: Action | None = None
    guard: tuple[Guard, ...] = ()


def _rule(
    action: Action,
    states: Iterable[State],
    roles: frozenset[Role],
    next_state: State | Back | None,
    *,
    reason: bool = False,
    final: bool = False,
    undo: Action | None = None,
    guard: tuple[Guard, ...] = (),
) -> Rule:
    return Rule(action, frozenset(states), roles, next_state, reason, final, undo, guard)


_HUB = frozenset({Role.SYSTEM})
_LEAD = frozenset({Role.SHIFT_LEADER, Role.LEADER})
_DESK = _LEAD | {Role.DISPATCHER}
_ACCEPT = _DESK | {Role.ACCEPTOR}
_SPEAK = _DESK | {Role.SPEAKER}
_UNIT = frozenset({Role.HANDLER, Role.UNIT_ADMIN})
_FIELD = _UNIT | _HUB
_VERIFY = _DESK | {Role.COLLECTOR, Role.INSPECTOR, Role.PATROLLER, Role.HANDLER}
_CHECK = _DESK | {Role.INSPECTOR}
_LOOK = _CHECK | {Role.COLLECTOR}
_SUPERVISE = _LEAD | {Role.INSPECTOR}
_REVIEW = frozenset(guards.REVIEWERS)
_AT_WORK = frozenset(Role) - {Role.AUDITOR, Role.SYSTEM}

_S = State
_NEW = frozenset({_S.PROPOSED, _S.ACCEPTED})
_UNFILED = _NEW | {_S.RETURNED, _S.VERIFYING, _S.VERIFIED}
_SENT = frozenset({_S.DISPATCHED, _S.TAKEN})
_OUT = _SENT | {_S.ON_SITE}
_LIVE = OPEN - {_S.SUSPENDED}
"""Open, with its clocks running."""

_KNOWN = frozenset(State) - {_S.MERGED, _S.VOID}
"""Where what happened may still be argued about."""

_TO_OTHER = (guards.NOT_ITSELF, guards.OTHER_OPEN)
_NOT_OWN = (guards.COLLECTOR, guards.OWN_EVIDENCE)

RULES: tuple[Rule, ...] = (
    # --- what comes in ------------------------------------------------------------
    _rule(Action.JOIN, OPEN, _HUB | _ACCEPT, None),
    _rule(Action.ACCEPT, [_S.PROPOSED], _ACCEPT, _S.ACCEPTED, undo=Action.RECALL),
    _rule(Action.RETURN, _NEW, _ACCEPT, _S.RETURNED, reason=True, undo=Action.RECALL),
    _rule(
        Action.SUPPLEMENT,
        [_S.RETURNED],
        _HUB | _ACCEPT | {Role.COLLECTOR, Role.PATROLLER},
        BACK,
    ),
    _rule(Action.VERIFY, _NEW, _ACCEPT, _S.VERIFYING, undo=Action.RECALL),
    _rule(
        Action.CONFIRM,
        [_S.VERIFYING],
        _VERIFY,
        _S.VERIFIED,
        undo=Action.RECALL,
        guard=(guards.COLLECTOR,),
    ),
    _rule(Action.FILE, _NEW | {_S.VERIFIED}, _ACCEPT, _S.FILED, undo=Action.RECALL),
    _rule(Action.REJECT, _UNFILED, _ACCEPT, _S.VOID, reason=True, undo=Action.REOPEN),
    _rule(Action.REJECT, [_S.FILED], _LEAD, _S.VOID, reason=True, undo=Action.REOPEN),
    _rule(Action.RECLASSIFY, _UNFILED | {_S.FILED}, _ACCEPT, None, undo=Action.RECLASSIFY),
    _rule(Action.RELOCATE, _UNFILED | {_S.FILED} | _OUT, _ACCEPT, None, undo=Action.RELOCATE),
    _rule(Action.PRIORITISE, OPEN, _ACCEPT, None, undo=Action.PRIORITISE),
    # --- several reports, one case ------------------------------------------------------
    _rule(
        Action.MERGE,
        _UNFILED | {_S.FILED} | _SENT,
        _ACCEPT,
        _S.MERGED,
        undo=Action.UNMERGE,
        guard=_TO_OTHER,
    ),
    _rule(Action.UNMERGE, [_S.MERGED], _ACCEPT, BACK, undo=Action.MERGE),
    _rule(
        Action.SPLIT,
        _LIVE,
        _ACCEPT,
        None,
        undo=Action.MERGE,
        guard=(guards.REPORTS_LEFT,),
    ),
    _rule(
        Action.MOVE_REPORT,
        _LIVE,
        _ACCEPT,
        None,
        undo=Action.MOVE_REPORT,
        guard=(*_TO_OTHER, guards.REPORTS_LEFT),
    ),
    # --- sending somebody -----------------------------------------------------------------
    _rule(Action.WARN, OPEN - {_S.CHECKED}, _SPEAK, None),
    _rule(
        Action.SETTLE,
        _NEW | {_S.VERIFIED, _S.FILED},
        _DESK,
        _S.CLOSED,
        reason=True,
        final=True,
        undo=Action.REOPEN,
    ),
    _rule(
        Action.DISPATCH,
        _NEW | {_S.VERIFIED, _S.FILED},
        _DESK,
        _S.DISPATCHED,
        undo=Action.RECALL,
    ),
    _rule(Action.ASSIST, _OUT | {_S.FILED}, _DESK, None, undo=Action.ASSIST),
    _rule(Action.ASSIGN, _SENT, _DESK | {Role.UNIT_ADMIN}, None, undo=Action.ASSIGN),
    _rule(Action.RECALL, [_S.DISPATCHED], _DESK, _S.FILED, undo=Action.DISPATCH),
    _rule(Action.RECALL, [_S.TAKEN, _S.ON_SITE], _DESK, _S.FILED),
    _rule(Action.RECALL, [_S.FILED], _ACCEPT, BACK, undo=Action.FILE),
    _rule(Action.RECALL, [_S.VERIFIED], _VERIFY | _ACCEPT, BACK, undo=Action.CONFIRM),
    _rule(Action.RECALL, [_S.VERIFYING], _ACCEPT, BACK, undo=Action.VERIFY),
    _rule(Action.RECALL, [_S.ACCEPTED], _ACCEPT, BACK, undo=Action.ACCEPT),
    _rule(Action.RECALL, [_S.RETURNED], _ACCEPT, BACK, undo=Action.RETURN),
    # --- in the field ---------------------------------------------------------------------
    _rule(Action.TAKE, [_S.DISPATCHED], _FIELD, _S.TAKEN),
    _rule(Action.DECLINE, _SENT, _FIELD, _S.FILED, reason=True),
    _rule(Action.ARRIVE, _SENT, _FIELD, _S.ON_SITE),
    _rule(Action.FEEDBACK, _OUT, _FIELD, _S.HANDLED, guard=(guards.PHOTO,)),
    # --- after disposal -------------------------------------------------------------------
    _rule(
        Action.CHECK,
        [_S.HANDLED],
        _LOOK,
        _S.CHECKED,
        undo=Action.UNCHECK,
        guard=_NOT_OWN,
    ),
    _rule(Action.UNCHECK, [_S.CHECKED], _LOOK, _S.HANDLED, undo=Action.CHECK),
    _rule(Action.REWORK, [_S.HANDLED, _S.CHECKED], _CHECK, _S.DISPATCHED, reason=True),
    _rule(
        Action.CLOSE,
        [_S.CHECKED],
        _DESK,
        _S.CLOSED,
        reason=True,
        final=True,
        undo=Action.REOPEN,
        guard=_NOT_OWN,
    ),
    _rule(
        Action.FORCE_CLOSE,
        OPEN - _UNFILED,
        frozenset({Role.LEADER}),
        _S.CLOSED,
        reason=True,
        final=True,
        undo=Action.REOPEN,
    ),
    _rule(Action.REOPEN, [_S.CLOSED], _DESK, BACK, reason=True),
    _rule(Action.REOPEN, [_S.VOID], _ACCEPT, BACK, reason=True),
    _rule(Action.REOPEN, [_S.ARCHIVED], _DESK, BACK, reason=True, undo=Action.ARCHIVE),
    _rule(Action.ARCHIVE, [_S.CLOSED], _DESK, _S.ARCHIVED, undo=Action.REOPEN),
    _rule(
        Action.TRANSFER,
        _NEW | {_S.VERIFIED, _S.FILED},
        _DESK,
        _S.TRANSFERRED,
        reason=True,
        final=True,
        undo=Action.TAKE_BACK,
    ),
    _rule(Action.TAKE_BACK, [_S.TRANSFERRED], _DESK | _HUB, BACK, reason=True),
    # --- limits -----------------------------------------------------------------------------
    _rule(
        Action.SUSPEND,
        _OUT | {_S.FILED},
        _DESK,
        _S.SUSPENDED,
        reason=True,
        undo=Action.RESUME,
        guard=(guards.SUSPENSION,),
    ),
    _rule(Action.RESUME, [_S.SUSPENDED], _DESK | _HUB, BACK, undo=Action.SUSPEND),
    _rule(
        Action.ASK_EXTENSION,
        _OUT,
        _UNIT,
        None,
        reason=True,
        guard=(guards.IN_TIME, guards.EXTENSIONS, guards.ONE_REQUEST),
    ),
    _rule(
        Action.EXTEND,
        _OUT | {_S.FILED},
        _LEAD,
        None,
        reason=True,
        guard=(guards.IN_TIME, guards.EXTENSIONS),
    ),
    _rule(Action.REFUSE_EXTENSION, _OUT, _LEAD, None, reason=True, guard=(guards.REQUESTED,)),
    _rule(Action.TIMEOUT, OPEN, _HUB, None),
    # --- supervision and review ---------------------------------------------------------------
    _rule(Action.SUPERVISE, OPEN, _SUPERVISE, None, reason=True, undo=Action.UNSUPERVISE),
    _rule(
        Action.UNSUPERVISE,
        OPEN,
        _SUPERVISE,
        None,
        undo=Action.SUPERVISE,
        guard=(guards.SUPERVISED,),
    ),
    _rule(
        Action.APPEAL,
        _KNOWN,
        _UNIT,
        None,
        reason=True,
        guard=(guards.TIMEOUT_RECORDED, guards.APPEAL_ONCE),
    ),
    _rule(
        Action.REVIEW,
        _KNOWN,
        _REVIEW,
        None,
        reason=True,
        guard=(
            guards.APPEAL_OPEN,
            guards.APPELLANT,
            guards.OTHER_REVIEWER,
            guards.OWN_EVIDENCE,
        ),
    ),
    # --- words and hands --------------------------------------------------------------------
    _rule(Action.RATE, OVER - {_S.MERGED}, _ACCEPT | _HUB, None),
    _rule(Action.REPLY, State, _ACCEPT | _HUB, None),
    _rule(Action.CLAIM, OPEN, _AT_WORK, None, undo=Action.RELEASE),
    _rule(Action.RELEASE, State, _AT_WORK, None),
    _rule(Action.NOTE, State, _AT_WORK | _HUB, None),
)


def rule(state: State, action: Action, roles: Iterable[Role]) -> Rule | None:
    """Return the row that permits this step, or None where it is illegal."""
    held = frozenset(roles)
    for row in RULES:
        if row.action is action and state in row.states and held & row.roles:
            return row
    return None


def actions(state: State, roles: Iterable[Role]) -> list[Action]:
    """Return what somebody holding ``roles`` may do in ``state``, in table order."""
    held = frozenset(roles)
    return [row.action for row in RULES if state in row.states and held & row.roles]


_USUAL: dict[State, State] = {
    _S.RETURNED: _S.PROPOSED,
    _S.ACCEPTED: _S.PROPOSED,
    _S.VERIFYING: _S.ACCEPTED,
    _S.VERIFIED: _S.VERIFYING,
    _S.FILED: _S.PROPOSED,
    _S.DISPATCHED: _S.FILED,
    _S.TAKEN: _S.DISPATCHED,
    _S.ON_SITE: _S.DISPATCHED,
    _S.HANDLED: _S.ON_SITE,
    _S.CHECKED: _S.HANDLED,
    _S.SUSPENDED: _S.FILED,
    _S.CLOSED: _S.CHECKED,
    _S.ARCHIVED: _S.CLOSED,
    _S.VOID: _S.PROPOSED,
    _S.MERGED: _S.PROPOSED,
    _S.TRANSFERRED: _S.FILED,
}
"""What is before a state where the history does not tell."""


def way(state: State, history: Iterable[State]) -> list[State]:
    """Return how a case came to ``state``, from proposed on, without what was taken back.

    ``history`` are the states its facts were written in, oldest first. The way is cut off where
    the case comes to a state again, so that going back twice goes back two steps.
    """
    steps: list[State] = []
    for stood in (*history, state):
        if stood in steps:
            del steps[steps.index(stood) + 1 :]
        else:
            steps.append(stood)
    while steps[0] is not State.PROPOSED:
        steps.insert(0, _USUAL[steps[0]])
    return steps


def before(state: State, history: Iterable[State]) -> State:
    """Return from where a case came to ``state``: what BACK means."""
    return [State.PROPOSED, *way(state, history)][-2]
