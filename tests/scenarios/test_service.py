"""One hub for many seats: the service on PostgreSQL, its seats signing in, killed under them."""

from __future__ import annotations

import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
import requests

from console import wire
from console.process import free_ports
from console.protocols import frigate
from console.seat.client import HubClient
from console.seat.mirror import Fresh, Mirror
from console.seat.stream import Told
from tests.hub.postgres import Postgres
from tests.hub.small_town import at, write_register
from tests.rig.screen import Screen

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests' own accounts
PATIENCE = 40.0

pytestmark = pytest.mark.timeout(120)


class Service:
    """``python -m console.hub --config FILE`` as systemd runs it, on a database with a password."""

    def __init__(self, folder: Path, postgres: Postgres, database: str) -> None:
        self.port, jt808_port = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "hub.log"
        self.intake_key = secrets.token_urlsafe(24)
        self.hidden = [self.intake_key, postgres.password, PASSWORD]
        """What no log may ever show."""
        address = postgres.url(database, f"{postgres.USER}:{{password}}")
        config, kept = folder / "hub.toml", folder / "secrets.toml"
        config.write_text(
            f'[hub]\ndata = "{folder / "data"}"\nregister_dir = "{folder / "register"}"\n'
            f'database = "{address}"\nport = {self.port}\njt808_port = {jt808_port}\n'
            "children = []\ndisk_reserve = 1\n"
        )
        kept.touch(0o600)
        kept.write_text(
            f"intake_key = {json.dumps(self.intake_key)}\n"
            f"database_password = {json.dumps(postgres.password)}\n"
        )
        self._command = [sys.executable, "-m", "console.hub"]
        self._command += ["--config", str(config), "--secrets", str(kept)]
        self._process: subprocess.Popen[bytes]

    def add_account(self, id_: str, name: str, *roles: str) -> None:
        """Make the first account, while no hub runs."""
        with self.log.open("ab") as log:
            subprocess.run(
                [*self._command, "--add-account", f"{id_}:{name}:{','.join(roles)}:*:*"],
                input=PASSWORD.encode() + b"\n",
                stderr=log,
                timeout=PATIENCE,
                check=True,
            )

    def put_account(self, id_: str, name: str, *roles: str) -> None:
        """Have the administrator make an account."""
        given = wire.Account(
            id=id_,
            name=name,
            roles=list(roles),
            districts=["*"],
            departments=["*"],
            password=PASSWORD,
        )
        session = self.sign_in("chief")
        answer = requests.put(
            f"{self.url}/api/accounts",
            json=given.model_dump(),
            headers={"Authorization": f"Bearer {session.token}"},
            timeout=10,
        )
        answer.raise_for_status()

    def sign_in(self, name: str) -> wire.Session:
        """Return the session of an account; its token is a secret from now on."""
        login = {"name": name, "password": PASSWORD}
        answer = requests.post(f"{self.url}/api/login", json=login, timeout=10)
        answer.raise_for_status()
        session = wire.Session.model_validate_json(answer.content)
        self.hidden.append(session.token)
        return session

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=log)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.log.read_text("utf-8")
        assert wire.Ready.model_validate_json(line).port == self.port
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        os.kill(self._process.pid, number)
        self._process.wait(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def sees_a_vendor(self) -> str:
        """Have an AI box report something new; return its case."""
        now = datetime.now(UTC)
        seen = frigate.Event(
            id=f"{now.timestamp()}-{uuid.uuid4().hex[:6]}",
            kind="new",
            camera="cam07",
            label="vendor",
            start=now,
            frame=now,
            score=0.9,
            zones=("z01",),
            entered=("z01",),
            box=(1.0, 2.0, 3.0, 4.0),
        )
        answer = requests.post(
            f"{self.url}/intake/frigate",
            json=frigate.encode(seen),
            headers={"X-API-Key": self.intake_key},
            timeout=10,
        )
        answer.raise_for_status()
        return str(answer.json()["case"])

    def sees_a_phone(self, terminal: str) -> None:
        """Have a phone say that it is near the camera."""
        lat, lon = at(30.0, 0.0)
        fix = {"id": terminal, "lat": f"{lat}", "lon": f"{lon}", "timestamp": f"{time.time():.0f}"}
        answer = requests.get(
            f"{self.url}/intake/osmand",
            params=fix,
            headers={"X-API-Key": self.intake_key},
            timeout=10,
        )
        answer.raise_for_status()


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


class Window:
    """``main.py --hub URL`` on a screen, and what it marks."""

    def __init__(self, service: Service, screen: Screen, folder: Path) -> None:
        self._trace, self._log = folder / "trace.jsonl", folder / "seat.log"
        data = ("--data", str(folder / "seat"))
        with self._log.open("wb") as errors:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-X",
                    "faulthandler",
                    "main.py",
                    "--hub",
                    service.url,
                    "--lang",
                    "zh_CN",
                    *data,
                ],
                env=screen.environment | {"ZHIHUI_TRACE": str(self._trace)},
                stderr=errors,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)

    def wait(self, event: str, **fields: Any) -> None:
        """Wait for a mark with these fields."""
        until = time.monotonic() + PATIENCE
        while not any(fields.items() <= mark.items() for mark in self._marks(event)):
            assert time.monotonic() < until, f"no {event} with {fields}"
            assert self._process.poll() is None, self._log.read_text("utf-8")
            time.sleep(0.05)

    def _marks(self, event: str) -> list[dict[str, Any]]:
        lines = self._trace.read_text("utf-8").splitlines() if self._trace.exists() else []
        found = (json.loads(line) for line in lines if line.endswith("}"))
        return [mark for mark in found if mark["event"] == event]


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
            window.wait("connection", state="live")
            window.wait("cases_painted", cases=[case])
