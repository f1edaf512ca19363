"""Whatever names an undo is taken back by it, and can be done again by the undo of the undo."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from console import wire
from console.domain.case import Action, Role, State
from console.domain.flow import RULES
from console.hub.commands import Order, carry_out
from console.hub.context import Hub
from console.hub.store import Tx
from tests.hub.case_lab import MAIN, UNIT, args_of, furnish, lay, person
from tests.hub.conftest import TestClock, command, make_hub, officer_unit, opened, run

EVERYBODY = person(*(set(Role) - {Role.SYSTEM, Role.COLLECTOR, Role.HANDLER}))

CLOCKS = {"stage", "stage_due"}
CLAIM = {"claimed_by", "claimed_name", "claimed_until"}
LASTING = {"version", "place", "district", "ended", "similar"} | CLAIM | CLOCKS
"""What a step and its undo need not leave as it was: counted, told anew, tested elsewhere."""


@pytest.fixture
def hub(tmp_path: Path, clock: TestClock) -> Hub:
    return make_hub(tmp_path, clock)


def seen(tx: Tx, id_: str) -> dict[str, object]:
    row = tx.get(wire.CaseRow, id_)
    assert row is not None
    unit = tx.get(wire.Unit, UNIT)
    assert unit is not None
    fields = row.model_dump(exclude=LASTING)
    return fields | {"unit's": (unit.state, unit.case)}


def give(hub: Hub, tx: Tx, order: wire.Command) -> wire.CommandResult:
    return carry_out(hub, tx, Order(order, EVERYBODY))


def sent(tx: Tx, row: wire.CaseRow) -> wire.CaseRow:
    """Let the lab's unit have the case where one would."""
    bound = {
        State.VERIFYING: "tasked",
        State.DISPATCHED: "tasked",
        State.TAKEN: "tasked",
        State.ON_SITE: "on_site",
    }
    state = bound.get(State(row.state))
    if state is None:
        tx.put("unit", officer_unit(UNIT))
        return row
    unit = tx.put("unit", officer_unit(UNIT, state=state, case=row.id))
    return tx.put("case", row.model_copy(update={"unit": unit.id, "unit_name": unit.name}))


def undoable() -> list[tuple[State, Action]]:
    found: list[tuple[State, Action]] = []
    for state, action in product(State, Action):
        if action in (Action.CLAIM, Action.RELEASE):
            continue
        if any(row.undo and row.action is action and state in row.states for row in RULES):
            found.append((state, action))
    return found


def test_each_undo_brings_the_case_back_and_its_own_undo_does_it_again(hub: Hub) -> None:
    def walk(tx: Tx) -> None:
        for number, (state, action) in enumerate(undoable()):
            id_ = f"C-{number:04d}"
            row = sent(tx, lay(hub, tx, id_, state, action))
            if action is Action.ASSIGN:
                tx.put("unit", officer_unit(UNIT))
                tx.put("case", row.model_copy(update={"unit": None, "unit_name": ""}))
            before = seen(tx, id_)
            main = seen(tx, MAIN)
            facts = tx.history(id_)
            done = give(hub, tx, command(f"case.{action}", id_, **args_of(action, id_)))
            assert done.undo is not None, (state, action)
            after = seen(tx, id_)
            if action is Action.SPLIT:
                continue
            back = give(hub, tx, done.undo)
            assert seen(tx, id_) == before, (state, action)
            assert seen(tx, MAIN) == main, (state, action)
            assert give(hub, tx, done.undo) == back, "taking back twice is taking back once"
            told = tx.history(id_)
            assert told[: len(facts)] == facts, "a fact was changed"
            if back.undo is not None and (state, action) != (State.PROPOSED, Action.DISPATCH):
                give(hub, tx, back.undo)
                assert seen(tx, id_) == after, (state, action)

    async def work() -> None:
        async with opened(hub):
            await hub.store.write(lambda tx: furnish(hub, tx))
            await hub.store.write(walk)

    run(work())


def test_what_says_no_undo_says_why(hub: Hub) -> None:
    def walk(tx: Tx) -> None:
        for number, row in enumerate(RULES):
            if row.undo or f"case.{row.action}" not in hub.handlers:
                continue
            state = next(iter(sorted(row.states)))
            id_ = f"C-{number:04d}"
            sent(tx, lay(hub, tx, id_, state, row.action))
            done = give(hub, tx, command(f"case.{row.action}", id_, **args_of(row.action, id_)))
            assert done.undo is not None or done.no_undo, row

    async def work() -> None:
        async with opened(hub):
            await hub.store.write(lambda tx: furnish(hub, tx))
            await hub.store.write(walk)

    run(work())
