"""Sent to a unit, a member department, several of them; taken, declined, recalled."""

from __future__ import annotations

from typing import Any

import pytest

from console import wire
from console.domain.case import Action, Role, State
from console.hub.context import Hub
from console.hub.store import Tx
from tests.hub.case_lab import DEPARTMENT, UNIT, do, furnish, laid, now_of, person, refusal, told
from tests.hub.conftest import opened, run, seed

DESK = person(Role.DISPATCHER)
ADMIN = person(Role.UNIT_ADMIN, id_="admin")
HANDLER = person(Role.HANDLER, id_="handler")
OTHER = wire.Department(id="d2", name="交警大队")


@pytest.fixture
def hub(hub_on_each: Hub) -> Hub:
    return hub_on_each


async def prepare(hub: Hub) -> None:
    def write(tx: Tx) -> None:
        furnish(hub, tx)

    await hub.store.write(write)
    await seed(hub, OTHER)


def test_a_department_gets_the_case_and_names_who_goes(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await prepare(hub)
            await laid(hub, "A", State.FILED)
            done = await do(hub, DESK, "case.dispatch", "A", department="d1", assisting=["d2"])
            row = await now_of(hub, "A")
            assert (row.state, row.unit, row.department) == ("dispatched", None, "d1")
            assert (row.department_name, row.assisting) == (DEPARTMENT.name, ["d2"])
            assert row.stage == "handle"
            named = await do(hub, ADMIN, "case.assign", "A", unit=UNIT)
            row = await now_of(hub, "A")
            assert (row.state, row.unit, row.stage) == ("dispatched", UNIT, "arrive")
            assert hub.live.units[UNIT].case == "A"
            assert named.undo is not None
            await do(hub, ADMIN, "case.assign", "A", **named.undo.args)
            assert hub.live.units[UNIT].state == "free"
            assert done.undo is not None
            await do(hub, DESK, "case.recall", "A", **done.undo.args)
            row = await now_of(hub, "A")
            assert (row.state, row.department, row.assisting) == ("filed", None, [])

    run(work())


def test_one_key_accepts_files_and_sends_and_one_takes_all_of_it_back(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await prepare(hub)
            before = await laid(hub, "A", State.PROPOSED)
            done = await do(hub, DESK, "case.dispatch", "A")
            facts = await hub.store.read(lambda reader: reader.history("A"))
            assert [fact.action for fact in facts[1:]] == ["accept", "file", "dispatch"]
            assert facts[2].data["classed"]["class"]["code"] == "09001"
            assert done.undo is not None
            assert done.undo.args == {"to": "proposed"}
            back = await do(hub, DESK, "case.recall", "A", **done.undo.args)
            row = await now_of(hub, "A")
            assert (row.state, row.unit, row.rule, row.due) == (
                "proposed",
                None,
                before.rule,
                before.due,
            )
            assert back.undo is not None
            assert (back.undo.id, back.undo.args["unit"]) == ("case.dispatch", UNIT)

    run(work())


@pytest.mark.parametrize("kind", ["member", "bureau"])
def test_an_accepted_proposal_goes_to_the_member_department_or_to_a_unit_of_the_bureau(
    hub: Hub, kind: str
) -> None:
    async def work() -> None:
        async with opened(hub):
            await prepare(hub)
            await seed(hub, DEPARTMENT.model_copy(update={"kind": kind}))
            rule = {"id": "r1", "of": "gb2026/matter/09001", "condition": "占道"}
            rule |= {"limit": "natural_hours:4", "closing": "清理", "department": "d1"}
            await seed(hub, wire.FilingRule.model_validate(rule))
            await laid(hub, "A", State.PROPOSED)
            await do(hub, DESK, "case.dispatch", "A")
            row = await now_of(hub, "A")
            assert (row.rule, row.department) == ("r1", "d1")
            assert row.unit == (UNIT if kind == "bureau" else None)

    run(work())


def test_a_unit_declines_with_a_reason_and_the_desk_has_the_case_again(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await prepare(hub)
            await laid(hub, "A", State.FILED)
            await do(hub, DESK, "case.dispatch", "A", unit=UNIT)
            await do(hub, HANDLER, "case.take", "A")
            assert (await refusal(hub, HANDLER, "case.decline", "A")).code == "reason_missing"
            await do(hub, HANDLER, "case.decline", "A", reason="车辆故障")
            row = await now_of(hub, "A")
            assert (row.state, row.unit) == ("filed", None)
            assert hub.live.units[UNIT].state == "free"
            (fact,) = await told(hub, "A", Action.DECLINE)
            assert (fact.note, fact.data["unit"]) == ("车辆故障", UNIT)

    run(work())


BAD: list[tuple[str, dict[str, Any], str, str | None]] = [
    ("case.dispatch", {"department": "nowhere"}, "unknown_department", "department"),
    ("case.dispatch", {"assisting": ["nowhere"]}, "unknown_department", "assisting"),
    ("case.dispatch", {"assisting": [1]}, "bad_argument", "assisting"),
    ("case.dispatch", {"unit": "nobody"}, "unknown_unit", "unit"),
    ("case.assist", {"departments": "d1"}, "bad_argument", "departments"),
    ("case.recall", {"to": "dispatched"}, "bad_argument", "to"),
    ("case.relocate", {"lat": 95, "lon": 121}, "bad_argument", "lat"),
    ("case.relocate", {"lat": 28.6}, "argument_missing", "lon"),
    ("case.prioritise", {"priority": 1.5}, "bad_argument", "priority"),
    ("case.file", {"rule": "none"}, "illegal_step", None),
    ("case.reclassify", {"code": "09006", "rule": "none"}, "unknown_rule", "rule"),
    ("case.transfer", {"reason": "职责不符"}, "argument_missing", "platform"),
]


def test_bad_arguments_are_named_and_nothing_is_written(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await prepare(hub)
            before = await laid(hub, "A", State.FILED)
            facts = await hub.store.read(lambda reader: reader.history("A"))
            for id_, args, code, field in BAD:
                problem = await refusal(hub, DESK, id_, "A", **args)
                assert (problem.code, problem.field) == (code, field)
            assert await now_of(hub, "A") == before
            assert await hub.store.read(lambda reader: reader.history("A")) == facts

    run(work())


def test_a_resumed_case_whose_unit_has_another_leaves_it_alone(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await prepare(hub)
            await laid(hub, "A", State.FILED)
            await laid(hub, "B", State.FILED)
            await do(hub, DESK, "case.dispatch", "A", unit=UNIT)
            await do(hub, DESK, "case.suspend", "A", days=3, reason="等")
            assert hub.live.units[UNIT].state == "free"
            await do(hub, DESK, "case.dispatch", "B", unit=UNIT)
            await do(hub, DESK, "case.resume", "A")
            assert hub.live.units[UNIT].case == "B"
            assert (await now_of(hub, "A")).state == "dispatched"

    run(work())
