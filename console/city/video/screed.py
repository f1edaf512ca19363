"""What a camera writes into its own picture: the running time and its name."""

from __future__ import annotations

import functools
from typing import NamedTuple

import cv2
import numpy as np

from console.city.video.lettering import lettering
from console.city.video.planes import Planes, Span, blend
from console.city.video.view import Picture

_WHITE, _BLACK = 232, 24


class Stamp(NamedTuple):
    """Writing ready for pasting: white letters with a black edge, as sprites are kept."""

    luma: Picture
    luma_keep: Picture
    chroma: Picture
    chroma_keep: Picture

    @classmethod
    def of(cls, letters: Picture) -> Stamp:
        """Make a stamp of coverage 0..255, padded to even edges."""
        rows, columns = letters.shape
        white = np.pad(letters, ((2, 2 + rows % 2), (2, 2 + columns % 2))).astype(np.uint16)
        edge = cv2.dilate(white, np.ones((3, 3), np.uint8)).astype(np.uint16)
        ink = (_BLACK * edge * (255 - white) // 255 + _WHITE * white) // 255
        keep = (255 - edge) * (255 - white) // 255
        veil = np.repeat(edge[::2, ::2, None], 2, axis=2)
        parts = ink, keep, 128 * veil // 255, 255 - veil
        return cls(*(np.ascontiguousarray(part, np.uint8) for part in parts))

    def lay(self, target: Planes, x: int, y: int) -> Span:
        """Paste at an even place; what does not fit is cut off."""
        height, width = target.luma.shape
        rows, columns = self.luma.shape
        x2, y2 = min(width, x + columns), min(height, y + rows)
        full = np.s_[: y2 - y, : x2 - x]
        half = np.s_[: (y2 - y) // 2, : (x2 - x) // 2]
        spot = target.luma[y:y2, x:x2]
        blend(spot, self.luma[full], self.luma_keep[full])
        spot = target.chroma[y // 2 : y2 // 2, x // 2 : x2 // 2]
        blend(spot, self.chroma[half], self.chroma_keep[half])
        return x, y, x2, y2


@functools.lru_cache(maxsize=16)
def _digits(height: int) -> dict[str, Picture]:
    """Return the characters of a clock in cells of equal size."""
    whole = {sign: lettering(sign, height) for sign in "0123456789:"}
    tall = max(picture.shape[0] for picture in whole.values())
    wide = max(picture.shape[1] for picture in whole.values()) + 2
    found = {}
    for sign, picture in whole.items():
        cell = np.zeros((tall, wide // 2 if sign == ":" else wide), np.uint8)
        left, top = (cell.shape[1] - picture.shape[1]) // 2, (tall - picture.shape[0]) // 2
        cell[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
        found[sign] = cell
    return found


class Screed:
    """The writing of one camera; places scale with the picture."""

    def __init__(self, name: str, width: int, height: int) -> None:
        self._size = max(9, round(height * 0.042))
        self._margin = round(height * 0.03) & ~1
        self._name = Stamp.of(lettering(name, self._size))
        rows, columns = self._name.luma.shape
        self._corner = max(0, width - columns - self._margin), height - rows - self._margin
        self._second = -1
        self._clock = self._name

    def write(self, target: Planes, clock: float) -> list[Span]:
        """Write the time of day at the upper left and the camera's name at the lower right."""
        second = int(clock) % 86400
        if second != self._second:
            self._second = second
            text = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
            signs = _digits(self._size)
            self._clock = Stamp.of(np.hstack([signs[sign] for sign in text]))
        x, y = self._corner
        return [
            self._clock.lay(target, self._margin, self._margin),
            self._name.lay(target, x & ~1, y & ~1),
        ]
