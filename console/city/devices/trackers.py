"""Phones that tell where they are over HTTP: OsmAnd queries and OwnTracks messages.

They cannot be called, so the officer's application asks for tasks at the same time.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from console.city.agents.patrol import Unit
from console.city.devices.http import Answer, Http
from console.city.geometry import to_wgs84
from console.city.world import World
from console.protocols import osmand, owntracks
from console.protocols.fix import Fix

EVERY = (6.0, 10.0)
"""Seconds between two positions."""


class Trackers:
    """All phones; ``ask`` is called with a unit's id after each position."""

    def __init__(self, world: World, http: Http, ask: Callable[[str], Awaitable[None]]) -> None:
        self._http, self._ask, self._origin = http, ask, world.town.origin
        self._units = [u for u in world.patrol.units.values() if u.staff.protocol != "jt808"]

    async def run(self) -> None:
        """Tell positions until cancelled."""
        await asyncio.gather(*(self._carry(unit) for unit in self._units))

    async def _carry(self, unit: Unit) -> None:
        await asyncio.sleep(random.uniform(0, EVERY[1]))
        while True:
            if (await self._tell(unit)).ok:
                await self._ask(unit.staff.id)
            await asyncio.sleep(random.uniform(*EVERY))

    async def _tell(self, unit: Unit) -> Answer:
        lat, lon = to_wgs84(self._origin, unit.x, unit.y)
        fix = Fix(
            unit.staff.terminal, lat, lon, datetime.now(UTC), unit.speed, unit.heading % 360,
            12.0, 5.0, 80.0,
        )  # fmt: skip
        if unit.staff.protocol == "osmand":
            return await self._http.post("/intake/osmand", form=osmand.encode(fix))
        return await self._http.post("/intake/owntracks", message=owntracks.encode(fix))
