"""Lines measured in metres: points along them, beside them, strips and headings."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence

from console.city.model import XY

EARTH_RADIUS = 6_371_008.8
_DEGREE = math.radians(1) * EARTH_RADIUS


def heading(dx: float, dy: float) -> float:
    """Return degrees clockwise from north of a direction (east, north)."""
    return math.degrees(math.atan2(dx, dy)) % 360.0


def to_wgs84(origin: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """Return (lat, lon) of a point given in metres east/north of ``origin``."""
    lat = origin[0] + y / _DEGREE
    return lat, origin[1] + x / (_DEGREE * math.cos(math.radians(origin[0])))


def from_wgs84(origin: tuple[float, float], lat: float, lon: float) -> XY:
    """Return metres east/north of ``origin``: the inverse of :func:`to_wgs84`."""
    east = (lon - origin[1]) * _DEGREE * math.cos(math.radians(origin[0]))
    return east, (lat - origin[0]) * _DEGREE


class Track:
    """A polyline with its running length. Offsets count to the right of its direction."""

    __slots__ = ("cum", "length", "points")

    def __init__(self, points: Sequence[XY]) -> None:
        self.points = list(points)
        self.cum = [0.0]
        for (x1, y1), (x2, y2) in zip(self.points, self.points[1:], strict=False):
            self.cum.append(self.cum[-1] + math.hypot(x2 - x1, y2 - y1))
        self.length = self.cum[-1]

    def at(self, s: float) -> tuple[float, float, float, float]:
        """Return (x, y, dx, dy): the point at ``s`` metres and the unit direction there."""
        last = len(self.points) - 2
        index = min(max(bisect.bisect_right(self.cum, s) - 1, 0), last)
        (x1, y1), (x2, y2) = self.points[index], self.points[index + 1]
        span = self.cum[index + 1] - self.cum[index] or 1.0
        share = min(1.0, max(0.0, (s - self.cum[index]) / span))
        dx, dy = (x2 - x1) / span, (y2 - y1) / span
        return x1 + share * (x2 - x1), y1 + share * (y2 - y1), dx, dy

    def beside(self, s: float, offset: float) -> XY:
        """Return the point ``offset`` metres to the right of the line at ``s``."""
        x, y, dx, dy = self.at(s)
        return x + dy * offset, y - dx * offset

    def strip(self, start: float, end: float, left: float, right: float) -> tuple[XY, ...]:
        """Return the ring between two offsets from ``start`` to ``end`` metres."""
        inner = [s for s in self.cum if start < s < end]
        stations = [start, *inner, end]
        near = [self.beside(s, left) for s in stations]
        far = [self.beside(s, right) for s in reversed(stations)]
        return tuple(near + far)

    def shifted(self, offset: float, trim: float = 0.0) -> list[XY]:
        """Return the parallel line to the right, ``trim`` metres shorter at either end."""
        trim = min(trim, self.length * 0.4)
        stations = [s for s in self.cum if trim < s < self.length - trim]
        return [self.beside(s, offset) for s in [trim, *stations, self.length - trim]]

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return (distance, s) of the line's point nearest to (x, y)."""
        best, where = math.inf, 0.0
        for index, ((x1, y1), (x2, y2)) in enumerate(
            zip(self.points, self.points[1:], strict=False)
        ):
            span = self.cum[index + 1] - self.cum[index]
            if span == 0:
                continue
            share = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / span**2
            share = min(1.0, max(0.0, share))
            gap = math.hypot(x1 + share * (x2 - x1) - x, y1 + share * (y2 - y1) - y)
            if gap < best:
                best, where = gap, self.cum[index] + share * span
        return best, where


def rectangle(
    centre: XY, along: tuple[float, float], length: float, depth: float
) -> tuple[XY, ...]:
    """Return the ring of a rectangle whose long side runs in the unit direction ``along``."""
    (cx, cy), (ax, ay) = centre, along
    half, deep = length / 2, depth / 2
    return tuple(
        (cx + u * half * ax - v * deep * ay, cy + u * half * ay + v * deep * ax)
        for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    )


def inside(x: float, y: float, ring: Sequence[XY]) -> bool:
    """Tell whether a point lies in a ring, by even-odd crossing."""
    hit = False
    previous = ring[-1]
    for point in ring:
        (x1, y1), (x2, y2) = previous, point
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
        previous = point
    return hit
