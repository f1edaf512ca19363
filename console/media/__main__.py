"""The hub's media child: ``python -m console.media``. Stills of cameras, framed over pipes.

``{"do":"still","ask":n,"url":…}`` is answered by ``{"event":"still","ask":n,"ok":bool,"width",
"height","at","camera_at","why"}`` and a JPEG; ``{"do":"keep","urls":[…]}`` names the cameras
to keep warm. Every few seconds ``{"event":"health",…}``. Ends when standard input ends.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import Any

from console import pipe
from console.media.stills import NoStillError, Stills

HEALTH = 5.0
"""Seconds from one health event to the next."""

Send = asyncio.StreamWriter


async def _answer(stills: Stills, writer: Send, message: dict[str, Any]) -> None:
    about = {"event": "still", "ask": message.get("ask")}
    try:
        still = await stills.still(str(message.get("url", "")))
    except NoStillError as error:
        writer.write(pipe.encode({**about, "ok": False, "why": str(error)}))
        return
    facts = {"width": still.width, "height": still.height, "at": still.at, "why": ""}
    if still.camera:
        facts["camera_at"] = still.camera
    writer.write(pipe.encode({**about, "ok": True, **facts}, still.jpeg))


async def _tell_health(stills: Stills, writer: Send) -> None:
    while True:
        writer.write(pipe.encode({"event": "health", "state": "ok", **stills.figures()}))
        await asyncio.sleep(HEALTH)
        stills.tidy()


async def run() -> None:
    """Obey standard input until it ends."""
    reader, writer = await pipe.standard_streams()
    stills = Stills()
    tasks = {asyncio.create_task(_tell_health(stills, writer))}
    try:
        while (frame := await pipe.read(reader)) is not None:
            message = frame[0]
            match message.get("do"):
                case "still":
                    task = asyncio.create_task(_answer(stills, writer, message))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                case "keep":
                    stills.keep(map(str, message.get("urls", [])))
    finally:
        for task in tasks:
            task.cancel()
        await stills.close()
        writer.close()


def main() -> None:
    """Run the media child."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    # The terminal's Ctrl+C reaches all of us; the hub ends us by our standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(run())


if __name__ == "__main__":
    main()
