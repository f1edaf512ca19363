"""From a key to the row it shows: the real queue in a real window, over a real hub.

``python -m tests.bench.cases.painted URL TOKEN KEYS`` prints one JSON object; it needs a screen.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.seat.client import HubClient
from console.seat.commands import Registry
from console.seat.layouts import Layouts
from console.seat.queue_views import Wish, view_named
from console.seat.session import Seat
from tests.rig.screen import Screen
from widgets.bridge import Desk
from widgets.language import Language
from widgets.queue.pane import QueuePane
from widgets.shell import Shell
from widgets.start import application
from widgets.theme import load

SIZE = (1920, 1080)
BETWEEN = 0.016
"""Seconds between keys: twice as fast as a key that is held down repeats."""
_PATIENCE = 60.0
_SEED = 4
_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_KEYS = {
    "j": (60, [(Qt.Key.Key_J, _PLAIN)]),
    "k": (30, [(Qt.Key.Key_K, _PLAIN)]),
    "page down": (6, [(Qt.Key.Key_PageDown, _PLAIN)]),
    "next urgent": (2, [(Qt.Key.Key_J, _SHIFT)]),
    "last": (1, [(Qt.Key.Key_G, _SHIFT)]),
    "first": (1, [(Qt.Key.Key_G, _PLAIN), (Qt.Key.Key_G, _PLAIN)]),
}
"""Key -> how many of a hundred, and what is pressed."""


@dataclass
class Walk:
    """Seconds from a key to the end of the paint that shows the cursor's new place.

    ``worked`` are the seconds of it that the Qt thread computed, whatever else ran on the machine.
    ``absent`` counts keys after which the row itself was still on its way; ``arrived`` are the
    seconds until it was painted then.
    """

    total: int = 0
    painted: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    absent: int = 0
    arrived: list[float] = field(default_factory=list)


def key_to_painted(hub_url: str, token: str, keys: int = 2000) -> list[float]:
    """Press keys over all cases of a hub; return the seconds until each was painted."""
    return walk(hub_url, token, keys).painted


def walk(hub_url: str, token: str, keys: int = 2000) -> Walk:
    """Press keys over all cases of a hub, in a window on a screen of its own."""
    with Screen(*SIZE) as screen:
        done = subprocess.run(
            [sys.executable, "-m", __spec__.name, hub_url, token, str(keys)],
            env=screen.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=_PATIENCE + keys,
        )
    return Walk(**json.loads(done.stdout.splitlines()[-1]))


class _Seat:
    """A window with a queue in it, on the screen this process was given."""

    def __init__(self, hub_url: str, token: str, folder: Path) -> None:
        self._app = application()
        self._client = HubClient(hub_url, token)
        self._desk = Desk(Seat(self._client), load("night"), Registry())
        self._shell = Shell(self._app, self._desk, Language(self._app), Layouts(folder), "duty")
        self._pane = QueuePane(self._desk)
        self._shell.add_pane(self._pane)
        self._painted: list[float] = []
        self._pane.list.painted.connect(lambda: self._painted.append(time.perf_counter()))
        self.walk = Walk()

    def open(self) -> None:
        """Show all cases there are, and wait until they are counted."""
        desk, pane = self._desk, self._pane
        desk.start()
        self._shell.show()
        self._until(lambda: desk.connection == "live" and bool(desk.mirror.cases))
        self._shell.settle()
        pane.show_wish(Wish(view_named("all")))
        self._until(lambda: pane.list.order is pane.paged and pane.paged.total is not None)
        pane.take_focus()
        desk.settle()
        self._pause(1.0)
        self.walk.total = len(pane.list.order)

    def press(self, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
        """Press keys, and note how long the last one took if it moved the cursor."""
        list_ = self._pane.list
        before = list_.order.at
        for key, modifier in keys[:-1]:
            QTest.keyClick(list_, key, modifier)
        self._painted.clear()
        begun, work = time.perf_counter(), time.thread_time()
        QTest.keyClick(list_, *keys[-1])
        at = list_.order.at
        if at != before and at is not None:
            self._until(lambda: bool(self._painted))
            self.walk.painted.append(self._painted[0] - begun)
            self.walk.worked.append(time.thread_time() - work)
            if list_.order.cursor is None:
                self._await(begun)
        self._pause(BETWEEN)

    def _await(self, begun: float) -> None:
        """Note when a row came that was still on its way."""
        self.walk.absent += 1
        self._until(lambda: self._pane.list.order.cursor is not None)
        self._painted.clear()
        self._until(lambda: bool(self._painted))
        self.walk.arrived.append(self._painted[0] - begun)

    def _until(self, true: Callable[[], bool]) -> None:
        end = time.perf_counter() + _PATIENCE
        while not true():
            if time.perf_counter() > end:
                raise TimeoutError("the queue did not follow")
            self._app.processEvents()

    def _pause(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._app.processEvents()
            time.sleep(0.0005)

    def close(self) -> None:
        self._shell.window.close()
        self._desk.stop()
        self._client.close()


def _main(hub_url: str, token: str, keys: int) -> None:
    dice = random.Random(_SEED)
    with tempfile.TemporaryDirectory() as folder:
        seat = _Seat(hub_url, token, Path(folder))
        try:
            seat.open()
            for name in dice.choices(list(_KEYS), [share for share, _ in _KEYS.values()], k=keys):
                seat.press(*_KEYS[name][1])
        finally:
            seat.close()
    sys.stdout.write(json.dumps(asdict(seat.walk)) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
