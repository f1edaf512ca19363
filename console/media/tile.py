"""One tile inside a worker: from coded pictures to the shared memory."""

from __future__ import annotations

import time
from dataclasses import replace

from av.video.frame import VideoFrame

from console.media.decoder import Decoder, Scaler
from console.media.frames import FrameBuffer, Signal, Status
from console.media.stream import Unit, UnknownCodecError

LATE, HOPELESS = 400_000_000, 2_000_000_000
"""Nanoseconds behind the source's own pace beyond which a picture is decoded but not shown,
or not even decoded until the next key picture."""


class Pace:
    """Tells how far a unit is behind the quickest of the last ten to twenty seconds."""

    _WINDOW = 10_000_000_000

    def __init__(self) -> None:
        self._best = self._last_best = 0
        self._begun = 0

    def behind(self, unit: Unit) -> int:
        """Return the nanoseconds, never less than 0."""
        offset = unit.arrived - unit.stamp
        if not self._begun:
            self._best = self._last_best = offset
            self._begun = unit.arrived
        elif unit.arrived - self._begun > self._WINDOW:
            self._last_best, self._best = self._best, offset
            self._begun = unit.arrived
        self._best = min(self._best, offset)
        return offset - min(self._best, self._last_best)


HIDDEN_BYTES = 1 << 22
"""How much of the current group of pictures a hidden tile keeps, to be there at once again."""


class Tile:
    """A sink that shows the newest picture and drops what comes too late. Never queues.

    Hidden, it decodes nothing and keeps the coded pictures since the last key picture.
    """

    def __init__(self, buffer: FrameBuffer, mark: int) -> None:
        self._buffer = buffer
        self._status = Status(mark=mark)
        self._scaler = Scaler()
        self._decoder: Decoder | None = None
        self._pace = Pace()
        self._picture: VideoFrame | None = None
        self._shown = self._bytes = 0
        self._since = time.monotonic()
        self._first = True
        self._hidden: list[Unit] | None = None

    def resize(self, buffer: FrameBuffer, mark: int) -> None:
        """Go on in another buffer, at once with the last picture."""
        self._buffer.close()
        self._buffer = buffer
        self._say(mark=mark)
        if self._picture is not None:
            now = time.monotonic_ns()
            self._show(self._picture, Unit(b"", key=False, arrived=now, stamp=0))

    def hide(self, *, hidden: bool) -> None:
        """Stop decoding, or go on from where the source is now."""
        if hidden and self._hidden is None:
            self._hidden = []
            if self._decoder is not None:
                self._decoder.waiting = True
        elif not hidden and self._hidden is not None:
            units, self._hidden = self._hidden, None
            self._decode(units)

    def close(self) -> None:
        """Give the buffer back."""
        self._buffer.close()

    # --- what the watch says ---------------------------------------------------------

    def opened(self, codec: str, setup: bytes) -> None:
        try:
            self._decoder = Decoder(codec, setup)
        except ValueError as error:
            raise UnknownCodecError(str(error)) from error
        self._pace = Pace()
        reconnects = self._status.reconnects + (not self._first)
        self._first = False
        self._say(reconnects=reconnects)

    def missed(self, packets: int) -> None:
        self._status = replace(self._status, lost=self._status.lost + packets)

    def signal(self, signal: Signal) -> None:
        self._say(signal=signal)

    def take(self, units: list[Unit]) -> None:
        self._bytes += sum(len(unit.data) for unit in units)
        if self._hidden is None:
            self._decode(units)
        else:
            self._keep(self._hidden, units)

    def _keep(self, kept: list[Unit], units: list[Unit]) -> None:
        for unit in units:
            if unit.key:
                kept.clear()
            if unit.key or kept:
                kept.append(unit)
        if sum(len(unit.data) for unit in kept) > HIDDEN_BYTES:
            kept.clear()

    def _decode(self, units: list[Unit]) -> None:
        decoder = self._decoder
        if decoder is None:
            return
        shown: tuple[VideoFrame, Unit] | None = None
        dropped = 0
        for unit in units:
            behind = self._pace.behind(unit)
            if behind > HOPELESS and not unit.key:
                decoder.waiting = True
            picture = decoder.decode(unit.data, key=unit.key)
            if picture is None or behind > LATE:
                dropped += 1
                continue
            dropped += shown is not None
            shown = picture, unit
        if dropped:
            self._status = replace(self._status, dropped=self._status.dropped + dropped)
        if shown is not None:
            self._show(*shown)

    def _show(self, picture: VideoFrame, unit: Unit) -> None:
        self._picture = picture
        fitted = self._scaler.fit(picture, *self._buffer.size)
        plane = fitted.planes[0]
        self._buffer.write(
            memoryview(plane).cast("B"),
            fitted.width,
            fitted.height,
            plane.line_size,
            unit.arrived,
            unit.camera,
        )
        self._shown += 1

    # --- figures -----------------------------------------------------------------------

    def report(self) -> None:
        """Leave the figures since the last report for the reader."""
        now = time.monotonic()
        span = max(1e-3, now - self._since)
        size = (self._picture.width, self._picture.height) if self._picture else (0, 0)
        self._say(
            fps=self._shown / span,
            kbit_s=self._bytes * 8 / 1000 / span,
            width=size[0],
            height=size[1],
        )
        self._shown = self._bytes = 0
        self._since = now

    def _say(self, **figures: float) -> None:
        self._status = replace(self._status, **figures)  # type: ignore[arg-type]
        self._buffer.report(self._status)
