"""The devices against a fake hub (tests/city/fake_hub.py) that only keeps what it is told."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from console.city.city import City, Outside
from console.city.devices.ai import AiBoxes
from console.city.devices.album import Album
from console.city.devices.citizens import Citizens
from console.city.devices.handset import Handsets
from console.city.devices.http import Http
from console.city.devices.jt808 import Fleet
from console.city.devices.sensors import Sensors
from console.city.devices.trackers import Trackers
from console.city.geometry import to_wgs84
from console.city.model import Staff, Town
from console.city.pictures import Pictures
from console.city.story import Alarm, CitizenReport, Story
from console.city.world import World
from console.protocols import frigate, jt808, osmand
from tests.city.fake_hub import FakeHub


@contextlib.asynccontextmanager
async def _hub() -> AsyncIterator[FakeHub]:
    hub = FakeHub()
    await hub.open()
    try:
        yield hub
    finally:
        await hub.die()


@contextlib.asynccontextmanager
async def _running(part: Any) -> AsyncIterator[None]:
    task = asyncio.ensure_future(part.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.contextmanager
def _door(hub: FakeHub) -> Any:
    http = Http(hub.url, "key")
    try:
        yield http
    finally:
        http.close()


def _few(town: Town, protocol: str, count: int) -> tuple[Staff, ...]:
    return tuple([s for s in town.staff if s.protocol == protocol][:count])


def _small(town: Town, staff: tuple[Staff, ...]) -> World:
    return World(dataclasses.replace(town, staff=staff), start=10 * 3600.0)


def test_terminals_register_authenticate_and_tell_where_they_are(town: Town) -> None:
    world = _small(town, _few(town, "jt808", 3))

    async def story() -> None:
        async with _hub() as hub:
            fleet = Fleet(world, "127.0.0.1", hub.jt808_port, lambda *_: None, lambda _: None)
            async with _running(fleet):
                await hub.until(lambda: len(set(hub.told(jt808.Location))) == 3)
            kinds = [type(m) for t, m in hub.messages if t == world.town.staff[0].terminal]
            assert kinds[:3] == [jt808.Register, jt808.Authenticate, jt808.Location]

    asyncio.run(story())


def test_terminals_come_back_after_the_hub_died_and_need_not_register_again(town: Town) -> None:
    world = _small(town, _few(town, "jt808", 3))

    async def story() -> None:
        async with _hub() as hub:
            fleet = Fleet(world, "127.0.0.1", hub.jt808_port, lambda *_: None, lambda _: None)
            async with _running(fleet):
                await hub.until(lambda: len(set(hub.told(jt808.Location))) == 3)
                await hub.die()
                hub.messages.clear()
                await hub.open()
                await hub.until(lambda: len(set(hub.told(jt808.Location))) == 3, 20)
                assert hub.told(jt808.Register) == []

    asyncio.run(story())


def test_a_called_officer_acknowledges_goes_there_acts_and_reports(town: Town) -> None:
    staff = _few(town, "jt808", 1)
    world = _small(town, staff)
    vendor = world.troubles.vendor("cam07", 0.0, True)
    world.step(30)
    lat, lon = to_wgs84(town.origin, *vendor.at)
    task = {
        "case": "c1", "code": "09001", "name": "无照经营游商", "place": "市场街", "lat": lat,
        "lon": lon, "state": "dispatched", "due": datetime.now(UTC).isoformat(),
    }  # fmt: skip

    async def story() -> None:
        async with _hub() as hub:
            hub.tasks.append(task)
            with _door(hub) as http:
                handsets = Handsets(world, http, Pictures(town))
                fleet = Fleet(world, "127.0.0.1", hub.jt808_port, handsets.called, lambda _: None)
                async with _running(fleet):
                    await hub.until(lambda: bool(hub.told(jt808.Location)))
                    hub.text(staff[0].terminal, "新任务")
                    await hub.until(lambda: bool(hub.told(jt808.TerminalAck)))
                    await hub.until(lambda: bool(hub.posts("/field/v1/tasks/c1/accept")))
                    while not hub.posts("/field/v1/tasks/c1/feedback"):
                        world.step(1.0)
                        await asyncio.sleep(0)
                handsets.close()

    asyncio.run(story())
    world.step(150)
    assert vendor.gone


def test_an_ai_box_reports_a_vendor_once_and_says_when_he_is_gone(town: Town) -> None:
    world = _small(town, ())

    async def story() -> None:
        async with _hub() as hub:
            with _door(hub) as http:
                boxes = AiBoxes(world, http, Album(), Pictures(town))
                vendor = world.troubles.vendor("cam07", 0.0, True)
                for _ in range(80):
                    world.step(1.0)
                    boxes.look()
                world.troubles.clear(vendor.at, world.time)
                for _ in range(120):
                    world.step(1.0)
                    boxes.look()
                await hub.until(lambda: len(hub.posts("/intake/frigate")) >= 3)
                events = [frigate.decode(came.json) for came in hub.posts("/intake/frigate")]
            at_seven = [e for e in events if e.camera == "cam07"]
            assert [e.kind for e in at_seven] == ["new", "update", "end"]
            assert len({e.id for e in at_seven}) == 1
            assert at_seven[0].zones == (vendor.zone,)
            assert at_seven[0].box is not None

    asyncio.run(story())


def test_an_ai_box_says_nothing_of_a_vendor_who_only_walks_by(town: Town) -> None:
    world = _small(town, ())

    async def story() -> None:
        async with _hub() as hub:
            with _door(hub) as http:
                boxes = AiBoxes(world, http, Album(), Pictures(town))
                vendor = world.troubles.vendor("cam07", 0.0)
                while vendor.agent.state == "walking":
                    boxes.look()
                    world.step(1.0)
                await asyncio.sleep(0)
            assert hub.requests == []

    asyncio.run(story())


def test_a_citizens_report_reaches_a_hub_that_comes_late(town: Town) -> None:
    world = _small(town, ())
    report = CitizenReport("09001", (2000.0, 1500.0), "有人摆摊", "张三", "129", (2000, 1490, 1.6))

    async def story() -> None:
        async with _hub() as hub:
            await hub.die()
            with _door(hub) as http:
                citizens = Citizens(world, http, Pictures(town), "key")
                async with _running(citizens):
                    citizens.report(report)
                    assert not (await http.post("/")).status
                    await hub.open()
                    await hub.until(lambda: bool(hub.posts("/open311/v2/requests.json")))
            body = hub.posts("/open311/v2/requests.json")[0].body
            assert b"service_code=09001" in body
            assert b"api_key=key" in body

    asyncio.run(story())


def test_phones_tell_their_position_by_osmand_and_owntracks(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.city.devices.trackers.EVERY", (0.01, 0.02))
    staff = _few(town, "osmand", 1) + _few(town, "owntracks", 1)
    world = _small(town, staff)

    async def story() -> None:
        async with _hub() as hub:
            with _door(hub) as http:
                handsets = Handsets(world, http, Pictures(town))
                async with _running(Trackers(world, http, handsets.ask)):
                    await hub.until(lambda: bool(hub.posts("/intake/osmand")))
                    await hub.until(lambda: bool(hub.posts("/intake/owntracks")))
            assert hub.posts("/intake/owntracks")[0].json["topic"].endswith(staff[1].terminal)
            form = hub.posts("/intake/osmand")[0].body.decode()
            fix = osmand.decode(dict(pair.split("=") for pair in form.split("&")))
            assert fix.terminal == staff[0].terminal

    asyncio.run(story())


def test_an_officer_asks_for_his_task_when_his_terminal_is_known_again(town: Town) -> None:
    world = _small(town, _few(town, "jt808", 1))
    task = {
        "case": "c3", "code": "06010", "name": "暴露垃圾", "place": "", "lat": 30.0, "lon": 120.0,
        "state": "dispatched", "due": datetime.now(UTC).isoformat(),
    }  # fmt: skip

    async def story() -> None:
        async with _hub() as hub:
            hub.tasks.append(task)
            with _door(hub) as http:
                handsets = Handsets(world, http, Pictures(town))
                port = hub.jt808_port
                fleet = Fleet(world, "127.0.0.1", port, handsets.called, handsets.back)
                async with _running(fleet):
                    await hub.until(lambda: bool(hub.posts("/field/v1/tasks/c3/accept")))
                handsets.close()

    asyncio.run(story())


def test_a_sensor_that_goes_off_is_told_at_once(town: Town) -> None:
    world = _small(town, ())
    site = next(s for s in town.sites if s.kind == "manhole")

    async def story() -> None:
        async with _hub() as hub:
            with _door(hub) as http:
                sensors = Sensors(world, http)
                async with _running(sensors):
                    sensors.alarm(Alarm(site, 1.0))
                    await hub.until(lambda: bool(hub.posts("/intake/sensors")))
            said = hub.posts("/intake/sensors")[0].json
            assert (said["sensor"], said["alarm"]) == (site.id, "open")

    asyncio.run(story())


def test_the_album_serves_snapshots_and_nothing_else() -> None:
    async def story() -> None:
        album = Album()
        await album.start()
        http = Http(album.url, "")
        album.add("17.5-ab", b"jpeg")
        assert (await http.get("/api/events/17.5-ab/snapshot.jpg")).body == b"jpeg"
        assert (await http.get("/api/events/nobody/snapshot.jpg")).status == 404
        assert (await http.get("/../etc/passwd")).status == 404
        http.close()
        await album.stop()

    asyncio.run(story())


def test_what_a_loudspeaker_heard_makes_the_vendor_before_it_leave(
    town: Town, tmp_path: Any
) -> None:
    city = City(tmp_path, town.seed, Story(), Outside("http://127.0.0.1:9", ("127.0.0.1", 9), "k"))
    city.control({"do": "vendor", "camera": "cam07", "stays": False})
    city.world.step(40)
    vendor = city.world.troubles.present[0]
    assert vendor.agent.state == "selling"
    city.heard("spk07", 4.0, tmp_path / "x.wav")
    city.world.step(150)
    assert vendor.gone


def test_an_officer_whose_task_is_taken_back_on_the_way_returns_to_his_beat(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.city.devices.handset._ASK_AGAIN", 0.0)
    world = _small(town, _few(town, "jt808", 1))
    unit = next(iter(world.patrol.units.values()))
    lat, lon = to_wgs84(town.origin, 3000.0, 2500.0)
    task = {
        "case": "c2", "code": "06010", "name": "暴露垃圾", "place": "", "lat": lat, "lon": lon,
        "state": "dispatched", "due": datetime.now(UTC).isoformat(),
    }  # fmt: skip

    async def story() -> None:
        async with _hub() as hub:
            hub.tasks.append(task)
            with _door(hub) as http:
                handsets = Handsets(world, http, Pictures(town))
                handsets.called(unit.staff.id, "新任务")
                await hub.until(lambda: bool(hub.posts("/field/v1/tasks/c2/accept")))
                hub.tasks.clear()
                states: list[str] = []
                async with asyncio.timeout(10):
                    while "going" not in states or states[-1] != "patrol":
                        world.step(0.2)
                        states.append(unit.state)
                        await asyncio.sleep(0)
                handsets.close()

    asyncio.run(story())
