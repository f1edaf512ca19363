"""Agents drawn ready for pasting: masters in YUV with their cover, cached by look and light.

A master is drawn for a rounded bearing, elevation and scale. Pasting shrinks it to the
exact size and shifts it by parts of a pixel, so that people glide instead of hopping,
while a whole street of them costs few drawings.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from console.city.model import AgentKind
from console.city.video.backdrop import Light
from console.city.video.figures import figure
from console.city.video.shapes import Ball, Bar, Solid
from console.city.video.vehicles import Size
from console.city.video.view import Floats, Picture

_TURN = 7.5
_LIFTS = np.array([3.0, 8.0, 14.0, 21.0, 30.0, 44.0])
_LIFT_EDGES = (_LIFTS[1:] + _LIFTS[:-1]) / 2
_GROWTH = math.sqrt(2)
"""Steps of bearing (degrees), of elevation (degrees) and of scale (factor)."""
_NEAREST = 10.0
"""Metres before the lens within which masters are enlarged instead of drawn anew."""
_SMALL, _TINY = 24.0, 9.0
"""Pixels a metre below which people are drawn in fewer poses, and do not move their legs."""
_PEOPLE = frozenset({"person", "officer", "vendor", "bike"})
_TINTS = 4
"""Sizes of chroma kept a sprite: it is asked for the same ones again and again."""
_SAMPLES = 3
_SHIFT = 4
_TO_YUV = np.array(
    [[0.257, 0.504, 0.098], [-0.148, -0.291, 0.439], [0.439, -0.368, -0.071]], np.float32
)
_OFFSETS = np.array([16, 128, 128], np.float32)
"""ITU-R BT.601, limited range."""
_STREET_LIT = np.array([0.44, 0.41, 0.37], np.float32)
"""How strongly the street's lamps light an agent at night."""


class Pose(NamedTuple):
    """What decides a sprite's pixels, rounded so that neighbours share one."""

    kind: AgentKind
    look: int
    state: str
    size: Size
    phase: int
    turn: int
    lift: int
    zoom: int

    @property
    def scale(self) -> float:
        """Pixels a metre of the master."""
        return float(_GROWTH**self.zoom)


class Angles:
    """How many agents at once are seen: bearings, elevations and scales, rounded."""

    def __init__(self, turns: Floats, lifts: Floats, scales: Floats, focal: float) -> None:
        """Angles in degrees, ``scales`` in pixels a metre; ``focal`` of the lens in pixels."""
        self.turns = np.round(turns / _TURN).astype(int).tolist()
        self.lifts = np.searchsorted(_LIFT_EDGES, lifts).tolist()
        wanted = np.clip(scales, 1.0, focal / _NEAREST)
        self.zooms = np.ceil(np.log(wanted) / math.log(_GROWTH) - 1e-6).astype(int).tolist()
        self.scales = scales.tolist()

    def pose(
        self, index: int, kind: AgentKind, look: int, state: str, size: Size, phase: int
    ) -> Pose:
        turn, scale = self.turns[index], self.scales[index]
        if kind in _PEOPLE:
            step = 2 if scale > _SMALL else 4 if scale > _TINY else 8
            turn = round(turn / step) * step
            phase = phase if scale > _TINY else -1
        turns = round(360 / _TURN)
        return Pose(
            kind, look, state, size, phase, turn % turns, self.lifts[index], self.zooms[index]
        )


class Sprite:
    """A master: premultiplied luma and chroma, and how much of 255 is kept of what is below.

    ``left, top`` is where it starts from the agent's foot, in its own pixels, and
    ``scale`` its pixels a metre. Chroma is of half size.
    """

    __slots__ = (
        "_chroma", "_chroma_keep", "_tints", "body", "left", "luma", "luma_keep", "scale", "top",
    )  # fmt: skip

    def __init__(self, yuv: Picture, cover: Picture, body: Picture, brush: _Brush) -> None:
        self.left, self.top, self.scale = brush.left, brush.top, brush.scale
        self.luma = np.ascontiguousarray(yuv[..., 0])
        self.luma_keep = 255 - cover
        self.body = body
        size = cover.shape[1] // 2, cover.shape[0] // 2
        half = cv2.resize(yuv, size, interpolation=cv2.INTER_AREA)
        keep = cv2.resize(self.luma_keep, size, interpolation=cv2.INTER_AREA)
        self._chroma = np.ascontiguousarray(half[..., 1:])
        self._chroma_keep = cv2.merge([keep, keep])
        self._tints: dict[tuple[int, int], tuple[Picture, Picture]] = {}

    def tint(self, width: int, height: int) -> tuple[Picture, Picture]:
        """Return chroma and what is kept below it, shrunk to a size."""
        found = self._tints.get((width, height))
        if found is None:
            if len(self._tints) >= _TINTS:
                self._tints.clear()
            size = width, height
            found = cv2.resize(self._chroma, size), cv2.resize(self._chroma_keep, size)
            self._tints[size] = found
        return found

    @property
    def weight(self) -> int:
        """The bytes it takes, roughly."""
        return 4 * self.luma.size


class Sprites:
    """The cache: drawn when first asked for, dropped when long unused."""

    def __init__(self, limit: int = 96 << 20) -> None:
        self._limit = limit
        self._held = 0
        self._sprites: OrderedDict[tuple[Pose, Light, int], Sprite] = OrderedDict()

    def get(self, pose: Pose, light: Light, focal: float) -> Sprite:
        """Return the sprite of a pose; ``focal`` (pixels) tells how far, hence how hazy, it is."""
        key = (pose, light, round(focal))
        found = self._sprites.get(key)
        if found is not None:
            self._sprites.move_to_end(key)
            return found
        sprite = draw(pose, light, focal / pose.scale)
        self._sprites[key] = sprite
        self._held += sprite.weight
        while self._held > self._limit:
            _, dropped = self._sprites.popitem(last=False)
            self._held -= dropped.weight
        return sprite


def draw(pose: Pose, light: Light, distance: float) -> Sprite:
    """Draw one sprite as seen from ``distance`` metres under this light."""
    brush = _Brush(figure(pose.kind, pose.look, pose.state, pose.size, pose.phase), pose)
    brush.draw()
    paint, glow, shadow = brush.finished()
    sun = np.maximum(light.sun, _STREET_LIT)
    air = 0.92 * (1 - math.exp(-distance / (420 - 260 * light.rain)))
    body = np.ascontiguousarray(paint[..., 3])
    depth = (0.2 + 0.22 * light.daylight) * (1 - air)
    cover = cv2.add(body, cv2.multiply(255 - body, shadow, scale=depth / 255))
    paint[..., 3] = cover
    matrix = np.empty((3, 4))
    matrix[:, :3] = _TO_YUV * sun * (1 - air)
    matrix[:, 3] = (_TO_YUV @ light.haze * air + _OFFSETS) / 255
    yuv = cv2.transform(paint, matrix)
    if glow is not None and light.lamps > 0:
        shine = cv2.transform(glow.astype(np.int16), _TO_YUV * light.lamps)
        yuv = np.clip(yuv + shine, 0, 255).astype(np.uint8)
    return Sprite(yuv, cover, body, brush)


class _Brush:
    """Draws parts in parallel projection, larger than wanted, and shrinks the result."""

    def __init__(self, solid: Solid, pose: Pose) -> None:
        turn = math.radians(pose.turn * _TURN)
        lift = math.radians(float(_LIFTS[pose.lift]))
        across, along = math.sin(turn), math.cos(turn)
        low, flat = math.sin(lift), math.cos(lift)
        self._axes = np.array(
            [
                [across, -along, 0.0],
                [-along * low, -across * low, -flat],
                [along * flat, across * flat, -low],
            ]
        )
        """Rows: to the right, down and away, of the figure's own axes."""
        self._solid = solid
        self.scale = pose.scale
        self._samples = _SAMPLES if pose.scale < 20 else 2
        self._scale = pose.scale * self._samples
        ring = _footprint(pose)
        extent = np.vstack([solid.extent, ring]) @ self._axes[:2].T * pose.scale
        self.left, self.top = (math.floor(edge) - 1 for edge in extent.min(axis=0))
        right, bottom = (math.ceil(edge) + 1 for edge in extent.max(axis=0))
        rows = ((bottom - self.top + 1) & ~1) * self._samples
        columns = ((right - self.left + 1) & ~1) * self._samples
        self._paint = np.zeros((rows, columns, 4), np.uint8)
        """Colour, and cover as the fourth channel."""
        self._glow = np.zeros((rows, columns, 3), np.uint8) if solid.shines else None
        self._shadow = np.zeros((rows, columns), np.uint8)
        cv2.fillPoly(self._shadow, [self._place(ring)], (255,), shift=_SHIFT)

    def draw(self) -> None:
        """Draw by layer, within it from far to near, without faces seen from behind."""
        solid = self._solid
        spots = self._place(solid.spots)
        facing = solid.normals @ self._axes.T
        shades = 0.74 - 0.2 * facing[:, 1] - 0.14 * facing[:, 0] - 0.1 * facing[:, 2]
        for index in np.lexsort((-(solid.middles @ self._axes[2]), solid.layers)):
            part, corners = solid.parts[index], spots[solid.spans[index]]
            if isinstance(part, Ball):
                self._ball(part, corners[0])
            elif isinstance(part, Bar):
                self._bar(part, corners)
            elif facing[index, 2] < -1e-3:
                tone = _tone(part.colour, float(shades[index]))
                cv2.fillPoly(self._paint, [corners], tone, shift=_SHIFT)
                if self._glow is not None:
                    cv2.fillPoly(self._glow, [corners], part.glow, shift=_SHIFT)

    def _ball(self, ball: Ball, at: NDArray[np.int32]) -> None:
        x, y = int(at[0]), int(at[1])
        radius = max(8, round(ball.radius * self._scale * (1 << _SHIFT)))
        off = round(radius * 0.26)
        inner = round(radius * 0.62)
        cv2.circle(self._paint, (x, y), radius, _tone(ball.colour, 0.82), -1, 8, _SHIFT)
        light = _tone(ball.colour, 1.06)
        cv2.circle(self._paint, (x - off, y - off), inner, light, -1, 8, _SHIFT)
        if self._glow is not None:
            cv2.circle(self._glow, (x, y), radius, (0, 0, 0), -1, 8, _SHIFT)

    def _bar(self, bar: Bar, ends: NDArray[np.int32]) -> None:
        start, end = ends.tolist()
        width = max(1, round(bar.width * self._scale))
        cv2.line(self._paint, start, end, _tone(bar.colour, 0.84), width, 8, _SHIFT)
        off = round(width * 0.16 * (1 << _SHIFT))
        bright = [start[0] - off, start[1] - off // 2], [end[0] - off, end[1] - off // 2]
        inner = max(1, round(width * 0.5))
        cv2.line(self._paint, *bright, _tone(bar.colour, 1.04), inner, 8, _SHIFT)
        if self._glow is not None:
            cv2.line(self._glow, start, end, (0, 0, 0), width, 8, _SHIFT)

    def finished(self) -> tuple[Picture, Picture | None, Picture]:
        """Return colour with cover, glow and shadow at the wanted size, premultiplied."""
        rows, columns = self._shadow.shape
        size = columns // self._samples, rows // self._samples

        def small(picture: Picture) -> Picture:
            return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)

        glow = None if self._glow is None else small(self._glow)
        return small(self._paint), glow, cv2.blur(small(self._shadow), (3, 3))

    def _place(self, points: Floats) -> NDArray[np.int32]:
        flat = points @ self._axes[:2].T * self._scale
        flat -= np.array([self.left, self.top]) * self._samples
        fixed: NDArray[np.int32] = np.round(flat * (1 << _SHIFT)).astype(np.int32)
        return fixed


def _footprint(pose: Pose) -> Floats:
    """Return the ring of ground that the figure darkens."""
    length, width, _ = pose.size
    if pose.kind == "vendor":
        length, width = 2.5, 2.2
    angles = np.arange(16) * 2 * np.pi / 16
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    square = np.sign(ring) * np.sqrt(np.abs(ring))
    return np.column_stack([square * [length * 0.56, width * 0.58], np.zeros(16)])


def _tone(colour: tuple[int, int, int], shade: float) -> tuple[int, int, int, int]:
    r, g, b = (min(255, round(part * shade)) for part in colour)
    return r, g, b, 255
