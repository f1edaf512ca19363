"""The whole program on a virtual screen, as an officer sees it: keys in, pictures and marks out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
import requests

from tests.rig.screen import Screen

_PATIENCE = 60.0


class Console:
    """A running seat with its hub and, with ``--demo``, its city."""

    def __init__(self, screen: Screen, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.screen = screen
        self.trace = folder / "trace.jsonl"
        self._arguments = ["--data", str(folder / "data"), *arguments]
        self.keys: dict[str, str] = {}
        self.process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.trace.unlink(missing_ok=True)
        with (self.folder / "seat.log").open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.rig.seat", *self._arguments],
                env=self.screen.environment | {"ZHIHUI_TRACE": str(self.trace)},
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        assert self.process.stdout is not None
        self.keys = json.loads(self.process.stdout.readline())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    # --- what it tells -------------------------------------------------------------

    def marks(self, event: str, since: float = 0.0) -> list[dict[str, Any]]:
        """Return the trace's marks of one kind after a moment of the monotonic clock."""
        if not self.trace.exists():
            return []
        lines = self.trace.read_text(encoding="utf-8").splitlines()
        found = (json.loads(line) for line in lines if line.endswith("}"))
        return [mark for mark in found if mark["event"] == event and mark["monotonic"] >= since]

    def wait(self, what: str, true: Callable[[], Any], patience: float = _PATIENCE) -> Any:
        """Return the first true answer; raise when there is none in time or the seat ended."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if found := true():
                return found
            if self.process.poll() is not None:
                raise RuntimeError(f"the seat ended while waiting for {what}")
            time.sleep(0.02)
        picture = self.folder / "timeout.png"
        self.screen.grab(picture)
        raise TimeoutError(f"waited {patience:g} s for {what}; the screen is in {picture}")

    def wait_until_usable(self) -> None:
        """Wait until all panes are made and the queue is painted from the mirror."""
        self.wait("the panes", lambda: self.marks("ready"))
        self.wait("the queue", lambda: self.marks("queue_painted"))

    # --- the hub as a seat or a door sees it ------------------------------------------

    def get(self, path: str) -> Any:
        """Return the JSON a seat would get."""
        headers = {"Authorization": f"Bearer {self.keys['token']}"}
        answer = requests.get(self.keys["url"] + path, headers=headers, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def entities(self, kind: str) -> list[dict[str, Any]]:
        """Return all bodies of one kind as the hub has them now."""
        found: list[dict[str, Any]] = self.get("/api/snapshot")["entities"].get(kind, [])
        return found

    def post_event(self, event: dict[str, Any]) -> dict[str, Any]:
        """Post what an AI box would post; return what the door says became of it."""
        answer = requests.post(
            f"{self.keys['url']}/intake/frigate",
            json=event,
            headers={"X-API-Key": self.keys["intake_key"]},
            timeout=10,
        )
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
        return said

    # --- its processes -------------------------------------------------------------------

    def processes(self) -> Iterator[tuple[str, psutil.Process]]:
        """Yield (name, process) of the seat and every child below it."""
        seat = psutil.Process(self.process.pid)
        yield "seat", seat
        for child in seat.children(recursive=True):
            try:
                words = child.cmdline()
            except psutil.NoSuchProcess:
                continue
            name = next((w for w in words if w.startswith("console.")), words[0] if words else "?")
            yield name.removeprefix("console."), child

    def cpu_seconds(self) -> dict[str, float]:
        """Return the CPU seconds each process has used so far, by name."""
        used: dict[str, float] = {}
        for name, process in self.processes():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            used[name] = used.get(name, 0.0) + times.user + times.system
        return used
