"""The clock of the voice: a thread that sends each frame when it is due, by absolute deadlines.

``sleep(20 ms)`` drifts; a deadline does not. The thread asks for the best priority the
machine gives it and says which it got.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from console.voice import priority
from console.voice.drivers.port import Line, LineLostError
from console.voice.programme import Cursor
from console.voice.sound import FRAME_SECONDS

_PRIORITY = 20
"""Above the loop's, so that signalling never holds sound up."""
_REMEMBERED = 1 << 16
"""Frames whose lateness is kept between two health lines."""
_REBASE = 0.1
"""A stream later than this (seconds) goes on from now instead of sending a burst."""


@dataclass(slots=True, eq=False)
class Stream:
    """One speaker being spoken to. The callbacks come on the pacing thread, unix seconds.

    ``on_end`` carries why it ended before its time, or nothing.
    """

    line: Line
    cursor: Cursor
    on_first: Callable[[float], None]
    on_speech: Callable[[float], None]
    on_end: Callable[[float, str], None]
    started: bool = False
    spoke: bool = False
    stopped: bool = False


class Pacer:
    """Owns the pacing thread."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._due: list[tuple[float, int, Stream]] = []
        self._order = itertools.count()
        self._stopping = False
        self._late = np.zeros(_REMEMBERED, np.float32)
        self._frames = 0
        self._told = 0
        self._thread = threading.Thread(target=self._run, name="voice-pacer", daemon=True)
        self.priority = "unknown"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join(2.0)

    def add(self, stream: Stream) -> None:
        """Send the first frame at once and each next one 20 ms later."""
        with self._wake:
            heapq.heappush(self._due, (time.monotonic(), next(self._order), stream))
            self._wake.notify()

    def lateness(self) -> tuple[float, float, float]:
        """Return p50, p99 and worst lateness since the last call, in milliseconds."""
        upto = self._frames
        count = min(upto - self._told, _REMEMBERED)
        self._told = upto
        if not count:
            return 0.0, 0.0, 0.0
        late = self._late[np.arange(upto - count, upto) % _REMEMBERED] * 1000
        half, most = np.percentile(late, (50, 99))
        return float(half), float(most), float(late.max())

    def _run(self) -> None:
        self.priority = priority.raise_to(_PRIORITY)
        while True:
            with self._wake:
                while not self._stopping:
                    wait = self._due[0][0] - time.monotonic() if self._due else None
                    if wait is not None and wait <= 0:
                        break
                    self._wake.wait(wait)
                if self._stopping:
                    return
                due, order, stream = heapq.heappop(self._due)
            late = time.monotonic() - due
            if self._step(stream):
                self._late[self._frames % _REMEMBERED] = late
                self._frames += 1
                due = due + FRAME_SECONDS if late < _REBASE else time.monotonic() + FRAME_SECONDS
                with self._wake:
                    heapq.heappush(self._due, (due, order, stream))

    @staticmethod
    def _step(stream: Stream) -> bool:
        if stream.stopped:
            return False
        try:
            before = stream.cursor.position
            frame = stream.cursor.next()
            if frame is None:
                stream.on_end(time.time(), stream.cursor.why)
                return False
            stream.line.write(frame)
        except LineLostError as lost:
            stream.on_end(time.time(), str(lost))
            return False
        if not stream.started:
            stream.started = True
            stream.on_first(time.time())
        speech = stream.cursor.programme.speech_at
        if not stream.spoke and speech is not None and stream.cursor.position > max(speech, before):
            stream.spoke = True
            stream.on_speech(time.time())
        return True
