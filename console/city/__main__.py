"""``python -m console.city``: a city that behaves like a real one, over public protocols only.

The first line on standard input is JSON ``{"intake_key": …}``; further lines are controls
such as ``{"do": "vendor", "camera": "cam07", "stays": true}``. When cameras and loudspeakers
answer and the register is written, one JSON line says so on standard output. It ends when
standard input does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from console.city.city import City, Outside
from console.city.story import load_story, seconds
from console.resources import resource

log = logging.getLogger("console.city")


def main() -> None:
    """Run the city until standard input ends."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="city %(levelname)s %(name)s: %(message)s")
    asyncio.run(_run(options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m console.city")
    parser.add_argument("--dir", type=Path, required=True, help="folder of register and sounds")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--speed", type=float, default=1.0, help="town seconds a second, to 60")
    parser.add_argument("--start", type=seconds, help="time of day, HH:MM")
    parser.add_argument("--story", default="demo", help="a story's name or a TOML file")
    parser.add_argument("--hub", required=True, help="base address of the hub's doors")
    parser.add_argument("--jt808", type=_address, required=True, help="host:port of JT/T 808")
    parser.add_argument("--mqtt", default="", help="broker such as mqtt://127.0.0.1:1883")
    parser.add_argument("--no-video", action="store_true", help="leave the cameras dark")
    return parser.parse_args()


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


async def _run(options: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()
    threading.Thread(target=_read_lines, args=(loop, lines), daemon=True).start()
    first = _parsed(await lines.get())
    if first is None or not isinstance(first.get("intake_key"), str):
        raise SystemExit("the first line on standard input gives no intake_key")
    path = Path(options.story)
    story = load_story(path if path.suffix else resource(f"stories/{options.story}.toml"))
    if options.start is not None:
        story = replace(story, start=options.start)
    outside = Outside(options.hub, options.jt808, first["intake_key"], options.mqtt)
    city = City(
        options.dir, options.seed, story, outside, speed=options.speed,
        video=not options.no_video,
    )  # fmt: skip
    async with city:
        running = asyncio.ensure_future(city.run())
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, running.cancel)
        _say({"ready": True, "register": str(city.register), "pid": os.getpid()})
        listening = asyncio.ensure_future(_obey(city, lines))
        await asyncio.wait({running, listening}, return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        running.cancel()
        results = await asyncio.gather(running, listening, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result


async def _obey(city: City, lines: asyncio.Queue[str]) -> None:
    """Do what each line says until there are no more."""
    while line := await lines.get():
        message = _parsed(line)
        try:
            if message is None:
                raise ValueError("no JSON object")
            city.control(message)
        except (ValueError, TypeError, KeyError) as error:
            log.warning("control %s: %s", line.strip(), error)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _read_lines(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str]) -> None:
    """Hand on standard input line by line, at its end an empty string.

    It opens the descriptor anew: a thread that still waits in ``sys.stdin`` when the
    interpreter ends makes it abort.
    """
    with open(sys.stdin.fileno(), encoding="utf-8", closefd=False) as source:
        line = "-"
        while line:
            line = source.readline()
            try:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            except RuntimeError:
                return


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
