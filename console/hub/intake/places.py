"""Where a report lies: by its words where it has no position, and whether that is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.geo import distance, distance_to_line, inside
from console.hub.refusal import Refused

if TYPE_CHECKING:
    from console.hub.context import Hub

MARGIN = 2000.0
"""Metres beyond the outermost grids that still are the bureau's: positions err, borders too."""

FAR = 100_000.0
"""Metres from the town's centre beyond which a place is not ours, where no grid says it."""


def check(hub: Hub, lat: float, lon: float, field: str = "lat") -> None:
    """Raise :class:`Refused` for a position outside of the bureau's own."""
    if not ours(hub, lat, lon):
        raise Refused("outside", "the place is outside of this jurisdiction", field=field)


def ours(hub: Hub, lat: float, lon: float) -> bool:
    """Tell whether a position is within the grids, or near the centre where there are none."""
    level = min((grid.level for grid in hub.live.grids.values()), default=0)
    rings = [grid.ring for grid in hub.live.grids.values() if grid.level == level and grid.ring]
    if rings:
        return any(
            inside(lat, lon, ring) or distance_to_line(lat, lon, ring) <= MARGIN for ring in rings
        )
    return not hub.register.town or distance(*hub.register.centre, lat, lon) <= FAR


def find(hub: Hub, words: str) -> tuple[float, float] | None:
    """Return where the longest name in ``words`` lies, or None where they name nothing of ours.

    A place goes by its point, a street by its middle, a grid by the middle of its corners.
    """
    if not words:
        return None
    named = [
        (len(place.name), (place.at.lat, place.at.lon))
        for place in hub.live.places.values()
        if place.name and place.name in words
    ]
    for street in hub.live.streets.values():
        if street.name and street.name in words and street.line:
            lon, lat = street.line[len(street.line) // 2]
            named.append((len(street.name), (lat, lon)))
    for grid in hub.live.grids.values():
        if grid.name and grid.name in words and grid.ring:
            lat = sum(lat for _, lat in grid.ring) / len(grid.ring)
            lon = sum(lon for lon, _ in grid.ring) / len(grid.ring)
            named.append((len(grid.name), (lat, lon)))
    return max(named, key=lambda found: found[0])[1] if named else None


def place(
    hub: Hub, lat: float | None, lon: float | None, words: str, field: str = "lat"
) -> tuple[float, float]:
    """Return a position of ours from coordinates, or from words where there are none.

    Raises :class:`Refused` (``unknown_place``, ``outside``) naming ``field``.
    """
    if lat is None or lon is None:
        found = find(hub, words)
        if found is None:
            raise Refused("unknown_place", "no street or place of this town", field=field)
        return found
    check(hub, lat, lon, field)
    return lat, lon
