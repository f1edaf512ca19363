"""What lies nearest, in a straight line."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.geo import distance

Placed = tuple[str, float, float]
"""(id, lat, lon)."""


def by_distance(lat: float, lon: float, placed: Iterable[Placed]) -> list[tuple[float, str]]:
    """Return (metres, id) of everything placed, nearest first; ties by id."""
    return sorted((distance(lat, lon, at_lat, at_lon), id_) for id_, at_lat, at_lon in placed)


def nearest(lat: float, lon: float, placed: Iterable[Placed]) -> tuple[float, str] | None:
    """Return (metres, id) of the nearest, or None where nothing is placed."""
    return min(
        ((distance(lat, lon, at_lat, at_lon), id_) for id_, at_lat, at_lon in placed), default=None
    )
