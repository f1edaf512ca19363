"""The seat's end of the decode workers: which camera is decoded where, and whether it still is.

Nothing here blocks and nothing here is a thread: the owner calls :meth:`Feeds.tend` about once
a second and looks at each :class:`Feed` as often as it paints.
"""

from __future__ import annotations

import logging
import os
import subprocess
import time
from collections.abc import Sequence
from typing import Any

from console import pipe
from console.media.frames import Frame, FrameBuffer, Signal, Status
from console.media.stream import Source
from console.process import child_command

log = logging.getLogger(__name__)

CLOSING = 1.0
"""Seconds a worker has for ending by itself before it is killed."""
LONGEST_PAUSE = 5.0
"""Longest pause in seconds before a worker that keeps dying is started again."""
STEADY = 10.0
"""Seconds a worker must have lived for its death to count as the first."""


class Feed:
    """One camera decoded for one tile. Get it from :meth:`Feeds.watch`, end it by :meth:`close`."""

    def __init__(self, feeds: Feeds, number: int, source: Source, width: int, height: int) -> None:
        self.source = source
        self.number = number
        self._feeds = feeds
        self._buffer: FrameBuffer | None = FrameBuffer.create(width, height)
        self._next: FrameBuffer | None = None
        self._mark = 1
        self._hidden = False
        self._began = time.monotonic()

    def message(self) -> dict[str, Any]:
        """What a worker must be told to begin, or to begin anew."""
        return {
            "do": "watch",
            "tile": self.number,
            "url": self.source.url,
            "user": self.source.user,
            "password": self.source.password,
            "hidden": self._hidden,
            **self._target(),
        }

    def _target(self) -> dict[str, Any]:
        buffer = self._next or self._buffer
        return {"buffer": buffer.address if buffer else "", "mark": self._mark}

    def resize(self, width: int, height: int) -> None:
        """Ask for pictures of another size; the old ones stay until the first new one is there."""
        newest = self._next or self._buffer
        if newest is None or newest.size == (width, height):
            return
        if self._next is not None:
            self._next.close()
        self._next = FrameBuffer.create(width, height)
        self._mark += 1
        self._feeds.tell(self, {"do": "resize", "tile": self.number, **self._target()})

    def hide(self, *, hidden: bool) -> None:
        """Stop decoding while nobody looks; the source keeps sending and is there at once again."""
        if hidden != self._hidden:
            self._hidden = hidden
            self._began = time.monotonic()
            self._feeds.tell(self, {"do": "hide", "tile": self.number, "hidden": hidden})

    def _current(self) -> FrameBuffer | None:
        if self._next is not None and self._next.seq:
            if self._buffer is not None:
                self._buffer.close()
            self._buffer, self._next = self._next, None
        return self._buffer

    @property
    def stamp(self) -> tuple[int, int]:
        """Changes whenever there is another picture to paint: (buffer's mark, picture's number)."""
        buffer = self._current()
        return (self._mark if self._next is None else self._mark - 1, buffer.seq if buffer else 0)

    def newest(self) -> Frame | None:
        """Hold the newest picture and return it; None before the first and after :meth:`close`."""
        buffer = self._current()
        try:
            return buffer.newest() if buffer else None
        except ValueError:
            self._feeds.distrust(self)
            return None

    def status(self) -> Status:
        """What the worker last said."""
        buffer = self._next or self._buffer
        status = buffer.status() if buffer else Status()
        return status if status.mark == self._mark else Status(Signal.CONNECTING)

    def age(self) -> float:
        """Seconds since the newest picture arrived, or since somebody began to look."""
        frame = self.newest()
        arrived = frame.arrived / 1e9 if frame else 0.0
        return max(0.0, time.monotonic() - max(arrived, self._began))

    def close(self) -> None:
        """Stop decoding and give the memory back."""
        self._feeds.forget(self)
        for buffer in (self._buffer, self._next):
            if buffer is not None:
                buffer.close()
        self._buffer = self._next = None


class _Worker:
    """One worker process and the feeds it carries."""

    def __init__(self, command: Sequence[str]) -> None:
        self.feeds: dict[int, Feed] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self._command = command
        self._started = 0.0
        self._deaths = 0
        self._due = 0.0

    def send(self, message: dict[str, Any]) -> None:
        if self.process is None or self.process.stdin is None:
            return
        data = pipe.encode(message)
        try:
            # A whole command fits into the pipe at once or not at all (PIPE_BUF).
            if os.write(self.process.stdin.fileno(), data) == len(data):
                return
        except OSError:
            pass
        # It is gone, or it has not read for a whole pipe's length: begin anew.
        self.process.kill()

    def start(self) -> None:
        """Start the process and hand it its feeds."""
        self.process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, bufsize=0
        )
        if self.process.stdin is not None:
            os.set_blocking(self.process.stdin.fileno(), False)
        self._started = time.monotonic()
        for feed in self.feeds.values():
            self.send(feed.message())

    def tend(self) -> None:
        """Start it where it does not run and has feeds, pausing longer each time it dies."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._bury(now)
        if self.process is None and self.feeds and now >= self._due:
            self.start()

    def _bury(self, now: float) -> None:
        if self.process is None:
            return
        log.warning("a decode worker died (%s)", self.process.returncode)
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None
        self._deaths = 1 if now - self._started > STEADY else self._deaths + 1
        self._due = now + min(LONGEST_PAUSE, 0.1 * 2 ** min(self._deaths - 1, 9))

    def hang_up(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def wait(self, until: float) -> None:
        """See it end by ``until`` (monotonic), by force if need be."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class Feeds:
    """Starts workers when there is something to decode and spreads feeds evenly over them."""

    def __init__(self, workers: int | None = None, arguments: Sequence[str] = ()) -> None:
        command = child_command("console.media.worker", *arguments)
        count = workers or max(1, min(8, os.cpu_count() or 1))
        self._workers = [_Worker(command) for _ in range(count)]
        self._number = 0

    def watch(self, source: Source, width: int, height: int) -> Feed:
        """Begin to decode ``source`` into pictures of at most ``width`` × ``height`` pixels."""
        self._number += 1
        feed = Feed(self, self._number, source, width, height)
        worker = min(self._workers, key=lambda one: len(one.feeds))
        worker.feeds[feed.number] = feed
        if worker.process is None:
            worker.tend()
        else:
            worker.send(feed.message())
        return feed

    def tell(self, feed: Feed, message: dict[str, Any]) -> None:
        """Pass a feed's command to its worker."""
        if (worker := self._worker_of(feed)) is not None:
            worker.send(message)

    def forget(self, feed: Feed) -> None:
        """Have the feed's worker stop it."""
        if (worker := self._worker_of(feed)) is not None:
            del worker.feeds[feed.number]
            worker.send({"do": "stop", "tile": feed.number})

    def distrust(self, feed: Feed) -> None:
        """Kill the feed's worker: what it wrote cannot be true."""
        if (worker := self._worker_of(feed)) is not None and worker.process is not None:
            log.error("a decode worker writes nonsense")
            worker.process.kill()

    def _worker_of(self, feed: Feed) -> _Worker | None:
        return next((one for one in self._workers if feed.number in one.feeds), None)

    def tend(self) -> None:
        """Restart what died."""
        for worker in self._workers:
            worker.tend()

    def pids(self) -> list[int]:
        """Process ids of the workers that run."""
        return [one.process.pid for one in self._workers if one.process is not None]

    def close(self) -> None:
        """End all workers and feeds within two seconds."""
        for worker in self._workers:
            for feed in list(worker.feeds.values()):
                feed.close()
            worker.hang_up()
        until = time.monotonic() + CLOSING
        for worker in self._workers:
            worker.wait(until)
