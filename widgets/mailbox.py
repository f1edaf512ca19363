"""One mailbox for the Qt thread, drained once per frame; garbage is collected there alone."""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from widgets.frames import Frames

FRAME_MS = 16
COLLECT_MS = 2_000
FULL_EVERY = 60
"""Every so many collections the oldest generation is looked at too."""
BUDGET = 0.008
"""Seconds a frame may spend on the mailbox before the rest waits for the next one."""


class Mailbox(QObject):
    """Calls from other threads, run on the Qt thread in the order in which they were posted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frames = Frames()
        self._mailbox: deque[Callable[[], None]] = deque()
        self._frame = QTimer(self)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._on_frame)
        self._collect = QTimer(self)
        self._collect.setInterval(COLLECT_MS)
        self._collect.timeout.connect(self._on_collect)
        self._collections = 0

    def run(self) -> None:
        """Drain once per frame. From now on garbage is collected on this thread only."""
        gc.disable()
        self.settle()
        self._frame.start()
        self._collect.start()

    def settle(self) -> None:
        """Take what lives now for lasting, so that collections stay short; count frames anew."""
        gc.collect()
        gc.freeze()
        self.frames.forget()

    def _on_collect(self) -> None:
        self._collections += 1
        gc.collect(2 if self._collections % FULL_EVERY == 0 else 1)

    def stop(self) -> None:
        """Stop draining; what is still in the mailbox is dropped."""
        self._frame.stop()
        self._collect.stop()
        self._mailbox.clear()
        gc.enable()

    def post(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the Qt thread in the next frame. Safe from any thread."""
        self._mailbox.append(call)

    def _on_frame(self) -> None:
        self.frames.tick(time.perf_counter(), len(self._mailbox))
        if self._mailbox:
            self.drain(BUDGET)

    def drain(self, budget: float = 1.0) -> None:
        """Run what was posted for at most ``budget`` seconds, then :meth:`drained` once."""
        until = time.perf_counter() + budget
        while self._mailbox and time.perf_counter() < until:
            self._mailbox.popleft()()
        self.drained()

    def drained(self) -> None:
        """Do what is done once after the calls of a frame."""
