"""The hub as a process: launched by pipe, ended by its end, killed without loss."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

import psutil
import pytest
import requests

from console import wire
from console.hub.store import Store
from console.hub.store.audit import first_break
from tests.hub.conftest import INTAKE_KEY, TOKEN, TestClock, case_row, command, run
from tests.rig.waiting import PATIENCE, until

LAUNCH = wire.Launch(token=TOKEN, intake_key=INTAKE_KEY).model_dump_json().encode() + b"\n"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


class HubProcess:
    """``python -m console.hub`` as a seat starts it."""

    def __init__(self, data: Path, *args: str, launch: bytes = LAUNCH) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "console.hub", "--embedded", "--data", str(data), *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.input.write(launch)
        self.input.flush()
        self._errors: list[bytes] = []
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    @property
    def input(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self._errors += self.process.stderr.readlines()

    def ready(self) -> wire.Ready:
        assert self.process.stdout is not None
        return wire.Ready.model_validate_json(self.process.stdout.readline())

    def end(self) -> tuple[int, str]:
        """Close the input; return the exit code and everything logged."""
        with contextlib.suppress(OSError):
            self.input.close()
        code = self.process.wait(10)
        return code, self.close()

    def close(self) -> str:
        self._listening.join(10)
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdout.close()
        self.process.stderr.close()
        with contextlib.suppress(OSError):
            self.input.close()
        return b"".join(self._errors).decode()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)
        self.close()


@pytest.fixture
def quiet(tmp_path: Path) -> list[str]:
    """Arguments of a hub without children."""
    config = tmp_path / "hub.toml"
    config.write_text("[hub]\nchildren = []\ndisk_reserve = 1\n")
    return ["--config", str(config)]


def test_it_says_where_it_serves_and_ends_with_its_input(tmp_path: Path, quiet: list[str]) -> None:
    hub = HubProcess(tmp_path / "data", *quiet)
    ready = hub.ready()
    assert ready.pid == hub.process.pid
    url = f"http://127.0.0.1:{ready.port}/api/health"
    assert requests.get(url, headers=HEADERS, timeout=5).status_code == 200
    listening = psutil.Process(ready.pid).net_connections("inet")
    assert {c.laddr.ip for c in listening if c.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
    ending = time.monotonic()
    code, log = hub.end()
    assert code == 0
    assert time.monotonic() - ending < 10.0
    assert TOKEN not in log
    assert INTAKE_KEY not in log


def test_it_ends_on_a_signal_while_its_input_is_open(tmp_path: Path, quiet: list[str]) -> None:
    hub = HubProcess(tmp_path / "data", *quiet)
    hub.ready()
    hub.process.send_signal(signal.SIGTERM)
    assert hub.process.wait(20) in (0, -signal.SIGTERM)
    assert "Fatal" not in hub.close()


@pytest.mark.parametrize("launch", [b"\n", b"{}\n", b"not json\n", b'{"token": 1}\n', b""])
def test_what_is_no_launch_ends_it_with_a_line_and_no_secret(
    tmp_path: Path, quiet: list[str], launch: bytes
) -> None:
    hub = HubProcess(tmp_path / "data", *quiet, launch=launch)
    code, log = hub.end()
    assert code == 2
    assert "no launch" in log


def test_a_second_hub_on_the_same_folder_is_refused(tmp_path: Path, quiet: list[str]) -> None:
    first = HubProcess(tmp_path / "data", *quiet)
    first.ready()
    second = HubProcess(tmp_path / "data", *quiet)
    code, log = second.end()
    assert code == 2
    assert "another hub" in log
    assert first.end()[0] == 0


def test_a_broken_settings_file_is_named_with_its_field(tmp_path: Path) -> None:
    config = tmp_path / "hub.toml"
    for text, problem in (
        ("[hub]\nport = 'x'", "port"),
        ("[hub]\nprot = 1", "prot"),
        ("[hub", "hub.toml"),
        ("[hub]\ndatabase = 'postgresql+psycopg://u:pw@h/d'", "database"),
    ):
        config.write_text(text)
        code, log = HubProcess(tmp_path / "data", "--config", str(config)).end()
        assert (code, problem in log, "pw@" in log) == (2, True, False)


def test_a_database_that_does_not_answer_ends_it_with_one_line(tmp_path: Path) -> None:
    config = tmp_path / "hub.toml"
    config.write_text("[hub]\ndatabase = 'postgresql+psycopg://nobody@127.0.0.1:1/x'\n")
    code, log = HubProcess(tmp_path / "data", "--config", str(config)).end()
    assert code == 2
    assert "Connection refused" in log
    assert "Traceback" not in log


def test_a_service_starts_with_an_account_made_on_the_command_line(tmp_path: Path) -> None:
    config = tmp_path / "hub.toml"
    config.write_text(
        f"[hub]\ndata = '{tmp_path / 'data'}'\nchildren = []\nport = 0\njt808_port = 0\n"
        "jt808_host = '127.0.0.2'"
    )
    start = [sys.executable, "-m", "console.hub", "--config", str(config)]
    for account, password, code in (
        ("chief:局长:administrator,leader", "correct horse", 0),
        ("x:x:king", "correct horse", 2),
        ("x:x:leader", "short", 2),
    ):
        made = subprocess.run(
            [*start, "--add-account", account],
            input=password.encode() + b"\n",
            capture_output=True,
            timeout=20,
        )
        assert made.returncode == code, made.stderr
    service = subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert service.stdout is not None
    url = f"http://127.0.0.1:{json.loads(service.stdout.readline())['port']}"
    given = {"name": "chief", "password": "correct horse"}
    answer = requests.post(url + "/api/login", json=given, timeout=10)
    assert answer.json()["officer"]["roles"] == ["administrator", "leader"]
    sockets = psutil.Process(service.pid).net_connections("inet")
    listening = {c.laddr.ip for c in sockets if c.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1", "127.0.0.2"}, "terminals come from elsewhere than seats"
    service.terminate()
    service.wait(20)
    service.stdout.close()


def test_children_die_with_a_killed_hub(tmp_path: Path) -> None:
    hub = HubProcess(tmp_path / "data")
    ready = hub.ready()
    url = f"http://127.0.0.1:{ready.port}/api/health"

    def both_live() -> bool:
        health = requests.get(url, headers=HEADERS, timeout=PATIENCE).json()
        states = {part["name"]: part["state"] for part in health["parts"]}
        return {states.get("voice"), states.get("media")} <= {"ok", "warn"}

    until(both_live)
    children = psutil.Process(ready.pid).children(recursive=True)
    assert len(children) >= 2
    hub.kill()
    _, alive = psutil.wait_procs(children, 10.0)
    assert not alive


def test_killed_in_the_middle_of_commands_it_loses_nothing_it_acknowledged(
    tmp_path: Path, quiet: list[str], clock: TestClock
) -> None:
    """Several seats write notes without pause; the hub is killed; what was answered stands."""
    data = tmp_path / "data"
    seeded = Store(f"sqlite:///{data / 'cases.db'}", clock)
    data.mkdir()
    run(_seed(seeded))
    acknowledged: dict[str, dict[str, Any]] = {}
    for turn in range(2):
        hub = HubProcess(data, *quiet)
        url = f"http://127.0.0.1:{hub.ready().port}"
        for key, answer in list(acknowledged.items())[-20:]:
            again = command("case.note", "C1", text=key, key=key).model_dump()
            repeated = requests.post(url + "/api/commands", json=again, headers=HEADERS, timeout=10)
            assert repeated.json() == answer
        enough = threading.Event()
        writers = [
            threading.Thread(target=_write, args=(url, f"t{turn}w{w}", acknowledged, enough))
            for w in range(3)
        ]
        for writer in writers:
            writer.start()
        assert enough.wait(20)
        os.kill(hub.process.pid, signal.SIGKILL)
        for writer in writers:
            writer.join(10)
        hub.kill()
    assert len(acknowledged) >= 60

    async def look() -> None:
        store = Store(f"sqlite:///{data / 'cases.db'}", clock)
        await store.open()
        facts = await store.read(lambda reader: reader.history("C1"))
        notes = [fact.note for fact in facts]
        assert set(acknowledged) <= set(notes)
        assert len(notes) == len(set(notes))
        lines = await store.read(lambda reader: reader.changes(0, store.seq, 1_000_000))
        assert [seq for seq, _ in lines] == list(range(1, store.seq + 1))
        entries = await store.read(lambda reader: list(reader.audit_entries()))
        assert first_break(entries) is None
        noted = [entry for entry in entries if entry.action == "case.note"]
        assert len(noted) == len(notes)
        await store.close()

    run(look())


async def _seed(store: Store) -> None:
    await store.open()
    await store.write(lambda tx: tx.put("case", case_row("C1")))
    await store.close()


def _write(
    url: str, name: str, acknowledged: dict[str, dict[str, Any]], enough: threading.Event
) -> None:
    """Send notes until the hub is gone; after thirty of them it may be killed."""
    with requests.Session() as session:
        session.headers.update(HEADERS)
        for number in range(100_000):
            key = f"{name}-{number:06d}"
            note = command("case.note", "C1", text=key, key=key).model_dump()
            try:
                answer = session.post(url + "/api/commands", json=note, timeout=10)
            except requests.RequestException:
                return
            assert answer.status_code == 200, answer.text
            acknowledged[key] = answer.json()
            if number == 30:
                enough.set()
