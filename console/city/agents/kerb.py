"""What stands at the kerb by right: parked cars and the stalls of the permitted hours."""

from __future__ import annotations

import random
from collections.abc import Iterable

from console.city import daytime
from console.city.geometry import inside
from console.city.model import Agent, Town, Zone
from console.city.sight import Stage

_PITCH = 6.6


class Kerb:
    """Standing things of the whole town: the same all day but for the hours of the stalls."""

    def __init__(self, town: Town, stages: Iterable[Stage], rng: random.Random) -> None:
        self._cars = [car for stage in stages for car in _cars(town, stage, rng)]
        for index, car in enumerate(self._cars):
            car.id = f"k{index}"
        permitted = [zone for zone in town.zones if zone.kind == "permitted_stall"]
        self._stalls = [(zone, _stalls(zone, rng)) for zone in permitted]

    def agents(self, clock: float) -> list[Agent]:
        """Return what stands there at this time of day."""
        open_now = [s for zone, s in self._stalls if daytime.within(zone.hours, clock)]
        return self._cars + [stall for stalls in open_now for stall in stalls]


def _cars(town: Town, stage: Stage, rng: random.Random) -> Iterable[Agent]:
    """Rows of parked cars along a camera's street, where it is wide enough and allowed."""
    road = stage.road
    if road.kind == "lane":
        return
    forbidden = [z.ring for z in town.zones if z.kind in ("no_parking", "no_vending")]
    for side in (-1, 1):
        ahead = 12.0
        while ahead < stage.front - 6:
            ahead += _PITCH
            x, y = stage.spot(ahead, side * (road.width / 2 - 1.1))
            if rng.random() < 0.42 and not any(inside(x, y, ring) for ring in forbidden):
                heading = (stage.heading(ahead) + (0 if side > 0 else 180)) % 360
                yield Agent(
                    "", "parked", x, y, heading, 0.0, rng.randrange(12), "", (4.5, 1.8, 1.5)
                )


def _stalls(zone: Zone, rng: random.Random) -> list[Agent]:
    """A few carts along the middle of the zone's longer sides."""
    half = len(zone.ring) // 2
    near, far = zone.ring[:half], zone.ring[half:][::-1]
    made = []
    for index in range(5):
        share = (index + 0.5) / 5
        at = min(int(share * (half - 1)), half - 2)
        x = near[at][0] * 0.8 + far[at][0] * 0.2 + rng.uniform(-1, 1)
        y = near[at][1] * 0.8 + far[at][1] * 0.2 + rng.uniform(-1, 1)
        look = rng.randrange(12)
        made.append(
            Agent(f"{zone.id}s{index}", "vendor", x, y, 0.0, 0.0, look, "selling", (2.0, 1.1, 1.8))
        )
    return made
