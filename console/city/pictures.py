"""The video child seen from the simulation: it gets scenes, serves cameras, takes photos.

Over framed pipes (:mod:`console.pipe`, messages in :mod:`console.city.video.__main__`) go the
town once and a scene five times a second; photos come back as JPEG. The child extrapolates
between scenes, so nothing here waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from console import pipe
from console.city.model import XY, Scene, Town
from console.process import child_command

log = logging.getLogger(__name__)

READY_WITHIN = 60.0
"""Seconds the child may take to open its port, on a busy machine."""

PHOTO_WITHIN = 20.0
_GONE_WITHIN = 3.0
_PAUSE = 1.0
PHOTO = (960, 540)


class Pictures:
    """The child process, started again on its port should it die.

    Without one (:meth:`start` never called) photos are empty bytes. Paintings of the
    standing town are kept in ``folder`` if there is one.
    """

    def __init__(self, town: Town, folder: Path | None = None) -> None:
        self._town, self._folder = town, folder
        self._port = 0
        self._child: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._asks = count(1)
        self._asked: dict[int, asyncio.Future[bytes]] = {}
        self._ready: asyncio.Future[int] | None = None

    async def start(self) -> int:
        """Start the child and return its RTSP port; raise ``OSError`` where it does not come."""
        self._ready = asyncio.get_running_loop().create_future()
        self._keeping = asyncio.create_task(self._keep(self._ready))
        try:
            return await asyncio.wait_for(self._ready, READY_WITHIN)
        except TimeoutError:
            raise OSError("the video child did not get ready") from None

    async def stop(self) -> None:
        """Close the child's input and see it go."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait({self._keeping})

    async def _keep(self, ready: asyncio.Future[int]) -> None:
        while True:
            await self._run()
            if not ready.done():
                ready.set_exception(OSError("the video child went away"))
                return
            log.error("the video child went away and is started again")
            await asyncio.sleep(_PAUSE)

    async def _run(self) -> None:
        """Run one child until it ends."""
        child = await asyncio.create_subprocess_exec(
            *child_command("console.city.video"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        self._child = child
        try:
            start = {"do": "start", "town": asdict(self._town), "port": self._port}
            self._send({**start, "folder": str(self._folder or "")})
            await self._read(child)
        finally:
            self._child = None
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_result(b"")
            await _end(child)

    def show(self, scene: Scene, rate: float) -> None:
        """Give the child this moment; ``rate`` is town seconds a second.

        A child that cannot follow misses some.
        """
        child = self._child
        if child is None or child.stdin is None or child.stdin.transport.get_write_buffer_size():
            return
        agents = [
            {
                "id": a.id, "kind": a.kind, "x": round(a.x, 2), "y": round(a.y, 2),
                "heading": round(a.heading, 1), "speed": round(a.speed, 2), "look": a.look,
                "state": a.state, "size": a.size,
            }
            for a in scene.agents
        ]  # fmt: skip
        told = {
            "clock": scene.clock, "daylight": scene.daylight, "rain": scene.rain, "agents": agents,
        }  # fmt: skip
        self._send({"do": "scene", "scene": told, "rate": rate})

    async def photo(self, eye: tuple[float, float, float], look_at: XY) -> bytes:
        """Return a JPEG as a telephone takes it, empty where there is none."""
        return await self._ask({"do": "photo", "eye": eye, "look": look_at, "size": PHOTO})

    async def camera(self, camera: str) -> bytes:
        """Return a JPEG of what a camera sees, empty where there is none."""
        return await self._ask({"do": "camera_photo", "camera": camera})

    async def _ask(self, what: dict[str, Any]) -> bytes:
        if self._child is None:
            return b""
        ask = next(self._asks)
        answer = self._asked[ask] = asyncio.get_running_loop().create_future()
        self._send({"ask": ask, **what})
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
                if message.get("event") == "ready":
                    self._port = int(message["port"])
                    if self._ready is not None and not self._ready.done():
                        self._ready.set_result(self._port)
                elif message.get("event") == "photo":
                    answer = self._asked.get(int(message["ask"]))
                    if answer is not None and not answer.done():
                        answer.set_result(payload)


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        await asyncio.wait_for(child.wait(), _GONE_WITHIN)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
