"""Any commands by anybody in any order: what must hold of cases whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from console import wire
from console.domain import flow
from console.domain.case import OVER, Action, Role, State
from console.hub.commands import Order, carry_out
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.store import Tx
from tests.hub.case_lab import args_of, furnish, lay, person
from tests.hub.conftest import NOON, TestClock, command, make_hub, opened

UNITS = ("u1", "u2")
ROLES = sorted(set(Role) - {Role.SYSTEM})
ACTIONS = sorted(set(Action) - {Action.PROPOSE, Action.JOIN, Action.WARN, Action.TIMEOUT})
STATES_OF_A_SENT_UNIT = {State.VERIFYING, State.DISPATCHED, State.TAKEN, State.ON_SITE}


class Bureau:
    """A hub that stays open for all runs, so that each begins at once."""

    def __init__(self, folder: Path) -> None:
        self.clock = TestClock()
        self.hub = make_hub(folder, self.clock)
        self.runs = self.done = 0
        self._loop = asyncio.new_event_loop()
        self._open = opened(self.hub)

    def __enter__(self) -> Bureau:
        self._loop.run_until_complete(self._open.__aenter__())
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.run_until_complete(self._open.__aexit__(None, None, None))
        self._loop.close()

    def write(self, work: Any) -> Any:
        """Do something in one transaction; all units are seen right then, on no case's site."""

        async def do() -> Any:
            for n, unit in enumerate(UNITS):
                at = wire.Position(unit=unit, lat=28.65, lon=121.28 + n / 100, at=self.clock.now)
                self.hub.positions.put(at, self.clock.now)
            return await self.hub.store.write(work)

        return self._loop.run_until_complete(do())


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with ExitStack() as stack:
        yield stack.enter_context(Bureau(tmp_path))


class Anything(RuleBasedStateMachine):
    """Three cases of two reports each, two units, and whatever officers do with them."""

    bureau: Bureau

    @initialize()
    def begin(self) -> None:
        self.bureau.runs += 1
        self.bureau.clock.now = NOON
        self.cases = [f"R{self.bureau.runs}-{letter}" for letter in "abc"]
        self.facts: dict[str, list[wire.Fact]] = {}

        def write(tx: Tx) -> None:
            for row in list(tx.all(wire.CaseRow).values()):
                tx.put("case", row.model_copy(update={"state": State.ARCHIVED}))
            for unit in list(tx.all(wire.Unit).values()):
                tx.remove("unit", unit.id)
            furnish_once(self.bureau.hub, tx, first=self.bureau.runs == 1)
            for id_ in self.cases:
                lay(self.bureau.hub, tx, id_, State.PROPOSED)

        self.bureau.write(write)

    @rule(hours=st.sampled_from([0.1, 1, 30]))
    def time_passes(self, hours: float) -> None:
        self.bureau.clock.move(hours=hours)

    @rule(
        roles=st.sets(st.sampled_from(ROLES), min_size=1, max_size=3),
        action=st.sampled_from(ACTIONS),
        pair=st.permutations([0, 1, 2]),
    )
    def somebody_tries(self, roles: set[Role], action: Action, pair: list[int]) -> None:
        self._give(sorted(roles), action, pair, UNITS[0], undone=False)

    @rule(
        number=st.integers(0, 10_000),
        pair=st.permutations([0, 1, 2]),
        unit=st.sampled_from(UNITS),
        undone=st.sampled_from([False, False, True]),
    )
    def somebody_who_may_acts(
        self, number: int, pair: list[int], unit: str, *, undone: bool
    ) -> None:
        row = self.bureau.write(lambda tx: row_of(tx, self.cases[pair[0]]))
        legal = [
            (action, role)
            for action in ACTIONS
            for role in ROLES
            if flow.rule(State(row.state), action, [role])
        ]
        action, role = legal[number % len(legal)]
        self._give([role], action, pair, unit, undone=undone)

    def _give(
        self, roles: list[Role], action: Action, pair: list[int], unit: str, *, undone: bool
    ) -> None:
        case, other = self.cases[pair[0]], self.cases[pair[1]]
        officer = person(*roles, id_="+".join(roles))
        args = args_of(action, case) | {"unit": unit}
        for name in ("into", "to"):
            if name in args:
                args[name] = other
        order = Order(command(f"case.{action}", case, **args), officer)
        self.bureau.write(lambda tx: self._act(tx, order, action, undone=undone))

    def _act(self, tx: Tx, order: Order, action: Action, *, undone: bool) -> None:
        hub = self.bureau.hub
        case = order.command.target or ""
        row, way = row_of(tx, case), tx.history(case)
        before, state = picture(tx, case), State(row.state)
        written = tx.seq
        try:
            done = carry_out(hub, tx, order)
        except Refused:
            assert tx.seq == written
            assert tx.history(case) == way
            return
        self.bureau.done += 1
        legal = flow.rule(state, action, map(Role, order.officer.roles))
        assert legal is not None, (state, action, order.officer.roles)
        after = State(row_of(tx, case).state)
        told = [State(fact.state) for fact in way]
        to = flow.before(state, told) if legal.next is flow.BACK else legal.next or state
        assert after is to, (state, action, after)
        if undone and done.undo is not None and action is not Action.SPLIT:
            carry_out(hub, tx, Order(done.undo, order.officer))
            assert picture(tx, case) == before, (state, action)

    @invariant()
    def facts_are_only_added(self) -> None:
        def look(tx: Tx) -> None:
            for id_ in self.cases:
                told = tx.history(id_)
                known = self.facts.get(id_, [])
                assert told[: len(known)] == known
                self.facts[id_] = told

        self.bureau.write(look)

    @invariant()
    def rows_and_units_fit_each_other(self) -> None:
        def look(tx: Tx) -> None:
            for id_ in self.cases:
                row = row_of(tx, id_)
                state = State(row.state)
                assert (row.merged_into is not None) == (state is State.MERGED)
                assert (row.ended is not None) == (state in OVER)
                assert (row.resumes is None) or state in OVER | {State.SUSPENDED}
                assert row.extensions <= 2
                assert row.reports >= 1
            for unit in tx.all(wire.Unit).values():
                if unit.case is None:
                    assert unit.state == "free"
                    continue
                row = row_of(tx, unit.case)
                assert row.unit == unit.id
                assert State(row.state) in STATES_OF_A_SENT_UNIT

        self.bureau.write(look)


def furnish_once(hub: Hub, tx: Tx, *, first: bool) -> None:
    """Put the lab's things the first time, and fresh units each time."""
    if first:
        furnish(hub, tx)
    for unit in UNITS:
        tx.put("unit", wire.Unit(id=unit, kind="officer", name=unit))


def row_of(tx: Tx, id_: str) -> wire.CaseRow:
    row = tx.get(wire.CaseRow, id_)
    assert row is not None
    return row


def picture(tx: Tx, id_: str) -> tuple[Any, ...]:
    """Return what an undo must bring back: state, unit, class, place, and whose the unit is."""
    row = row_of(tx, id_)
    named = tx.get(wire.Unit, row.unit) if row.unit else None
    return (
        row.state,
        row.unit,
        row.department,
        (row.scheme, row.kind, row.code, row.rule),
        row.at,
        row.priority,
        row.supervised,
        row.merged_into,
        row.reports,
        named,
    )


def test_whatever_anybody_does_cases_stay_on_the_table_and_facts_are_only_added(
    bureau: Bureau,
) -> None:
    machine = type("Here", (Anything,), {"bureau": bureau})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert bureau.done > 5 * bureau.runs, "hardly anything was allowed"
