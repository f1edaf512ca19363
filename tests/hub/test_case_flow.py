"""Commands on cases: legal by the table, once, with history, undo and the unit's state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console import wire
from console.domain.case import Action, Role
from console.hub.auth import SYSTEM
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import case_flow
from tests.hub.conftest import (
    DUTY,
    NOON,
    TestClock,
    case_row,
    command,
    make_hub,
    officer,
    officer_unit,
    opened,
    run,
    seed,
)

CASE = "C20261122-0001"


@pytest.fixture
def hub(hub_on_each: Hub) -> Hub:
    return hub_on_each


def place(hub: Hub, unit: str, east: float, age: float = 0.0) -> None:
    """Put a unit ``east`` degrees of longitude from the case, seen ``age`` seconds ago."""
    at = hub.now() - timedelta(seconds=age)
    hub.positions.put(wire.Position(unit=unit, lat=28.65, lon=121.26 + east, at=at), hub.now())


def unit_is(hub: Hub, unit: str) -> tuple[str, str | None]:
    return hub.live.units[unit].state, hub.live.units[unit].case


async def do(hub: Hub, id_: str, target: str | None = CASE, **args: Any) -> wire.CommandResult:
    return await execute(hub, DUTY, command(id_, target, **args))


async def refused(hub: Hub, id_: str, target: str | None = CASE, **args: Any) -> Refused:
    with pytest.raises(Refused) as error:
        await do(hub, id_, target, **args)
    return error.value


async def history(hub: Hub) -> list[wire.Fact]:
    return await hub.store.read(lambda reader: reader.history(CASE))


async def as_system(hub: Hub, action: Action, **more: Any) -> wire.CaseRow:
    row = hub.live.cases[CASE]
    return await hub.store.write(lambda tx: case_flow.step(hub, tx, row, action, SYSTEM, **more))


def test_the_incident_runs_from_proposal_to_close_and_each_step_stands_in_its_history(
    hub: Hub, clock: TestClock
) -> None:
    sent: list[tuple[str, str]] = []

    async def heard(row: wire.CaseRow, unit: wire.Unit) -> None:
        sent.append((row.id, unit.id))

    async def work() -> None:
        hub.on_dispatch.append(heard)
        async with opened(hub):
            await seed(hub, case_row(), officer_unit("u1"), officer_unit("u2"))
            place(hub, "u1", 0.01)
            place(hub, "u2", 0.002)
            result = await do(hub, "case.dispatch", version=1)
            assert result.data["unit"] == "u2"
            assert 190 < result.data["metres"] < 200
            row = hub.live.cases[CASE]
            assert (row.state, row.unit, row.unit_name) == ("dispatched", "u2", "队员u2")
            assert row.stage_due == NOON + timedelta(minutes=10)
            assert unit_is(hub, "u2") == ("tasked", CASE)
            clock.move(minutes=6)
            await as_system(hub, Action.ARRIVE)
            assert hub.live.cases[CASE].stage == "handle"
            assert unit_is(hub, "u2") == ("on_site", CASE)
            await as_system(hub, Action.FEEDBACK, note="已劝离", media=["m1"])
            assert unit_is(hub, "u2") == ("free", None)
            await do(hub, "case.check")
            await do(hub, "case.close", reason="已整改")
            facts = await history(hub)
            assert [(fact.action, fact.state) for fact in facts] == [
                ("accept", "accepted"),
                ("file", "filed"),
                ("dispatch", "dispatched"),
                ("arrive", "on_site"),
                ("feedback", "handled"),
                ("check", "checked"),
                ("close", "closed"),
            ]
            assert facts[4].media == ["m1"]
            assert facts[6].note == "已整改"
            assert {fact.actor for fact in facts} == {"duty", "system"}
            assert CASE not in hub.live.cases
            assert sent == [(CASE, "u2")]

    run(work())


def test_the_same_key_gives_the_first_result_and_happens_once(hub: Hub, clock: TestClock) -> None:
    filing = command("case.file", CASE, version=1)

    async def first() -> wire.CommandResult:
        async with opened(hub):
            await seed(hub, case_row())
            result = await execute(hub, DUTY, filing)
            assert await execute(hub, DUTY, filing) == result
            assert len(await history(hub)) == 1
            return result

    async def after_a_restart(expected: wire.CommandResult) -> None:
        settings = hub.settings
        async with opened(make_hub(settings.data, clock, database=settings.database)) as again:
            assert await execute(again, DUTY, filing) == expected
            assert len(await history(again)) == 1
            other = filing.model_copy(update={"args": {"reason": "x"}})
            with pytest.raises(Refused) as error:
                await execute(again, DUTY, other)
            assert error.value.problem.code == "key_reused"

    async def work() -> None:
        await after_a_restart(await first())

    run(work())


def test_an_older_version_is_a_conflict_that_carries_the_present_row(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            await do(hub, "case.reclassify", code="09005")
            error = await refused(hub, "case.file", version=1)
            assert (error.status, error.problem.code) == (409, "conflict")
            current = wire.CaseRow.model_validate(error.problem.current)
            assert current == hub.live.cases[CASE]
            await do(hub, "case.file", version=current.version)

    run(work())


def test_a_note_under_the_fingers_is_no_conflict(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            await do(hub, "case.note", text="看过")
            await do(hub, "case.file", version=1)
            assert hub.live.cases[CASE].state == "filed"

    run(work())


def test_reasons_texts_and_classes_are_asked_for_by_field(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            for id_, args, code, field in (
                ("case.reject", {}, "reason_missing", "reason"),
                ("case.reject", {"reason": "  "}, "reason_missing", "reason"),
                ("case.note", {}, "argument_missing", "text"),
                ("case.note", {"text": 7}, "bad_argument", "text"),
                ("case.note", {"text": "x" * 3000}, "bad_argument", "text"),
                ("case.reclassify", {"code": "99999"}, "unknown_class", "code"),
                ("case.reclassify", {"code": "a\x00b"}, "bad_input", "args"),
                ("case.dispatch", {"unit": "nobody"}, "unknown_unit", "unit"),
                ("case.note", {"text": float("nan")}, "bad_input", "args"),
                ("case.note", {"text": "\ud800"}, "bad_input", "args"),
            ):
                problem = (await refused(hub, id_, **args)).problem
                assert (problem.code, problem.field) == (code, field)
            assert (await refused(hub, "case.file", None)).problem.field == "target"
            assert (await refused(hub, "case.file", "nowhere")).status == 404
            assert (await refused(hub, "case.fly")).status == 404
            assert hub.live.cases[CASE].version == 1

    run(work())


def test_a_refusal_for_the_role_is_kept_in_the_audit(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            auditor = officer(Role.AUDITOR, id_="a1")
            with pytest.raises(Refused) as error:
                await execute(hub, auditor, command("case.file", CASE))
            assert error.value.status == 403
            entries = await hub.store.read(lambda reader: list(reader.audit_entries()))
            assert entries[-1].actor == "a1"
            assert entries[-1].action == "command.denied"

    run(work())


def test_the_nearest_free_officer_with_a_fresh_position_is_sent(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(
                hub,
                case_row(),
                officer_unit("near_but_old"),
                officer_unit("near_but_busy", state="tasked", case="C-x"),
                officer_unit("car", kind="vehicle"),
                officer_unit("good"),
                officer_unit("far"),
            )
            assert (await refused(hub, "case.dispatch")).problem.code == "no_free_unit"
            place(hub, "near_but_old", 0.0001, age=600)
            place(hub, "near_but_busy", 0.0001)
            place(hub, "car", 0.0001)
            place(hub, "good", 0.003)
            place(hub, "far", 0.03)
            busy = await refused(hub, "case.dispatch", unit="near_but_busy")
            assert busy.problem.code == "unit_busy"
            assert (await do(hub, "case.dispatch")).data["unit"] == "good"

    run(work())


def test_recall_frees_the_unit_and_its_undo_sends_the_same_one_again(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row(), officer_unit("u1"), officer_unit("u2"))
            place(hub, "u2", 0.0001)
            await do(hub, "case.dispatch", unit="u1")
            result = await do(hub, "case.recall")
            row = hub.live.cases[CASE]
            assert (row.state, row.unit, row.unit_name) == ("filed", None, "")
            assert hub.live.units["u1"].state == "free"
            assert result.undo is not None
            await execute(hub, DUTY, result.undo)
            assert hub.live.cases[CASE].unit == "u1"

    run(work())


def test_rework_goes_to_another_when_the_first_unit_is_taken(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            handled = case_row(state="handled", unit="u1", unit_name="队员u1")
            await seed(
                hub,
                handled,
                officer_unit("u1", state="tasked", case="C-other"),
                officer_unit("u2"),
            )
            place(hub, "u2", 0.001)
            await do(hub, "case.rework", reason="未清理干净")
            assert hub.live.cases[CASE].unit == "u2"
            assert hub.live.cases[CASE].stage_due == NOON + timedelta(minutes=10)
            assert hub.live.units["u1"].case == "C-other"

    run(work())


def test_reclassifying_counts_the_limit_of_the_new_class_from_the_opening(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            await do(hub, "case.reclassify", code="gb2026/component/01001", rule="")
            row = hub.live.cases[CASE]
            assert (row.kind, row.name, row.rule) == ("component", "供水井盖", None)
            assert row.due == row.opened + timedelta(days=7)
            urgent = wire.FilingRule(
                id="r1",
                of="gb2026/component/01001",
                condition="井盖缺失",
                limit="natural_hours:2",
                closing="补齐",
            )
            await seed(hub, urgent)
            await do(hub, "case.reclassify", code="gb2026/component/01001", rule="r1")
            row = hub.live.cases[CASE]
            assert (row.rule, row.due) == ("r1", row.opened + timedelta(hours=2))
            told = (await history(hub))[-1].data["classed"]
            assert told["rule"]["condition"] == "井盖缺失"
            await do(hub, "case.reclassify", code="09006")
            assert hub.live.cases[CASE].kind == "matter"

    run(work())
