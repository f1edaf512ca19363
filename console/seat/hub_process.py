"""The embedded hub: started as a child, restarted when it dies, gone when the seat is gone.

The child's standard input is a pipe from the seat. Its end, in whatever way it comes,
is the order to shut down; so a seat that is killed leaves no hub behind.
"""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from console.backoff import Backoff
from console.process import child_command

log = logging.getLogger(__name__)

_LOG_BYTES = 4 << 20
_HEALTHY = 20.0
"""Seconds of life after which the next restart is immediate again."""


@dataclass(frozen=True, slots=True)
class HubNews:
    """``ready`` with the hub's process id, or ``stopped`` with its exit code."""

    what: Literal["ready", "stopped"]
    at: datetime
    number: int


class HubProcess:
    """Keeps one embedded hub alive.

    ``launch`` is the body of a ``wire.Launch``, ``ports`` those of HTTP and JT/T 808. This
    module imports no more than the standard library, so that the hub starts before all else.
    """

    def __init__(
        self,
        data: Path,
        register: Path,
        launch: dict[str, str],
        ports: tuple[int, int],
        told: Callable[[HubNews], None] | None = None,
    ) -> None:
        self._command = child_command(
            "console.hub",
            "--embedded",
            *("--data", str(data), "--register", str(register)),
            *("--port", str(ports[0]), "--jt808-port", str(ports[1])),
        )
        self._log = data / "hub.log"
        self._launch = launch
        self._told = told
        self._stop = threading.Event()
        self._go = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="hub-keeper", daemon=True)

    @property
    def pid(self) -> int | None:
        """The hub's process id while it runs."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def start(self, *, held: bool = False) -> None:
        """Start the hub and keep it alive.

        A held one loads its modules but is not launched before :meth:`release`: time won
        while its register is still being written.
        """
        if not held:
            self._go.set()
        self._thread.start()

    def release(self) -> None:
        """Launch a hub that was held."""
        self._go.set()

    def listen(self, told: Callable[[HubNews], None]) -> None:
        """Have news told from now on, on the keeper's thread."""
        self._told = told

    def _tell(self, what: Literal["ready", "stopped"], number: int) -> None:
        told = self._told
        if told is not None:
            told(HubNews(what, datetime.now(UTC), number))

    def stop(self, patience: float = 5.0) -> None:
        """End the hub by closing its input; kill it after ``patience`` seconds."""
        self._stop.set()
        self._go.set()
        with self._lock:
            child = self._child
            if child is not None:
                _end_input(child)
        if not self._thread.is_alive():
            return
        self._thread.join(patience)
        if child is not None and child.poll() is None:
            log.warning("the hub did not stop in time and is killed")
            child.kill()
        self._thread.join(1.0)

    def _keep(self) -> None:
        backoff = Backoff(0.1, 10.0)
        while not self._stop.is_set():
            began = time.monotonic()
            code = self._live()
            if self._stop.is_set():
                return
            log.warning("the hub ended with code %d", code)
            self._tell("stopped", code)
            if time.monotonic() - began > _HEALTHY:
                backoff.reset()
            self._stop.wait(backoff.next())

    def _live(self) -> int:
        """Run one hub until it ends; return its exit code."""
        with _opened(self._log) as errors:
            with self._lock:
                if self._stop.is_set():
                    return 0
                self._child = child = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                )
            assert child.stdin is not None
            assert child.stdout is not None
            self._go.wait()
            with contextlib.suppress(OSError, ValueError):  # stopped, or dead before it was told
                child.stdin.write(json.dumps(self._launch).encode() + b"\n")
                child.stdin.flush()
            with child.stdout as output:
                line = output.readline()
                if line:
                    self._greet(line)
                while output.read(4096):
                    pass
            code = child.wait()
            _end_input(child)
            return code

    def _greet(self, line: bytes) -> None:
        try:
            pid = int(json.loads(line)["pid"])
        except (ValueError, KeyError, TypeError):
            log.error("the hub said %r instead of being ready", line[:200])
            return
        self._tell("ready", pid)


def _end_input(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()


def _opened(path: Path) -> IO[bytes]:
    """Open the hub's log for appending; one older file is kept when it has grown."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")
