"""A bureau's hub as systemd runs it, and the real seat that signs in to it."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from console import wire
from console.process import free_ports
from console.protocols import frigate
from tests.hub.postgres import Postgres
from tests.hub.small_town import at
from tests.rig.screen import Screen

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests' own accounts
PATIENCE = 40.0


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

    def end_sessions_of(self, name: str) -> None:
        """Have the administrator end somebody's sessions."""
        headers = {"Authorization": f"Bearer {self.sign_in('chief').token}"}
        rows = requests.get(f"{self.url}/api/sessions", headers=headers, timeout=10).json()
        for row in rows:
            if row["officer"] == name:
                address = f"{self.url}/api/sessions/{row['id']}"
                requests.delete(address, headers=headers, timeout=10).raise_for_status()

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

    def wait(self, event: str, times: int = 1, **fields: Any) -> None:
        """Wait until a mark with these fields was made so often."""
        until = time.monotonic() + PATIENCE
        while self.count(event, **fields) < times:
            assert time.monotonic() < until, f"no {event} with {fields}"
            assert self._process.poll() is None, self._log.read_text("utf-8")
            time.sleep(0.05)

    def count(self, event: str, **fields: Any) -> int:
        """Return how many marks with these fields were made."""
        return sum(fields.items() <= mark.items() for mark in self._marks(event))

    def _marks(self, event: str) -> list[dict[str, Any]]:
        lines = self._trace.read_text("utf-8").splitlines() if self._trace.exists() else []
        found = (json.loads(line) for line in lines if line.endswith("}"))
        return [mark for mark in found if mark["event"] == event]
