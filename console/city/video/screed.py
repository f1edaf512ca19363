"""What a camera writes into its own picture: the running time and its name."""

from __future__ import annotations

import functools

import cv2
import numpy as np
from numpy.typing import NDArray

from console.city.video.lettering import lettering
from console.city.video.planes import Planes, Span
from console.city.video.view import Picture

_WHITE, _BLACK = 232, 24


@functools.lru_cache(maxsize=64)
def _stamp(text: str, height: int) -> tuple[Picture, Picture]:
    """Return (letters, edge around them), coverage 0..255 with a margin of two pixels."""
    letters = np.pad(lettering(text, height), 2)
    return letters, cv2.dilate(letters, np.ones((3, 3), np.uint8)).astype(np.uint8)


@functools.lru_cache(maxsize=16)
def _digits(height: int) -> dict[str, tuple[Picture, Picture]]:
    """Return stamps of equal size for the characters of a clock."""
    whole = {sign: lettering(sign, height) for sign in "0123456789:"}
    tall = max(picture.shape[0] for picture in whole.values())
    wide = max(picture.shape[1] for picture in whole.values()) + 2
    found = {}
    for sign, picture in whole.items():
        width = wide // 2 if sign == ":" else wide
        cell = np.zeros((tall + 4, width), np.uint8)
        left, top = (width - picture.shape[1]) // 2, (tall + 4 - picture.shape[0]) // 2
        cell[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
        found[sign] = cell, cv2.dilate(cell, np.ones((3, 3), np.uint8)).astype(np.uint8)
    return found


class Screed:
    """The writing of one camera; places scale with the picture."""

    def __init__(self, name: str, width: int, height: int) -> None:
        self._name = name
        self._size = max(9, round(height * 0.042))
        self._margin = round(height * 0.03) & ~1
        self._width, self._height = width, height
        self._second = -1
        self._clock: tuple[Picture, Picture] | None = None

    def title(self, target: Planes) -> None:
        """Write the camera's name at the lower right."""
        letters, edge = _stamp(self._name, self._size)
        rows, columns = letters.shape
        x = self._width - columns - self._margin
        y = self._height - rows - self._margin
        if x > 0:
            _ink(target, letters, edge, x & ~1, y & ~1)

    def write(self, target: Planes, clock: float) -> Span:
        """Write the time of day at the upper left; returns the span it covers."""
        second = int(clock) % 86400
        if second != self._second or self._clock is None:
            self._second = second
            text = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
            signs = [_digits(self._size)[sign] for sign in text]
            self._clock = np.hstack([s[0] for s in signs]), np.hstack([s[1] for s in signs])
        letters, edge = self._clock
        return _ink(target, letters, edge, self._margin, self._margin)


def _ink(target: Planes, letters: Picture, edge: Picture, x: int, y: int) -> Span:
    rows, columns = letters.shape
    spot = target.luma[y : y + rows, x : x + columns]
    dark: NDArray[np.uint16] = edge.astype(np.uint16)
    light: NDArray[np.uint16] = letters.astype(np.uint16)
    mixed = (spot * (255 - dark) + _BLACK * dark) // 255
    spot[:] = (mixed * (255 - light) + _WHITE * light) // 255
    half = np.s_[y // 2 : (y + rows + 1) // 2, x // 2 : (x + columns + 1) // 2]
    veil = dark[::2, ::2][..., None]
    tint = target.chroma[half]
    tint[:] = (tint * (255 - veil) + 128 * veil) // 255
    return x, y, (x + columns + 1) & ~1, (y + rows + 1) & ~1
