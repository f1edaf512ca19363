"""A pinhole camera over the town: world metres in, pixels out.

World axes are x east, y north, z up. A pixel's *inverse depth* is one over the distance
along the optical axis; over a plane it is linear in the pixel's position, which makes it
the handy measure of what hides what. 0 is infinitely far.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.city.model import Agent, CameraSite

Floats = NDArray[np.float64]
Picture = NDArray[Any]
"""Bytes in rows and columns: one plane, or several channels as the third axis."""
Shade = NDArray[Any]
"""The same with 32-bit floats. OpenCV's types do not tell the two apart."""
NEAR = 0.4
"""Nothing closer to the lens than this is drawn, in metres."""

SUB = (640, 360)
MAIN = (1280, 720)


@dataclass(frozen=True)
class View:
    """Where a lens is and where it looks. ``axes`` has rows right, down, forward."""

    eye: Floats
    axes: Floats
    focal: float
    width: int
    height: int

    @classmethod
    def looking(
        cls,
        eye: Sequence[float],
        bearing: float,
        tilt: float,
        fov: float,
        size: tuple[int, int],
    ) -> View:
        """Look along ``bearing`` from north, ``tilt`` below the horizon, ``fov`` across."""
        b, t = math.radians(bearing), math.radians(tilt)
        right = np.array([math.cos(b), -math.sin(b), 0.0])
        forward = np.array([math.sin(b) * math.cos(t), math.cos(b) * math.cos(t), -math.sin(t)])
        axes = np.stack([right, np.cross(forward, right), forward])
        focal = size[0] / 2 / math.tan(math.radians(fov) / 2)
        return cls(np.array(eye, dtype=float), axes, focal, *size)

    @classmethod
    def of(cls, camera: CameraSite, size: tuple[int, int] = SUB) -> View:
        """Return what a camera of the register sees."""
        eye = (*camera.at, camera.height)
        return cls.looking(eye, camera.bearing, camera.tilt, camera.fov, size)

    @property
    def bearing(self) -> float:
        """Direction of the optical axis over the ground, in degrees from north."""
        return math.degrees(math.atan2(self.axes[2, 0], self.axes[2, 1]))

    @property
    def horizon(self) -> float:
        """Row of the horizon in pixels; may lie outside the picture."""
        forward = self.axes[2]
        slope = float(forward[2]) / math.hypot(forward[0], forward[1])
        return self.height / 2 + self.focal * slope

    def scaled(self, factor: float) -> View:
        """Return the same view with ``factor`` times as many pixels each way."""
        width, height = round(self.width * factor), round(self.height * factor)
        return View(self.eye, self.axes, self.focal * factor, width, height)

    def lens(self, points: Floats) -> Floats:
        """Turn world points (N, 3) into lens axes: right, down, forward in metres."""
        turned: Floats = (points - self.eye) @ self.axes.T
        return turned

    def pixels(self, points: Floats) -> Floats:
        """Project points in lens axes that lie before the lens to (N, 2) pixels."""
        scale = self.focal / points[:, 2:]
        centre = np.array([self.width / 2, self.height / 2])
        projected: Floats = points[:, :2] * scale + centre
        return projected

    def outline(self, ring: Floats) -> Floats:
        """Project a closed ring of world points, cut at the near plane; may be empty."""
        points = self.lens(ring)
        if points[:, 2].min() < NEAR:
            points = _cut(points)
            if len(points) < 3:
                return np.empty((0, 2))
        return self.pixels(points)

    def plane(self, point: Floats, normal: Floats) -> tuple[float, float, float]:
        """Return (a, b, c): inverse depth at pixel (u, v) of a plane is a + b*u + c*v."""
        offset = float(normal @ (point - self.eye))
        right, down, forward = self.axes @ normal
        if abs(offset) < 1e-9:
            return 0.0, 0.0, 0.0
        b, c = right / self.focal / offset, down / self.focal / offset
        a = forward / offset - b * self.width / 2 - c * self.height / 2
        return float(a), float(b), float(c)

    def box_of(self, agent: Agent) -> tuple[float, float, float, float] | None:
        """Return (x1, y1, x2, y2) in pixels around an agent, or None where it is not in view."""
        length, width, height = agent.size
        b = math.radians(agent.heading)
        along = np.array([math.sin(b), math.cos(b), 0.0]) * length / 2
        across = np.array([math.cos(b), -math.sin(b), 0.0]) * width / 2
        base = np.array([agent.x, agent.y, 0.0])
        corners = [
            base + i * along + j * across + np.array([0.0, 0.0, k * height])
            for i in (-1, 1)
            for j in (-1, 1)
            for k in (0, 1)
        ]
        points = self.lens(np.array(corners))
        if points[:, 2].min() < NEAR:
            return None
        spots = self.pixels(points)
        (x1, y1), (x2, y2) = spots.min(axis=0), spots.max(axis=0)
        if x2 <= 0 or y2 <= 0 or x1 >= self.width or y1 >= self.height:
            return None
        limits = (self.width, self.height, self.width, self.height)
        x1, y1, x2, y2 = (
            min(max(float(value), 0.0), limit)
            for value, limit in zip((x1, y1, x2, y2), limits, strict=True)
        )
        return x1, y1, x2, y2


def _cut(points: Floats) -> Floats:
    """Cut a ring in lens axes at the near plane (Sutherland and Hodgman)."""
    kept: list[Floats] = []
    for index, point in enumerate(points):
        before = points[index - 1]
        if (before[2] < NEAR) != (point[2] < NEAR):
            share = (NEAR - before[2]) / (point[2] - before[2])
            kept.append(before + share * (point - before))
        if point[2] >= NEAR:
            kept.append(point)
    return np.array(kept) if kept else np.empty((0, 3))
