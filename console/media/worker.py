"""The decode worker: ``python -m console.media.worker``, one process a core, one thread.

Commands come framed on standard input (:mod:`console.pipe`), pictures and figures leave
through shared memory. It ends when standard input ends.

``{"do":"watch","tile":n,"buffer":path,"mark":m,"url":…,"user":…,"password":…}``,
``{"do":"resize","tile":n,"buffer":path,"mark":m}``, ``{"do":"hide","tile":n,"hidden":bool}``,
``{"do":"stop","tile":n}``.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import signal
import sys
from typing import Any

from console import pipe
from console.media.frames import FrameBuffer
from console.media.stream import Source
from console.media.tile import Tile
from console.media.watch import DRIVERS, REMOTE, watch

log = logging.getLogger(__name__)

REPORT = 1.0
"""Seconds from one report of figures to the next."""


class Worker:
    """All tiles of one process."""

    def __init__(self, schemes: frozenset[str] = REMOTE) -> None:
        self._schemes = schemes
        self._tiles: dict[int, tuple[Tile, asyncio.Task[None]]] = {}

    async def obey(self, command: dict[str, Any]) -> None:
        """Carry out one command. A buffer that is already gone is no error: its tile is closed."""
        number = int(command["tile"])
        try:
            match command["do"]:
                case "watch":
                    await self._stop(number)
                    self._watch(number, command)
                case "resize" if number in self._tiles:
                    tile, _ = self._tiles[number]
                    tile.resize(FrameBuffer.open(command["buffer"]), int(command["mark"]))
                case "hide" if number in self._tiles:
                    self._tiles[number][0].hide(hidden=bool(command["hidden"]))
                case "stop":
                    await self._stop(number)
        except OSError:
            log.debug("the buffer of tile %d is gone", number)

    def _watch(self, number: int, command: dict[str, Any]) -> None:
        source = Source(command["url"], command.get("user", ""), command.get("password", ""))
        tile = Tile(FrameBuffer.open(command["buffer"]), int(command["mark"]))
        tile.hide(hidden=bool(command.get("hidden")))
        task = asyncio.create_task(watch(source, tile, self._schemes), name=f"tile {number}")
        task.add_done_callback(_tell_death)
        self._tiles[number] = tile, task

    async def _stop(self, number: int) -> None:
        if number in self._tiles:
            tile, task = self._tiles.pop(number)
            task.cancel()
            await asyncio.wait([task])
            tile.close()

    async def report(self) -> None:
        """Leave figures about each tile, for ever."""
        while True:
            await asyncio.sleep(REPORT)
            for tile, _ in self._tiles.values():
                tile.report()

    async def close(self) -> None:
        """Stop every tile."""
        for number in list(self._tiles):
            await self._stop(number)


def _tell_death(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("%s died", task.get_name(), exc_info=error)


async def run(schemes: frozenset[str]) -> None:
    """Obey standard input until it ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=pipe.MAX_HEADER)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    worker = Worker(schemes)
    reporting = asyncio.create_task(worker.report())
    gc.collect()
    gc.freeze()
    try:
        while (message := await pipe.read(reader)) is not None:
            await worker.obey(message[0])
    finally:
        reporting.cancel()
        await worker.close()


def main(arguments: list[str] | None = None) -> None:
    """Run one worker."""
    parser = argparse.ArgumentParser(prog="console.media.worker", description=__doc__)
    parser.add_argument("--files", action="store_true", help="may play file: URLs too")
    options = parser.parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    # The seat's terminal sends Ctrl+C to all of us; the seat ends us by our standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(run(frozenset(DRIVERS) if options.files else REMOTE))


if __name__ == "__main__":
    main()
