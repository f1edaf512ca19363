"""A command that somebody else's change overtook goes again only where that is harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from console import wire
from console.domain import flow
from console.domain.case import Action, Role
from console.hub.changes import FIELDS
from console.seat.merge import TOUCHES, action_of, again

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DESK = [Role.DISPATCHER, Role.SHIFT_LEADER]


def conflict(*fields: str, **row: Any) -> wire.Problem:
    """Return the hub's word that fields of a case were changed meanwhile."""
    body = {
        "id": "C1", "version": 7, "state": "filed", "kind": "matter", "code": "09001",
        "name": "游商", "place": "人民路", "at": {"lat": 28, "lon": 121}, "sources": ["ai"],
        "reports": 1, "opened": NOW.isoformat(), "due": NOW.isoformat(),
    }  # fmt: skip
    return wire.Problem(
        code="conflict",
        current=body | row,
        changed_by="李强",
        changes=[wire.FieldChange(field=field, was="1", now="2") for field in fields],
    )


def sent(id_: str, **args: Any) -> wire.Command:
    return wire.Command(id=id_, key="the first key", target="C1", version=3, args=args)


def test_what_touches_other_fields_goes_again_with_the_new_version_and_a_new_key() -> None:
    command = sent("case.prioritise", priority=2)
    second = again(command, conflict("code"), DESK)
    assert second is not None
    assert (second.version, second.args) == (7, {"priority": 2})
    assert second.key != command.key


@pytest.mark.parametrize(
    ("id_", "field"),
    [
        ("case.prioritise", "priority"),
        ("case.dispatch", "unit"),
        ("case.dispatch", "state"),
        ("case.reclassify", "code"),
        ("case.reject", "code"),
    ],
)
def test_what_somebody_else_has_set_is_not_set_over_him(id_: str, field: str) -> None:
    assert again(sent(id_), conflict(field), DESK) is None


def test_what_is_not_legal_any_more_is_not_sent_again() -> None:
    assert again(sent("case.dispatch"), conflict("priority", state="closed"), DESK) is None
    assert again(sent("case.dispatch"), conflict("priority"), [Role.COLLECTOR]) is None


def test_what_is_legally_final_is_always_asked_anew() -> None:
    final = [row for row in flow.RULES if row.final]
    assert final
    for row in final:
        for state in row.states:
            problem = conflict("priority", state=state.value)
            assert again(sent(f"case.{row.action}"), problem, list(row.roles)) is None


def test_where_the_hub_cannot_say_what_changed_the_officer_looks_first() -> None:
    assert again(sent("case.prioritise"), conflict(), DESK) is None
    assert again(sent("case.prioritise"), wire.Problem(code="claimed"), DESK) is None
    assert again(sent("voice.warn"), conflict("code"), DESK) is None


def test_every_field_a_step_rests_on_is_one_the_hub_tells_of() -> None:
    assert {field for fields in TOUCHES.values() for field in fields} <= set(FIELDS)
    assert {action_of(sent(f"case.{action}")) for action in Action} == set(Action)
