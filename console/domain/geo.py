"""Plane geometry on small areas of the earth: WGS-84 degrees in, metres out.

Within a county the local tangent plane errs by less than a thousandth, which is
far below what a terminal's fix is good for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres (IUGG)."""

LonLat = tuple[float, float]


def offset(lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """Return (east, north) metres from the first point to the second."""
    scale = math.radians(1) * EARTH_RADIUS
    east = (to_lon - lon) * scale * math.cos(math.radians((lat + to_lat) / 2))
    return east, (to_lat - lat) * scale


def moved(lat: float, lon: float, east: float, north: float) -> tuple[float, float]:
    """Return the (lat, lon) that lies (east, north) metres from a point."""
    scale = math.radians(1) * EARTH_RADIUS
    to_lat = lat + north / scale
    return to_lat, lon + east / (scale * math.cos(math.radians((lat + to_lat) / 2)))


def distance(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Return metres between two points."""
    return math.hypot(*offset(lat, lon, to_lat, to_lon))


def bearing(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Return degrees clockwise from north, 0 <= b < 360."""
    east, north = offset(lat, lon, to_lat, to_lon)
    return math.degrees(math.atan2(east, north)) % 360.0


def inside(lat: float, lon: float, ring: Sequence[LonLat]) -> bool:
    """Tell whether a point lies in a ring of (lon, lat) pairs, by even-odd crossing."""
    hit = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def distance_to_line(lat: float, lon: float, line: Iterable[LonLat]) -> float:
    """Return metres from a point to a polyline of (lon, lat) pairs; inf for an empty one."""
    nearest = math.inf
    previous: tuple[float, float] | None = None
    for to_lon, to_lat in line:
        x2, y2 = offset(lat, lon, to_lat, to_lon)
        if previous is None:
            nearest = math.hypot(x2, y2)
        else:
            x1, y1 = previous
            length = (x2 - x1) ** 2 + (y2 - y1) ** 2
            share = 0.0 if length == 0 else -(x1 * (x2 - x1) + y1 * (y2 - y1)) / length
            share = min(1.0, max(0.0, share))
            nearest = min(nearest, math.hypot(x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
        previous = (x2, y2)
    return nearest
