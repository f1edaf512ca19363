"""An older version is refused with who changed what since; on each engine."""

from __future__ import annotations

import pytest

from console import wire
from console.domain.case import Role
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.refusal import Refused
from tests.hub.conftest import (
    DUTY,
    TestClock,
    case_row,
    command,
    officer,
    officer_unit,
    opened,
    run,
    seed,
)

CASE = "C20261122-0001"
LI = officer(Role.DISPATCHER, Role.ACCEPTOR, id_="li")


async def overtaken(hub: Hub, version: int) -> wire.Problem:
    with pytest.raises(Refused) as refused:
        await execute(hub, DUTY, command("case.reject", CASE, version=version, reason="不属实"))
    assert refused.value.status == 409
    return refused.value.problem


def changed(problem: wire.Problem) -> dict[str, tuple[object, object]]:
    return {change.field: (change.was, change.now) for change in problem.changes}


def test_who_changed_what_is_told_in_words_an_officer_reads(
    hub_on_each: Hub, clock: TestClock
) -> None:
    hub = hub_on_each

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row(), officer_unit("u1"))
            clock.move(minutes=1)
            await execute(hub, LI, command("case.reclassify", CASE, code="09002"))
            seen = hub.live.cases[CASE].version
            clock.move(minutes=6)
            first = await overtaken(hub, 1)
            assert first.current is not None
            assert first.current["version"] == seen
            assert first.changed_by == "li"
            assert changed(first)["code"] == ("无照经营游商", hub.live.cases[CASE].name)
            await execute(hub, LI, command("case.dispatch", CASE, unit="u1"))
            second = await overtaken(hub, seen)
            assert "code" not in changed(second), "he had seen that already"
            assert changed(second)["unit"] == ("", "队员u1")
            assert changed(second)["state"] == ("proposed", "dispatched")

    run(work())


def test_where_the_log_no_longer_reaches_back_it_is_told_that_it_changed_and_no_more(
    hub_on_each: Hub,
) -> None:
    hub = hub_on_each

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            problem = await overtaken(hub, 0)
            assert problem.code == "conflict"
            assert (problem.changed_by, problem.changes) == ("", [])
            assert problem.current is not None

    run(work())
