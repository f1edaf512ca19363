"""Solid parts that people, carts and vehicles are put together from.

A figure stands at its own origin: x forward, y to its left, z up, in metres. Its parts
are drawn in layers, within a layer from far to near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from console.city.video.raster import Colour
from console.city.video.view import Floats

Spot = tuple[float, float, float]
DARK: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Face:
    """A flat ring, counter-clockwise seen from outside; ``glow`` shines at night."""

    ring: tuple[Spot, ...]
    colour: Colour
    glow: Colour = DARK
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Ball:
    centre: Spot
    radius: float
    colour: Colour
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A round bar with round ends."""

    start: Spot
    end: Spot
    width: float
    colour: Colour
    layer: int = 0


Part = Face | Ball | Bar


def box(
    x: tuple[float, float],
    y: tuple[float, float],
    z: tuple[float, float],
    colour: Colour,
    layer: int = 0,
) -> list[Face]:
    """Return the five faces of a box that can be seen from above the ground."""
    (x1, x2), (y1, y2), (z1, z2) = x, y, z
    return prism([(x1, y1), (x2, y1), (x2, y2), (x1, y2)], z1, z2, colour, layer)


def prism(
    ring: Sequence[tuple[float, float]],
    bottom: float,
    top: float,
    colour: Colour,
    layer: int = 0,
    upper: Sequence[tuple[float, float]] | None = None,
) -> list[Face]:
    """Return sides and top over a counter-clockwise ring; ``upper`` is the ring at the top."""
    upper = upper or ring
    count = len(ring)
    sides = [
        Face(
            (
                (*ring[i], bottom),
                (*ring[(i + 1) % count], bottom),
                (*upper[(i + 1) % count], top),
                (*upper[i], top),
            ),
            colour,
            layer=layer,
        )
        for i in range(count)
    ]
    return [*sides, Face(tuple((*spot, top) for spot in upper), colour, layer=layer)]


def on_side(
    x: tuple[float, float],
    y: float,
    z: tuple[float, float],
    colour: Colour,
    layer: int = 0,
    glow: Colour = DARK,
) -> Face:
    """Return a rectangle on the side at ``y``, seen from that side."""
    (x1, x2), (z1, z2) = x, z
    ring: tuple[Spot, ...] = ((x1, y, z1), (x2, y, z1), (x2, y, z2), (x1, y, z2))
    return Face(ring if y < 0 else ring[::-1], colour, glow, layer)


def on_end(
    x: float,
    y: tuple[float, float],
    z: tuple[float, float],
    colour: Colour,
    layer: int = 0,
    glow: Colour = DARK,
) -> Face:
    """Return a rectangle on the front or back at ``x``, seen from there."""
    (y1, y2), (z1, z2) = y, z
    ring: tuple[Spot, ...] = ((x, y1, z1), (x, y2, z1), (x, y2, z2), (x, y1, z2))
    return Face(ring if x > 0 else ring[::-1], colour, glow, layer)


def disc(centre: Spot, radius: float, colour: Colour, layer: int, side: int) -> Face:
    """Return a wheel: an upright disc along x, seen from the left (``side`` 1) or right (-1)."""
    x, y, z = centre
    angles = np.arange(10) * 2 * np.pi / 10
    ring = tuple((x + radius * float(np.cos(a)), y, z + radius * float(np.sin(a))) for a in angles)
    return Face(ring[::-1] if side > 0 else ring, colour, layer=layer)


class Solid:
    """A figure's parts as arrays, for drawing it again and again from other sides."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = tuple(parts)
        spots: list[Spot] = []
        self.spans: list[slice] = []
        normals: list[Floats] = []
        for part in self.parts:
            start = len(spots)
            spots += _corners(part)
            self.spans.append(slice(start, len(spots)))
            normals.append(_normal(part))
        self.spots = np.array(spots, dtype=float)
        self.normals = np.array(normals)
        self.middles = np.array([self.spots[span].mean(axis=0) for span in self.spans])
        self.layers = np.array([part.layer for part in self.parts])
        self.shines = any(isinstance(part, Face) and any(part.glow) for part in self.parts)
        self.extent = np.array([spot for part in self.parts for spot in _extent(part)])


def _corners(part: Part) -> Sequence[Spot]:
    if isinstance(part, Face):
        return part.ring
    return (part.centre,) if isinstance(part, Ball) else (part.start, part.end)


def _normal(part: Part) -> Floats:
    if not isinstance(part, Face):
        return np.zeros(3)
    a, b, c = (np.array(spot) for spot in part.ring[:3])
    normal = np.cross(b - a, c - b)
    unit: Floats = normal / (np.linalg.norm(normal) or 1.0)
    return unit


def _extent(part: Part) -> Sequence[Spot]:
    if isinstance(part, Face):
        return part.ring
    if isinstance(part, Ball):
        return _around(part.centre, part.radius)
    return [*_around(part.start, part.width / 2), *_around(part.end, part.width / 2)]


def _around(centre: Spot, radius: float) -> list[Spot]:
    x, y, z = centre
    r = radius
    return [
        (x - r, y, z), (x + r, y, z), (x, y - r, z), (x, y + r, z), (x, y, z - r), (x, y, z + r),
    ]  # fmt: skip
