"""The demo's surroundings: starts the simulated city as a child and tells where its register is.

The city is an outside program. It is given the addresses it would be given in a real
bureau: where to send reports, where terminals connect.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from console.process import child_command


class City:
    """One city child. It ends with this process, in whatever way that ends."""

    def __init__(
        self,
        folder: Path,
        hub_port: int,
        jt808_port: int,
        intake_key: str,
        *,
        seed: int = 7,
        speed: float = 1.0,
        start: str | None = None,
        story: str | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.register = folder / "register"
        arguments = ["--dir", str(folder), "--seed", str(seed)]
        arguments += ["--speed", f"{speed:g}"]
        arguments += ["--hub", f"http://127.0.0.1:{hub_port}"]
        arguments += ["--jt808", f"127.0.0.1:{jt808_port}"]
        arguments += ["--start", start] if start else []
        arguments += ["--story", story] if story else []
        with (folder / "city.log").open("ab") as errors:
            self._child = subprocess.Popen(
                child_command("console.city", *arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        self._write({"intake_key": intake_key})

    @property
    def pid(self) -> int:
        """The city's process id."""
        return self._child.pid

    def when_ready(self, then: Callable[[bool], None]) -> None:
        """Call ``then`` on a thread once the register is written, with False if the city ended."""
        threading.Thread(target=self._listen, args=(then,), name="city", daemon=True).start()

    def _listen(self, then: Callable[[bool], None]) -> None:
        output = self._child.stdout
        assert output is not None
        with output:
            then(bool(output.readline()))
            while output.read(4096):
                pass

    def _write(self, message: dict[str, object]) -> None:
        assert self._child.stdin is not None
        with contextlib.suppress(OSError):
            self._child.stdin.write(json.dumps(message).encode() + b"\n")
            self._child.stdin.flush()

    def stop(self, patience: float = 4.0) -> None:
        """End the city by closing its input; kill it after ``patience`` seconds."""
        assert self._child.stdin is not None
        with contextlib.suppress(OSError):
            self._child.stdin.close()
        try:
            self._child.wait(patience)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
