"""What to do with a command that somebody else's change overtook: send it again, or ask anew."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from console import wire
from console.domain import flow
from console.domain.case import Action, Role, State

_ALL_OF_IT = frozenset({"state", "merged_into"})
_WHAT_IT_IS = frozenset({"code", "at"})
_WHO_GOES = frozenset({"unit", "department", "assisting"})

TOUCHES: dict[Action, frozenset[str]] = {
    Action.RECLASSIFY: frozenset({"code", "rule"}),
    Action.RELOCATE: frozenset({"at"}),
    Action.PRIORITISE: frozenset({"priority"}),
    Action.SUPERVISE: frozenset({"supervised"}),
    Action.UNSUPERVISE: frozenset({"supervised"}),
    Action.ASSIST: frozenset({"assisting"}),
    Action.ASSIGN: frozenset({"unit"}),
    Action.DISPATCH: _WHO_GOES,
    Action.REWORK: _WHO_GOES,
    Action.RECALL: _WHO_GOES,
    Action.ACCEPT: _WHAT_IT_IS,
    Action.FILE: _WHAT_IT_IS | {"rule"},
    Action.REJECT: _WHAT_IT_IS,
    Action.RETURN: _WHAT_IT_IS,
    Action.TRANSFER: _WHAT_IT_IS,
    Action.MERGE: _WHAT_IT_IS,
    Action.SPLIT: _WHAT_IT_IS,
    Action.CLAIM: frozenset({"claimed_by"}),
    Action.RELEASE: frozenset({"claimed_by"}),
}
"""Step -> the fields it sets or rests on, besides the state where it moves that."""


def again(
    command: wire.Command, problem: wire.Problem, roles: Collection[Role]
) -> wire.Command | None:
    """Return the command for the case as it is now, or None where the officer must look first.

    It goes again by itself only where it is still legal, not legally final, and nobody changed
    what it sets or rests on.
    """
    action = action_of(command)
    if action is None or problem.code != "conflict" or problem.current is None:
        return None
    row = wire.CaseRow.model_validate(problem.current)
    rule = flow.rule(State(row.state), action, roles)
    if rule is None or rule.final or not problem.changes:
        return None
    touched = TOUCHES.get(action, frozenset())
    if rule.next is not None:
        touched |= _ALL_OF_IT
    if any(change.field in touched for change in problem.changes):
        return None
    return command.model_copy(update={"key": uuid.uuid4().hex, "version": row.version})


def action_of(command: wire.Command) -> Action | None:
    """Return the step of the flow a command is, if it is one."""
    noun, _, verb = command.id.partition(".")
    known = {action.value: action for action in Action}
    return known.get(verb) if noun == "case" else None
