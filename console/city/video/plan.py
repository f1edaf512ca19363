"""What lies on the ground around a lens: streets with their markings, trees, lamps, houses."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from console.city.model import XY, Area, Building, CameraSite, Road, Site, Town
from console.city.video.view import Floats, View

REACH = 230.0
"""Metres from the lens beyond which the haze hides everything."""
CLEAR = 26.0
"""Metres before a camera without trees and posts, which would hide the street."""


@dataclass(frozen=True, slots=True)
class Tree:
    at: XY
    height: float
    look: int


@dataclass(frozen=True, slots=True)
class Lamp:
    """A street lamp; ``arm`` is the unit direction from the post to over the road."""

    at: XY
    arm: XY
    height: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A street's name plate on two posts; ``along`` is the unit direction of the street."""

    at: XY
    along: XY
    name: str


@dataclass(frozen=True, slots=True)
class Patch:
    """The ground before one lens, cut to what it can see. Geometries in metres."""

    asphalt: BaseGeometry
    pavement: BaseGeometry
    guide: BaseGeometry
    """The strip of ribbed yellow tiles for the blind."""
    white: BaseGeometry
    yellow: BaseGeometry
    areas: tuple[tuple[Area, BaseGeometry], ...]
    lawn: BaseGeometry
    buildings: tuple[Building, ...]
    sites: tuple[Site, ...]
    trees: tuple[Tree, ...]
    lamps: tuple[Lamp, ...]
    plates: tuple[Plate, ...]


def chance(*key: object) -> float:
    """Return a number 0..1 that depends on the key alone."""
    return zlib.crc32(repr(key).encode()) / 0xFFFFFFFF


class Plan:
    """The town, indexed for cutting patches out of it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._lines = [LineString(road.line) for road in town.roads]
        self._roads = shapely.STRtree(self._lines)
        self._rings = [Polygon(building.ring) for building in town.buildings]
        self._houses = shapely.STRtree(self._rings)
        self._sites = shapely.STRtree([Point(site.at) for site in town.sites])
        self._clear = [_wedge(_sight(camera), CLEAR) for camera in town.cameras]

    def patch(self, view: View) -> Patch:
        """Cut out what this view can see."""
        wedge = _wedge(view, REACH)
        wide = wedge.buffer(25)
        roads = [self.town.roads[i] for i in self._roads.query(wide, "intersects")]
        near = [(road, self._line(road).intersection(wide)) for road in roads]
        asphalt = _union(line.buffer(road.width / 2) for road, line in near)
        edge = _union(line.buffer(road.width / 2 + road.pavement) for road, line in near)
        guide = _union(
            line.buffer(road.width / 2 + road.pavement * 0.55 + 0.2).difference(
                line.buffer(road.width / 2 + road.pavement * 0.55 - 0.2)
            )
            for road, line in near
            if road.pavement > 2.5
        )
        white, yellow = self._markings(near, wide)
        houses = [self.town.buildings[i] for i in self._houses.query(wedge, "intersects")]
        areas = [(area, Polygon(area.ring).intersection(wedge)) for area in self.town.areas]
        built = _union(Polygon(house.ring).buffer(4.0, quad_segs=2) for house in houses)
        open_ground = wedge.difference(_union(self._clear))
        lawn = _union([edge.buffer(1.6), built, *(shape for _, shape in areas)])
        lawn = wedge.difference(lawn)
        verge = asphalt.buffer(0.6)
        park = _union(shape for area, shape in areas if area.kind == "park")
        return Patch(
            asphalt=asphalt.intersection(wedge),
            pavement=edge.intersection(wedge),
            guide=guide.difference(verge).intersection(wedge),
            white=white.intersection(wedge),
            yellow=yellow.intersection(wedge),
            areas=tuple((area, shape) for area, shape in areas if not shape.is_empty),
            lawn=lawn,
            buildings=tuple(houses),
            sites=tuple(self.town.sites[i] for i in self._sites.query(wide, "intersects")),
            trees=(
                *self._street_trees(roads, open_ground.difference(verge)),
                *_grove(park.intersection(open_ground), 0.55),
                *_grove(lawn.buffer(-2.0).intersection(open_ground), 0.22),
            ),
            lamps=tuple(self._lamps(roads, wedge.difference(verge))),
            plates=tuple(self._plates(near, open_ground)),
        )

    @functools.cached_property
    def _index(self) -> dict[str, int]:
        return {road.id: i for i, road in enumerate(self.town.roads)}

    def _line(self, road: Road) -> LineString:
        return self._lines[self._index[road.id]]

    def _junctions(self, road: Road) -> Iterator[tuple[Road, XY]]:
        line = self._line(road)
        for i in self._roads.query(line, "intersects"):
            other = self.town.roads[i]
            if other.id != road.id:
                for x, y in shapely.get_coordinates(line.intersection(self._lines[i])):
                    yield other, (float(x), float(y))

    def _markings(
        self, near: list[tuple[Road, BaseGeometry]], wide: BaseGeometry
    ) -> tuple[BaseGeometry, BaseGeometry]:
        white: list[BaseGeometry] = []
        yellow: list[BaseGeometry] = []
        for road, line in near:
            if road.kind == "lane" or line.is_empty:
                continue
            junctions = [
                (other, at) for other, at in self._junctions(road) if shapely.contains_xy(wide, *at)
            ]
            gaps = _union(
                Point(at).buffer(other.width / 2 + (9.0 if other.kind != "lane" else 1.0))
                for other, at in junctions
            )
            free = line.difference(gaps)
            if road.kind == "street":
                yellow.append(_dashes(free, 4.0, 4.0, 0.16))
            else:
                lane = road.width / 4 + 0.9
                yellow += [_stripe(free, offset, 0.08) for offset in (-0.2, 0.2)]
                white += [
                    _dashes(_offset(free, offset), 4.0, 6.0, 0.15) for offset in (-lane, lane)
                ]
            edge = road.width / 2 - 0.45
            white += [_stripe(free, offset, 0.07) for offset in (-edge, edge)]
            for other, at in junctions:
                if other.kind != "lane":
                    white += self._zebra(road, other, at)
        return _union(white), _union(yellow)

    def _zebra(self, road: Road, other: Road, at: XY) -> Iterator[Polygon]:
        line = self._line(road)
        station = line.project(Point(at))
        for way in (-1, 1):
            start = station + way * (other.width / 2 + 3.2)
            if not 1 < start < line.length - 1 or not 1 < start + way * 4 < line.length - 1:
                continue
            a, b = line.interpolate(start), line.interpolate(start + way * 3.6)
            along = np.array([b.x - a.x, b.y - a.y])
            across = np.array([along[1], -along[0]]) / np.hypot(*along)
            origin = np.array([a.x, a.y])
            half = road.width / 2 - 0.6
            for offset in np.arange(-half, half - 0.3, 0.95):
                near, far = origin + across * offset, origin + across * (offset + 0.45)
                yield Polygon([near, far, far + along, near + along])
            stop = origin + along * 1.45
            side = across * half * (-way if way > 0 else 1)
            yield Polygon(
                [stop, stop + side, stop + side + along * 0.08, stop + along * 0.08]
            ).buffer(0)

    def _street_trees(self, roads: list[Road], bed: BaseGeometry) -> Iterator[Tree]:
        for road in roads:
            if road.kind == "lane" or road.pavement < 2.5:
                continue
            look = zlib.crc32(road.id.encode()) % 3
            for side in (-1, 1):
                offset = side * (road.width / 2 + 0.9)
                for x, y, _, _ in _stations(self._line(road), 11.0, offset, 5.5, bed):
                    if chance("tree", x, y) > 0.18:
                        yield Tree((x, y), 4.6 + 1.6 * chance(x, y), look)

    def _lamps(self, roads: list[Road], bed: BaseGeometry) -> Iterator[Lamp]:
        for road in roads:
            step, height = (24.0, 5.0) if road.kind == "lane" else (30.0, 8.0)
            for side in (-1, 1):
                offset = side * (road.width / 2 + 0.7)
                start = step / 4 * (2 + side)
                for x, y, dx, dy in _stations(self._line(road), step, offset, start, bed):
                    yield Lamp((x, y), (-side * dy, side * dx), height)

    def _plates(
        self, near: list[tuple[Road, BaseGeometry]], ground: BaseGeometry
    ) -> Iterator[Plate]:
        for road, _ in near:
            line = self._line(road)
            for other, at in self._junctions(road):
                if other.kind == "lane" and road.kind == "lane":
                    continue
                for way in (-1, 1):
                    station = line.project(Point(at)) + way * (other.width / 2 + 7.5)
                    if not 0 < station < line.length:
                        continue
                    a, b = line.interpolate(station - 0.5), line.interpolate(station + 0.5)
                    dx, dy = b.x - a.x, b.y - a.y
                    offset = way * (road.width / 2 + 0.7)
                    spot = (a.x + dy * offset, a.y - dx * offset)
                    if shapely.contains_xy(ground, *spot):
                        yield Plate(spot, (dx, dy), road.name)


def _wedge(view: View, reach: float) -> Polygon:
    """Return the ground before a lens as a trapezoid, a little wider than the picture."""
    forward = view.axes[2, :2] / np.hypot(*view.axes[2, :2])
    right = view.axes[0, :2]
    eye = view.eye[:2]
    near = 12.0 if reach == REACH else 3.0
    far = view.width / 2 / view.focal * 1.12 * reach + near
    end = eye + forward * reach
    return Polygon([eye - right * near, eye + right * near, end + right * far, end - right * far])


def _sight(camera: CameraSite) -> View:
    return View.looking((*camera.at, camera.height), camera.bearing, 0, camera.fov + 8, (2, 2))


def _union(parts: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(list(parts))


def _offset(line: BaseGeometry, offset: float) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(line) if isinstance(part, LineString)]
    return _union(part.offset_curve(offset) for part in parts if part.length > 1)


def _stripe(line: BaseGeometry, offset: float, half: float) -> BaseGeometry:
    return _offset(line, offset).buffer(half, cap_style="flat")


def _stations(
    line: LineString, step: float, offset: float, start: float, within: BaseGeometry
) -> Iterator[tuple[float, float, float, float]]:
    """Give (x, y, dx, dy) each ``step`` metres, ``offset`` to the right of the line."""
    where = np.arange(start, line.length - 1, step)
    a = shapely.get_coordinates(shapely.line_interpolate_point(line, where - 0.5))
    b = shapely.get_coordinates(shapely.line_interpolate_point(line, where + 0.5))
    along = b - a
    spots = (a + b) / 2 + np.column_stack([along[:, 1], -along[:, 0]]) * offset
    inside = shapely.contains_xy(within, spots[:, 0], spots[:, 1])
    for (x, y), (dx, dy) in zip(spots[inside].tolist(), along[inside].tolist(), strict=True):
        yield round(x, 2), round(y, 2), dx, dy


def _grove(ground: BaseGeometry, density: float) -> Iterator[Tree]:
    if ground.is_empty:
        return
    west, south, east, north = ground.bounds
    for gx in range(int(west // 8), int(east // 8) + 1):
        for gy in range(int(south // 8), int(north // 8) + 1):
            roll = chance("park", gx, gy)
            x, y = gx * 8 + 6 * chance(gx, gy, 1), gy * 8 + 6 * chance(gx, gy, 2)
            if roll < density and shapely.contains_xy(ground, x, y):
                yield Tree((x, y), 5 + 4 * chance(gx, gy, 3), int(roll * 100) % 4)


def _dashes(line: BaseGeometry, length: float, gap: float, width: float) -> BaseGeometry:
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(line):
        if isinstance(part, LineString):
            starts = np.arange(0.5, part.length - length, length + gap)
            pieces += [
                substring(part, float(s), float(s) + length).buffer(width / 2, cap_style="flat")
                for s in starts
            ]
    return _union(pieces)


def ring_of(points: object) -> Floats:
    """Lift a ring of the plan to world points at height 0, without the closing point."""
    flat = np.asarray(points, dtype=float)
    if len(flat) > 1 and np.array_equal(flat[0], flat[-1]):
        flat = flat[:-1]
    return np.column_stack([flat, np.zeros(len(flat))])
