"""Supervision orders, early warnings, campaigns, rounds, and what is counted on its own."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from console import wire
from console.domain.case import Role
from console.domain.clock import CHINA
from console.domain.permit import Deed
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.joint import orders, work
from console.hub.refusal import Refused
from console.hub.scope import check_media, sees
from console.hub.store import Tx, joint
from tests.hub.conftest import (
    NOON,
    ServedHub,
    TestClock,
    case_row,
    command,
    make_hub,
    opened,
    run,
    seed,
)

LEADER = wire.Officer(id="boss", name="王局", roles=[Role.LEADER], districts=["*"])
WATER = wire.Officer(
    id="water", name="水务", roles=[Role.UNIT_ADMIN], districts=[], departments=["water"]
)
ROADS = WATER.model_copy(update={"id": "roads", "name": "交通", "departments": ["roads"]})
DESK = wire.Officer(id="desk", name="调度", roles=[Role.DISPATCHER], districts=["*"])
CASE = "C20261122-0001"
LETTER: dict[str, Any] = {
    "title": "河道垃圾",
    "text": "三日内清理",
    "departments": ["water", "roads"],
}


@asynccontextmanager
async def bureau(
    database: str, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Hub]:
    monkeypatch.setattr(orders, "TICK", 0.02)
    monkeypatch.setattr(work, "TICK", 0.02)
    hub = make_hub(tmp_path / "hub", clock, database=database)
    async with opened(hub):
        departments = [wire.Department(id=id_, name=id_) for id_ in ("water", "roads")]
        await seed(hub, case_row(), *departments)
        yield hub


async def do(hub: Hub, officer: wire.Officer, id_: str, target: str = "", **args: Any) -> Any:
    return await execute(hub, officer, command(id_, target or None, **args))


async def refused(hub: Hub, officer: wire.Officer, id_: str, target: str = "", **args: Any) -> str:
    with pytest.raises(Refused) as answer:
        await do(hub, officer, id_, target, **args)
    problem = answer.value.problem
    return f"{answer.value.status} {problem.code} {problem.field}"


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens on other threads
            await asyncio.sleep(0.02)


@pytest.fixture
def joined(
    database: str, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Any]:
    return lambda: bureau(database, tmp_path, clock, monkeypatch)


def test_an_order_is_received_answered_and_closed(joined: Callable[[], Any]) -> None:
    async def work_() -> None:
        async with joined() as hub:
            args = LETTER | {"cases": [CASE], "level": 2, "limit": "working_days:3"}
            result = await do(hub, LEADER, "order.issue", **args)
            id_ = result.target
            assert (id_, result.data["number"]) == ("D2026-0001", "督〔2026〕1号")
            issued = hub.live.orders[id_]
            assert issued.deadline == datetime(2026, 11, 25, 17, 30, tzinfo=CHINA)
            (fact,) = await hub.store.read(lambda reader: reader.history(CASE))
            assert (fact.note, fact.data) == ("督〔2026〕1号 河道垃圾", {"order": id_})
            await do(hub, WATER, "order.receive", id_)
            assert hub.live.orders[id_].state == "issued"
            assert await refused(hub, WATER, "order.receive", id_) == (
                "409 already_received department"
            )
            assert await refused(hub, WATER, "order.receive", id_, department="roads") == (
                "403 out_of_scope None"
            )
            await do(hub, LEADER, "order.receive", id_, department="roads")
            received = hub.live.orders[id_]
            assert received.state == "received"
            assert [(one.department, one.on_behalf) for one in received.receipts] == [
                ("water", False),
                ("roads", True),
            ]
            assert (
                await refused(hub, WATER, "order.answer", id_, text=" ") == "422 bad_argument text"
            )
            await do(hub, WATER, "order.answer", id_, text="已清理")
            await do(hub, ROADS, "order.answer", id_, text="已配合")
            assert hub.live.orders[id_].state == "answered"
            assert (
                await refused(hub, WATER, "order.close", id_, result="好") == "403 forbidden None"
            )
            await do(hub, LEADER, "order.close", id_, result="办结")
            closed = hub.live.orders[id_]
            assert (closed.state, closed.result, closed.closed) == ("closed", "办结", NOON)
            assert await refused(hub, LEADER, "order.close", id_, result="x") == (
                "409 order_closed None"
            )

    run(work_())


def test_orders_are_numbered_within_the_year_of_china(
    joined: Callable[[], Any], clock: TestClock
) -> None:
    async def work_() -> None:
        async with joined() as hub:
            clock.now = datetime(2026, 12, 31, 23, 59, tzinfo=CHINA)
            numbers = [(await do(hub, LEADER, "order.issue", **LETTER)).data["number"]]
            numbers.append((await do(hub, LEADER, "order.issue", **LETTER)).data["number"])
            clock.move(minutes=1)
            numbers.append((await do(hub, LEADER, "order.issue", **LETTER)).data["number"])
            assert numbers == ["督〔2026〕1号", "督〔2026〕2号", "督〔2027〕1号"]

    run(work_())


def test_an_order_that_is_not_answered_in_time_is_marked_once(
    joined: Callable[[], Any], clock: TestClock
) -> None:
    async def work_() -> None:
        async with joined() as hub:
            args = LETTER | {"limit": "natural_hours:2", "departments": ["water"]}
            late = (await do(hub, LEADER, "order.issue", **args)).target
            done = (await do(hub, LEADER, "order.issue", **args)).target
            await do(hub, WATER, "order.answer", done, text="已清理")
            clock.move(hours=3)
            await until(lambda: hub.live.orders[late].overdue)
            assert not hub.live.orders[done].overdue
            await hub.store.write(orders.mark_late)
            entries = await hub.store.read(lambda reader: list(reader.audit_entries()))
            assert [e.target for e in entries if e.action == "order.overdue"] == [late]

    run(work_())


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"title": ""}, "422 bad_argument title"),
        ({"departments": []}, "422 bad_argument departments"),
        ({"departments": ["moon"]}, "404 unknown_department departments"),
        ({"cases": ["C9"]}, "404 unknown_case cases"),
        ({"level": 4}, "422 bad_argument level"),
        ({"limit": "soon"}, "422 bad_argument limit"),
        ({"limit": "working_days:0"}, "422 bad_argument limit"),
        ({"text": "x" * 5000}, "422 bad_argument text"),
        ({"more": 1}, "422 bad_argument more"),
    ],
)
def test_an_order_that_is_wrong_is_refused_by_field(
    tmp_path: Path, clock: TestClock, change: dict[str, Any], answer: str
) -> None:
    async def work_() -> None:
        async with opened(make_hub(tmp_path / "hub", clock)) as hub:
            await seed(hub, wire.Department(id="water", name="水务"))
            args = LETTER | {"departments": ["water"]} | change
            assert await refused(hub, LEADER, "order.issue", **args) == answer
            assert await refused(hub, DESK, "order.issue", **args) == "403 forbidden None"
            assert not hub.live.orders

    run(work_())


def test_a_warning_is_received_when_every_department_has_it(joined: Callable[[], Any]) -> None:
    async def work_() -> None:
        async with joined() as hub:
            result = await do(hub, LEADER, "notice.issue", **LETTER)
            assert result.data["number"] == "警〔2026〕1号"
            await do(hub, WATER, "notice.receive", result.target)
            assert hub.live.kind("notice")[result.target].state == "issued"
            await do(hub, ROADS, "notice.receive", result.target)
            assert hub.live.kind("notice")[result.target].state == "received"

    run(work_())


def test_a_campaign_sums_up_what_was_done_and_takes_back_what_was_not(
    joined: Callable[[], Any],
) -> None:
    async def work_() -> None:
        async with joined() as hub:
            args: dict[str, Any] = {"title": "户外广告", "goal": 60000, "unit": "m²"}
            id_ = (await do(hub, LEADER, "campaign.start", **args)).target
            await do(hub, DESK, "campaign.add", id_, amount=120.5, place="珠城东路", case=CASE)
            second = await do(hub, DESK, "campaign.add", id_, amount=79.5)
            body = hub.live.kind("campaign")[id_]
            assert (body.total, body.entries) == (200.0, 2)
            assert hub.live.cases[CASE].campaign == id_
            await execute(hub, DESK, second.undo)
            body = hub.live.kind("campaign")[id_]
            assert (body.total, body.entries) == (120.5, 1)
            assert await refused(hub, DESK, "campaign.add", id_, amount="many") == (
                "422 bad_argument amount"
            )
            assert await refused(hub, DESK, "campaign.add", id_, amount=1, before="nope") == (
                "404 unknown_media before"
            )
            await do(hub, LEADER, "campaign.end", id_, result="完成")
            assert await refused(hub, DESK, "campaign.add", id_, amount=1) == (
                "409 campaign_ended None"
            )
            found = await hub.store.read(
                lambda reader: joint.entries_of(reader, wire.JointQuery(of=id_))
            )
            assert [(one.place, one.amount) for one in found.entries] == [("珠城东路", 120.5)]

    run(work_())


def test_a_round_follows_its_cases_until_they_are_settled(joined: Callable[[], Any]) -> None:
    async def work_() -> None:
        async with joined() as hub:
            await seed(hub, case_row("C20261122-0002"))
            args: dict[str, Any] = {"title": "现场管控督查", "kind": "spot_check"}
            id_ = (await do(hub, LEADER, "round.start", **args)).target
            await do(hub, LEADER, "round.add_case", id_, case=CASE)
            second = await do(hub, LEADER, "round.add_case", id_, case="C20261122-0002")
            assert await refused(hub, LEADER, "round.add_case", id_, case=CASE) == (
                "409 already_linked case"
            )
            assert hub.live.rounds[id_].settled == 0
            await do(hub, LEADER, "round.end", id_)

            def close(tx: Tx) -> None:
                tx.put("case", case_row(state="closed"))

            await hub.store.write(close)
            await until(lambda: hub.live.rounds[id_].settled == 1)
            assert len(hub.live.rounds[id_].cases) == 2
            assert await refused(hub, LEADER, "round.drop_case", id_, case=CASE) == (
                "409 round_ended None"
            )
            assert second.undo.args == {"case": "C20261122-0002"}

    run(work_())


def test_persuasions_and_mediations_are_counted_by_month_kind_and_district(
    joined: Callable[[], Any], clock: TestClock
) -> None:
    async def work_() -> None:
        async with joined() as hub:
            await do(hub, DESK, "persuasion.count", kind="跨门面经营", count=3)
            wrong = await do(hub, DESK, "persuasion.count", kind="跨门面经营", count=50)
            await execute(hub, DESK, wrong.undo)
            earlier = datetime(2026, 10, 31, 23, 0, tzinfo=CHINA).isoformat()
            await do(hub, DESK, "persuasion.count", kind="流动摊贩", at=earlier)
            talk: dict[str, Any] = {"kind": "噪音", "parties": ["张", "李"], "matter": "夜间施工"}
            await do(hub, DESK, "mediation.record", result="agreed", agreement="十点后停", **talk)
            assert await refused(hub, DESK, "mediation.record", result="agreed", **talk) == (
                "422 argument_missing agreement"
            )
            ahead = (clock.now + timedelta(hours=1)).isoformat()
            assert await refused(hub, DESK, "persuasion.count", kind="x", at=ahead) == (
                "422 bad_argument at"
            )
            assert await refused(hub, DESK, "persuasion.count", kind="x", district="moon") == (
                "404 unknown_district district"
            )
            found = await hub.store.read(lambda reader: joint.totals(reader, wire.JointQuery()))
            assert [(one.topic, one.month, one.kind, one.count) for one in found.lines] == [
                ("mediation", "2026-11", "噪音", 1),
                ("persuasion", "2026-10", "流动摊贩", 1),
                ("persuasion", "2026-11", "跨门面经营", 3),
            ]
            query = wire.JointQuery(start=NOON - timedelta(days=1))
            recent = await hub.store.read(
                lambda reader: joint.records_of(reader, "persuasion", wire.Persuasion, query)
            )
            assert [one.kind for one in recent] == ["跨门面经营"]

    run(work_())


def test_an_order_is_seen_by_its_departments_and_not_by_others(
    served: ServedHub, clock: TestClock
) -> None:
    hub = served.hub
    served.call(seed(hub, wire.Department(id="water", name="水务")))
    body = {"id": "order.issue", "key": "issue-one-1", "args": LETTER | {"departments": ["water"]}}
    assert served.post("/api/commands", body).status_code == 200
    assert served.post("/api/commands", body).json()["target"] == "D2026-0001"
    assert list(hub.live.orders) == ["D2026-0001"]
    order = hub.live.orders["D2026-0001"]
    assert sees(hub.live, WATER, order)
    assert not sees(hub.live, ROADS, order)
    counted = {"id": "persuasion.count", "key": "count-one-1", "args": {"kind": "占道"}}
    assert served.post("/api/commands", counted).status_code == 200
    assert served.post("/api/joint/totals", {}).json()["lines"][0]["kind"] == "占道"
    assert len(served.post("/api/joint/persuasions", {}).json()["persuasions"]) == 1
    assert served.post("/api/joint/mediations", {}).json() == {"mediations": []}
    assert served.post("/api/joint/cases", {"of": "X"}).status_code == 404
    assert served.post("/api/joint/entries", {"limit": 0}).status_code == 422


def test_a_photo_of_joint_work_is_seen_by_the_whole_bureau(served: ServedHub) -> None:
    picture = io.BytesIO()
    Image.effect_noise((64, 48), 80).save(picture, "PNG")
    url, type_ = f"{served.url}/api/joint/photos", {"Content-Type": "image/png"}
    answer = served.session.post(url, data=picture.getvalue(), headers=type_, timeout=10)
    assert answer.status_code == 201
    media = wire.Media.model_validate(answer.json())

    async def look() -> None:
        await served.hub.store.read(lambda reader: check_media(WATER, Deed.SEE, media, reader))

    served.call(look())
    refused_ = served.session.post(url, data=b"no picture", headers=type_, timeout=10)
    assert (refused_.status_code, refused_.json()["field"]) == (422, "photo")
