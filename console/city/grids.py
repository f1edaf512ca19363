"""The management grid: 12 cells of 94 of 368, nested, each with somebody who answers for it.

First-level cuts follow main streets and the river; the rest is halved until the
numbers are right. Cells are cut in plan space and bent with the streets.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

from console.city import names
from console.city.model import XY, GridCell
from console.city.streets import SIZE, Layout

_Box = tuple[float, float, float, float]

_COLUMNS = (30.0, 1010.0, 2000.0, 2980.0, 3970.0)
_ROWS = (30.0, 1235.0, 1780.0, 2970.0)
_AREAS = (
    *("珠城西", "珠城", "珠城东", "站前"),
    *("西门", "鼓楼", "东门", "青云"),
    *("西湖", "文昌", "康宁", "北苑"),
)
SECOND, THIRD = 94, 368


def make_grids(layout: Layout, rng: random.Random) -> tuple[GridCell, ...]:
    """Return all three levels, parents before children."""
    return tuple(_cells(layout, rng))


def _cells(layout: Layout, rng: random.Random) -> Iterator[GridCell]:
    boxes = [
        (west, south, east, north)
        for south, north in pairwise(_ROWS)
        for west, east in pairwise(_COLUMNS)
    ]
    seconds, number = _shares(SECOND, len(boxes)), 0
    thirds = _shares(THIRD, SECOND)
    for first, (box, area) in enumerate(zip(boxes, _AREAS, strict=True)):
        top = f"g1-{first + 1:02d}"
        yield _cell(layout, rng, top, 1, f"{area}片区", box, None)
        for order, part in enumerate(_split(box, seconds[first], rng)):
            middle = f"g2-{number + 1:03d}"
            yield _cell(layout, rng, middle, 2, f"{area}第{order + 1}网格", part, top)
            for leaf, piece in enumerate(_split(part, thirds[number], rng)):
                name = f"{area}{order + 1}-{leaf + 1}号网格"
                yield _cell(layout, rng, f"g3-{number + 1:03d}-{leaf + 1}", 3, name, piece, middle)
            number += 1


def _cell(
    layout: Layout,
    rng: random.Random,
    cell: str,
    level: int,
    name: str,
    box: _Box,
    parent: str | None,
) -> GridCell:
    ring = _ring(layout, box)
    leader, phone = names.person(rng), names.phone(rng)
    if level == 1:
        return GridCell(cell, 1, name, ring, parent, leader, phone)
    return GridCell(cell, 2 if level == 2 else 3, name, ring, parent, leader, phone)


def _shares(total: int, parts: int) -> list[int]:
    """Spread ``total`` over ``parts`` as evenly as whole numbers allow."""
    return [total * (i + 1) // parts - total * i // parts for i in range(parts)]


def _split(box: _Box, parts: int, rng: random.Random) -> list[_Box]:
    """Cut a box in two across its longer side, again and again, in proportion."""
    if parts == 1:
        return [box]
    west, south, east, north = box
    less = parts // 2
    share = less / parts * rng.uniform(0.92, 1.08)
    if east - west > north - south:
        cut = west + share * (east - west)
        one, other = (west, south, cut, north), (cut, south, east, north)
    else:
        cut = south + share * (north - south)
        one, other = (west, south, east, cut), (west, cut, east, north)
    return _split(one, less, rng) + _split(other, parts - less, rng)


def _ring(layout: Layout, box: _Box) -> tuple[XY, ...]:
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north)]
    ring: list[XY] = []
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        count = max(1, round((abs(x2 - x1) + abs(y2 - y1)) / 120))
        for step in range(count):
            share = step / count
            x, y = layout.bend(x1 + share * (x2 - x1), y1 + share * (y2 - y1))
            ring.append((min(max(x, 0.0), SIZE[0]), min(max(y, 0.0), SIZE[1])))
    return tuple(ring)
