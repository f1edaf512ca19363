"""What a camera on a pole can see, on the plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.geo import LonLat, bearing, distance, inside, moved

MARGIN = 5.0
"""Degrees on either side by which a mounting differs from the register."""

_RAYS, _STEP = 9, 4.0


@dataclass(frozen=True, slots=True)
class View:
    """A wedge: WGS-84 degrees, ``bearing`` of its middle, ``fov`` across, ``reach`` in metres."""

    lat: float
    lon: float
    bearing: float
    fov: float
    reach: float

    def sees(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies in the wedge."""
        if distance(self.lat, self.lon, lat, lon) > self.reach:
            return False
        off = (bearing(self.lat, self.lon, lat, lon) - self.bearing + 180) % 360 - 180
        return abs(off) <= self.fov / 2 + MARGIN

    def ahead(self, metres: float, off: float = 0.0) -> tuple[float, float]:
        """Return the (lat, lon) that lies ``metres`` away, ``off`` degrees right of the middle."""
        angle = math.radians(self.bearing + off)
        return moved(self.lat, self.lon, metres * math.sin(angle), metres * math.cos(angle))

    def middle_of(self, rings: Sequence[Sequence[LonLat]]) -> tuple[float, float]:
        """Return the middle of what is seen of some areas; half way ahead where nothing is."""
        spots = [
            (lat, lon)
            for ray in range(_RAYS)
            for step in range(1, int(self.reach / _STEP) + 1)
            for lat, lon in [self.ahead(step * _STEP, self.fov * (ray / (_RAYS - 1) - 0.5))]
            if any(inside(lat, lon, ring) for ring in rings)
        ]
        if not spots:
            return self.ahead(self.reach / 2)
        return sum(lat for lat, _ in spots) / len(spots), sum(lon for _, lon in spots) / len(spots)
