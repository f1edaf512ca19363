"""The nameless: cars, lorries, buses, bicycles and people, kept where cameras can see them.

They wander from junction to junction near the cameras; who strays where nobody looks is
taken off and somebody else is put in, out of sight. So every scene lives at a small price.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from console.city import daytime
from console.city.model import Agent, AgentKind
from console.city.movers import Movers, straight
from console.city.roads import Leg, Mode, RoadGraph, Step
from console.city.sight import Sight, Stage

HOT = 130.0
"""Within this many metres of a camera's scene a street is worth wandering in."""

LOST = 230.0
LOCALS = 0.55
"""Share of the walkers who stay before one camera."""

PEAK_VEHICLES, PEAK_BIKES, PEAK_PEOPLE = 210, 110, 360
_BUSY = {"学校市场": 2.2, "广场": 1.8, "医院": 1.4}
"""How much more people walk up and down before the cameras of a group."""


@dataclass(frozen=True, slots=True)
class _Breed:
    """``speed`` in m/s from–to, ``room`` kept to the next one, ``size`` length, width, height."""

    mode: Mode
    speed: tuple[float, float]
    room: float
    size: tuple[float, float, float]
    share: float


_BREEDS: dict[AgentKind, _Breed] = {
    "car": _Breed("drive", (8.0, 12.5), 7.0, (4.5, 1.8, 1.5), 0.84),
    "truck": _Breed("drive", (6.0, 9.5), 10.5, (7.2, 2.3, 2.9), 0.09),
    "bus": _Breed("drive", (6.0, 9.0), 13.5, (10.4, 2.5, 3.1), 0.07),
    "bike": _Breed("ride", (3.2, 6.0), 0.0, (1.8, 0.6, 1.6), 1.0),
    "person": _Breed("walk", (0.8, 1.6), 0.0, (0.4, 0.5, 1.7), 1.0),
}
_WIDE: tuple[AgentKind, ...] = ("bus", "truck")
_WEIGHT = {"ring": 0.7, "main": 1.0, "street": 0.8, "lane": 0.18}


@dataclass(slots=True)
class _One:
    id: str
    kind: AgentKind
    look: int
    size: tuple[float, float, float]
    lane: int
    side: int
    loop: tuple[Leg, Leg] | None = None


class Crowd:
    """Fills its share of the movers' table according to the hour."""

    def __init__(
        self,
        roads: RoadGraph,
        movers: Movers,
        sight: Sight,
        stages: Sequence[Stage],
        rng: random.Random,
    ) -> None:
        self._roads, self._movers, self._sight, self._rng = roads, movers, sight, rng
        self._stages = stages
        self._ones: dict[int, _One] = {}
        self._born = 0
        xs, ys = np.array(roads.nodes).T
        self._heat = sight.near(xs, ys)
        middles = np.array([e.track.at(e.track.length / 2)[:2] for e in roads.edges])
        self._hot = [int(i) for i in np.flatnonzero(sight.near(*middles.T) < HOT)]

    def fill(self, clock: float, rain: float, market: bool, *, anywhere: bool = False) -> None:
        """Bring the numbers to what the hour asks for; ``anywhere`` also in plain sight."""
        share = daytime.traffic(clock, rain)
        wanted = {
            "drive": int(PEAK_VEHICLES * share),
            "ride": int(PEAK_BIKES * share * (1 - 0.5 * rain)),
            "walk": int(PEAK_PEOPLE * daytime.people(clock, rain, market)),
        }
        for mode in ("drive", "ride", "walk"):
            kinds = [kind for kind, breed in _BREEDS.items() if breed.mode == mode]
            have = [slot for slot, one in self._ones.items() if one.kind in kinds]
            for slot in have[wanted[mode] :]:
                if not self._sight.seen(float(self._movers.x[slot]), float(self._movers.y[slot])):
                    self.leave(slot)
            for _ in range(min(wanted[mode] - len(have), self._movers.room)):
                self._come(kinds, anywhere)

    def owns(self, slot: int) -> bool:
        return slot in self._ones

    def leave(self, slot: int) -> None:
        """Take somebody off the streets."""
        del self._ones[slot]
        self._movers.drop(slot)

    def agents(self) -> list[Agent]:
        """Return everybody as the renderer and the AI box see them."""
        movers = self._movers
        slots = list(self._ones)
        columns = (movers.x[slots], movers.y[slots], movers.heading[slots], movers.speed[slots])
        return [
            Agent(one.id, one.kind, x, y, heading, speed, one.look, "", one.size)
            for one, x, y, heading, speed in zip(
                self._ones.values(), *(column.tolist() for column in columns), strict=True
            )
        ]

    # --- coming and wandering -----------------------------------------------------------

    def _come(self, kinds: list[AgentKind], anywhere: bool) -> None:
        rng = self._rng
        kind = rng.choices(kinds, [_BREEDS[k].share for k in kinds])[0]
        breed = _BREEDS[kind]
        one = _One(
            f"t{self._born}", kind, rng.randrange(12), breed.size, rng.randrange(2),
            rng.choice((-1, 1)),
        )  # fmt: skip
        if kind == "person" and rng.random() < LOCALS:
            self._stroll(one, anywhere)
            return
        for _ in range(8):
            step = Step(rng.choice(self._hot), rng.random() < 0.5)
            road = self._roads.edges[step.edge].road
            if rng.random() > _WEIGHT[road.kind] or (kind in _WIDE and road.kind == "lane"):
                continue
            leg = self._roads.lane(step, breed.mode, one.lane, one.side)
            start = rng.uniform(0, leg.track.length * 0.9)
            if anywhere or not self._sight.seen(*leg.track.at(start)[:2]):
                self._born += 1
                slot = self._movers.add(
                    [leg], rng.uniform(*breed.speed), room=breed.room, start=start, more=self._more
                )
                self._ones[slot] = one
                return

    def _stroll(self, one: _One, anywhere: bool) -> None:
        """Let somebody walk up and down the street before a camera, to its shops and back."""
        rng = self._rng
        stage = rng.choices(self._stages, [_BUSY.get(s.camera.group, 1.0) for s in self._stages])[0]
        road = stage.road
        offset = one.side * (road.width / 2 + road.pavement * rng.uniform(0.3, 0.8))
        turn = rng.uniform(0.3, 0.9) * stage.front
        out = straight(stage.line(stage.back, turn, offset), 4.0)
        home = straight(stage.line(turn, stage.back, offset), 4.0)
        one.loop = (out, home)
        start = rng.uniform(0, out.track.length * 0.95) if anywhere else 0.0
        self._born += 1
        slot = self._movers.add([out], rng.uniform(0.7, 1.4), start=start, more=self._more)
        self._ones[slot] = one

    def _more(self, slot: int) -> list[Leg]:
        """Choose where to go at a junction: on, rarely back, away from where nobody looks."""
        leg, one = self._movers.leg(slot), self._ones.get(slot)
        if one is not None and one.loop is not None:
            out, home = one.loop
            return [home] if leg is out else [out] if self._rng.random() < 0.8 else []
        if leg is None or leg.step is None or one is None:
            return []
        node = self._roads.target(leg.step)
        if self._heat[node] > LOST:
            return []
        choices = [s for s in self._roads.out[node] if s.edge != leg.step.edge]
        if not choices:
            choices = self._roads.out[node]
        step = self._rng.choices(choices, [self._pull(s, one.kind) for s in choices])[0]
        lane = self._roads.lane(step, _BREEDS[one.kind].mode, one.lane, one.side)
        return [self._roads.bow(leg, lane), lane]

    def _pull(self, step: Step, kind: AgentKind) -> float:
        road = self._roads.edges[step.edge].road
        if kind in _WIDE and road.kind == "lane":
            return 0.001
        walking = kind == "person"
        weight = 0.5 if walking and road.kind == "lane" else _WEIGHT[road.kind]
        return weight * (1.0 if self._heat[self._roads.target(step)] < HOT else 0.06)
