"""The bureau's own people: officers on foot, cars on the road, drones above it."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from console.city.model import XY, Agent, Staff
from console.city.movers import Movers, straight
from console.city.roads import Leg, Mode, RoadGraph

_SIZES = {"officer": (0.4, 0.5, 1.75), "vehicle": (4.8, 1.9, 1.9), "drone": (0.6, 0.6, 0.3)}
_BEAT = {"officer": 260.0, "vehicle": 900.0, "drone": 500.0}
_PATROL = {"officer": 1.2, "vehicle": 8.0, "drone": 8.0}
_HURRY = {"officer": 2.6, "vehicle": 13.0, "drone": 14.0}
ASIDE = 40.0
"""An officer leaves the pavement for a place at most this far from the street, in metres."""


@dataclass(slots=True)
class Unit:
    """Somebody with a terminal. ``state`` is ``patrol``, ``going`` or ``on_site``."""

    staff: Staff
    slot: int
    state: str = "patrol"
    goal: XY | None = None
    rest: float = 0.0
    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    speed: float = 0.0


class Patrol:
    """Moves all units: round their beats, or to where the handset sends them."""

    def __init__(
        self, staff: tuple[Staff, ...], roads: RoadGraph, movers: Movers, rng: random.Random
    ) -> None:
        self._roads, self._movers, self._rng = roads, movers, rng
        self.units = {s.id: Unit(s, -1, x=s.home[0], y=s.home[1]) for s in staff}
        self._by_slot: dict[int, Unit] = {}
        for unit in self.units.values():
            if unit.staff.kind != "drone":
                legs = self._round(unit, unit.staff.home)
                room = 7.5 if unit.staff.kind == "vehicle" else 0.0
                unit.slot = movers.add(legs, _PATROL[unit.staff.kind], room=room)
                self._by_slot[unit.slot] = unit
        self._read()

    def send(self, unit_id: str, goal: XY) -> None:
        """Send a unit to a place by road; it reports ``on_site`` when it is there."""
        unit = self.units[unit_id]
        # Whoever rested on his beat rests no more: a rest that runs out sends him on his round.
        unit.goal, unit.state, unit.rest = goal, "going", 0.0
        if unit.slot < 0:
            return
        self._movers.wish[unit.slot] = _HURRY[unit.staff.kind]
        self._movers.send(unit.slot, self._way(unit, goal, (unit.x, unit.y)))

    def release(self, unit_id: str) -> None:
        """Let a unit go back to its beat."""
        unit = self.units[unit_id]
        unit.state, unit.goal, unit.rest = "patrol", None, 0.0
        if unit.slot >= 0:
            self._movers.wish[unit.slot] = _PATROL[unit.staff.kind]
            self._movers.send(unit.slot, self._round(unit, (unit.x, unit.y)))

    def owns(self, slot: int) -> bool:
        return slot in self._by_slot

    def arrived(self, slot: int) -> None:
        """Take note that a unit came to the end of its way."""
        unit = self._by_slot[slot]
        if unit.state == "going":
            unit.state = "on_site"
        elif unit.state == "patrol":
            unit.rest = self._rng.uniform(4, 25)

    def step(self, dt: float) -> None:
        """Send the rested on their next round and fly the drones."""
        for unit in self.units.values():
            if unit.slot < 0:
                self._fly(unit, dt)
            elif unit.rest > 0:
                unit.rest -= dt
                if unit.rest <= 0:
                    self._movers.send(unit.slot, self._round(unit, (unit.x, unit.y)))
        self._read()

    def agents(self) -> list[Agent]:
        """Return those on the ground."""
        return [
            Agent(
                unit.staff.id, "officer" if unit.staff.kind == "officer" else "patrol_car",
                unit.x, unit.y, unit.heading, unit.speed, index, unit.state,
                _SIZES[unit.staff.kind],
            )
            for index, unit in enumerate(self._by_slot.values())
        ]  # fmt: skip

    # --- ways -------------------------------------------------------------------------

    def _read(self) -> None:
        movers = self._movers
        slots = list(self._by_slot)
        columns = (movers.x[slots], movers.y[slots], movers.heading[slots], movers.speed[slots])
        for unit, x, y, heading, speed in zip(
            self._by_slot.values(), *(column.tolist() for column in columns), strict=True
        ):
            unit.x, unit.y, unit.heading, unit.speed = x, y, heading, speed

    def _round(self, unit: Unit, start: XY) -> list[Leg]:
        """Return a way to a random place on the beat."""
        reach = _BEAT[unit.staff.kind]
        angle, far = self._rng.uniform(0, 2 * math.pi), self._rng.uniform(0.3, 1.0) * reach
        home = unit.staff.home
        goal = (home[0] + far * math.cos(angle), home[1] + far * math.sin(angle))
        return self._way(unit, goal, start, aside=False)

    def _way(self, unit: Unit, goal: XY, start: XY, *, aside: bool = True) -> list[Leg]:
        roads = self._roads
        mode: Mode = "walk" if unit.staff.kind == "officer" else "drive"
        legs = roads.way(roads.spot(*start), roads.spot(*goal), mode)
        first, last = legs[0].track.points[0], legs[-1].track.points[-1]
        if math.dist(start, first) > 0.5:
            legs.insert(0, straight([start, first], 8.0))
        gap = math.dist(last, goal)
        if aside and mode == "walk" and 2.0 < gap < ASIDE:
            share = 1 - 1.5 / gap
            beside = (
                last[0] + share * (goal[0] - last[0]),
                last[1] + share * (goal[1] - last[1]),
            )
            legs.append(straight([last, beside]))
        return legs

    def _fly(self, unit: Unit, dt: float) -> None:
        if unit.state == "on_site":
            unit.speed = 0.0
            return
        if unit.goal is None:
            home, reach = unit.staff.home, _BEAT["drone"]
            unit.goal = (
                home[0] + self._rng.uniform(-reach, reach),
                home[1] + self._rng.uniform(-reach, reach),
            )
        dx, dy = unit.goal[0] - unit.x, unit.goal[1] - unit.y
        gap = math.hypot(dx, dy)
        unit.speed = (_HURRY if unit.state == "going" else _PATROL)["drone"]
        if gap <= unit.speed * dt:
            unit.x, unit.y, unit.goal = *unit.goal, None
            unit.state = "on_site" if unit.state == "going" else unit.state
            return
        unit.heading = math.degrees(math.atan2(dx, dy)) % 360.0
        unit.x += dx / gap * unit.speed * dt
        unit.y += dy / gap * unit.speed * dt
