"""The moving town between two messages: where everybody is at this very moment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from console.city.model import Agent, Scene
from console.city.video.view import Floats

_FORESIGHT = 0.8
"""Seconds that anybody goes on by himself when no news comes."""
_EASE = 0.18
"""Seconds in which a wrong guess is mended, so that nobody jumps."""
_JUMP = 4.0
"""A correction longer than this (metres) is no wrong guess but a new place."""
RESTING = 3.0
"""Seconds without a move after which an agent counts as standing."""
_HIDDEN = frozenset({"drone"})
"""Kinds no street camera shows: they fly above the picture."""


@dataclass(slots=True)
class Troupe:
    """All agents of the last scene, as arrays for a whole street at a time.

    ``rate`` is town seconds per second. Times are of the steady clock.
    """

    scene: Scene = field(default_factory=lambda: Scene(43200.0, 1.0, 0.0))
    rate: float = 1.0
    since: float = 0.0
    agents: list[Agent] = field(default_factory=list)
    places: Floats = field(default_factory=lambda: np.empty((0, 2)))
    headings: Floats = field(default_factory=lambda: np.empty(0))
    heights: Floats = field(default_factory=lambda: np.empty(0))
    version: int = 0
    _velocity: Floats = field(default_factory=lambda: np.empty((0, 2)))
    _error: Floats = field(default_factory=lambda: np.empty((0, 2)))
    _rest: dict[str, tuple[float, float, float, str, float]] = field(default_factory=dict)

    def update(self, scene: Scene, rate: float, now: float) -> None:
        """Take a new scene."""
        shown = dict(zip((a.id for a in self.agents), self.at(now).tolist(), strict=True))
        self.scene, self.rate, self.since = scene, rate, now
        self.agents = [agent for agent in scene.agents if agent.kind not in _HIDDEN]
        self.version += 1
        count = len(self.agents)
        self.places = np.array([(a.x, a.y) for a in self.agents]).reshape(count, 2)
        self.headings = np.array([a.heading for a in self.agents])
        self.heights = np.array([a.size[2] for a in self.agents])
        angles = np.radians(self.headings)
        pace = np.array([a.speed for a in self.agents]) * rate
        self._velocity = np.column_stack([np.sin(angles), np.cos(angles)]) * pace[:, None]
        was = np.array([shown.get(a.id, (a.x, a.y)) for a in self.agents]).reshape(count, 2)
        self._error = was - self.places
        self._error[np.hypot(self._error[:, 0], self._error[:, 1]) > _JUMP] = 0
        self._note_rest(now)

    def _note_rest(self, now: float) -> None:
        before, self._rest = self._rest, {}
        for a in self.agents:
            held = before.get(a.id)
            if held is None or held[:4] != (a.x, a.y, a.heading, a.state):
                # Who is there from the start and does not walk has stood there before.
                since = now if before or a.speed > 0 else -math.inf
                held = (a.x, a.y, a.heading, a.state, since)
            self._rest[a.id] = held

    def rests(self, agent: Agent) -> bool:
        """Tell whether an agent has stood so long that he may be painted once for all."""
        return self.since - self._rest[agent.id][4] >= RESTING

    def at(self, now: float, chosen: NDArray[np.intp] | None = None) -> Floats:
        """Return where the chosen agents (or all) are, (N, 2) metres."""
        ahead = min(max(now - self.since, 0.0), _FORESIGHT)
        fade = math.exp(-ahead / _EASE)
        if chosen is None:
            return self.places + self._velocity * ahead + self._error * fade
        found: Floats = (
            self.places[chosen] + self._velocity[chosen] * ahead + self._error[chosen] * fade
        )
        return found

    def frozen(self, now: float) -> Troupe:
        """Return this very moment, for a photo taken in another thread."""
        scene = replace(self.scene, clock=self.clock(now))
        still = Troupe(scene=scene, rate=self.rate, since=now, agents=list(self.agents), version=1)
        still.places, still.headings, still.heights = self.at(now), self.headings, self.heights
        still._velocity = still._error = np.zeros_like(still.places)
        still._rest = dict(self._rest)
        return still

    def clear(self, eye: Sequence[float], reach: float, subject: str) -> None:
        """Send away who stands within ``reach`` metres of ``eye``, but for the subject."""
        gaps = np.hypot(*(self.places - np.array(eye[:2])).T) if len(self.agents) else np.empty(0)
        stay = [
            agent.id == subject or gap - agent.size[0] / 2 > reach
            for agent, gap in zip(self.agents, gaps.tolist(), strict=True)
        ]
        mask = np.array(stay, bool)
        self.agents = [agent for agent, stays in zip(self.agents, stay, strict=True) if stays]
        self.places, self.headings = self.places[mask], self.headings[mask]
        self.heights = self.heights[mask]
        self._velocity, self._error = self._velocity[mask], self._error[mask]

    def clock(self, now: float) -> float:
        """Return the town's time of day in seconds."""
        return self.scene.clock + min(max(now - self.since, 0.0), 2.0) * self.rate
