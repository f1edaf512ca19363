"""One live stream: composed, encoded and cut into packets while somebody watches."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Protocol

from console.city.video.encoder import RATE, Encoder
from console.city.video.stage import Stage
from console.city.video.troupe import Troupe
from console.protocols import h264, rtp

PAYLOAD_TYPE = 96
CLOCK = 90_000
_CALM = RATE // 3
"""Turns from one picture to the next while the view is being painted: let the painter work."""
_REPORT_EVERY = 5.0
"""Seconds between sender reports."""


class Viewer(Protocol):
    """Who takes packets; it may drop what it cannot send, but must not wait."""

    def picture(self, packets: list[bytes], *, key: bool) -> None: ...
    def report(self, packet: bytes) -> None: ...


class Stream:
    """All viewers of one camera at one size share its pictures and its numbering.

    ``phase`` (0..1) is where in the interval between two pictures this stream's turn is.
    """

    def __init__(self, stage: Stage, troupe: Troupe, phase: float) -> None:
        self.stage = stage
        self._troupe = troupe
        self._phase = phase / RATE
        self._encoder: Encoder | None = None
        self._viewers: list[Viewer] = []
        self._timer: asyncio.Handle | None = None
        self._turn = 0
        self._key = False
        self._reported = 0.0
        self._octets = 0
        self._packets = 0
        self.ssrc = secrets.randbits(32)
        self.sequence = secrets.randbits(15)
        self._offset = secrets.randbits(32)
        self.late: list[float] = []
        """How late each of the last pictures left, in seconds."""

    @property
    def viewers(self) -> int:
        return len(self._viewers)

    def timestamp(self, at: float) -> int:
        """Return the RTP time of a moment of the loop's clock."""
        return (self._offset + round(at * CLOCK)) & 0xFFFFFFFF

    def join(self, viewer: Viewer) -> None:
        """Send to a viewer, beginning with a key picture, at once where nobody watched yet."""
        self._viewers.append(viewer)
        self._key = True
        self._reported = 0.0
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._turn = int((loop.time() - self._phase) * RATE)
            self._timer = loop.call_soon(self._tick, loop.time())

    def leave(self, viewer: Viewer) -> None:
        """Stop sending to a viewer; with the last one the stream rests."""
        if viewer in self._viewers:
            self._viewers.remove(viewer)
        if not self._viewers:
            self.stop()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._encoder = None
        self.stage.forget()

    def _tick(self, due: float) -> None:
        loop = asyncio.get_running_loop()
        if self._encoder is None:
            size = self.stage.view.width, self.stage.view.height
            self._encoder = Encoder(size)
        cut = self.stage.frame(self._troupe, due, self._encoder.planes)
        key, self._key = self._key or cut, False
        units = self._encoder.encode(key=key)
        self._send(units, due)
        self.late.append(loop.time() - due)
        del self.late[:-RATE]
        # Turns that were missed are left out, so that a stall is not followed by a burst.
        turns = _CALM if self.stage.makeshift else 1
        self._turn = max(self._turn + turns, int((loop.time() - self._phase) * RATE))
        due = self._turn / RATE + self._phase
        self._timer = loop.call_at(due, self._tick, due)

    def _send(self, units: list[bytes], at: float) -> None:
        key = any(h264.kind(unit) == h264.IDR for unit in units)
        stamp = self.timestamp(at)
        packets = rtp.pack_all(h264.packetise(units), PAYLOAD_TYPE, self.sequence, stamp, self.ssrc)
        self.sequence = (self.sequence + len(packets)) & 0xFFFF
        self._packets += len(packets)
        self._octets += sum(len(packet) - 12 for packet in packets)
        report = self._report(at, stamp)
        for viewer in tuple(self._viewers):
            if report is not None:
                viewer.report(report)
            viewer.picture(packets, key=key)

    def _report(self, at: float, stamp: int) -> bytes | None:
        if at - self._reported < _REPORT_EVERY:
            return None
        self._reported = at
        wall = time.time() - (asyncio.get_running_loop().time() - at)
        sent = rtp.SenderReport(
            self.ssrc, rtp.ntp(wall), stamp, self._packets & 0xFFFFFFFF, self._octets & 0xFFFFFFFF
        )
        return rtp.build_report(sent, "camera")
