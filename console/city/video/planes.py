"""Pictures as the encoder wants them (NV12), and the pasting of sprites into them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from console.city.video.sprites import Sprite
from console.city.video.view import Picture, Shade

_CLEARANCE = 1.004
"""What covers an agent is nearer than it by more than this factor."""
_WARP = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP

Span = tuple[int, int, int, int]
"""(x1, y1, x2, y2) in pixels, all even."""


@dataclass(slots=True)
class Planes:
    """An NV12 picture: ``luma`` (H, W) and ``chroma`` (H/2, W/2, 2)."""

    luma: Picture
    chroma: Picture

    @classmethod
    def of(cls, picture: Picture) -> Planes:
        """Convert an RGB picture (BT.601, limited range)."""
        height, width = picture.shape[:2]
        packed = cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420)
        quarter = height * width // 4
        flat = packed.reshape(-1)[height * width :]
        parts = [flat[i * quarter : (i + 1) * quarter].reshape(height // 2, -1) for i in (0, 1)]
        return cls(packed[:height].copy(), np.stack(parts, axis=2).copy())

    def copy(self) -> Planes:
        return Planes(self.luma.copy(), self.chroma.copy())

    def take(self, other: Planes, span: Span) -> None:
        """Copy a span (x1, y1, x2, y2; even numbers) from another picture."""
        x1, y1, x2, y2 = span
        self.luma[y1:y2, x1:x2] = other.luma[y1:y2, x1:x2]
        x1, y1, x2, y2 = x1 // 2, y1 // 2, x2 // 2, y2 // 2
        self.chroma[y1:y2, x1:x2] = other.chroma[y1:y2, x1:x2]


@dataclass(frozen=True, slots=True)
class Figurant:
    """A sprite in its place: foot at (x, y) pixels, ``ratio`` of the master's size.

    ``depth`` is inverse, as everywhere.
    """

    sprite: Sprite
    x: float
    y: float
    depth: float
    ratio: float

    def span(self, width: int, height: int) -> Span | None:
        """Return the span of the picture it covers, None outside of it."""
        sprite, ratio = self.sprite, self.ratio
        left, top = self.x + sprite.left * ratio, self.y + sprite.top * ratio
        rows, columns = sprite.luma.shape
        x1, y1 = max(0, int(left) & ~1), max(0, int(top) & ~1)
        x2 = min(width, (int(left + columns * ratio) + 2) & ~1)
        y2 = min(height, (int(top + rows * ratio) + 2) & ~1)
        return (x1, y1, x2, y2) if x1 < x2 and y1 < y2 else None

    def warp(self, span: Span, *pictures: tuple[Picture, int]) -> list[Picture]:
        """Return the parts of full-size planes, each with its border value, that fall on a span."""
        scale = 1 / self.ratio
        x = (span[0] + 0.5 - self.x) * scale - self.sprite.left - 0.5
        y = (span[1] + 0.5 - self.y) * scale - self.sprite.top - 0.5
        matrix = np.array([[scale, 0.0, x], [0.0, scale, y]])
        size = span[2] - span[0], span[3] - span[1]
        border = cv2.BORDER_CONSTANT
        return [
            cv2.warpAffine(picture, matrix, size, None, _WARP, border, value)
            for picture, value in pictures
        ]


def paste(target: Planes, cover: Shade, one: Figurant) -> Span | None:
    """Paste a sprite behind what covers it; returns the span touched, None where it is not seen."""
    height, width = target.luma.shape
    span = one.span(width, height)
    if span is None:
        return None
    x1, y1, x2, y2 = span
    before = cover[y1:y2, x1:x2]
    hidden: NDArray[np.bool_] | None = None
    if before.max() > one.depth * _CLEARANCE:
        hidden = before > one.depth * _CLEARANCE
        if hidden.all():
            return None
    luma, keep = one.warp(span, (one.sprite.luma, 0), (one.sprite.luma_keep, 255))
    blend(target.luma[y1:y2, x1:x2], luma, keep, hidden)
    _tint(target.chroma, span, one, hidden)
    return span


def _tint(target: Picture, span: Span, one: Figurant, hidden: NDArray[np.bool_] | None) -> None:
    """Paste the chroma, to the nearest pixel: nobody sees colours move by less."""
    sprite, ratio = one.sprite, one.ratio
    rows, columns = sprite.luma.shape
    u1, v1, u2, v2 = (edge // 2 for edge in span)
    left = round((one.x + sprite.left * ratio) / 2)
    top = round((one.y + sprite.top * ratio) / 2)
    colour, keep = sprite.tint(max(1, round(columns * ratio / 2)), max(1, round(rows * ratio / 2)))
    x1, y1 = max(u1, left), max(v1, top)
    x2, y2 = min(u2, left + colour.shape[1]), min(v2, top + colour.shape[0])
    if x1 >= x2 or y1 >= y2:
        return
    inner = np.s_[y1 - top : y2 - top, x1 - left : x2 - left]
    if hidden is not None:
        hidden = hidden[(y1 - v1) * 2 : (y2 - v1) * 2 : 2, (x1 - u1) * 2 : (x2 - u1) * 2 : 2, None]
    blend(target[y1:y2, x1:x2], colour[inner], keep[inner], hidden)


def blend(
    target: Picture, colour: Picture, keep: Picture, hidden: NDArray[np.bool_] | None = None
) -> None:
    """Lay premultiplied colour over a part of a plane, save where it is hidden."""
    mixed = cv2.multiply(target, keep, scale=1 / 255)
    mixed = cv2.add(mixed, colour, dst=mixed)
    if hidden is None:
        target[:] = mixed
    else:
        np.copyto(target, mixed, where=~hidden)


def rise(cover: Shade, one: Figurant) -> None:
    """Let a standing sprite hide what will pass behind it."""
    height, width = cover.shape
    span = one.span(width, height)
    if span is not None:
        (body,) = one.warp(span, (one.sprite.body, 0))
        part = cover[span[1] : span[3], span[0] : span[2]]
        part[(body > 127) & (part < one.depth)] = one.depth
