"""The one legality table of the case flow: state × action × role -> next state.

The hub checks it, the seat enables by it, the tests walk all of it. What it does
not list is illegal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.case import OPEN, Action, Role, State

_DESK = frozenset({Role.DISPATCHER, Role.SHIFT_LEADER, Role.LEADER})
_ACCEPT = _DESK | {Role.ACCEPTOR}
_SPEAK = _DESK | {Role.SPEAKER}
_FIELD = frozenset({Role.HANDLER, Role.SYSTEM})
_CHECK = frozenset({Role.INSPECTOR, Role.SHIFT_LEADER, Role.LEADER, Role.DISPATCHER})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``next`` None leaves the state as it is.

    ``reason`` means the officer must say why; ``final`` that the step is legally
    final, so it is confirmed apart; ``undo`` names the action that takes it back.
    """

    action: Action
    states: frozenset[State]
    roles: frozenset[Role]
    next: State | None
    reason: bool = False
    final: bool = False
    undo: Action | None = None


def _rule(
    action: Action,
    states: Iterable[State],
    roles: frozenset[Role],
    next_state: State | None,
    *,
    reason: bool = False,
    final: bool = False,
    undo: Action | None = None,
) -> Rule:
    return Rule(action, frozenset(states), roles, next_state, reason, final, undo)


_S = State
RULES: tuple[Rule, ...] = (
    _rule(Action.JOIN, OPEN, frozenset({Role.SYSTEM}) | _ACCEPT, None),
    _rule(Action.FILE, [_S.PROPOSED], _ACCEPT, _S.FILED, undo=Action.RECALL),
    _rule(Action.REJECT, [_S.PROPOSED], _ACCEPT, _S.VOID, reason=True, undo=Action.REOPEN),
    _rule(Action.RECLASSIFY, [_S.PROPOSED, _S.FILED], _ACCEPT, None, undo=Action.RECLASSIFY),
    _rule(Action.WARN, OPEN - {_S.CHECKED}, _SPEAK, None),
    _rule(
        Action.SETTLE,
        [_S.PROPOSED, _S.FILED],
        _DESK,
        _S.CLOSED,
        reason=True,
        final=True,
        undo=Action.REOPEN,
    ),
    _rule(Action.DISPATCH, [_S.PROPOSED, _S.FILED], _DESK, _S.DISPATCHED, undo=Action.RECALL),
    _rule(Action.RECALL, [_S.DISPATCHED], _DESK, _S.FILED, undo=Action.DISPATCH),
    _rule(Action.RECALL, [_S.FILED], _ACCEPT, _S.PROPOSED, undo=Action.FILE),
    _rule(Action.ARRIVE, [_S.DISPATCHED], _FIELD, _S.ON_SITE),
    _rule(Action.FEEDBACK, [_S.DISPATCHED, _S.ON_SITE], _FIELD, _S.HANDLED),
    _rule(Action.CHECK, [_S.HANDLED], _CHECK, _S.CHECKED, undo=Action.UNCHECK),
    _rule(Action.UNCHECK, [_S.CHECKED], _CHECK, _S.HANDLED, undo=Action.CHECK),
    _rule(Action.REWORK, [_S.HANDLED, _S.CHECKED], _CHECK, _S.DISPATCHED, reason=True),
    _rule(
        Action.CLOSE,
        [_S.CHECKED],
        _DESK,
        _S.CLOSED,
        reason=True,
        final=True,
        undo=Action.REOPEN,
    ),
    _rule(Action.REOPEN, [_S.CLOSED], _DESK, _S.FILED, reason=True),
    _rule(Action.REOPEN, [_S.VOID], _ACCEPT, _S.PROPOSED, reason=True),
    _rule(Action.NOTE, State, frozenset(Role) - {Role.AUDITOR}, None),
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
