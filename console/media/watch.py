"""Keeps one source playing: picks the driver, reconnects, says how it is doing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from console.backoff import Backoff
from console.media import client, demux
from console.media.frames import Signal
from console.media.stream import (
    Driver,
    RefusedError,
    Sink,
    Source,
    StreamError,
    Unit,
    UnknownCodecError,
)

log = logging.getLogger(__name__)

DRIVERS: dict[str, Driver] = {"rtsp": client.play, "file": demux.play}
"""URL scheme -> who plays it."""

REMOTE = frozenset(DRIVERS) - {"file"}
"""Schemes that settings from elsewhere may name: none that reads this machine's disk."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
"""Seconds between attempts, growing; each is drawn from the upper half of its step."""
REFUSED_PAUSE = 30.0
"""Seconds after a refusal: cameras lock an account after a handful of wrong passwords."""

Sleep = Callable[[float], Awaitable[None]]


async def watch(
    source: Source,
    sink: Sink,
    schemes: frozenset[str] = REMOTE,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Play ``source`` into ``sink`` until cancelled, again and again."""
    if source.scheme not in schemes:
        log.warning("no driver for %s", source.url)
        sink.signal(Signal.REFUSED)
        return
    driver = DRIVERS[source.scheme]
    attempt = _Attempts(source, sink)
    sink.signal(Signal.CONNECTING)
    while True:
        try:
            await driver(source, attempt)
        except UnknownCodecError as error:
            if driver is demux.play:
                await sleep(attempt.failed(error))
            driver = demux.play
        except StreamError as error:
            await sleep(attempt.failed(error))


class _Attempts:
    """Passes everything on; counts failures, and tells the log of each loss and recovery once."""

    def __init__(self, source: Source, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self._live = False
        self._backoff = Backoff(FIRST_PAUSE, LONGEST_PAUSE)
        self._failing = False
        self.opened = sink.opened
        self.missed = sink.missed
        self.signal = sink.signal

    def take(self, units: list[Unit]) -> None:
        if not self._live:
            self._live = True
            if self._failing:
                log.info("%s is back", self._source.url)
            self._failing = False
            self._backoff.reset()
            self.signal(Signal.LIVE)
        self._sink.take(units)

    def failed(self, error: StreamError) -> float:
        """Note a failure; return how many seconds to wait."""
        if not self._failing:
            log.warning("%s: %s", self._source.url, error)
        self._failing = True
        self._live = False
        if isinstance(error, RefusedError | UnknownCodecError):
            self.signal(Signal.REFUSED)
            return REFUSED_PAUSE
        self.signal(Signal.LOST)
        return self._backoff.next()
