"""An embedded hub without a seat or a city, over whatever its database already holds."""

from __future__ import annotations

import json
import secrets
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from console import wire
from console.process import child_command

_PATIENCE = 20.0


class Embedded:
    """``python -m console.hub --embedded`` with the files of ``folder``, or on ``database``."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.token = secrets.token_urlsafe(24)
        self.url = ""
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.token}"
        self._folder = folder
        self._config = folder / "hub.toml"
        self._config.write_text(
            f"[hub]\ndatabase = {json.dumps(database)}\nchildren = []\ndisk_reserve = 1\n"
        )
        self._process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        command = child_command(
            "console.hub",
            "--embedded",
            *("--config", str(self._config), "--data", str(self._folder)),
        )
        log = self._folder / "hub.log"
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        launch = wire.Launch(token=self.token, intake_key=secrets.token_urlsafe(24))
        self._process.stdin.write(launch.model_dump_json().encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self.__exit__()
            raise RuntimeError(f"the hub did not start: {log.read_text('utf-8')[-2000:]}")
        self.url = f"http://127.0.0.1:{wire.Ready.model_validate_json(line).port}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.session.close()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def post(self, path: str, body: wire.Message) -> requests.Response:
        """Send a message as a seat does; a refusal is returned like any other answer."""
        text = body.model_dump_json().encode()
        headers = {"Content-Type": "application/json"}
        return self.session.post(self.url + path, data=text, headers=headers, timeout=60)

    def get(self, path: str, **params: Any) -> Any:
        """Return the JSON a seat would get."""
        answer = self.session.get(self.url + path, params=params, timeout=60)
        answer.raise_for_status()
        return answer.json()
