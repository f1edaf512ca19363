"""The street plan: straight in plan space, bent as a whole so that streets follow the river.

The plan is a small table of lines; junctions are found in plan space and become
common vertices of both streets, so that the road graph is read off the vertices.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString, Point, Polygon

from console.city import names
from console.city.model import XY, Area, Road, RoadClass

SIZE: XY = (4000.0, 3000.0)
RIVER = (1180.0, 1290.0)
"""The river's banks in plan space, south and north."""

WIDTHS: dict[RoadClass, tuple[float, float]] = {
    "ring": (24.0, 3.0),
    "main": (18.0, 4.5),
    "street": (12.0, 3.5),
    "lane": (6.0, 1.5),
}
"""Kerb to kerb, and the pavement on each side."""

_WEST, _EAST, _SOUTH, _NORTH = 330.0, 3670.0, 330.0, 2670.0
_STEP = 25.0


@dataclass(frozen=True, slots=True)
class _Plan:
    name: str
    kind: RoadClass
    line: tuple[XY, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The bent street plan; ``bend`` turns a plan point into a place of the town."""

    roads: tuple[Road, ...]
    areas: tuple[Area, ...]
    bend: Callable[[float, float], XY]


def make_layout(rng: random.Random) -> Layout:
    """Draw roads, river and parks."""
    bend = _bending(rng)
    plans = [*_ring(), *_north_south(), *_east_west(), *_lanes(rng)]
    roads = []
    for index, (plan, line) in enumerate(zip(plans, _joined(plans), strict=True)):
        width, pavement = WIDTHS[plan.kind]
        roads.append(
            Road(
                id=f"r{index + 1:03d}",
                name=plan.name,
                kind=plan.kind,
                line=tuple(bend(x, y) for x, y in line),
                width=width,
                pavement=pavement,
                chief=names.person(rng),
                phone=names.phone(rng),
            )
        )
    return Layout(tuple(roads), tuple(_areas(bend)), bend)


def _bending(rng: random.Random) -> Callable[[float, float], XY]:
    a, b, c, d = (rng.uniform(0, 2 * math.pi) for _ in range(4))

    def bend(px: float, py: float) -> XY:
        x = px + 32 * math.sin(2 * math.pi * py / 2700 + a)
        x += 12 * math.sin(2 * math.pi * py / 1100 + b)
        y = py + 85 * math.sin(2 * math.pi * px / 3300 + c)
        y += 18 * math.sin(2 * math.pi * px / 1400 + d)
        return round(x, 2), round(y, 2)

    return bend


def _ring() -> list[_Plan]:
    radius = 260.0
    corners = (
        (_EAST - radius, _NORTH - radius, 90.0),
        (_EAST - radius, _SOUTH + radius, 0.0),
        (_WEST + radius, _SOUTH + radius, -90.0),
        (_WEST + radius, _NORTH - radius, -180.0),
    )
    arcs = [
        [
            (
                cx + radius * math.cos(math.radians(start - step * 15)),
                cy + radius * math.sin(math.radians(start - step * 15)),
            )
            for step in range(7)
        ]
        for cx, cy, start in corners
    ]
    middle = (_WEST + _EAST) / 2
    north = (middle, _NORTH)
    south = (middle, _SOUTH)
    east = [north, *arcs[0], *arcs[1], south]
    west = [south, *arcs[2], *arcs[3], north]
    return [_Plan("环城东路", "ring", tuple(east)), _Plan("环城西路", "ring", tuple(west))]


def _column(name: str, kind: RoadClass, x: float, start: float, end: float) -> _Plan:
    return _Plan(name, kind, ((x, start), (x, end)))


def _row(name: str, kind: RoadClass, y: float, start: float, end: float) -> _Plan:
    return _Plan(name, kind, ((start, y), (end, y)))


def _north_south() -> list[_Plan]:
    return [
        _column("中山路", "main", 1010, 140, 2860),
        _column("人民南路", "main", 2000, 140, 1140),
        _column("人民路", "main", 2000, 1140, 2860),
        _column("迎宾路", "main", 2650, 140, 2860),
        _column("站前路", "street", 3300, _SOUTH, _NORTH),
        _column("望江路", "street", 640, 1330, _NORTH),
        _column("西门街", "street", 1400, 1330, _NORTH),
        _column("学前路", "street", 1700, 1330, 2320),
        _column("东门街", "street", 2330, 1330, _NORTH),
        _column("青云路", "street", 2980, 1330, _NORTH),
        _column("创业路", "street", 640, _SOUTH + 50, 1140),
        _column("玉兰路", "street", 1500, _SOUTH, 1140),
        _column("海棠路", "street", 2330, _SOUTH, 1140),
        _column("桂花路", "street", 2980, _SOUTH, 1140),
    ]


def _east_west() -> list[_Plan]:
    return [
        _row("珠城西路", "main", 880, 60, 2000),
        _row("珠城东路", "main", 880, 2000, 3940),
        _row("解放西路", "main", 1780, 60, 1400),
        _row("解放街", "main", 1780, 1400, 2330),
        _row("解放东路", "main", 1780, 2330, 3940),
        _row("文化路", "main", 2320, _WEST, _EAST),
        _row("滨江路", "street", 1140, _WEST, _EAST),
        _row("河滨路", "street", 1330, _WEST, _EAST),
        _row("市场街", "street", 1665, 1400, 2330),
        _row("鼓楼街", "street", 2050, 1010, 2650),
        _row("康宁路", "street", 2050, 2650, _EAST),
        _row("湖西路", "street", 2050, _WEST, 1010),
        _row("振兴路", "street", 600, 640, 3300),
        _row("工业路", "street", 1540, _WEST, 1010),
        _row("新华路", "street", 1540, 2330, 3300),
        _row("北苑路", "street", 2500, 640, 3300),
    ]


_OLD_LANES = (
    *("柴市巷", "井头巷", "桂枝巷", "书院巷", "打铁巷", "米行弄"),
    *("祠堂弄", "灯笼巷", "水门弄", "盐仓巷", "雨伞巷"),
)
_NEW_LANES = (
    *("安居", "锦苑", "春晖", "丽景", "东湖", "阳光", "福田", "银杏"),
    *("翠柏", "康乐", "和睦", "吉祥", "景贤", "花园", "静安", "望月"),
)


def _lanes(rng: random.Random) -> list[_Plan]:
    """Tight lanes in the old town, one or two through the larger blocks elsewhere."""
    old = [
        (1490, 1330, 1665), (1590, 1330, 1665), (1800, 1330, 1560), (1900, 1330, 1560),
        (2110, 1330, 1665), (2220, 1330, 1665), (1500, 1780, 2050), (1600, 1780, 2050),
        (1850, 1780, 2050), (2110, 1780, 2050), (2230, 1780, 2050),
    ]  # fmt: skip
    plans = [
        _column(name, "lane", x + rng.uniform(-14, 14), start, end)
        for name, (x, start, end) in zip(_OLD_LANES, old, strict=True)
    ]
    plans += [
        _row("米筛巷", "lane", 1470, 1400, 1700),
        _row("横街弄", "lane", 1560, 1700, 2000),
        _row("石板巷", "lane", 1480, 2000, 2330),
        _row("县前弄", "lane", 1905, 1400, 1700),
        _row("学宫弄", "lane", 1915, 2000, 2330),
    ]
    wide = [
        (640, 1010, 1330, 1540), (1010, 1400, 1330, 1780), (1010, 1400, 1780, 2050),
        (1010, 1400, 2050, 2320), (1700, 2000, 2050, 2320), (2330, 2650, 1540, 1780),
        (2650, 2980, 1540, 1780), (2980, 3300, 1540, 1780), (2650, 2980, 1780, 2050),
        (640, 1010, 600, 880), (1010, 1500, 600, 880), (1500, 2000, 600, 880),
        (2330, 2650, 600, 880), (2650, 2980, 600, 880), (1010, 1500, 880, 1140),
        (2330, 2650, 880, 1140),
    ]  # fmt: skip
    for name, (west, east, south, north) in zip(_NEW_LANES, wide, strict=True):
        share = rng.uniform(0.38, 0.62)
        if east - west > north - south:
            plans.append(_column(name + "巷", "lane", west + share * (east - west), south, north))
        else:
            plans.append(_row(name + "巷", "lane", south + share * (north - south), west, east))
    return plans


def _joined(plans: list[_Plan]) -> list[list[XY]]:
    """Insert every junction into both lines, then add vertices for the bend to bite on."""
    lines = [LineString(plan.line) for plan in plans]
    tree = shapely.STRtree(lines)
    joints: list[set[XY]] = [set() for _ in plans]
    for one, other in zip(*tree.query(lines, predicate="intersects"), strict=True):
        if one < other:
            meeting = lines[one].intersection(lines[other])
            for x, y in shapely.get_coordinates(meeting):
                point = (round(float(x), 3), round(float(y), 3))
                joints[one].add(point)
                joints[other].add(point)
    return [_dense(line, points) for line, points in zip(lines, joints, strict=True)]


def _dense(line: LineString, joints: set[XY]) -> list[XY]:
    stations: dict[float, XY] = {
        round(line.project(Point(x, y)), 2): (float(x), float(y)) for x, y in line.coords
    }
    stations |= {round(line.project(Point(x, y)), 2): (x, y) for x, y in joints}
    fixed = sorted(stations)
    for start, end in pairwise(fixed):
        pieces = max(1, round((end - start) / _STEP))
        for piece in range(1, pieces):
            s = start + (end - start) * piece / pieces
            point = line.interpolate(s)
            stations[s] = (point.x, point.y)
    return [stations[s] for s in sorted(stations)]


def _band(
    bend: Callable[[float, float], XY], south: float, north: float, west: float, east: float
) -> tuple[XY, ...]:
    count = max(2, int((east - west) / 40))
    xs = [west + (east - west) * step / count for step in range(count + 1)]
    return tuple([bend(x, south) for x in xs] + [bend(x, north) for x in reversed(xs)])


def _areas(bend: Callable[[float, float], XY]) -> list[Area]:
    south, north = RIVER
    lake = Polygon([(700, 2110), (930, 2100), (960, 2200), (880, 2270), (740, 2260)]).buffer(12)
    return [
        Area("a01", "water", _clipped(_band(bend, south, north, -80, 4080)), "青溪江"),
        Area("a02", "park", _band(bend, north + 4, 1330 - 11, 1040, 1985), "青溪江滨公园"),
        Area("a03", "park", _band(bend, north + 4, 1330 - 11, 2015, 2635), "东江绿廊"),
        Area("a04", "park", _band(bend, 2072, 2305, 672, 984), "西湖公园"),
        Area("a05", "water", tuple(bend(x, y) for x, y in lake.exterior.coords[:-1]), "小西湖"),
        Area("a06", "square", _band(bend, 1800, 1895, 1718, 1835), "鼓楼广场"),
        Area("a07", "square", _band(bend, 905, 1010, 2030, 2180), "市民广场"),
        Area("a08", "field", _band(bend, 700, 850, 60, 300), "城西田畈"),
        Area("a09", "field", _band(bend, 2050, 2600, 40, 300), "上洋畈"),
        Area("a10", "field", _band(bend, 420, 840, 3710, 3930), "东洋畈"),
        Area("a11", "field", _band(bend, 1850, 2500, 3710, 3930), "北洋畈"),
    ]


def _clipped(ring: tuple[XY, ...]) -> tuple[XY, ...]:
    """Cut a ring at the town's west and east edges."""
    inner = shapely.clip_by_rect(Polygon(ring), 0, -1000, SIZE[0], SIZE[1] + 1000)
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(inner)[:-1])
