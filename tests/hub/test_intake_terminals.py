"""Terminals over TCP and the handset: who is known, where they are, what they were told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.hub.__main__ import listen
from console.hub.intake.jt808 import Terminals
from console.hub.intake.jt808_session import auth_code
from console.protocols import fieldapp, frigate, jt808
from console.wire import CaseDetail, CaseRow, Position
from tests.hub import small_town
from tests.hub.conftest import INTAKE_KEY, ServedHub, TestClock, command, make_hub
from tests.rig.waiting import until

DOOR = {"X-API-Key": INTAKE_KEY}
PHONE = "13800138001"
M = TypeVar("M", bound=jt808.Message)


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.hub.intake.doorway.TICK", 0.05)


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    hub = make_hub(tmp_path / "hub", clock, register_dir=register)
    hub.jt808_socket = listen("127.0.0.1", 0)
    with ServedHub(hub) as served:
        yield served


class Terminal:
    """A terminal that speaks the standard over a real socket."""

    def __init__(self, town: ServedHub, phone: str = PHONE, version: int | None = None) -> None:
        listening = town.hub.jt808_socket
        assert listening is not None
        self._socket = socket.create_connection(listening.getsockname(), timeout=10)
        self._splitter = jt808.Splitter()
        self._waiting: list[jt808.Message] = []
        self.phone, self.version, self.serial = phone, version, 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def send(self, message: jt808.Message) -> int:
        self.serial += 1
        self.raw(jt808.encode(message, self.phone, self.serial, self.version))
        return self.serial

    def raw(self, data: bytes) -> None:
        self._socket.sendall(data)

    def read(self, kind: type[M]) -> M:
        """Return the next message, which is of ``kind``."""
        while not self._waiting:
            data = self._socket.recv(4096)
            assert data, "the hub closed the connection"
            for content in self._splitter.feed(data):
                frame = jt808.parse(content)
                assert frame.terminal == self.phone
                self._waiting.append(jt808.decode(frame))
                self.heard = frame.serial
        message = self._waiting.pop(0)
        assert isinstance(message, kind), message
        return message

    def ask(self, message: jt808.Message) -> int:
        """Send a message and return the result it is acknowledged with."""
        serial = self.send(message)
        ack = self.read(jt808.PlatformAck)
        assert (ack.serial, ack.to) == (serial, message.id)
        return ack.result

    def closed(self) -> bool:
        """Tell whether the hub ended the connection."""
        try:
            return self._socket.recv(4096) == b""
        except ConnectionError:
            return True

    def join(self) -> Terminal:
        """Register and authenticate."""
        self.send(jt808.Register(plate="浙J12345", colour=1))
        code = self.read(jt808.RegisterAck)
        assert code.result == 0
        assert self.ask(jt808.Authenticate(code.code)) == jt808.OK
        return self


def fix(clock: TestClock, east: float = 0, north: float = 0, **more: Any) -> jt808.Location:
    lat, lon = small_town.at(east, north)
    at: datetime = more.pop("at", clock.now)
    return jt808.Location(round(lat, 6), round(lon, 6), at, **more)


def present(town: ServedHub, unit: str = "u001") -> Position:
    position = town.hub.positions.get(unit)
    assert position is not None
    return position


def open_case(town: ServedHub, clock: TestClock) -> CaseRow:
    lat, lon = small_town.at(5, 5)
    form = {"api_key": INTAKE_KEY, "service_code": "09001", "lat": str(lat), "long": str(lon)}
    answer = town.session.post(f"{town.url}/open311/v2/requests.json", data=form, timeout=10)
    assert answer.status_code == 201
    (row,) = town.hub.live.cases.values()
    return row


def dispatch(town: ServedHub, row: CaseRow, unit: str = "u001") -> None:
    answer = town.post("/api/commands", command("case.dispatch", row.id, unit=unit))
    assert answer.status_code == 200, answer.text


def detail(town: ServedHub, case: str) -> CaseDetail:
    return CaseDetail.model_validate(town.get(f"/api/cases/{case}").json())


@pytest.mark.parametrize("version", [jt808.V2013, jt808.V2019])
def test_a_terminal_registers_authenticates_and_is_seen(
    town: ServedHub, clock: TestClock, version: int | None
) -> None:
    with Terminal(town, version=version) as terminal:
        terminal.join()
        assert terminal.ask(jt808.Heartbeat()) == jt808.OK
        assert terminal.ask(fix(clock, 30, 0, speed=2.0, course=90)) == jt808.OK
        assert terminal.ask(jt808.Other(0x0900, b"x")) == jt808.UNSUPPORTED
    position = present(town)
    assert (position.unit, position.speed, position.course) == ("u001", 2.0, 90)
    assert position.at == clock.now


def test_the_code_still_fits_after_the_hub_was_away(town: ServedHub) -> None:
    with Terminal(town) as terminal:
        assert terminal.ask(jt808.Authenticate(auth_code(INTAKE_KEY, PHONE))) == jt808.OK


def test_nothing_counts_before_authentication(town: ServedHub, clock: TestClock) -> None:
    with Terminal(town) as terminal:
        assert terminal.ask(fix(clock)) == jt808.FAILED
        assert terminal.ask(jt808.Authenticate("guess")) == jt808.FAILED
        assert terminal.ask(fix(clock)) == jt808.FAILED
    assert town.hub.positions.get("u001") is None


def test_a_terminal_cannot_speak_for_another(town: ServedHub, clock: TestClock) -> None:
    with Terminal(town) as terminal:
        terminal.join()
        terminal.phone = "13800138099"
        assert terminal.ask(fix(clock)) == jt808.FAILED


def test_a_stranger_waits_in_quarantine_until_let_in(town: ServedHub, clock: TestClock) -> None:
    with Terminal(town, "13900139000") as stranger:
        stranger.send(jt808.Register(plate="浙J88888"))
        assert stranger.read(jt808.RegisterAck).result == 4
        assert stranger.ask(fix(clock)) == jt808.FAILED
    until(lambda: any(p.name == "quarantine" for p in town.hub.health.read().parts))
    until(lambda: "13900139000 浙J88888" in _quarantine(town))
    kept = town.hub.settings.data / "quarantine.jsonl"
    until(lambda: kept.exists() and "13900139000" in kept.read_text("utf-8"))
    answer = town.post("/api/commands", command("unit.accept", terminal="13900139000"))
    assert answer.status_code == 200, answer.text
    unit = answer.json()["data"]["unit"]
    until(lambda: town.hub.register.unit_of("jt808", "13900139000") == unit)
    assert (town.hub.live.units[unit].name, town.hub.live.units[unit].kind) == (
        "浙J88888",
        "vehicle",
    )
    with Terminal(town, "13900139000") as known:
        known.join()
        assert known.ask(fix(clock, 10, 10)) == jt808.OK
    assert present(town, unit).unit == unit
    assert town.post("/api/commands", command("unit.accept", terminal="1")).status_code == 404


def _quarantine(town: ServedHub) -> str:
    parts = {part.name: part for part in town.hub.health.read().parts}
    return parts["quarantine"].note


def test_who_was_let_in_stays_after_a_restart(tmp_path: Path, clock: TestClock) -> None:
    register = small_town.write_register(tmp_path / "register")

    def hub() -> ServedHub:
        made = make_hub(tmp_path / "hub", clock, register_dir=register)
        made.jt808_socket = listen("127.0.0.1", 0)
        return ServedHub(made)

    with hub() as first:
        params = {"id": "phone-9", "lat": 28.136, "lon": 121.231}
        assert first.get("/intake/osmand", params=params, headers=DOOR).status_code == 404
        accept = command("unit.accept", terminal="phone-9", name="协管员王强")
        assert first.post("/api/commands", accept).status_code == 200
    with hub() as second:
        until(lambda: second.hub.register.unit_of("osmand", "phone-9") is not None)
        assert second.get("/intake/osmand", params=params, headers=DOOR).status_code == 200
        unit = second.hub.register.unit_of("osmand", "phone-9") or ""
        assert second.hub.live.units[unit].name == "协管员王强"


def test_a_late_fix_never_moves_the_present_back(town: ServedHub, clock: TestClock) -> None:
    with Terminal(town) as terminal:
        terminal.join()
        now = fix(clock, 100, 0)
        late = [fix(clock, n, 0, at=clock.now - timedelta(seconds=60 - n)) for n in range(1, 4)]
        assert terminal.ask(now) == jt808.OK
        assert terminal.ask(jt808.Batch((late[2], late[0], late[1]), late=True)) == jt808.OK
    assert present(town).lat == now.lat
    assert present(town).lon == now.lon

    async def track() -> list[Position]:
        from console.hub.housekeeping import keep_telemetry

        await keep_telemetry(town.hub)
        return await town.hub.telemetry.track("u001", clock.now - timedelta(hours=1), clock.now)

    assert [p.lon for p in town.call(track())] == [f.lon for f in (*late, now)]


def test_stamps_from_the_future_and_impossible_jumps_are_flagged(
    town: ServedHub, clock: TestClock
) -> None:
    figures = town.hub.doors["jt808"].figures
    with Terminal(town) as terminal:
        terminal.join()
        terminal.ask(fix(clock))
        ahead = fix(clock, 50, 0, at=clock.now + timedelta(minutes=5))
        assert terminal.ask(ahead) == jt808.OK
        assert figures["ahead"] == 1
        clock.move(seconds=1)
        terminal.ask(fix(clock, 5000, 0))
        assert figures["jumps"] == 1
        assert present(town).lon == pytest.approx(small_town.LON, abs=1e-5)
        clock.move(seconds=1)
        terminal.ask(fix(clock, 1, 0))
        assert present(town).at == clock.now


def test_a_jump_that_the_next_fix_confirms_is_believed(town: ServedHub, clock: TestClock) -> None:
    with Terminal(town) as terminal:
        terminal.join()
        terminal.ask(fix(clock))
        for east in (5000, 5010):
            clock.move(seconds=1)
            terminal.ask(fix(clock, east, 0))
        assert present(town).lon == pytest.approx(small_town.at(5010, 0)[1], abs=1e-5)


def test_a_location_without_a_fix_is_acknowledged_and_not_believed(
    town: ServedHub, clock: TestClock
) -> None:
    with Terminal(town) as terminal:
        terminal.join()
        assert terminal.ask(fix(clock, status=1)) == jt808.OK
    assert town.hub.positions.get("u001") is None


def test_what_cannot_be_read_is_kept_and_the_line_stays_open(
    town: ServedHub, clock: TestClock
) -> None:
    with Terminal(town) as terminal:
        terminal.join()
        terminal.raw(b"\x7e\x02\x00broken beyond repair\x7e" + b"noise" * 2000)
        terminal.raw(jt808.pack(jt808.Frame(0x0200, PHONE, 77, b"short")))
        ack = terminal.read(jt808.PlatformAck)
        assert (ack.serial, ack.result) == (77, jt808.BAD)
        assert terminal.ask(fix(clock)) == jt808.OK
    assert town.hub.doors["jt808"].figures["bytes_dropped"] >= 9000
    kept = town.hub.settings.data / "quarantine.jsonl"
    until(lambda: kept.exists() and "checksum" in kept.read_text("utf-8"))


@given(st.lists(st.binary(max_size=60), max_size=8), st.booleans())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_bytes_come_the_next_terminal_is_served(
    town: ServedHub, chunks: list[bytes], flagged: bool
) -> None:
    with Terminal(town) as rough:
        for chunk in chunks:
            rough.raw(b"\x7e" + chunk + b"\x7e" if flagged else chunk)
        with Terminal(town) as terminal:
            assert terminal.ask(jt808.Heartbeat()) == jt808.FAILED


def test_who_never_says_who_he_is_is_let_go(
    town: ServedHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.hub.intake.jt808_session.HELLO", 0.05)
    with Terminal(town) as silent:
        assert silent.closed()


def test_a_newer_connection_of_a_terminal_ends_the_older(town: ServedHub) -> None:
    with Terminal(town) as older, Terminal(town) as newer:
        older.join()
        newer.join()
        assert older.closed()
        assert newer.ask(jt808.Heartbeat()) == jt808.OK


def test_one_address_holds_only_so_many_connections(
    tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Terminals.__init__, "__defaults__", (2,))
    hub = make_hub(tmp_path / "hub", clock)
    hub.jt808_socket = listen("127.0.0.1", 0)
    with ServedHub(hub) as town, Terminal(town) as one, Terminal(town) as two:
        for terminal in (one, two):
            assert terminal.ask(jt808.Heartbeat()) == jt808.FAILED
        with Terminal(town) as third:
            assert third.closed()
        assert one.ask(jt808.Heartbeat()) == jt808.FAILED


def test_a_dispatched_terminal_is_told_where_and_says_so(town: ServedHub, clock: TestClock) -> None:
    row = open_case(town, clock)
    with Terminal(town) as terminal:
        terminal.join()
        dispatch(town, row)
        text = terminal.read(jt808.Text).text
        assert text.startswith(f"【派单】{row.id} 无照经营游商 人民路 · 石桥社区第三网格附近")
        assert text.endswith("12:10前到场")
        here = (row.id, round(row.at.lat, 6), round(row.at.lon, 6))
        assert fieldapp.read_notice(text) == here
        terminal.send(jt808.TerminalAck(terminal.heard, jt808.Text.id, jt808.OK))
        until(lambda: "acknowledged" in notes(town, row.id))


def notes(town: ServedHub, case: str) -> list[str]:
    return [fact.data.get("terminal", fact.note) for fact in detail(town, case).history]


def test_a_terminal_that_was_away_gets_its_task_when_it_comes_back(
    town: ServedHub, clock: TestClock
) -> None:
    row = open_case(town, clock)
    dispatch(town, row)
    with Terminal(town) as terminal:
        terminal.join()
        assert row.id in terminal.read(jt808.Text).text


def test_a_silent_terminal_is_told_to_the_desk(
    town: ServedHub, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.hub.intake.jt808.ACK_PATIENCE", 0.05)
    row = open_case(town, clock)
    with Terminal(town) as terminal:
        terminal.join()
        dispatch(town, row)
        for _ in range(3):
            terminal.read(jt808.Text)
        until(lambda: "silent" in notes(town, row.id))


def test_arrival_is_seen_by_position_once(town: ServedHub, clock: TestClock) -> None:
    row = open_case(town, clock)
    with Terminal(town) as terminal:
        terminal.join()
        terminal.ask(fix(clock, 400, 0))
        dispatch(town, row)
        terminal.read(jt808.Text)
        clock.move(minutes=4)
        terminal.ask(fix(clock, 120, 0))
        assert town.hub.live.cases[row.id].state == "dispatched"
        for step in range(3):
            clock.move(seconds=1)
            terminal.ask(fix(clock, 40 - step, 5))
        until(lambda: town.hub.live.cases[row.id].state == "on_site")
    arrivals = [f for f in detail(town, row.id).history if f.action == "arrive"]
    (fact,) = arrivals
    assert (fact.role, fact.actor, fact.data["in_time"]) == ("system", "system", True)
    assert fact.data["metres"] <= 50
    assert town.hub.live.units["u001"].state == "on_site"


def test_a_broken_clock_raises_the_case_once(town: ServedHub, clock: TestClock) -> None:
    row = open_case(town, clock)
    dispatch(town, row)
    clock.move(minutes=9)
    assert town.hub.live.cases[row.id].priority == 0
    clock.move(minutes=2)
    until(lambda: town.hub.live.cases[row.id].priority == 1)
    breaches = [f for f in detail(town, row.id).history if f.action == "timeout"]
    assert [f.data["stage"] for f in breaches] == ["arrive"]
    clock.move(hours=30)
    until(lambda: town.hub.live.cases[row.id].priority > 1)
    assert town.hub.live.cases[row.id].priority == 2


def test_what_comes_back_after_it_was_handled_is_a_new_case(
    town: ServedHub, clock: TestClock
) -> None:
    row = open_case(town, clock)
    dispatch(town, row, "u002")
    done = {"terminal": "phone-2", "text": "已劝离"}
    url = f"{town.url}/field/v1/tasks/{row.id}/feedback"
    photo = {"photo": ("b.jpg", small_town.jpeg(), "image/jpeg")}
    assert town.session.post(url, data=done, files=photo, headers=DOOR, timeout=10).ok

    def detect(name: str) -> str:
        seen = frigate.Event(name, "new", "cam07", "vendor", clock.now, clock.now, entered=("z01",))
        body = frigate.encode(seen)
        found: dict[str, str] = town.post("/intake/frigate", body, headers=DOOR).json()
        return found["case"]

    clock.move(minutes=1)
    assert detect("1-still-packing") == row.id
    clock.move(minutes=2)
    assert detect("2-back-again") != row.id


# --- the handset ---------------------------------------------------------------------


def test_a_handset_takes_its_task_and_sends_feedback_with_a_photo(
    town: ServedHub, clock: TestClock
) -> None:
    def tasks() -> list[fieldapp.Task]:
        answer = town.get("/field/v1/tasks?terminal=phone-2", headers=DOOR)
        return fieldapp.read_tasks(answer.json())

    assert tasks() == []
    row = open_case(town, clock)
    dispatch(town, row, "u002")
    (task,) = tasks()
    assert (task.case, task.state, task.arrive_by) == (
        row.id,
        "dispatched",
        clock.now + timedelta(minutes=10),
    )
    base = f"{town.url}/field/v1/tasks/{row.id}"
    for _ in range(2):
        answer = town.session.post(
            f"{base}/accept", data={"terminal": "phone-2"}, headers=DOOR, timeout=10
        )
        assert answer.json()["state"] == "dispatched"
    photo = small_town.jpeg()
    for _ in range(2):
        answer = town.session.post(
            f"{base}/feedback",
            data={"terminal": "phone-2", "text": "已劝离"},
            files={"photo": ("b.jpg", photo, "image/jpeg")},
            headers=DOOR,
            timeout=10,
        )
        assert answer.json() == {"case": row.id, "state": "handled"}, answer.text
    found = detail(town, row.id)
    told = ["propose", "accept", "file", "dispatch", "note", "feedback"]
    assert [f.action for f in found.history] == told
    fact = found.history[-1]
    assert (fact.actor, fact.role, fact.note) == ("u002", "handler", "已劝离")
    (media,) = found.media
    assert (media.id, media.role) == (fact.media[0], "feedback")
    assert town.hub.live.units["u002"].state == "free"


@pytest.mark.parametrize(
    ("form", "photo", "status", "field"),
    [
        ({"terminal": "phone-2"}, None, 422, "text"),
        ({"terminal": "phone-2", "text": "x"}, b"no photo", 422, "photo"),
        ({"terminal": "nobody", "text": "x"}, None, 404, "terminal"),
        ({"terminal": "13800138001", "text": "x"}, None, 404, "case"),
        ({"text": "x"}, None, 422, "terminal"),
    ],
)
def test_wrong_feedback_is_refused_by_field(
    town: ServedHub,
    clock: TestClock,
    form: dict[str, str],
    photo: bytes | None,
    status: int,
    field: str,
) -> None:
    row = open_case(town, clock)
    dispatch(town, row, "u002")
    files = {"photo": ("b.jpg", photo, "image/jpeg")} if photo else None
    answer = town.session.post(
        f"{town.url}/field/v1/tasks/{row.id}/feedback",
        data=form,
        files=files,
        headers=DOOR,
        timeout=10,
    )
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert town.hub.live.cases[row.id].state == "dispatched"


def test_the_emergency_button_opens_one_most_urgent_case(town: ServedHub, clock: TestClock) -> None:
    with Terminal(town).join() as terminal:
        for _ in range(3):
            assert terminal.ask(fix(clock, 10, alarm=1)) == jt808.OK
            clock.move(seconds=10)
        row = until(lambda: next(iter(town.hub.live.cases.values()), None))
        assert row is not None
        assert (row.sources, row.priority, row.state) == (["emergency"], 3, "proposed")
        assert row.place.startswith("人民路")
    with Terminal(town).join() as terminal:
        assert terminal.ask(fix(clock, 20, alarm=1)) == jt808.OK
        assert terminal.ask(fix(clock, 20)) == jt808.OK
        assert terminal.ask(fix(clock, 20, alarm=2)) == jt808.OK
    detail = CaseDetail.model_validate(town.get(f"/api/cases/{row.id}").json())
    assert len(town.hub.live.cases) == 1
    (report,) = detail.reports
    assert (report.text, report.data["unit"]) == ("李伟 紧急报警", "u001")


def test_an_emergency_without_a_fix_is_where_the_unit_was_last(
    town: ServedHub, clock: TestClock
) -> None:
    with Terminal(town).join() as terminal:
        assert terminal.ask(fix(clock, 40)) == jt808.OK
        clock.move(seconds=5)
        assert terminal.ask(fix(clock, status=0, alarm=1)) == jt808.OK
        row = until(lambda: next(iter(town.hub.live.cases.values()), None))
    assert row is not None
    was = present(town)
    assert (row.at.lat, row.at.lon) == (was.lat, was.lon)
