"""Houses: rows of shops along the streets, slabs inside the blocks, schools and a hospital."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from console.city.geometry import Track, rectangle
from console.city.model import XY, Area, Building, BuildingUse, Road
from console.city.streets import Layout

LOOKS = 12
_STOREY = 3.2


@dataclass(frozen=True, slots=True)
class Compound:
    """A walled plot with one purpose.

    ``plan`` is (west, south, east, north) in plan space; each of ``houses`` is (middle u,
    middle v, length, depth) in shares of the plot, and ``storeys`` goes for the first.
    """

    use: BuildingUse
    name: str
    plan: tuple[float, float, float, float]
    storeys: float
    houses: tuple[tuple[float, float, float, float], ...]


COMPOUNDS = (
    Compound(
        "market", "鼓楼农贸市场", (1713, 1678, 1983, 1764), 2.6,
        ((0.3, 0.32, 0.52, 0.56), (0.79, 0.32, 0.36, 0.5), (0.4, 0.84, 0.6, 0.18)),
    ),
    Compound(
        "school", "实验小学", (1713, 1568, 1983, 1652), 5,
        ((0.27, 0.8, 0.44, 0.26), (0.27, 0.3, 0.44, 0.22), (0.55, 0.5, 0.05, 0.8)),
    ),
    Compound(
        "school", "第一中学", (1026, 896, 1182, 1128), 6,
        ((0.3, 0.82, 0.42, 0.08), (0.3, 0.6, 0.42, 0.08), (0.14, 0.3, 0.1, 0.36)),
    ),
    Compound(
        "hospital", "人民医院", (2668, 2064, 2964, 2302), 11,
        ((0.14, 0.55, 0.14, 0.6), (0.45, 0.7, 0.4, 0.16), (0.5, 0.3, 0.5, 0.14)),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in the town besides its streets."""

    buildings: tuple[Building, ...]
    compounds: dict[str, Polygon]


@dataclass(frozen=True, slots=True)
class _Draft:
    use: BuildingUse
    ring: tuple[XY, ...]
    height: float
    look: int
    name: str = ""


def build(layout: Layout, rng: random.Random) -> Built:
    """Fill the plan. Earlier drafts win where two would overlap."""
    corridors = unary_union(
        [LineString(r.line).buffer(r.width / 2 + r.pavement + 0.4) for r in layout.roads]
    )
    blocks = list(polygonize(unary_union([LineString(r.line) for r in layout.roads])))
    compounds = {c.name: _plot(c, layout) for c in COMPOUNDS}
    closed = unary_union([corridors, *[Polygon(a.ring).buffer(3) for a in layout.areas]])
    drafts = [d for c in COMPOUNDS for d in _compound(c, layout, rng)]
    fronts = [d for road in layout.roads for d in _fronts(road, layout, rng)]
    plots = unary_union(list(compounds.values()))
    slabs = [d for block in blocks for d in _slabs(block, layout, rng)]
    free = [d for d in fronts + slabs if _inside_town(d)]
    drafts += _clear(free, unary_union([closed, plots]))
    return Built(
        tuple(
            Building(f"b{i + 1:04d}", d.use, _rounded(d.ring), round(d.height, 1), d.look, d.name)
            for i, d in enumerate(_apart(drafts))
        ),
        compounds,
    )


def _plot(compound: Compound, layout: Layout) -> Polygon:
    west, south, east, north = compound.plan
    steps = [west + (east - west) * i / 6 for i in range(7)]
    return Polygon(
        [layout.bend(x, south) for x in steps] + [layout.bend(x, north) for x in reversed(steps)]
    )


def _compound(compound: Compound, layout: Layout, rng: random.Random) -> Iterator[_Draft]:
    west, south, east, north = compound.plan
    width, depth = east - west, north - south
    for index, (u, v, length, deep) in enumerate(compound.houses):
        px, py = west + u * width, south + v * depth
        (x1, y1), (x2, y2) = layout.bend(px - 20, py), layout.bend(px + 20, py)
        span = math.hypot(x2 - x1, y2 - y1)
        along = ((x2 - x1) / span, (y2 - y1) / span)
        ring = rectangle(layout.bend(px, py), along, length * width, deep * depth)
        height = compound.storeys * _STOREY * (1.0 if index == 0 else rng.uniform(0.6, 0.9))
        name = compound.name if index == 0 else ""
        yield _Draft(compound.use, ring, height, rng.randrange(LOOKS), name)


def _old_town(x: float, y: float, layout: Layout) -> bool:
    west, south = layout.bend(1400, 1330)
    east, north = layout.bend(2330, 2050)
    return west < x < east and south < y < north


def _fronts(road: Road, layout: Layout, rng: random.Random) -> Iterator[_Draft]:
    """Rows of houses facing a street; sparse along the ring and out of town."""
    track = Track(road.line)
    if road.kind == "ring":
        return
    for side in (-1, 1):
        s = rng.uniform(8, 16)
        while s < track.length - 10:
            x, y, dx, dy = track.at(s)
            old = _old_town(x, y, layout)
            length, depth, height, gap = _front(road, old, rng)
            centre = s + length / 2
            offset = road.width / 2 + road.pavement + 0.6 + depth / 2
            x, y, dx, dy = track.at(min(centre, track.length))
            spot = (x + side * dy * offset, y - side * dx * offset)
            use: BuildingUse = "home" if road.kind == "lane" and rng.random() < 0.8 else "shop"
            if height > 20:
                use = "office"
            yield _Draft(
                use, rectangle(spot, (dx, dy), length, depth), height, rng.randrange(LOOKS)
            )
            s += length + gap


def _front(road: Road, old: bool, rng: random.Random) -> tuple[float, float, float, float]:
    """Return length, depth, height and the gap to the next house."""
    gap: tuple[float, float]
    if road.kind == "lane":
        storeys, length, depth, gap = rng.choice((2, 2, 3)), (17, 27), (8, 11), (3, 22)
    elif old:
        storeys, length, depth, gap = rng.choice((2, 3, 3, 4)), (20, 40), (10, 14), (0.6, 6)
    elif road.kind == "main":
        tall = rng.random() < 0.18
        storeys = rng.randint(8, 16) if tall else rng.randint(3, 6)
        length, depth, gap = (40, 68), (13, 20), (6, 46)
    else:
        storeys, length, depth, gap = rng.randint(2, 6), (36, 62), (11, 15), (8, 60)
    return rng.uniform(*length), rng.uniform(*depth), storeys * _STOREY, rng.uniform(*gap)


def _slabs(block: Polygon, layout: Layout, rng: random.Random) -> Iterator[_Draft]:
    """What fills a large block: flats facing south, near the ring also works or nothing."""
    inner = block.buffer(-34)
    if block.area < 9000 or inner.is_empty:
        return
    middle = layout.bend(2000, 1500)
    far = math.dist(middle, (block.centroid.x, block.centroid.y)) > 1250
    chance = rng.random()
    if far and chance < 0.2:
        return
    works = far and chance < 0.42
    tall = not works and rng.random() < 0.4
    look = rng.randrange(LOOKS)
    depth, pitch = (34.0, 62.0) if works else (15.0, 60.0) if tall else (12.5, 41.0)
    west, south, east, north = inner.bounds
    y = south + depth / 2
    while y < north - 6:
        x = west + rng.uniform(0, 12)
        while x < east - 20:
            length = rng.uniform(30, 38) if tall else rng.uniform(52, 86)
            ring = rectangle((x + length / 2, y), (1.0, 0.0), length, depth)
            if inner.contains(Polygon(ring)) and rng.random() < 0.6:
                storeys = 2.4 if works else rng.randint(15, 24) if tall else rng.randint(5, 7)
                yield _Draft("office" if works else "home", ring, storeys * _STOREY, look)
            x += length + rng.uniform(14, 34)
        y += pitch


def _inside_town(draft: _Draft) -> bool:
    return all(20 < x < 3980 and 60 < y < 2940 for x, y in draft.ring)


def _clear(drafts: list[_Draft], closed: BaseGeometry) -> list[_Draft]:
    shapely.prepare(closed)
    hits = shapely.intersects(closed, [Polygon(d.ring) for d in drafts])
    return [d for d, hit in zip(drafts, hits, strict=True) if not hit]


def _apart(drafts: list[_Draft]) -> list[_Draft]:
    rings = [Polygon(d.ring).buffer(0.2) for d in drafts]
    kept = [True] * len(drafts)
    pairs = shapely.STRtree(rings).query(rings, predicate="intersects").T
    for one, other in sorted((int(a), int(b)) for a, b in pairs if a < b):
        if kept[one]:
            kept[other] = False
    return [d for d, keep in zip(drafts, kept, strict=True) if keep]


def _rounded(ring: tuple[XY, ...]) -> tuple[XY, ...]:
    return tuple((round(x, 2), round(y, 2)) for x, y in ring)


def playing_field(compound: Compound, layout: Layout, area: str) -> Area:
    """Return a school's sports ground in the east of its plot."""
    west, south, east, north = compound.plan
    width, depth = east - west, north - south
    sides = (west + 0.62 * width, south + 0.1 * depth, west + 0.97 * width, south + 0.9 * depth)
    corners = ((0, 1), (2, 1), (2, 3), (0, 3))
    return Area(area, "field", tuple(layout.bend(sides[i], sides[j]) for i, j in corners), "操场")
