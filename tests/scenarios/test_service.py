"""One hub for many seats: the service on PostgreSQL, its seats signing in, killed under them."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
import requests

from console import wire
from console.seat.client import HubClient
from console.seat.mirror import Fresh, Mirror
from console.seat.stream import Told
from tests.hub.postgres import Postgres
from tests.hub.small_town import write_register
from tests.rig.screen import Screen
from tests.rig.service import PASSWORD, PATIENCE, Service, Window

pytestmark = pytest.mark.timeout(120)


class SeatOf:
    """A seat without a screen, signed in by name and password."""

    def __init__(self, service: Service, name: str) -> None:
        session = service.sign_in(name)
        self.officer = session.officer
        self.mirror = Mirror()
        self.snapshots = 0
        self.states: list[str] = []
        self._told: queue.Queue[Told | None] = queue.Queue()
        self._client = HubClient(service.url, session.token)

    def __enter__(self) -> Self:
        self._client.start(self._told.put, self._turned)
        self.follow("the first snapshot", lambda: self.snapshots)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def _turned(self, state: str) -> None:
        self.states.append(state)
        self._told.put(None)

    def follow(self, what: str, true: Callable[[], Any]) -> None:
        """Apply what arrives until something is true."""
        until = time.monotonic() + PATIENCE
        while not true():
            try:
                told = self._told.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"{self.officer.id} waited in vain for {what}") from None
            match told:
                case Fresh():
                    self.mirror.load(told.snapshot, told.tables)
                    self.snapshots += 1
                case wire.Changes(changes=changes):
                    assert changes[0].seq <= self.mirror.seq + 1, "a number is missing"
                    self.mirror.apply(changes)
                case _:
                    pass

    def sees(self, case: str, **fields: Any) -> None:
        """Apply what arrives until a case stands so in this seat's queue."""

        def so() -> bool:
            row = self.mirror.cases.get(case)
            return row is not None and fields.items() <= dict(row).items()

        self.follow(f"{case} with {fields}", so)

    def turns(self, state: str) -> None:
        """Apply what arrives until the connection is in a state."""
        self.follow(state, lambda: self.states[-1] == state)

    def do(self, id_: str, case: str, **args: Any) -> wire.CommandResult | wire.Problem:
        """Send a command and wait for what became of it."""
        answers: queue.Queue[wire.CommandResult | wire.Problem] = queue.Queue()
        command = wire.Command(id=id_, key=uuid.uuid4().hex, target=case, args=args)
        self._client.submit(command, answers.put)
        return answers.get(timeout=PATIENCE)

    def notes(self, case: str) -> list[str]:
        """Return the notes in a case's history as the hub has it."""
        answers: queue.Queue[wire.CaseDetail | wire.Problem] = queue.Queue()
        self._client.detail(case, answers.put)
        detail = answers.get(timeout=PATIENCE)
        assert isinstance(detail, wire.CaseDetail), detail
        return [fact.note for fact in detail.history]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def service(postgres: Postgres, tmp_path: Path) -> Iterator[Service]:
    """A running service with the town imported and four accounts; at its end its log is read."""
    write_register(tmp_path / "register")
    with postgres.database() as database:
        service = Service(tmp_path, postgres, database)
        service.add_account("chief", "局长", "administrator", "leader")
        with service:
            service.put_account("wang", "王芳", "dispatcher", "acceptor")
            service.put_account("li", "李强", "dispatcher")
            service.put_account("audit", "审计员", "auditor")
            yield service
        shown = service.log.read_text("utf-8")
        assert [secret for secret in service.hidden if secret in shown] == []
        assert "Traceback" not in shown
        assert len(shown.splitlines()) < 60, "the log is flooded"


def test_what_one_seat_does_the_others_see_and_an_auditor_only_sees(service: Service) -> None:
    with SeatOf(service, "wang") as wang, SeatOf(service, "audit") as audit:
        assert (wang.mirror.town, sorted(wang.mirror.cameras)) == ("石桥镇", ["cam07", "cam08"])
        case = service.sees_a_vendor()
        for seat in (wang, audit):
            seat.sees(case, state="proposed")
        for command, args in (
            ("case.dispatch", {"unit": "u001"}),
            ("case.file", {}),
            ("case.note", {"text": "x"}),
            ("voice.warn", {"speaker": "spk07", "text": "请离开"}),
        ):
            refused = audit.do(command, case, **args)
            assert isinstance(refused, wire.Problem), command
            assert refused.code == "forbidden"
        sent = wang.do("case.dispatch", case, unit="u001")
        assert isinstance(sent, wire.CommandResult), sent
        for seat in (wang, audit):
            seat.sees(case, state="dispatched", unit="u001")
            assert seat.mirror.units["u001"].state == "tasked"
        with pytest.raises(requests.HTTPError, match="401"):
            SeatOf(service, "nobody")


def test_a_killed_service_loses_nothing_and_its_seats_go_on_by_number(service: Service) -> None:
    with SeatOf(service, "wang") as wang, SeatOf(service, "li") as li:
        case = service.sees_a_vendor()
        done: list[str] = []
        reached = threading.Condition()

        def write(seat: SeatOf) -> None:
            for number in range(60):
                text = f"{seat.officer.id} {number}"
                assert isinstance(seat.do("case.note", case, text=text), wire.CommandResult)
                with reached:
                    done.append(text)
                    reached.notify_all()

        writers = [threading.Thread(target=write, args=(seat,)) for seat in (wang, li)]
        for writer in writers:
            writer.start()
        for number in (30, 60):
            with reached:
                while len(done) < number:
                    assert reached.wait(PATIENCE), "the commands stand still"
            service.kill()
            for seat in (wang, li):
                seat.turns("lost")
            service.__enter__()
            for seat in (wang, li):
                seat.turns("live")
        for writer in writers:
            writer.join(PATIENCE)
        last = wang.do("case.file", case)
        assert isinstance(last, wire.CommandResult)
        for seat in (wang, li):
            seat.sees(case, state="filed")
            assert seat.snapshots == 1, "it came back by number"
            assert seat.states.count("lost") == 2
        notes = [note for note in wang.notes(case) if note.startswith(("wang ", "li "))]
        assert sorted(notes) == sorted(done)
        assert len(done) == 120


def test_an_officer_signs_in_at_the_window_and_works_the_same_cases(
    service: Service, tmp_path: Path
) -> None:
    with SeatOf(service, "li") as li, Screen() as screen:
        case = service.sees_a_vendor()
        service.sees_a_phone("phone-2")
        with Window(service, screen, tmp_path) as window:
            screen.wait_for_window("登录")
            screen.type("wang")
            screen.keys("Tab")
            screen.type(PASSWORD)
            screen.keys("Return")
            window.wait("ready")
            window.wait("queue_painted")
            screen.wait_for_window("指挥")
            screen.keys("g", "g")
            window.wait("selected", case=case)
            screen.keys("a")
            li.sees(case, state="dispatched", unit="u002")
            service.kill()
            window.wait("connection", state="lost")
            service.__enter__()
            assert isinstance(li.do("case.note", case, text="还在"), wire.CommandResult)
            window.wait("connection", times=2, state="live")
            window.wait("cases_painted", cases=[case])
            service.end_sessions_of("wang")
            window.wait("connection", state="refused")
            screen.type(PASSWORD)
            screen.keys("Return")
            window.wait("connection", times=3, state="live")
            painted = window.count("cases_painted", cases=[case])
            assert isinstance(li.do("case.note", case, text="又在"), wire.CommandResult)
            window.wait("cases_painted", times=painted + 1, cases=[case])
