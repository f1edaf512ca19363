"""The video child of the city: framed messages in and out (console/pipe.py), RTSP to the world.

First message in, then one line of life a moment later::

    {"do": "start", "town": <Town>, "port": 0, "login": {"user", "password"}?,
     "folder": path?}                               where paintings are kept
    {"event": "ready", "port": N}                   as soon as viewers may connect
    {"event": "prepared", "seconds": S}             all small pictures are painted

``<Town>`` and ``<Scene>`` are ``dataclasses.asdict`` of console.city.model. Streams are
``rtsp://127.0.0.1:N/<camera id>/sub`` (640 x 360) and ``/main`` (1280 x 720), 12 a second.

::

    {"do": "scene", "scene": <Scene>, "rate": 1.0}

about five times a second: where everybody is now. ``rate`` is town seconds per second;
between two scenes agents go on along ``heading`` with ``speed`` (town metres a second).
Who has ``speed`` 0 stands; who stood for 3 s is painted as part of the ground.

::

    {"do": "photo", "ask": any, "eye": [x, y, z], "look": [x, y], "size": [w, h],
     "box": agent id?}
    {"do": "camera_photo", "ask": any, "camera": id, "box": agent id?, "kind": "sub" | "main"}
    {"event": "photo", "ask": same, "ok": true, "size": [w, h], "box": [x1, y1, x2, y2]?}
                                                    with the JPEG as payload
    {"event": "photo", "ask": same, "ok": false, "why": text}

Who stands close before a photo's lens is left out, save the agent named by ``box``. The box
comes back in pixels of the picture and is absent where the agent is not in view. Photos are
taken one after another beside the streams; one from a free point takes some tenths of a
second, one of a camera some hundredths. ::

    {"do": "figures"} -> {"event": "figures", "viewers", "late_ms_p95", "cpu_seconds"}

The child ends when its input ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from pydantic import TypeAdapter

from console import pipe
from console.city.model import Scene, Town
from console.city.video import photo
from console.city.video.server import Login, Server
from console.city.video.studio import Studio

_CLEAR = 0.6
"""Share of the way to what is photographed in which nobody stands: one steps aside for a photo."""
_TOWN = TypeAdapter(Town)
_SCENE = TypeAdapter(Scene)


class Child:
    """Runs the studio and its server for one city."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._studio: Studio | None = None
        self._server: Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, reader: asyncio.StreamReader) -> None:
        """Serve until the input ends."""
        while (frame := await pipe.read(reader)) is not None:
            message, _ = frame
            if message.get("do") == "start":
                await self._start(message)
            elif self._studio is not None:
                self._take(self._studio, message)

    def _take(self, studio: Studio, message: dict[str, Any]) -> None:
        do = message.get("do")
        if do == "scene":
            studio.update(_SCENE.validate_python(message["scene"]), message.get("rate", 1.0))
        elif do in ("photo", "camera_photo"):
            self._spawn(self._photo(studio, message))
        elif do == "figures":
            self._figures(studio)

    def _say(self, message: dict[str, Any], payload: bytes = b"") -> None:
        self._writer.write(pipe.encode(message, payload))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self, message: dict[str, Any]) -> None:
        folder = message.get("folder")
        town = _TOWN.validate_python(message["town"])
        self._studio = studio = Studio(town, Path(folder) if folder else None)
        login = Login(**message["login"]) if message.get("login") else None
        self._server = Server(studio, login)
        await self._server.start(port=message.get("port", 0))
        self._say({"event": "ready", "port": self._server.port})
        self._spawn(self._prepare(studio))

    async def _prepare(self, studio: Studio) -> None:
        began = time.monotonic()
        await studio.prepare()
        self._say({"event": "prepared", "seconds": round(time.monotonic() - began, 2)})

    async def _photo(self, studio: Studio, message: dict[str, Any]) -> None:
        answer = {"event": "photo", "ask": message.get("ask"), "ok": True}
        try:
            size, box, data = await self._take_photo(studio, message)
        except (KeyError, ValueError, TypeError) as error:
            self._say({**answer, "ok": False, "why": f"{type(error).__name__}: {error}"})
            return
        if box is not None:
            answer["box"] = [round(edge, 1) for edge in box]
        self._say({**answer, "size": list(size)}, data)

    async def _take_photo(
        self, studio: Studio, message: dict[str, Any]
    ) -> tuple[tuple[int, int], photo.Box | None, bytes]:
        loop = asyncio.get_running_loop()
        troupe = studio.troupe.frozen(time.monotonic())
        if message["do"] == "camera_photo":
            camera = studio.camera(message["camera"])
            if camera is None:
                raise ValueError("no such camera")
            backdrop = await studio.backdrop(
                camera, "main" if message.get("kind") == "main" else "sub"
            )
            view = backdrop.view
            data = await loop.run_in_executor(
                studio.painter, photo.camera_photo, studio, troupe, camera, backdrop
            )
        else:
            eye, look = message["eye"], message["look"]
            view = photo.phone_view(eye, look, message["size"])
            troupe.clear(eye, _CLEAR * math.dist(eye[:2], look), message.get("box", ""))
            data = await loop.run_in_executor(studio.painter, photo.photo, studio, troupe, view)
        box = photo.box_of(troupe, view, message.get("box", ""))
        return (view.width, view.height), box, data

    def _figures(self, studio: Studio) -> None:
        late = studio.lateness()
        self._say(
            {
                "event": "figures",
                "viewers": studio.viewers,
                "late_ms_p95": round(float(np.percentile(late, 95)) * 1e3, 2) if late else 0.0,
                "cpu_seconds": round(time.process_time(), 3),
            }
        )

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.close()
        if self._studio is not None:
            self._studio.close()


async def main() -> None:
    # Pictures are small: handing rows to other threads costs more than it brings.
    cv2.setNumThreads(1)
    # A photo being painted must not hold the streams up for longer than this.
    sys.setswitchinterval(0.001)
    reader, writer = await pipe.standard_streams()
    child = Child(writer)
    try:
        with contextlib.suppress(ConnectionError):
            await child.run(reader)
    finally:
        await child.close()


if __name__ == "__main__":
    asyncio.run(main())
