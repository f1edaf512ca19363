"""Clocks on the hub: what a step sets, alarms, resuming, calendars that are imported."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console import wire
from console.domain.case import Action, Role
from console.domain.clock import CHINA
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import alarms, clocks
from console.hub.rules.case_flow import step
from console.hub.store import Tx
from tests.hub.conftest import DUTY, NOON, TestClock, case_row, command, make_hub, opened, run, seed

CASE = "C20261122-0001"
BOSS = wire.Officer(id="boss", name="管理员", roles=[Role.ADMINISTRATOR])
NEXT_YEAR = "# notice of 2027\nday,kind,name\n2027-01-01,off,元旦\n2027-01-04,off,元旦\n"
RULE = wire.FilingRule(
    id="slow", of="gb2026/matter/09001", condition="", limit="working_days:30", closing=""
)


async def opened_case(hub: Hub, **fields: Any) -> None:
    """Open a case as intake does: its clocks begin, its first fact is written."""

    def write(tx: Tx) -> None:
        row = case_row(opened=tx.now, **fields)
        tx.put("case", row.model_copy(update=clocks.opening(hub, row)))
        tx.fact(row.id, Action.PROPOSE, "system", "system", row.state)

    await hub.store.write(write)


async def take(hub: Hub, action: Action, **more: Any) -> wire.CaseRow:
    def write(tx: Tx) -> wire.CaseRow:
        row = tx.get(wire.CaseRow, CASE)
        assert row is not None
        officer = wire.Officer(id="o", name="o", roles=sorted(set(Role) - {Role.COLLECTOR}))
        return step(hub, tx, row, action, officer, note="reason", **more)

    return await hub.store.write(write)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens on other threads
            await asyncio.sleep(0.02)


async def facts(hub: Hub, action: Action) -> list[wire.Fact]:
    history = await hub.store.read(lambda reader: reader.history(CASE))
    return [fact for fact in history if fact.action == action]


async def told(hub: Hub, action: Action, count: int) -> list[wire.Fact]:
    """Wait until the history holds so many facts of an action."""
    async with asyncio.timeout(10):
        while len(found := await facts(hub, action)) < count:  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.02)
    return found


def hub_test(
    tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch, database: str = ""
) -> Hub:
    monkeypatch.setattr(alarms, "TICK", 0.02)
    return make_hub(tmp_path / "hub", clock, database=database)


@pytest.fixture
def hub(tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Hub:
    return hub_test(tmp_path, clock, monkeypatch)


def test_a_step_sets_the_clock_of_its_stage(hub: Hub, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(hub):
            await opened_case(hub)
            row = hub.live.cases[CASE]
            assert (row.stage, row.stage_due) == ("accept", NOON + timedelta(minutes=30))
            assert row.due == NOON + timedelta(hours=24)
            clock.move(minutes=3)
            await take(hub, Action.FILE)
            row = await take(hub, Action.DISPATCH, data={"unit": "u001"}, unit="u001")
            assert (row.stage, row.stage_due) == ("arrive", NOON + timedelta(minutes=13))
            row = await take(hub, Action.ARRIVE)
            assert (row.stage, row.stage_due) == ("handle", NOON + timedelta(hours=24, minutes=3))
            assert row.due == NOON + timedelta(hours=24)
            found = await hub.store.read(lambda reader: clocks.detailed(hub, reader, row))
            assert [one.stage for one in found] == [
                "whole",
                "accept",
                "dispatch",
                "arrive",
                "handle",
            ]
            assert found[-1].limit == "natural_hours:24"

    run(work())


def test_a_suspended_case_keeps_its_time_and_runs_on_by_itself(hub: Hub, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(hub):
            await opened_case(hub)
            await take(hub, Action.FILE)
            clock.move(minutes=10)
            resumes = NOON + timedelta(days=9)
            row = await take(hub, Action.SUSPEND, resumes=resumes)
            assert (row.paused, row.stage_due) == (clock.now, NOON + timedelta(minutes=30))
            clock.move(days=5)
            assert not await facts(hub, Action.TIMEOUT)
            clock.now = resumes
            await until(lambda: hub.live.cases[CASE].state == "filed")
            row = hub.live.cases[CASE]
            assert (row.paused, row.resumes) == (None, None)
            assert row.stage_due == resumes + timedelta(minutes=20)
            assert row.due == resumes + timedelta(hours=24) - timedelta(minutes=10)
            assert not await facts(hub, Action.TIMEOUT)

    run(work())


def test_a_clock_warns_at_four_fifths_and_tells_once_that_it_ran_out(
    hub: Hub, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(hub):
            await opened_case(hub)
            clock.move(minutes=24)
            (warning,) = await told(hub, Action.NOTE, 1)
            assert (warning.note, warning.data["stage"]) == ("clock_warning", "accept")
            assert hub.live.cases[CASE].priority == 0
            clock.move(minutes=6)
            await until(lambda: hub.live.cases[CASE].priority == 1)
            (timeout,) = await facts(hub, Action.TIMEOUT)
            assert (timeout.data["stage"], timeout.data["limit"]) == (
                "accept",
                "natural_minutes:30",
            )
            clock.move(hours=24)
            await until(lambda: hub.live.cases[CASE].priority == 2)
            stages = [fact.data["stage"] for fact in await facts(hub, Action.TIMEOUT)]
            assert stages == ["accept", "whole"]
            entries = await hub.store.read(lambda reader: list(reader.audit_entries()))
            assert [entry.action for entry in entries if entry.action.startswith("clock")] == [
                "clock.warning",
                "clock.timeout",
                "clock.timeout",
            ]

    run(work())


def test_the_clock_of_handling_is_watched_behind_that_of_arrival(
    hub: Hub, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(hub):
            await opened_case(hub)
            await take(hub, Action.DISPATCH, data={"unit": "u001"}, unit="u001")
            clock.move(minutes=11)
            await until(lambda: hub.live.cases[CASE].priority == 1)
            clock.move(hours=24)
            stages = [fact.data["stage"] for fact in await told(hub, Action.TIMEOUT, 3)]
            assert sorted(stages) == ["arrive", "handle", "whole"]

    run(work())


def test_a_hub_that_was_off_tells_of_what_ran_out_meanwhile_once(
    tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with opened(hub_test(tmp_path, clock, monkeypatch)) as hub:
            await opened_case(hub)
        clock.move(hours=1)
        async with opened(hub_test(tmp_path, clock, monkeypatch)) as hub:
            await until(lambda: hub.live.cases[CASE].priority == 1)
        async with opened(hub_test(tmp_path, clock, monkeypatch)) as hub:
            await hub.store.write(lambda tx: alarms.look(hub, tx, hub.live.cases[CASE]))
            assert len(await facts(hub, Action.TIMEOUT)) == 1

    run(work())


def test_twenty_thousand_open_cases_cost_nothing_while_nothing_is_due(
    hub: Hub, clock: TestClock
) -> None:
    watched = alarms.Alarms(hub)
    for number in range(20_000):
        watched.watch(case_row(f"C20261122-{number:05d}", due=NOON + timedelta(hours=24)))
    looks = []
    for _ in range(1000):
        looks += list(watched.due(NOON))
    assert looks == []
    assert len(list(watched.due(NOON + timedelta(hours=20)))) == 20_000


# --- calendars --------------------------------------------------------------------


def test_a_published_year_moves_what_was_provisional(
    database: str, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sunday = datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)
    assert sunday == NOON

    async def work() -> None:
        async with opened(hub_test(tmp_path, clock, monkeypatch, database)) as hub:
            await seed(hub, RULE)
            await opened_case(hub, rule="slow")
            row = hub.live.cases[CASE]
            assert row.provisional
            assert row.due == datetime(2027, 1, 1, 17, 30, tzinfo=CHINA)
            result = await execute(hub, BOSS, command("calendar.import", text=NEXT_YEAR))
            assert result.data == {"year": 2027, "source": "notice of 2027", "days": 2}
            await until(lambda: not hub.live.cases[CASE].provisional)
            due = datetime(2027, 1, 5, 17, 30, tzinfo=CHINA)
            assert hub.live.cases[CASE].due == due
            (note,) = await facts(hub, Action.NOTE)
            assert note.note == "calendar"
            assert note.data["moved"]["due"] == [str(row.due), str(due.astimezone(row.due.tzinfo))]
            entries = await hub.store.read(lambda reader: list(reader.audit_entries()))
            assert "calendar.moved" in [entry.action for entry in entries]
        async with opened(hub_test(tmp_path, clock, monkeypatch, database)) as hub:
            assert hub.clocks.calendar.years[2027].source == "notice of 2027"

    run(work())


def test_nothing_is_taken_of_a_calendar_with_a_bad_row(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            with pytest.raises(Refused) as refused:
                await execute(hub, BOSS, command("calendar.import", text=NEXT_YEAR + "x,off,x\n"))
            assert refused.value.problem.code == "bad_calendar"
            assert "row 5" in refused.value.problem.detail
            with pytest.raises(Refused):
                await execute(hub, BOSS, command("calendar.import", text=5))
            with pytest.raises(Refused) as refused:
                await execute(
                    hub,
                    DUTY.model_copy(update={"roles": ["dispatcher"]}),
                    command("calendar.import", text=NEXT_YEAR),
                )
            assert refused.value.status == 403
            assert 2027 not in hub.clocks.calendar.years

    run(work())
