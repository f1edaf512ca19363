"""From the earth to the sheet to the screen.

The *sheet* is a Mercator plane in metres around an origin: x runs east, y runs south, and
lengths are true at the origin's latitude. Degrees are WGS-84.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RADIUS = 6_378_137.0
"""Equatorial radius in metres, as web maps use it."""

TILE = 256
"""Edge of a tile in logical pixels; the world is one tile wide at zoom 0."""

MIN_ZOOM, MAX_ZOOM = 11.0, 20.0

Floats = NDArray[np.float64]


def _northing(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The plane around an origin."""

    lat: float
    lon: float

    @property
    def stretch(self) -> float:
        """Sheet metres per radian at the equator of the projection."""
        return RADIUS * math.cos(math.radians(self.lat))

    def to_sheet(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the (x, y) of a point."""
        x = math.radians(lon - self.lon) * self.stretch
        return x, (_northing(self.lat) - _northing(lat)) * self.stretch

    def to_earth(self, x: float, y: float) -> tuple[float, float]:
        """Return the (lat, lon) of a place on the sheet."""
        lat = math.degrees(math.atan(math.sinh(_northing(self.lat) - y / self.stretch)))
        return lat, self.lon + math.degrees(x / self.stretch)

    def many(self, lat: Floats, lon: Floats) -> Floats:
        """Return an (n, 2) array of x, y."""
        out = np.empty((len(lat), 2))
        out[:, 0] = np.radians(lon - self.lon) * self.stretch
        out[:, 1] = (_northing(self.lat) - np.arcsinh(np.tan(np.radians(lat)))) * self.stretch
        return out


@dataclass(slots=True)
class View:
    """What the screen shows: the sheet place of its middle, its zoom and its size in pixels."""

    sheet: Sheet
    x: float = 0.0
    y: float = 0.0
    zoom: float = 15.0
    width: int = 1
    height: int = 1

    @property
    def scale(self) -> float:
        """Pixels per sheet metre."""
        return scale_at(self.sheet, self.zoom)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a place on the sheet."""
        scale = self.scale
        return (x - self.x) * scale + self.width / 2, (y - self.y) * scale + self.height / 2

    def to_sheet(self, px: float, py: float) -> tuple[float, float]:
        """Return the place on the sheet under a pixel."""
        scale = self.scale
        return (px - self.width / 2) / scale + self.x, (py - self.height / 2) / scale + self.y

    def screen_many(self, xy: Floats) -> Floats:
        """Return the pixels of an (n, 2) array of places on the sheet."""
        middle = np.array([self.width / 2, self.height / 2])
        pixels: Floats = (xy - np.array([self.x, self.y])) * self.scale + middle
        return pixels

    def earth_at(self, px: float, py: float) -> tuple[float, float]:
        """Return the (lat, lon) under a pixel."""
        return self.sheet.to_earth(*self.to_sheet(px, py))

    def pixel_of(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the pixel of a point on the earth."""
        return self.to_screen(*self.sheet.to_sheet(lat, lon))

    def pan(self, dx: float, dy: float) -> None:
        """Move the middle by pixels."""
        self.x += dx / self.scale
        self.y += dy / self.scale

    def zoom_to(self, zoom: float, px: float, py: float) -> None:
        """Change the zoom so that what is under a pixel stays there."""
        x, y = self.to_sheet(px, py)
        self.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        scale = self.scale
        self.x = x - (px - self.width / 2) / scale
        self.y = y - (py - self.height / 2) / scale


def scale_at(sheet: Sheet, zoom: float) -> float:
    """Return pixels per sheet metre at a zoom."""
    return float(TILE * 2.0**zoom / (2 * math.pi * sheet.stretch))


def zoom_for(sheet: Sheet, metres: float, pixels: float) -> float:
    """Return the zoom at which a length takes so many pixels."""
    return math.log2(pixels * 2 * math.pi * sheet.stretch / (TILE * max(metres, 1.0)))
