"""The town in motion. Time is an argument: whoever drives the world says how much has passed."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from console.city import daytime
from console.city.agents.crowd import Crowd
from console.city.agents.kerb import Kerb
from console.city.agents.patrol import Patrol
from console.city.agents.troubles import Troubles
from console.city.geometry import Track
from console.city.model import XY, Agent, Scene, SpeakerSite, Town
from console.city.movers import Movers
from console.city.roads import RoadGraph
from console.city.sight import Sight, Stage

_SLOTS = 1200
SHOWN = 150.0
"""Metres from the middle of a camera's scene within which agents belong to the picture."""

ASIDE, EYE = 8.0, 1.6
"""How far from a thing one stands to photograph it, and at what height, in metres."""

_STRIDE = 1.0
"""Longest piece of time moved in one go, in seconds: lanes and lights need no finer."""


class World:
    """Everything that changes. ``time`` counts the town's seconds since it was made."""

    def __init__(
        self, town: Town, *, start: float, rain: float = 0.0, market: bool = False
    ) -> None:
        rng = random.Random(f"world {town.seed}")
        self.town, self.rain, self.market = town, rain, market
        self.time, self._start = 0.0, start
        self.roads = RoadGraph(town)
        self.stages = {camera.id: Stage(town, camera) for camera in town.cameras}
        self._movers = Movers(_SLOTS)
        stages = list(self.stages.values())
        self._sight = Sight(town)
        self._crowd = Crowd(self.roads, self._movers, self._sight, stages, rng)
        self._kerb = Kerb(town, stages, rng)
        self.patrol = Patrol(town.staff, self.roads, self._movers, rng)
        self.troubles = Troubles(town, self.stages, rng)
        self._crowd.fill(self.clock, rain, market, anywhere=True)
        self._filled = 0.0
        self.on_step: list[Callable[[], None]] = []

    @property
    def clock(self) -> float:
        """Seconds after midnight in the town."""
        return (self._start + self.time) % daytime.DAY

    def set_clock(self, clock: float) -> None:
        """Turn the town's clock without moving anybody."""
        self._start = clock - self.time

    def step(self, dt: float) -> None:
        """Let ``dt`` seconds pass."""
        while dt > 1e-9:
            stride = min(dt, _STRIDE)
            dt -= stride
            self._stride(stride)
            for call in self.on_step:
                call()

    def _stride(self, dt: float) -> None:
        self.time += dt
        for slot in self._movers.step(dt, self.time):
            if self.patrol.owns(slot):
                self.patrol.arrived(slot)
            elif self._crowd.owns(slot):
                self._crowd.leave(slot)
        self.patrol.step(dt)
        self.troubles.step(dt, self.time)
        if self.time - self._filled >= 1.0:
            self._filled = self.time
            self._crowd.fill(self.clock, self.rain, self.market)

    def agents(self) -> list[Agent]:
        """Return all that can be seen on the ground."""
        return [
            *self.troubles.agents(),
            *self.patrol.agents(),
            *self._crowd.agents(),
            *self._kerb.agents(self.clock),
        ]

    def scene(self) -> Scene:
        """Return this moment as far as pictures may show it: before cameras and at troubles."""
        agents = self.agents()
        x, y = np.array([a.x for a in agents]), np.array([a.y for a in agents])
        shown = self._sight.near(x, y) < SHOWN
        for trouble in self.troubles.present:
            shown |= np.hypot(x - trouble.at[0], y - trouble.at[1]) < SHOWN / 2
        visible = [agent for agent, show in zip(agents, shown.tolist(), strict=True) if show]
        return Scene(self.clock, daytime.daylight(self.clock), self.rain, visible)

    def viewpoint(self, spot: XY, way: int = 1) -> tuple[float, float, float]:
        """Return where one stands in the street to take a photo of a place beside it.

        ``way`` is 1 or -1: on which side along the street.
        """
        line = Track(self.roads.away(*spot)[1].road.line)
        x, y, dx, dy = line.at(line.nearest(*spot)[1])
        return x + way * dx * ASIDE, y + way * dy * ASIDE, EYE

    def heard(self, speaker: SpeakerSite) -> None:
        """A loudspeaker spoke: vendors in reach think it over."""
        self.troubles.heard(speaker.at, speaker.reach, self.time)
