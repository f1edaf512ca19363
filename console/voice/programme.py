"""What is said in one call, and how far each speaker has come in it."""

from __future__ import annotations

from typing import Literal

import numpy as np

from console.protocols import g711
from console.voice.sound import FRAME, FRAME_SECONDS, Samples

Codec = Literal["PCMA", "PCMU", "L16"]

DRAIN = round(0.2 / FRAME_SECONDS)
"""Frames of silence after the last word; a speaker that hangs up at once cuts the tail off."""

_READY = 2 * FRAME
"""Live sound held back before it starts and after it ran dry: the jitter buffer."""
_WINDOW = round(0.5 / FRAME_SECONDS)
"""Frames over which the buffer's least depth is watched; what never was needed is skipped."""
_STARVED = round(1.0 / FRAME_SECONDS)
"""Frames without live sound after which the speaker is closed."""


class Programme:
    """Sound that one thread appends and the pacing thread reads.

    Coded once for each codec in use, so that two hundred speakers cost one coding.
    """

    def __init__(self, *, live: bool = False) -> None:
        self.live = live
        self.finished = False
        self.cut = False
        self.speech_at: int | None = None
        self._parts: list[Samples] = []
        self._coded: dict[Codec, bytearray] = {}
        self.length = 0

    def use(self, codec: Codec) -> None:
        """Code what is there for one more codec; call before the first read."""
        if codec not in self._coded:
            self._coded[codec] = bytearray(b"".join(_code(part, codec) for part in self._parts))

    def append(self, samples: Samples) -> None:
        """Add sound to the end."""
        for codec, coded in self._coded.items():
            coded += _code(samples, codec)
        self._parts.append(samples)
        self.length += len(samples)

    def read(self, start: int, codec: Codec) -> bytes:
        """Return the frame from sample ``start``, filled up with silence."""
        size = _size(codec)
        frame = bytes(self._coded[codec][start * size : (start + FRAME) * size])
        return frame + silent(codec)[len(frame) :]

    def samples(self) -> Samples:
        """Return everything said so far."""
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.int16)


class Cursor:
    """One speaker's place in a programme. Only the pacing thread calls :meth:`next`."""

    def __init__(self, programme: Programme, codec: Codec) -> None:
        programme.use(codec)
        self.programme = programme
        self.codec: Codec = codec
        self.position = 0
        self.why = ""
        self._drained = 0
        self._starved = 0
        self._waiting = True
        self._least = 0
        self._watched = 0

    def next(self) -> bytes | None:
        """Return the next frame of 20 ms, or None when all is said and drained."""
        programme = self.programme
        # Read before the length: what was finished cannot grow any more.
        over = programme.finished
        left = programme.length - self.position
        if programme.cut or (over and left <= 0) or self._starved >= _STARVED:
            self._drained += 1
            return silent(self.codec) if self._drained <= DRAIN else None
        if programme.live and not over:
            return self._live(left)
        return self._forward() if over or left >= FRAME else silent(self.codec)

    def _live(self, left: int) -> bytes:
        if left < FRAME or (self._waiting and left < _READY):
            self._waiting = True
            self._watched = 0
            self._starved += 1
            if self._starved == _STARVED:
                self.why = "no sound came from the microphone"
            return silent(self.codec)
        self._waiting = False
        self._starved = 0
        self._least = min(self._least, left) if self._watched else left
        self._watched += 1
        if self._watched == _WINDOW:
            self._watched = 0
            self.position += max(0, self._least - _READY) // FRAME * FRAME
        return self._forward()

    def _forward(self) -> bytes:
        frame = self.programme.read(self.position, self.codec)
        self.position += FRAME
        return frame


def _size(codec: Codec) -> int:
    return 2 if codec == "L16" else 1


def _code(samples: Samples, codec: Codec) -> bytes:
    return samples.astype("<i2").tobytes() if codec == "L16" else g711.encode(samples, codec)


def silent(codec: Codec) -> bytes:
    """Return one frame of silence."""
    return bytes(2 * FRAME) if codec == "L16" else g711.SILENCE[codec] * FRAME
