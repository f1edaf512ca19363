"""The video child seen from the simulation: it gets scenes, serves cameras, takes photos.

Over framed pipes (:mod:`console.pipe`) go ``town`` once and ``scene`` five times a second;
``photo`` asks for a JPEG, from a place or through a camera. The child extrapolates
between scenes, so nothing here waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from itertools import count
from typing import Any

from console import pipe
from console.city.model import XY, Scene, Town
from console.process import child_command

log = logging.getLogger(__name__)

READY_WITHIN = 120.0
"""Seconds the child may take to draw its backdrops, on a busy machine."""

PHOTO_WITHIN = 20.0
_GONE_WITHIN = 3.0
PHOTO = (1280, 720)

Box = tuple[float, float, float, float]


class Pictures:
    """The child process. Without one (``start`` never called) photos are empty bytes."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._child: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._asks = count(1)
        self._asked: dict[int, asyncio.Future[bytes]] = {}
        self._ready: asyncio.Future[int] | None = None

    async def start(self) -> int:
        """Start the child and return its RTSP port; raise ``OSError`` where it does not come."""
        self._ready = asyncio.get_running_loop().create_future()
        self._child = await asyncio.create_subprocess_exec(
            *child_command("console.city.video"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        self._reading = asyncio.create_task(self._read(self._child))
        self._send({"do": "town", "seed": self._town.seed})
        try:
            return await asyncio.wait_for(self._ready, READY_WITHIN)
        except TimeoutError:
            raise OSError("the video child did not get ready") from None

    async def stop(self) -> None:
        """Close the child's input and see it go."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            await asyncio.wait_for(child.wait(), _GONE_WITHIN)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        if self._reading is not None:
            await self._reading

    def show(self, scene: Scene) -> None:
        """Give the child this moment; a child that cannot follow misses some."""
        child = self._child
        if child is None or child.stdin is None or child.stdin.transport.get_write_buffer_size():
            return
        rows = [
            (
                a.id, a.kind, round(a.x, 2), round(a.y, 2), round(a.heading, 1),
                round(a.speed, 2), a.look, a.state, *a.size,
            )
            for a in scene.agents
        ]  # fmt: skip
        self._send(
            {
                "do": "scene", "clock": scene.clock, "daylight": scene.daylight,
                "rain": scene.rain, "agents": rows,
            }
        )  # fmt: skip

    async def photo(self, eye: tuple[float, float, float], look_at: XY) -> bytes:
        """Return a JPEG as a telephone takes it."""
        return await self._ask({"eye": eye, "look_at": look_at, "size": PHOTO})

    async def camera(self, camera: str, box: Box | None = None) -> bytes:
        """Return a JPEG of what a camera sees, with a box around something."""
        return await self._ask({"camera": camera, "box": box})

    async def _ask(self, what: dict[str, Any]) -> bytes:
        if self._child is None:
            return b""
        ask = next(self._asks)
        answer = self._asked[ask] = asyncio.get_running_loop().create_future()
        self._send({"do": "photo", "ask": ask, **what})
        try:
            return await asyncio.wait_for(answer, PHOTO_WITHIN)
        except TimeoutError:
            log.warning("no photo came of %s", what)
            return b""
        finally:
            self._asked.pop(ask, None)

    def _send(self, message: dict[str, Any]) -> None:
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.write(pipe.encode(message))

    async def _read(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdout is not None
        with contextlib.suppress(pipe.PipeError):
            while found := await pipe.read(child.stdout):
                message, payload = found
                if message.get("event") == "ready" and self._ready and not self._ready.done():
                    self._ready.set_result(int(message["port"]))
                elif message.get("event") == "photo":
                    answer = self._asked.get(int(message["ask"]))
                    if answer is not None and not answer.done():
                        answer.set_result(payload)
        self._gone()

    def _gone(self) -> None:
        if self._ready is not None and not self._ready.done():
            self._ready.set_exception(OSError("the video child went away"))
        for answer in self._asked.values():
            if not answer.done():
                answer.set_result(b"")
        if self._child is not None:
            log.error("the video child went away")
            self._child = None
