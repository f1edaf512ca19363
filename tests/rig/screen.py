"""A virtual screen with a window manager, real key presses and pictures of it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_SETTLE = 10.0
_PATIENCE = 60.0
"""Seconds for a window to appear; the tool itself would wait for ever."""


class Screen:
    """Xvfb with openbox: without a window manager keyboard focus does not work."""

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self.size = (width, height)
        self.display = ""
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        ready, mine = os.pipe()
        width, height = self.size
        server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(mine),
                "-screen",
                "0",
                f"{width}x{height}x24",
                "-nolisten",
                "tcp",
            ],
            pass_fds=[mine],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(mine)
        with os.fdopen(ready) as numbers:
            self.display = f":{numbers.readline().strip()}"
        self._children.append(server)
        self._children.append(self._start("openbox", "--sm-disable"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in reversed(self._children):
            child.terminate()
            child.wait(timeout=10)

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to appear here."""
        return os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
        )
        return done.stdout

    def wait_for_window(self, title: str) -> str:
        """Return the id of the visible window whose title contains ``title``, given focus."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", title)
        window = found.split()[-1]
        self._xdotool("windowactivate", "--sync", window)
        return window

    def keys(self, *names: str) -> None:
        """Press keys by their X names, one after the other."""
        self._xdotool("key", "--delay", "8", *names)

    def hold(self, name: str, seconds: float) -> None:
        """Hold a key down."""
        self._xdotool("keydown", name)
        time.sleep(seconds)
        self._xdotool("keyup", name)

    def type(self, text: str) -> None:
        """Type text as a keyboard would."""
        self._xdotool("type", "--delay", "8", text)

    def grab(self, path: Path) -> None:
        """Write what the screen shows as a PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["import", "-window", "root", str(path)],
            env=self.environment,
            check=True,
            timeout=_SETTLE,
        )
