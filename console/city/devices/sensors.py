"""Street sensors: a reading of all now and then, an alarm when the story says so."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime

from console.city.devices.http import Http
from console.city.model import Site
from console.city.sites import SENSOR_KINDS
from console.city.story import Alarm
from console.city.world import World
from console.protocols import sensors
from console.protocols.sensors import Reading

EVERY = 60.0
"""Seconds between the readings of all."""

_UNITS = {"bin": "%", "manhole": "deg", "water": "m"}
_QUIET = {"bin": (10.0, 70.0), "manhole": (0.0, 2.0), "water": (1.1, 1.6)}
_LOUD = {"bin": (92.0, 99.0), "manhole": (35.0, 80.0), "water": (3.2, 3.9)}
_ALARM = {"bin": "over", "manhole": "open", "water": "over"}


class Sensors:
    """All sensors of the register."""

    def __init__(self, world: World, http: Http) -> None:
        self._http = http
        self._sites = [site for site in world.town.sites if site.kind in SENSOR_KINDS]
        self._loud: set[str] = set()
        self._alarms: asyncio.Queue[Alarm] = asyncio.Queue()

    def alarm(self, alarm: Alarm) -> None:
        """A sensor goes off or is quiet again."""
        change = self._loud.add if alarm.value else self._loud.discard
        change(alarm.sensor.id)
        if alarm.value:
            self._alarms.put_nowait(alarm)

    async def run(self) -> None:
        """Send readings and alarms until cancelled."""
        await asyncio.gather(self._routine(), self._alarmed())

    async def _routine(self) -> None:
        while True:
            await asyncio.sleep(EVERY * random.uniform(0.9, 1.1))
            quiet = [self._reading(site) for site in self._sites if site.id not in self._loud]
            await self._http.post("/intake/sensors", message=[sensors.encode(r) for r in quiet])

    async def _alarmed(self) -> None:
        while True:
            site = (await self._alarms.get()).sensor
            at = datetime.now(UTC)
            reading = Reading(
                site.id, at, round(random.uniform(*_LOUD[site.kind]), 1), _UNITS[site.kind],
                _ALARM[site.kind], f"{site.id}-{int(at.timestamp() * 1000)}",
            )  # fmt: skip
            await self._http.insist("/intake/sensors", message=sensors.encode(reading))

    def _reading(self, site: Site) -> Reading:
        value = round(random.uniform(*_QUIET[site.kind]), 1)
        return Reading(site.id, datetime.now(UTC), value, _UNITS[site.kind])
