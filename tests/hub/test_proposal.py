"""What a new case is proposed: class, rule, department, officer, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console import wire
from console.domain.case import Source
from console.domain.catalogue import Route
from console.domain.classify import Guess
from console.hub.context import Hub
from console.hub.intake.desk import IncomingReport, receive
from console.hub.rules.proposal import OFTEN
from tests.hub.conftest import NOON, TestClock, make_hub, officer_unit, opened, run, seed

LAT, LON = 28.136, 121.231


def ring(side: float) -> wire.Ring:
    """Return a square around the spot, so many degrees from its middle to its sides."""
    return [(LON + x * side, LAT + y * side) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


async def town(hub: Hub) -> None:
    """Nested grids, a street with its chief, two departments, four officers at hand."""
    await seed(
        hub,
        wire.Grid(id="g1", level=1, name="城东片区", ring=ring(0.02), leader="一级"),
        wire.Grid(id="g3", level=3, name="城东1-1", ring=ring(0.003), parent="g1", leader="三级"),
        wire.Street(
            id="r01",
            name="人民路",
            line=[(LON - 0.002, LAT), (LON + 0.002, LAT)],
            chief="林路长",
            phone="12905760001",
        ),
        wire.Department(id="bureau", name="综合行政执法局", kind="bureau"),
        wire.Department(id="water", name="水利局"),
        *(officer_unit(f"u00{number}") for number in range(1, 5)),
        officer_unit("u009", state="tasked"),
    )
    hub.register.routes = [
        Route("*", "综合执法中队", "", "bureau"),
        Route("*", "供水单位", "", "water"),
    ]
    for number, unit in enumerate(("u003", "u001", "u009", "u002", "u004")):
        fix = wire.Position(unit=unit, lat=LAT + 0.0005 * (number + 1), lon=LON, at=hub.now())
        hub.positions.put(fix, hub.now())


async def told(hub: Hub, text: str, code: str, **fields: Any) -> wire.CaseRow:
    """Let a citizen report and return the case that was opened."""
    given: dict[str, Any] = {
        "door": "test",
        "external": text,
        "source": Source.CITIZEN,
        "at": NOON,
        "lat": LAT,
        "lon": LON,
        "guess": Guess(code, "text", text[:2]) if code else Guess(),
        "text": text,
    }
    received = await receive(hub, IncomingReport(**given | fields))
    return hub.live.cases[received.case]


def codes(row: wire.CaseRow) -> dict[str, str]:
    assert row.proposal is not None
    return {reason.code: reason.text for reason in row.proposal.reasons}


def test_a_case_is_proposed_its_rule_department_people_and_next_classes(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await town(hub)
            row = await told(hub, "流动摊贩堵住校门", "09001")
            proposal = row.proposal
            assert proposal is not None
            assert row.rule == proposal.rule == "base/gb2026/matter/09001/2-blocking"
            assert row.due == NOON.replace(hour=5)  # an urgent hour, in the rule's own words
            assert (row.district, row.grid) == ("g1", "g3")
            assert proposal.department == "bureau"
            assert (proposal.officer, proposal.phone) == ("林路长", "12905760001")
            assert proposal.nearest == ["u003", "u001", "u002"]
            assert proposal.unit == "u003"
            assert {other.code for other in proposal.others} <= {
                "09002", "09005", "09006", "09015", "09022", "06029",
            }  # fmt: skip
            why = codes(row)
            assert why["rule"] == "流动商贩聚集，堵塞路口、校门、车站"
            assert why["department"] == "综合行政执法局"
            history = await hub.store.read(lambda reader: reader.history(row.id))
            assert history[0].data["classed"]["rule"]["id"] == row.rule

    run(work())


def test_what_a_member_unit_answers_for_is_proposed_to_it_and_to_no_officer(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await town(hub)
            proposal = (await told(hub, "供水井盖破了", "01001")).proposal
            assert proposal is not None
            assert (proposal.department, proposal.unit) == ("water", None)
            assert proposal.nearest

    run(work())


def test_where_nobody_answers_the_proposal_says_so(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await town(hub)
            row = await told(hub, "邮筒倒了", "01042")
            assert row.proposal is not None
            assert row.proposal.department is None
            assert codes(row)["no_department"] == "邮政企业"

    run(work())


def test_a_case_of_no_class_is_proposed_without_rule_or_department(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await town(hub)
            row = await told(hub, "说不清的事", "")
            assert (row.code, row.rule) == ("00000", None)
            assert "unsorted" in codes(row)
            assert row.proposal is not None
            assert row.proposal.unit == "u003"

    run(work())


def test_a_trouble_spot_is_named_as_one(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await town(hub)
            for number in range(OFTEN):
                spot = {"lat": LAT + 0.0009 * (number - 1), "lon": LON + 0.001}
                row = await told(hub, f"油烟很大{number}", "06027", **spot)
                assert "recurring" not in codes(row)
                clock.move(hours=30)
            row = await told(hub, "又是油烟", "06027", at=clock.now, lon=LON - 0.001)
            assert codes(row)["recurring"] == str(OFTEN)
            clock.move(days=40)
            row = await told(hub, "过了很久的油烟", "06027", at=clock.now, lat=LAT + 0.002)
            assert "recurring" not in codes(row)

    run(work())


@pytest.mark.parametrize("basis", ["hint", "service"])
def test_a_surer_report_brings_its_own_rule_and_department(
    tmp_path: Path, clock: TestClock, basis: str
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await town(hub)
            first = await told(hub, "占道", "09006", guess=Guess("09006", basis, "占道"))
            row = await told(hub, "小贩堵住路口", "09001", lat=LAT + 0.00002)
            assert row.id == first.id
            assert row.proposal is not None
            assert row.rule == row.proposal.rule == "base/gb2026/matter/09001/2-blocking"
            assert [r.code for r in row.proposal.reasons].count("rule") == 1

    run(work())
