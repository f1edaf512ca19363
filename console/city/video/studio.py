"""All cameras of the town: paints what they need and keeps their streams."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from console.city.model import CameraSite, Scene, Town
from console.city.video.attic import Attic
from console.city.video.backdrop import Backdrop, Light
from console.city.video.plan import Plan
from console.city.video.sprites import Sprites
from console.city.video.stage import Ground, Stage
from console.city.video.stream import Stream
from console.city.video.troupe import Troupe
from console.city.video.view import MAIN, SUB, View

Kind = Literal["sub", "main"]
SIZES: dict[Kind, tuple[int, int]] = {"sub": SUB, "main": MAIN}
Painted = tuple[Backdrop, Ground]


def _tidy_up() -> None:
    """Let the streams go before the painter from now on, and give back what painting took."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


@dataclass
class Studio:
    """Belongs to the thread of its event loop; painting happens beside it.

    What was painted is kept in ``folder``, where there is one, for the next start.
    """

    town: Town
    folder: Path | None = None
    plan: Plan = field(init=False)
    troupe: Troupe = field(default_factory=Troupe)
    sprites: Sprites = field(default_factory=Sprites)
    photo_sprites: Sprites = field(default_factory=lambda: Sprites(16 << 20))
    """A cache for the painter's thread alone."""

    def __post_init__(self) -> None:
        self.plan = Plan(self.town)
        self.painter = ThreadPoolExecutor(1, "painter")
        self._cameras = {camera.id: camera for camera in self.town.cameras}
        self._attic = None if self.folder is None else Attic(self.folder, self.town)
        self._painted: dict[tuple[str, Kind], asyncio.Future[Painted]] = {}
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
        return (await asyncio.shield(self._paint(camera, kind)))[0]

    def _paint(self, camera: CameraSite, kind: Kind) -> asyncio.Future[Painted]:
        key = camera.id, kind
        if key not in self._painted:
            loop = asyncio.get_running_loop()
            view = View.of(camera, SIZES[kind])
            self._painted[key] = loop.run_in_executor(self.painter, self._made, view, self.light)
        return self._painted[key]

    def _made(self, view: View, light: Light) -> Painted:
        """Fetch or paint a view; for the painter's thread."""
        backdrop = self._attic.fetch(view) if self._attic is not None else None
        if backdrop is None:
            backdrop = Backdrop.of(self.plan, view)
            if self._attic is not None:
                self._attic.store(backdrop)
        return backdrop, Ground.of(backdrop, light)

    def stream(self, camera: CameraSite, kind: Kind) -> Stream:
        """Return the one stream of a camera at a size: at once, with a makeshift at first."""
        key = camera.id, kind
        if key not in self._streams:
            stage = Stage(camera.name, self._makeshift(camera, kind), self.sprites, self.painter)
            index = list(self._cameras).index(camera.id)
            phase = (index + (0.5 if kind == "main" else 0.0)) / len(self._cameras)
            self._streams[key] = Stream(stage, self.troupe, phase)

            def adopt(painted: asyncio.Future[Painted]) -> None:
                if not painted.cancelled():
                    stage.adopt(*painted.result())

            self._paint(camera, kind).add_done_callback(adopt)
        return self._streams[key]

    def _makeshift(self, camera: CameraSite, kind: Kind) -> Ground:
        """Return what a camera shows until it is painted: its small picture blown up if it can."""
        view = View.of(camera, SIZES[kind])
        small = self._streams.get((camera.id, "sub"))
        if kind == "main" and small is not None:
            return small.stage.ground.enlarged(view)
        return Ground.plain(view, self.light)

    async def prepare(self) -> None:
        """Paint all small pictures ahead, with who is in them."""
        for camera in self.town.cameras:
            stream = self.stream(camera, "sub")
            await self.backdrop(camera, "sub")
            stream.stage.look(self.troupe)
        self.painter.submit(_tidy_up)

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
