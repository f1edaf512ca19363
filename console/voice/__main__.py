"""``python -m console.voice [--cache DIR]``: the voice engine as a child of the hub.

Frames of :mod:`console.pipe` on standard input and output; ends when its input ends.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from platformdirs import user_cache_path

from console import pipe
from console.voice import priority
from console.voice.engine import Engine
from console.voice.espeak import Espeak
from console.voice.neural import Neural
from console.voice.speech import Speech

_WARM = "请注意"
"""Said to nobody at the start, so that the first warning finds its engine loaded."""
_PRIORITY = 10
_SWITCH = 0.0005
"""Seconds a thread may hold the interpreter while the pacing thread waits for it."""


async def _serve(cache: Path) -> None:
    reader, writer = await pipe.standard_streams()
    engine = Engine(
        lambda message, payload: writer.write(pipe.encode(message, payload)),
        Speech([Neural(cache), Espeak()], cache),
    )
    await engine.start()
    engine.take({"do": "prepare", "text": _WARM})
    try:
        while frame := await pipe.read(reader):
            engine.take(*frame)
    finally:
        await engine.stop()
        writer.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="console.voice")
    parser.add_argument("--cache", type=Path, default=user_cache_path("zhihui") / "speech")
    arguments = parser.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s %(message)s")
    sys.setswitchinterval(_SWITCH)
    # The loop too: a pre-empted loop that holds the interpreter's lock holds the sound up.
    priority.raise_to(_PRIORITY)
    try:
        asyncio.run(_serve(arguments.cache))
    except pipe.PipeError as error:
        logging.getLogger("voice").error("the hub sends no frames: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
