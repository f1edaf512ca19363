"""Full-resolution stills: the group of pictures of a source is kept coded, decoded when asked.

A kept source costs packets only and its still is there at once; another is opened when asked
and stays for :data:`LINGER` seconds, because the next still is often of the same camera.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from console.media.decoder import Decoder
from console.media.frames import Signal
from console.media.stream import Source, Unit
from console.media.watch import REMOTE, watch

PATIENCE = 5.0
"""Seconds until a source counts as giving no picture."""
LINGER = 10.0
QUALITY = 90
GROUP_BYTES = 1 << 24
"""Longest group of pictures kept, in bytes; of a longer one only the key picture is."""
AT_ONCE = 8
"""Sources that may be opened for stills at one time, beside the kept ones."""
DECODERS = 2
"""Threads that decode and write JPEG; libav and the JPEG library let the others run."""


class NoStillError(Exception):
    """There is no still; the text says why."""


@dataclass(frozen=True, slots=True)
class Still:
    """A JPEG. ``at`` is this machine's Unix time of arrival, ``camera`` the camera's own or 0."""

    jpeg: bytes
    width: int
    height: int
    at: float
    camera: float = 0.0


class Group:
    """A sink that keeps the coded pictures since the last key picture."""

    def __init__(self) -> None:
        self.signalled = Signal.IDLE
        self._codec = ("", b"")
        self._units: list[Unit] = []
        self._size = 0
        self._come = asyncio.Event()

    def opened(self, codec: str, setup: bytes) -> None:
        self._codec = codec, setup
        self._clear()

    def missed(self, packets: int) -> None:
        self._clear()

    def signal(self, signal: Signal) -> None:
        self.signalled = signal
        if signal in (Signal.LOST, Signal.REFUSED):
            self._clear()

    def _clear(self) -> None:
        self._units.clear()
        self._size = 0
        self._come.clear()

    def take(self, units: list[Unit]) -> None:
        for unit in units:
            if unit.key:
                self._clear()
            if unit.key or (self._units and self._size < GROUP_BYTES):
                self._units.append(unit)
                self._size += len(unit.data)
        if self._units:
            self._come.set()

    async def group(self) -> tuple[str, bytes, list[Unit]]:
        """Return codec, setup and the units that lead to the newest picture, once there is one."""
        await self._come.wait()
        return *self._codec, list(self._units)


def develop(codec: str, setup: bytes, units: list[Unit]) -> Still:
    """Decode a group and return its last picture; :class:`NoStillError` where it has none."""
    decoder = Decoder(codec, setup)
    picture, of = None, units[0]
    for unit in units:
        decoded = decoder.decode(unit.data, key=unit.key)
        if decoded is not None:
            picture, of = decoded, unit
    if picture is None:
        raise NoStillError("the picture cannot be decoded")
    jpeg = io.BytesIO()
    Image.fromarray(picture.to_ndarray(format="rgb24")).save(jpeg, "JPEG", quality=QUALITY)
    age = (time.monotonic_ns() - of.arrived) / 1e9
    return Still(jpeg.getvalue(), picture.width, picture.height, time.time() - age, of.camera / 1e9)


@dataclass(slots=True)
class _Watched:
    group: Group
    task: asyncio.Task[None]
    used: float
    users: int = 0


class Stills:
    """Sources that are kept or were asked for lately."""

    def __init__(self, schemes: frozenset[str] = REMOTE) -> None:
        self._schemes = schemes
        self._kept: set[Source] = set()
        self._watched: dict[Source, _Watched] = {}
        self._pool = ThreadPoolExecutor(DECODERS, "still")
        self._room = asyncio.Semaphore(AT_ONCE)

    def keep(self, urls: Iterable[str]) -> None:
        """Keep exactly these sources warm; what is no URL is passed over."""
        kept = set()
        for url in urls:
            try:
                kept.add(Source.parse(url))
            except ValueError:
                continue
        self._kept = kept
        for source in kept:
            self._open(source)
        self.tidy()

    async def still(self, url: str) -> Still:
        """Return the newest picture of a source; raise :class:`NoStillError`."""
        try:
            source = Source.parse(url)
        except ValueError as error:
            raise NoStillError(str(error)) from None
        if source in self._watched:
            return await self._take(source)
        async with self._room:
            return await self._take(source)

    async def _take(self, source: Source) -> Still:
        watched = self._open(source)
        watched.users += 1
        try:
            async with asyncio.timeout(PATIENCE):
                group = await watched.group.group()
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, develop, *group)
        except TimeoutError:
            raise NoStillError(watched.group.signalled.name.lower()) from None
        finally:
            watched.users -= 1
            watched.used = time.monotonic()

    def _open(self, source: Source) -> _Watched:
        if source not in self._watched:
            group = Group()
            task = asyncio.create_task(watch(source, group, self._schemes))
            self._watched[source] = _Watched(group, task, time.monotonic())
        return self._watched[source]

    def tidy(self) -> None:
        """Close what nobody has asked for lately. Call it every few seconds."""
        now = time.monotonic()
        for source, watched in list(self._watched.items()):
            idle = not watched.users and now - watched.used > LINGER
            if watched.task.done() or (idle and source not in self._kept):
                watched.task.cancel()
                del self._watched[source]

    def figures(self) -> dict[str, float]:
        """How many sources are open and how many of those have a picture ready."""
        live = sum(one.group.signalled is Signal.LIVE for one in self._watched.values())
        return {"sources": len(self._watched), "live": live, "kept": len(self._kept)}

    async def close(self) -> None:
        """Close every source."""
        tasks = [watched.task for watched in self._watched.values()]
        self._watched.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._pool.shutdown(cancel_futures=True)
