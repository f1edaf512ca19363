"""The whole simulated city: the world, its pictures, its devices, and the controls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.city.devices.ai import AiBoxes
from console.city.devices.album import Album
from console.city.devices.broker import Broker
from console.city.devices.citizens import Citizens
from console.city.devices.handset import Handsets
from console.city.devices.http import Http
from console.city.devices.jt808 import Fleet
from console.city.devices.sensors import Sensors
from console.city.devices.trackers import Trackers
from console.city.pictures import Pictures
from console.city.register import write_register
from console.city.speakers import Speakers
from console.city.story import Director, Story, act_of, seconds
from console.city.town import make_town
from console.city.world import World

log = logging.getLogger(__name__)

RATE = 5.0
"""Steps of the world a second."""

_BEHIND = 1.0
MAX_SPEED = 60.0


@dataclass(frozen=True, slots=True)
class Outside:
    """Where the city's devices report to. An empty ``mqtt`` means that there is no broker."""

    hub: str
    jt808: tuple[str, int]
    key: str
    mqtt: str = ""


class City:
    """Use as ``async with City(...) as city: await city.run()``."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        story: Story,
        outside: Outside,
        *,
        speed: float = 1.0,
        video: bool = True,
    ) -> None:
        self.folder, self.speed, self._video = folder, speed, video
        self.town = make_town(seed)
        self.world = World(self.town, start=story.start, rain=story.rain, market=story.market)
        self._outside = outside
        self._http = Http(outside.hub, outside.key)
        self._album = Album()
        self._pictures = Pictures(self.town, folder / "painted")
        self._speakers = Speakers(self.town.speakers, folder / "heard", self.heard)
        self._handsets = Handsets(self.world, self._http, self._pictures)
        self._citizens = Citizens(self.world, self._http, self._pictures, outside.key)
        self._sensors = Sensors(self.world, self._http)
        self.director = Director(self.world, story, self._citizens.report, self._sensors.alarm)
        self._broker = Broker(outside.mqtt) if outside.mqtt else None
        self._stack = AsyncExitStack()

    @property
    def register(self) -> Path:
        return self.folder / "register"

    async def __aenter__(self) -> City:
        """Open cameras, loudspeakers and snapshots, then write the register."""
        try:
            self._stack.callback(self._http.close)
            self._stack.callback(self._handsets.close)
            await self._album.start()
            self._stack.push_async_callback(self._album.stop)
            speakers = await self._speakers.start()
            self._stack.push_async_callback(self._speakers.stop)
            self._stack.push_async_callback(self._pictures.stop)
            port = await self._pictures.start() if self._video else 0
            base = f"rtsp://127.0.0.1:{port}"
            cameras = {
                c.id: (f"{base}/{c.id}/main", f"{base}/{c.id}/sub") for c in self.town.cameras
            }
            write_register(self.register, self.town, cameras, speakers, self._album.url)
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def run(self) -> None:
        """Let the city live until cancelled; any part's error ends it."""
        outside = self._outside
        publish = self._broker.publish if self._broker is not None else None
        parts: list[Coroutine[Any, Any, None]] = [
            self._live(),
            Fleet(self.world, *outside.jt808, self._handsets.called, self._handsets.back).run(),
            Trackers(self.world, self._http, self._handsets.ask).run(),
            AiBoxes(self.world, self._http, self._album, self._pictures, publish).run(),
            self._citizens.run(),
            self._sensors.run(),
        ]
        if self._broker is not None:
            parts.append(self._broker.run())
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)

    def control(self, message: dict[str, Any]) -> None:
        """Do what a control line says; raise ``ValueError`` for one that makes no sense.

        ``speed``, ``rain`` and ``clock`` take ``to``; ``every`` takes ``from`` and ``to`` seconds
        or nothing for none; anything else is an act of a story (:class:`console.city.story.Act`).
        """
        to = message.get("to")
        match message.get("do"):
            case "speed":
                self.speed = min(MAX_SPEED, max(0.0, float(to or 0)))
            case "rain":
                self.world.rain = min(1.0, max(0.0, float(to or 0)))
            case "clock":
                self.world.set_clock(seconds(str(to)))
            case "every":
                self.director.every = (float(message["from"]), float(to)) if to else None
            case _:
                self.director.act(act_of(message, self.world.time))

    async def _live(self) -> None:
        """Step the world at absolute deadlines; a machine that stalls loses time, not order."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self.world.step(self.speed / RATE)
            self._pictures.show(self.world.scene(), self.speed)
            due = max(due + 1 / RATE, loop.time() - _BEHIND)
            await asyncio.sleep(due - loop.time())

    def heard(self, speaker: str, length: float, path: Path) -> None:
        """A loudspeaker played something: who is in reach hears it."""
        log.info("%s heard %.1f s: %s", speaker, length, path)
        site = next(s for s in self.town.speakers if s.id == speaker)
        self.world.heard(site)
