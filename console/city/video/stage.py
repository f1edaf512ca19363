"""One camera's picture as it runs: a still ground and what moves on it.

Each frame only the rectangles that somebody left or entered are touched.
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
from console.city.video.planes import Figurant, Planes, Span, paste, rise
from console.city.video.screed import Screed
from console.city.video.sprites import Angles, Sprites
from console.city.video.troupe import Troupe
from console.city.video.view import Shade, View

_STRIDE = 1.4
"""Metres of two steps."""
_ON_FOOT = frozenset({"person", "officer", "vendor"})
_PLAIN = frozenset({"person", "officer", "vendor", "bike"})
"""Kinds whose figure does not follow the agent's size."""

_LEAST = 8.0
"""Who would be lower than this many pixels is left out."""

_ASPHALT = (92.0, 94.0, 98.0)


@dataclass(frozen=True, slots=True)
class Ground:
    """The standing picture in one light, and the inverse depth of what hides agents."""

    view: View
    light: Light
    planes: Planes
    cover: Shade

    @classmethod
    def of(cls, backdrop: Backdrop, light: Light) -> Ground:
        """Light a painted view."""
        light = light.step()
        cover = backdrop.cover.astype(np.float32)
        return cls(backdrop.view, light, Planes.of(backdrop.lit(light)), cover)

    @classmethod
    def plain(cls, view: View, light: Light) -> Ground:
        """Return sky over ground, for as long as nothing is painted; it hides everybody."""
        light = light.step()
        rows = (np.arange(view.height, dtype=np.float32) - view.horizon) / view.height
        share = np.clip(np.abs(rows), 0, 1)[:, None]
        far = light.haze * 0.94
        near = np.array(_ASPHALT, np.float32) * light.sun
        column = far + (np.where(rows[:, None] < 0, light.zenith, near) - far) * share
        column = np.clip(column, 0, 255).astype(np.uint8)
        picture = np.repeat(column[:, None], view.width, axis=1)
        cover = np.full((view.height, view.width), np.inf, np.float32)
        return cls(view, light, Planes.of(picture), cover)

    def enlarged(self, view: View) -> Ground:
        """Return this picture blown up to a view with more pixels of the same."""
        half = view.width // 2, view.height // 2
        size = view.width, view.height
        luma = cv2.resize(self.planes.luma, size, interpolation=cv2.INTER_CUBIC)
        planes = Planes(luma, cv2.resize(self.planes.chroma, half))
        cover = cv2.resize(self.cover, size, interpolation=cv2.INTER_NEAREST)
        return Ground(view, self.light, planes, cover)


class Stage:
    """Composes the frames of one camera at one size.

    ``name`` is written into the picture with the time of day; nothing is where it is
    empty. ``ground`` may be a makeshift until :meth:`adopt`. New light is made by
    ``painter``, in its own time; until then the old one holds.
    """

    def __init__(self, name: str, ground: Ground, sprites: Sprites, painter: Executor) -> None:
        self.view = ground.view
        self.ground = ground
        self._backdrop: Backdrop | None = None
        self._sprites = sprites
        self._painter = painter
        self._screed = Screed(name, self.view.width, self.view.height) if name else None
        self._coming: Future[Ground] | None = None
        self._still = ground.planes
        self._cover = ground.cover
        self._cut = False
        self._version = -1
        self._standing: tuple[object, ...] = ("none",)
        self._moving: NDArray[np.intp] = np.empty(0, np.intp)
        self._touched: list[Span] = []
        self._fresh = True

    def adopt(self, backdrop: Backdrop, ground: Ground) -> None:
        """Show what was painted instead of the makeshift, from the next frame on."""
        self._backdrop = backdrop
        self._set(ground)

    def _set(self, ground: Ground) -> None:
        self.ground = ground
        self._version, self._standing = -1, ("none",)
        self._cut = True

    def frame(self, troupe: Troupe, now: float, target: Planes) -> bool:
        """Bring ``target`` to this moment; it must be the same picture each time.

        Tells whether the ground is another one than before: time for a key picture.
        """
        self.look(troupe)
        cut, self._cut = self._cut, False
        still = self._still
        if self._fresh:
            target.luma[:], target.chroma[:] = still.luma, still.chroma
            self._fresh = False
        else:
            for span in self._touched:
                target.take(still, span)
        self._touched = self._move(troupe, now, target)
        if self._screed is not None:
            self._touched += self._screed.write(target, troupe.clock(now))
        return cut

    @property
    def makeshift(self) -> bool:
        """Whether the view is still to be painted."""
        return self._backdrop is None

    def forget(self) -> None:
        """Paint the next frame as a whole: the target is a new picture."""
        self._fresh = True

    def look(self, troupe: Troupe) -> None:
        """Sort who is in view into those who stand, and are painted now, and those who move."""
        self._relight(troupe)
        if troupe.version == self._version:
            return
        self._version = troupe.version
        seen = self._in_view(troupe)
        standing = [i for i in seen if troupe.rests(troupe.agents[i])]
        self._moving = np.array(sorted(set(seen) - set(standing)), np.intp)
        signs = tuple(_sign(troupe.agents[i]) for i in standing)
        if signs == self._standing:
            return
        self._standing = signs
        self._still = still = self.ground.planes.copy()
        self._cover = self.ground.cover.copy()
        for one in self._cast(troupe, troupe.since, np.array(standing, np.intp)):
            paste(still, self._cover, one)
            rise(self._cover, one)
        self._fresh = True

    def _relight(self, troupe: Troupe) -> None:
        if self._coming is not None:
            if self._coming.done():
                self._set(self._coming.result())
                self._coming = None
            return
        light = Light(troupe.scene.daylight, troupe.scene.rain).step()
        if self._backdrop is not None and light != self.ground.light:
            self._coming = self._painter.submit(Ground.of, self._backdrop, light)

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
            sprite = self._sprites.get(pose, self.ground.light, view.focal)
            scale = angles.scales[index]
            x, y = feet[index]
            found.append(Figurant(sprite, x, y, scale / view.focal, scale / sprite.scale))
        return found

    def _state(self, agent: Agent) -> str:
        """Return what of an agent's state is to be seen."""
        if agent.kind == "vendor":
            return agent.state
        rainy = agent.kind == "person" and self.ground.light.rain > 0.3 and agent.look % 5 != 0
        return "umbrella" if rainy else ""

    def _move(self, troupe: Troupe, now: float, target: Planes) -> list[Span]:
        spans = (paste(target, self._cover, one) for one in self._cast(troupe, now, self._moving))
        return [span for span in spans if span is not None]


def _sign(agent: Agent) -> tuple[object, ...]:
    return agent.id, agent.x, agent.y, agent.heading, agent.state, agent.look


def _step(agent: Agent, rate: float, now: float) -> int:
    """Return the step of an agent's walk, -1 for one who stands."""
    if agent.kind not in _ON_FOOT or agent.speed < 0.1:
        return -1
    shift = agent.look * 0.37
    walked = now * agent.speed * min(rate, 3.0) / _STRIDE + shift
    return PHASES[int(walked * len(PHASES)) % len(PHASES)]
