"""Who is in front of which camera, and where there is something to be seen at all."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from console.city.geometry import Track, heading
from console.city.model import XY, CameraSite, Road, Town

FAR = 130.0
"""Beyond this many metres a person is too small in the picture to matter."""

BEHIND = 25.0
"""So far behind its pole a camera's stage begins: nobody sees who comes and goes there."""


class Sight:
    """The cameras' fields of view over the ground, for many points at once."""

    def __init__(self, town: Town) -> None:
        self._at = np.array([c.at for c in town.cameras])
        self._bearing = np.radians([c.bearing for c in town.cameras])
        self._half = np.radians([c.fov / 2 for c in town.cameras])
        ahead = 45.0 * np.column_stack([np.sin(self._bearing), np.cos(self._bearing)])
        self._stage = self._at + ahead

    def near(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres from each point to the middle of the nearest camera's scene."""
        gaps = np.hypot(x[:, None] - self._stage[:, 0], y[:, None] - self._stage[:, 1])
        nearest: NDArray[np.float64] = gaps.min(axis=1)
        return nearest

    def seen(self, x: float, y: float, reach: float = FAR) -> bool:
        """Tell whether a point of the ground lies in any camera's view."""
        dx, dy = x - self._at[:, 0], y - self._at[:, 1]
        turn = (np.arctan2(dx, dy) - self._bearing + math.pi) % (2 * math.pi) - math.pi
        return bool(np.any((np.hypot(dx, dy) < reach) & (np.abs(turn) < self._half)))


class Stage:
    """The street before one camera. ``ahead`` counts from its pole in the direction of view,
    offsets to the right of the street's middle as the camera sees it; both in metres.
    """

    def __init__(self, town: Town, camera: CameraSite) -> None:
        self.camera = camera
        self.road: Road = next(r for r in town.roads if r.id == camera.road)
        track = Track(self.road.line)
        s = track.nearest(*camera.at)[1]
        _, _, dx, dy = track.at(s)
        b = math.radians(camera.bearing)
        if dx * math.sin(b) + dy * math.cos(b) < 0:
            track, s = Track(self.road.line[::-1]), track.length - s
        self._track, self._pole = track, s
        self.back = -min(s, BEHIND)
        self.front = min(track.length - s, FAR)

    def spot(self, ahead: float, offset: float) -> XY:
        """Return a place of the street."""
        return self._track.beside(self._pole + ahead, offset)

    def heading(self, ahead: float) -> float:
        """Return the direction of view along the street there, degrees from north."""
        _, _, dx, dy = self._track.at(self._pole + ahead)
        return heading(dx, dy)

    def line(self, start: float, end: float, offset: float) -> list[XY]:
        """Return a line along the street, towards the camera where ``end`` is the nearer."""
        low, high = sorted((start + self._pole, end + self._pole))
        inner = [s for s in self._track.cum if low < s < high]
        points = [self._track.beside(s, offset) for s in (low, *inner, high)]
        return points if start <= end else points[::-1]
