"""What the bureau is there for: vendors, goods on the pavement, cars and rubbish in the way."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Literal

from console.city import names
from console.city.geometry import Track, heading, inside
from console.city.model import XY, Agent, Town
from console.city.sight import Stage

TroubleKind = Literal["vendor", "overreach", "parked", "rubbish"]

PERSUADED = 0.6
"""Chance that a vendor who was spoken to through a loudspeaker leaves."""

_SIZES: dict[TroubleKind, tuple[float, float, float]] = {
    "vendor": (2.4, 2.4, 2.6),  # with the sunshade over stall and owner
    "overreach": (3.2, 1.3, 1.1),
    "parked": (4.5, 1.8, 1.5),
    "rubbish": (1.6, 1.2, 0.7),
}
_PUSHING, _GOING = 1.3, 1.5
_PACKS = 6.0
_APPROACH, _EXIT = 22.0, 75.0


@dataclass(slots=True)
class Trouble:
    """Something that somebody will report. Times are the world's seconds.

    ``since`` is when it began to be an offence, None before; ``stays`` settles whether a
    warning helps, None leaves it to chance.
    """

    id: str
    kind: TroubleKind
    agent: Agent
    until: float
    camera: str = ""
    zone: str = ""
    what: str = ""
    stays: bool | None = None
    since: float | None = None
    leaves: float = math.inf
    gone: bool = False
    path: Track | None = None
    walked: float = 0.0

    @property
    def at(self) -> XY:
        return self.agent.x, self.agent.y


class Troubles:
    """All of them, from coming to gone."""

    def __init__(self, town: Town, stages: dict[str, Stage], rng: random.Random) -> None:
        self._town, self._stages, self._rng = town, stages, rng
        self._count = 0
        self.present: list[Trouble] = []

    def vendor(self, camera: str, now: float, stays: bool | None = None) -> Trouble:
        """Let a vendor come walking into a camera's scene and set up at the kerb."""
        stage = self._stages[camera]
        ahead = self._rng.uniform(19.0, 26.0)
        offset = -(stage.road.width / 2 - 0.9)
        far = min(ahead + _APPROACH, stage.front)
        path = Track(stage.line(far, ahead, offset))
        trouble = self._new("vendor", path.at(0.0)[:2], now, camera)
        trouble.stays, trouble.path = stays, path
        trouble.agent.state, trouble.agent.speed = "walking", _PUSHING
        return trouble

    def thing(self, kind: TroubleKind, camera: str, now: float) -> Trouble:
        """Put goods, a car or rubbish into a camera's scene."""
        stage, rng = self._stages[camera], self._rng
        road, side = stage.road, rng.choice((-1, -1, 1))
        offset = (
            side
            * {
                "vendor": road.width / 2 - 0.9,
                "overreach": road.width / 2 + road.pavement - 1.0,
                "parked": road.width / 2 - 1.1,
                "rubbish": road.width / 2 + 0.9,
            }[kind]
        )
        ahead = rng.uniform(16.0, min(34.0, stage.front))
        trouble = self._new(kind, stage.spot(ahead, offset), now, camera)
        trouble.agent.heading = stage.heading(ahead) if side > 0 else stage.heading(ahead) + 180
        trouble.since = now
        return trouble

    def elsewhere(self, kind: TroubleKind, spot: XY, facing: float, now: float) -> Trouble:
        """Put something where no camera looks."""
        trouble = self._new(kind, spot, now, "")
        trouble.agent.heading, trouble.since = facing, now
        if kind == "vendor":
            trouble.agent.state = "selling"
        return trouble

    def heard(self, spot: XY, reach: float, now: float) -> list[Trouble]:
        """Tell the vendors in reach that a loudspeaker spoke; return those who will leave."""
        persuaded = []
        for trouble in self.present:
            selling = trouble.kind == "vendor" and trouble.agent.state in ("selling", "walking")
            if not selling or math.dist(trouble.at, spot) > reach:
                continue
            stays = self._rng.random() > PERSUADED if trouble.stays is None else trouble.stays
            if not stays:
                trouble.leaves = min(trouble.leaves, now + self._rng.uniform(3, 7))
                persuaded.append(trouble)
        return persuaded

    def clear(self, spot: XY, now: float, radius: float = 30.0) -> list[Trouble]:
        """An officer on site ends what is there; return what he found."""
        found = [t for t in self.present if math.dist(t.at, spot) < radius and not t.gone]
        for trouble in found:
            trouble.leaves = min(trouble.leaves, now + 1.0)
        return found

    def step(self, dt: float, now: float) -> None:
        """Move the vendors and take away what is over."""
        for trouble in self.present:
            if trouble.kind == "vendor":
                self._vend(trouble, dt, now)
            elif now >= min(trouble.leaves, trouble.until):
                trouble.gone = True
        if any(t.gone for t in self.present):
            self.present = [t for t in self.present if not t.gone]

    def agents(self) -> list[Agent]:
        return [trouble.agent for trouble in self.present]

    # --- a vendor's life --------------------------------------------------------------

    def _new(self, kind: TroubleKind, spot: XY, now: float, camera: str) -> Trouble:
        self._count += 1
        rng = self._rng
        lasts = rng.uniform(900, 1800)
        agent = Agent(
            f"{kind[0]}{self._count}", kind, *spot, look=rng.randrange(12), size=_SIZES[kind]
        )
        what = rng.choice(names.CARTS) if kind == "vendor" else ""
        trouble = Trouble(agent.id, kind, agent, now + lasts, camera, self._zone(spot), what)
        self.present.append(trouble)
        return trouble

    def _zone(self, spot: XY) -> str:
        for zone in self._town.zones:
            if inside(*spot, zone.ring):
                return zone.id
        return ""

    def _vend(self, trouble: Trouble, dt: float, now: float) -> None:
        agent = trouble.agent
        if agent.state == "selling" and now >= min(trouble.leaves, trouble.until):
            agent.state = "packing"
            trouble.leaves = now + _PACKS
        elif agent.state in ("packing", "walking") and now >= trouble.leaves:
            self._walk_off(trouble)
        elif trouble.path is not None:
            trouble.walked += agent.speed * dt
            x, y, dx, dy = trouble.path.at(trouble.walked)
            agent.x, agent.y, agent.heading = x, y, heading(dx, dy)
            if trouble.walked >= trouble.path.length:
                self._reached(trouble, now)

    def _reached(self, trouble: Trouble, now: float) -> None:
        trouble.path, trouble.agent.speed = None, 0.0
        if trouble.agent.state == "leaving":
            trouble.gone = True
        else:
            trouble.agent.state, trouble.since = "selling", now
            trouble.zone = self._zone(trouble.at)

    def _walk_off(self, trouble: Trouble) -> None:
        agent = trouble.agent
        agent.state, agent.speed, trouble.walked = "leaving", _GOING, 0.0
        stage = self._stages.get(trouble.camera)
        if stage is None:
            trouble.gone = True
            return
        offset = -(stage.road.width / 2 - 0.9)
        line = Track(stage.line(0.0, stage.front, offset))
        start = line.nearest(*trouble.at)[1]
        end = min(start + _EXIT, stage.front)
        trouble.path = Track([trouble.at, *stage.line(start + 1.0, end, offset)])
