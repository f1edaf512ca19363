"""Where tiles lie and which is beside which."""

from __future__ import annotations

from itertools import pairwise
from math import isqrt

from PySide6.QtCore import QRect, QSize

LAYOUTS = (1, 4, 9, 16)
"""How many tiles a wall may have; each is a square of rows and columns."""
GAP = 2
"""Pixels between tiles."""


def tiles(size: QSize, count: int) -> list[QRect]:
    """Return the rectangles of ``count`` tiles, row by row, that share ``size`` to the pixel."""
    side = isqrt(count)
    across, down = _cuts(size.width(), side), _cuts(size.height(), side)
    return [QRect(x, y, w, h) for y, h in down for x, w in across]


def _cuts(length: int, parts: int) -> list[tuple[int, int]]:
    starts = [round(index * (length + GAP) / parts) for index in range(parts + 1)]
    return [(a, max(0, b - GAP - a)) for a, b in pairwise(starts)]


def step(index: int, count: int, across: int, down: int) -> int | None:
    """Return the tile so many columns and rows away, None beyond the edge."""
    side = isqrt(count)
    row, column = divmod(index, side)
    row, column = row + down, column + across
    return row * side + column if 0 <= row < side and 0 <= column < side else None


def arrange(cameras: list[str], page: int, count: int, near: list[str]) -> list[str | None]:
    """Return which camera each tile shows.

    ``page`` cuts ``cameras`` into walls of ``count``. Those ``near`` take the first tiles
    and the cameras they drive out take the places they left, so that the rest stay.
    """
    own: list[str | None] = list(cameras[page * count : (page + 1) * count])
    own += [None] * (count - len(own))
    for index, camera in enumerate(near[:count]):
        if camera in own:
            other = own.index(camera)
            own[index], own[other] = own[other], own[index]
        else:
            own[index] = camera
    return own
