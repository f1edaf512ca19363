"""Every state × action × role of the table, through the real handlers on a real store."""

from __future__ import annotations

from functools import partial
from itertools import product
from pathlib import Path

import pytest

from console import wire
from console.domain.case import Action, Role, State
from console.domain.flow import BACK, before, rule
from console.hub.auth import SYSTEM
from console.hub.commands import Order, carry_out
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules.case_flow import HANDLERS, step
from console.hub.store import Tx
from tests.hub.case_lab import UNIT, args_of, furnish, lay, person
from tests.hub.conftest import TestClock, command, make_hub, officer_unit, opened, run

WITHOUT_A_COMMAND = {Action.PROPOSE, Action.JOIN, Action.WARN, Action.TIMEOUT}
"""What the hub writes by itself, or by a command on something else."""


@pytest.fixture
def hub(tmp_path: Path, clock: TestClock) -> Hub:
    return make_hub(tmp_path, clock)


def attempt(hub: Hub, tx: Tx, row: wire.CaseRow, action: Action, role: Role) -> str:
    """Try one step; return the state it led to, or an empty string where it was refused."""
    officer = person(role)
    written = tx.seq
    problem = ""
    try:
        if action in WITHOUT_A_COMMAND:
            step(hub, tx, row, action, officer)
        else:
            args = args_of(action, row.id)
            carry_out(hub, tx, Order(command(f"case.{action}", row.id, **args), officer))
    except Refused as refused:
        problem = refused.problem.code
    assert problem in ("", "forbidden", "illegal_step"), (row.state, action, role)
    assert (tx.seq == written) == bool(problem), "a refused step has written"
    after = tx.get(wire.CaseRow, row.id)
    return after.state if after is not None and not problem else ""


def expected(tx: Tx, row: wire.CaseRow, action: Action, role: Role) -> str:
    """Return the state the table leads to, or an empty string where it forbids the step."""
    state = State(row.state)
    legal = rule(state, action, [role])
    if legal is None:
        return ""
    if legal.next is BACK:
        return before(state, [State(fact.state) for fact in tx.history(row.id)])
    return (legal.next or state).value


def test_what_the_table_allows_is_done_and_nothing_else(hub: Hub) -> None:
    done: set[tuple[State, Action, Role]] = set()

    def walk(state: State, tx: Tx) -> None:
        # All of a state in one transaction: what is tried is the step, not the commit.
        for action in Action:
            everybody(state, action, tx)

    def everybody(state: State, action: Action, tx: Tx) -> None:
        shut = lay(hub, tx, f"{state}-{action}", state, action)
        for role in Role:
            row = shut
            if rule(state, action, [role]):
                tx.put("unit", officer_unit(UNIT))
                row = lay(hub, tx, f"{shut.id}-{role}", state, action)
                done.add((state, action, role))
            wanted = expected(tx, row, action, role)
            assert attempt(hub, tx, row, action, role) == wanted, (state, action, role)

    async def work() -> None:
        async with opened(hub):
            await hub.store.write(lambda tx: furnish(hub, tx))
            for state in State:
                await hub.store.write(partial(walk, state))
        assert len(done) == sum(
            rule(state, action, [role]) is not None
            for state, action, role in product(State, Action, Role)
        )

    run(work())


def test_every_action_with_a_command_has_its_handler(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            for action in set(Action) - WITHOUT_A_COMMAND:
                assert f"case.{action}" in hub.handlers
        assert set(HANDLERS) - {f"case.{action}" for action in Action} == {"case.bulk"}

    run(work())


def test_the_hub_itself_may_only_do_what_the_table_gives_it() -> None:
    held = {action for state in State for action in Action if rule(state, action, [Role.SYSTEM])}
    assert held == {
        Action.JOIN,
        Action.SUPPLEMENT,
        Action.TAKE,
        Action.DECLINE,
        Action.ARRIVE,
        Action.FEEDBACK,
        Action.RESUME,
        Action.TAKE_BACK,
        Action.TIMEOUT,
        Action.RATE,
        Action.REPLY,
        Action.NOTE,
    }
    assert SYSTEM.roles == [Role.SYSTEM]
