"""All cameras of the town: paints what they need and keeps their streams."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from console.city.model import CameraSite, Scene, Town
from console.city.video.backdrop import Backdrop, Light
from console.city.video.plan import Plan
from console.city.video.sprites import Sprites
from console.city.video.stage import Stage
from console.city.video.stream import Stream
from console.city.video.troupe import Troupe
from console.city.video.view import MAIN, SUB, View

Kind = Literal["sub", "main"]
SIZES: dict[Kind, tuple[int, int]] = {"sub": SUB, "main": MAIN}


def _step_back() -> None:
    """Let the streams go before the painter, where the system knows priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


@dataclass
class Studio:
    """Belongs to the thread of its event loop; painting happens beside it."""

    town: Town
    plan: Plan = field(init=False)
    troupe: Troupe = field(default_factory=Troupe)
    sprites: Sprites = field(default_factory=Sprites)
    photo_sprites: Sprites = field(default_factory=lambda: Sprites(16 << 20))
    """A cache for the painter's thread alone."""

    def __post_init__(self) -> None:
        self.plan = Plan(self.town)
        self.painter = ThreadPoolExecutor(1, "painter")
        self._cameras = {camera.id: camera for camera in self.town.cameras}
        self._backdrops: dict[tuple[str, Kind], asyncio.Future[Backdrop]] = {}
        self._stages: dict[tuple[str, Kind], asyncio.Future[Stage]] = {}
        self._streams: dict[tuple[str, Kind], Stream] = {}

    def camera(self, name: str) -> CameraSite | None:
        return self._cameras.get(name)

    def update(self, scene: Scene, rate: float = 1.0) -> None:
        """Take a new scene; ``rate`` is town seconds per second."""
        self.troupe.update(scene, rate, time.monotonic())

    @property
    def light(self) -> Light:
        return Light(self.troupe.scene.daylight, self.troupe.scene.rain)

    async def backdrop(self, camera: CameraSite, kind: Kind) -> Backdrop:
        """Return what stands still before a camera, painted when first asked for."""
        key = camera.id, kind
        if key not in self._backdrops:
            loop = asyncio.get_running_loop()
            view = View.of(camera, SIZES[kind])
            self._backdrops[key] = loop.run_in_executor(self.painter, Backdrop.of, self.plan, view)
        return await asyncio.shield(self._backdrops[key])

    async def _stage(self, camera: CameraSite, kind: Kind) -> Stage:
        backdrop = await self.backdrop(camera, kind)
        key = camera.id, kind
        if key not in self._stages:
            make = partial(Stage, camera.name, backdrop, self.sprites, self.light, self.painter)
            self._stages[key] = asyncio.get_running_loop().run_in_executor(self.painter, make)
        return await asyncio.shield(self._stages[key])

    async def stream(self, camera: CameraSite, kind: Kind) -> Stream:
        """Return the one stream of a camera at a size."""
        stage = await self._stage(camera, kind)
        key = camera.id, kind
        if key not in self._streams:
            index = list(self._cameras).index(camera.id)
            phase = (index + (0.5 if kind == "main" else 0.0)) / len(self._cameras)
            self._streams[key] = Stream(stage, self.troupe, phase)
        return self._streams[key]

    async def prepare(self) -> None:
        """Paint all small pictures ahead, with who is in them."""
        for camera in self.town.cameras:
            stage = await self._stage(camera, "sub")
            stage.look(self.troupe)
        self.painter.submit(_step_back)

    def lateness(self) -> list[float]:
        """Return how late the last pictures of all streams left, in seconds."""
        return [late for stream in self._streams.values() for late in stream.late]

    @property
    def viewers(self) -> int:
        return sum(stream.viewers for stream in self._streams.values())

    def close(self) -> None:
        for stream in self._streams.values():
            stream.stop()
        self.painter.shutdown(wait=True, cancel_futures=True)
