"""One camera's picture as it runs: a still ground and what moves on it.

Each frame only the rectangles that somebody left or entered are touched.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future

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
from console.city.video.view import Shade

_STRIDE = 1.4
"""Metres of two steps."""
_ON_FOOT = frozenset({"person", "officer", "vendor"})
_PLAIN = frozenset({"person", "officer", "vendor", "bike"})
"""Kinds whose figure does not follow the agent's size."""

_LEAST = 8.0
"""Who would be lower than this many pixels is left out."""


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
        self.look(troupe)
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

    def forget(self) -> None:
        """Paint the next frame as a whole: the target is a new picture."""
        self._fresh = True

    def look(self, troupe: Troupe) -> None:
        """Sort who is in view into those who stand, and are painted now, and those who move."""
        if troupe.version == self._version:
            return
        self._version = troupe.version
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
            rise(self._cover, one)
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
