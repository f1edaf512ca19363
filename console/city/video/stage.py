"""One camera's picture as it runs: a still ground and what moves on it.

Pictures are NV12: a luma plane and one of interleaved chroma at half size. Each frame
only the rectangles that somebody left or entered are touched.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from console.city.model import Agent
from console.city.video.backdrop import Backdrop, Light
from console.city.video.figures import LOOKS, PHASES
from console.city.video.plan import REACH
from console.city.video.screed import Screed
from console.city.video.sprites import Angles, Sprite, Sprites
from console.city.video.troupe import Troupe
from console.city.video.view import Picture, Shade

_STRIDE = 1.4
"""Metres of two steps."""
_ON_FOOT = frozenset({"person", "officer", "vendor"})
_PLAIN = frozenset({"person", "officer", "vendor", "bike"})
"""Kinds whose figure does not follow the agent's size."""

_LEAST = 6.0
"""Who would be lower than this many pixels is left out."""
_CLEARANCE = 1.004
"""What covers an agent is nearer than it by more than this factor."""

Span = tuple[int, int, int, int]


@dataclass(slots=True)
class Planes:
    """An NV12 picture: ``luma`` (H, W) and ``chroma`` (H/2, W/2, 2)."""

    luma: Picture
    chroma: Picture

    @classmethod
    def of(cls, picture: Picture) -> Planes:
        """Convert an RGB picture (BT.601, limited range)."""
        height, width = picture.shape[:2]
        packed = cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420)
        quarter = height * width // 4
        flat = packed.reshape(-1)[height * width :]
        parts = [flat[i * quarter : (i + 1) * quarter].reshape(height // 2, -1) for i in (0, 1)]
        return cls(packed[:height].copy(), np.stack(parts, axis=2).copy())

    def copy(self) -> Planes:
        return Planes(self.luma.copy(), self.chroma.copy())

    def take(self, other: Planes, span: Span) -> None:
        """Copy a span (x1, y1, x2, y2; even numbers) from another picture."""
        x1, y1, x2, y2 = span
        self.luma[y1:y2, x1:x2] = other.luma[y1:y2, x1:x2]
        x1, y1, x2, y2 = x1 // 2, y1 // 2, x2 // 2, y2 // 2
        self.chroma[y1:y2, x1:x2] = other.chroma[y1:y2, x1:x2]


class Stage:
    """Composes the frames of one camera at one size.

    ``name`` is written into the picture with the time of day; nothing is where it is
    empty. New light is made by ``painter``, in its own time; until then the old one holds.
    """

    def __init__(
        self, name: str, backdrop: Backdrop, sprites: Sprites, light: Light, painter: Executor
    ) -> None:
        self.view = backdrop.view
        self._backdrop = backdrop
        self._sprites = sprites
        self._painter = painter
        self._screed = Screed(name, self.view.width, self.view.height) if name else None
        self._light = light.step()
        self._ground = ground(backdrop, self._light)
        self._coming: Future[Planes] | None = None
        self._coming_light = self._light
        self._still = self._ground
        self._cover: Shade = backdrop.cover
        self._version = -1
        self._standing: tuple[object, ...] = ("none",)
        self._moving: NDArray[np.intp] = np.empty(0, np.intp)
        self._touched: list[Span] = []
        self._fresh = True

    def frame(self, troupe: Troupe, now: float, target: Planes) -> None:
        """Bring ``target`` to this moment; it must be the same picture each time."""
        if troupe.version != self._version:
            self._version = troupe.version
            self._look(troupe)
        still = self._still
        if self._fresh:
            target.luma[:], target.chroma[:] = still.luma, still.chroma
            self._fresh = False
        else:
            for span in self._touched:
                target.take(still, span)
        self._touched = self._move(troupe, now, target)
        if self._screed is not None:
            self._touched.append(self._screed.write(target, troupe.clock(now)))

    def forget(self) -> None:
        """Paint the next frame as a whole: the target is a new picture."""
        self._fresh = True

    def _look(self, troupe: Troupe) -> None:
        """Sort who is in view into those who stand and those who move."""
        self._relight(Light(troupe.scene.daylight, troupe.scene.rain).step())
        seen = self._in_view(troupe)
        standing = [i for i in seen if troupe.rests(troupe.agents[i])]
        self._moving = np.array(sorted(set(seen) - set(standing)), np.intp)
        signs = tuple(_sign(troupe.agents[i]) for i in standing)
        if signs == self._standing:
            return
        self._standing = signs
        self._still = still = self._ground.copy()
        self._cover = self._backdrop.cover.copy()
        for one in self._cast(troupe, troupe.since, np.array(standing, np.intp)):
            paste(still, self._cover, one)
            _rise(self._cover, one)
        if self._screed is not None:
            self._screed.title(still)
        self._fresh = True

    def _relight(self, light: Light) -> None:
        if self._coming is not None and self._coming.done():
            self._ground, self._light = self._coming.result(), self._coming_light
            self._coming = None
            self._standing = ("none",)
        if light != self._light and self._coming is None:
            self._coming_light = light
            self._coming = self._painter.submit(ground, self._backdrop, light)

    def _in_view(self, troupe: Troupe) -> list[int]:
        if not len(troupe.agents):
            return []
        view = self.view
        points = view.lens(np.column_stack([troupe.places, np.zeros(len(troupe.agents))]))
        depth = points[:, 2]
        room = view.width / 2 * depth / view.focal + 9.0
        seen = (depth > 2.0) & (depth < REACH) & (np.abs(points[:, 0]) < room)
        seen &= troupe.heights * view.focal > depth * _LEAST
        return [int(i) for i in np.flatnonzero(seen)]

    def _cast(self, troupe: Troupe, now: float, chosen: NDArray[np.intp]) -> list[Figurant]:
        """Return the chosen agents in their places, far ones first."""
        if not len(chosen):
            return []
        view = self.view
        places = troupe.at(now, chosen)
        points = view.lens(np.column_stack([places, np.zeros(len(places))]))
        points[:, 2] = np.maximum(points[:, 2], 2.0)
        feet = view.pixels(points).tolist()
        offsets = places - view.eye[:2]
        bearings = np.degrees(np.arctan2(offsets[:, 0], offsets[:, 1]))
        lifts = np.degrees(np.arctan2(view.eye[2], np.hypot(offsets[:, 0], offsets[:, 1])))
        scales = view.focal / points[:, 2]
        turns = troupe.headings[chosen] - bearings
        angles = Angles(turns, lifts, scales, view.focal)
        found = []
        for index in np.argsort(scales).tolist():
            agent = troupe.agents[chosen[index]]
            pose = angles.pose(
                index,
                agent.kind,
                agent.look % LOOKS,
                self._state(agent),
                (0.0, 0.0, 0.0) if agent.kind in _PLAIN else agent.size,
                _step(agent, troupe.rate, now),
            )
            sprite = self._sprites.get(pose, self._light, view.focal)
            scale = angles.scales[index]
            x, y = feet[index]
            found.append(Figurant(sprite, x, y, scale / view.focal, scale / sprite.scale))
        return found

    def _state(self, agent: Agent) -> str:
        """Return what of an agent's state is to be seen."""
        if agent.kind == "vendor":
            return agent.state
        rainy = agent.kind == "person" and self._light.rain > 0.3 and agent.look % 5 != 0
        return "umbrella" if rainy else ""

    def _move(self, troupe: Troupe, now: float, target: Planes) -> list[Span]:
        spans = (paste(target, self._cover, one) for one in self._cast(troupe, now, self._moving))
        return [span for span in spans if span is not None]


def ground(backdrop: Backdrop, light: Light) -> Planes:
    """Return the standing picture in this light."""
    return Planes.of(backdrop.lit(light))


def _sign(agent: Agent) -> tuple[object, ...]:
    return agent.id, agent.x, agent.y, agent.heading, agent.state, agent.look


def _step(agent: Agent, rate: float, now: float) -> int:
    """Return the step of an agent's walk, -1 for one who stands."""
    if agent.kind not in _ON_FOOT or agent.speed < 0.1:
        return -1
    shift = agent.look * 0.37
    walked = now * agent.speed * min(rate, 3.0) / _STRIDE + shift
    return PHASES[int(walked * len(PHASES)) % len(PHASES)]


@dataclass(frozen=True, slots=True)
class Figurant:
    """A sprite in its place: foot at (x, y) pixels, ``ratio`` of the master's size."""

    sprite: Sprite
    x: float
    y: float
    depth: float
    ratio: float

    def span(self, width: int, height: int) -> Span | None:
        """Return the even span of the picture it covers, None outside of it."""
        sprite, ratio = self.sprite, self.ratio
        left, top = self.x + sprite.left * ratio, self.y + sprite.top * ratio
        rows, columns = sprite.luma.shape
        x1, y1 = max(0, int(left) & ~1), max(0, int(top) & ~1)
        x2 = min(width, (int(left + columns * ratio) + 2) & ~1)
        y2 = min(height, (int(top + rows * ratio) + 2) & ~1)
        return (x1, y1, x2, y2) if x1 < x2 and y1 < y2 else None

    def warp(self, picture: Picture, span: Span, step: int, border: int) -> Picture:
        """Return the part of a master's plane (``step`` 2 for chroma) that falls on a span."""
        ratio, matrix = self.ratio, _MATRIX
        matrix[0, 0] = matrix[1, 1] = 1 / ratio
        matrix[0, 2] = ((span[0] + step / 2 - self.x) / ratio - self.sprite.left) / step - 0.5
        matrix[1, 2] = ((span[1] + step / 2 - self.y) / ratio - self.sprite.top) / step - 0.5
        size = (span[2] - span[0]) // step, (span[3] - span[1]) // step
        return cv2.warpAffine(
            picture, matrix, size, None, _WARP, cv2.BORDER_CONSTANT, _BORDERS[border]
        )


_BORDERS = {0: (0, 0, 0, 0), 255: (255, 255, 255, 255)}
_MATRIX = np.zeros((2, 3))
_WARP = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


def paste(target: Planes, cover: Shade, one: Figurant) -> Span | None:
    """Paste a sprite behind what covers it; returns the span touched, None where it is not seen."""
    height, width = target.luma.shape
    span = one.span(width, height)
    if span is None:
        return None
    x1, y1, x2, y2 = span
    before = cover[y1:y2, x1:x2]
    hidden: NDArray[np.bool_] | None = None
    if before.max() > one.depth * _CLEARANCE:
        hidden = before > one.depth * _CLEARANCE
        if hidden.all():
            return None
    sprite = one.sprite
    _blend(
        target.luma[y1:y2, x1:x2],
        one.warp(sprite.luma, span, 1, 0),
        one.warp(sprite.luma_keep, span, 1, 255),
        hidden,
    )
    _blend(
        target.chroma[y1 // 2 : y2 // 2, x1 // 2 : x2 // 2],
        one.warp(sprite.chroma, span, 2, 0),
        one.warp(sprite.chroma_keep, span, 2, 255),
        None if hidden is None else hidden[::2, ::2, None],
    )
    return span


def _blend(
    target: Picture, colour: Picture, keep: Picture, hidden: NDArray[np.bool_] | None
) -> None:
    mixed = cv2.multiply(target, keep, scale=1 / 255)
    mixed = cv2.add(mixed, colour, dst=mixed)
    if hidden is None:
        target[:] = mixed
    else:
        np.copyto(target, mixed, where=~hidden)


def _rise(cover: Shade, one: Figurant) -> None:
    """Let a standing sprite hide what will pass behind it."""
    height, width = cover.shape
    span = one.span(width, height)
    if span is not None:
        body = one.warp(one.sprite.body, span, 1, 0) > 127
        part = cover[span[1] : span[3], span[0] : span[2]]
        part[body & (part < one.depth)] = one.depth
