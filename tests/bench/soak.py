"""The demo for a long while under random keys and killed processes: does it stay whole?

``./dev soak [MINUTES]`` prints one JSON object as a bench does.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.report import Bar, Report
from tests.rig.console import Console
from tests.rig.screen import Screen

KEYS: tuple[tuple[str, ...], ...] = (
    ("ctrl+1", "g", "g"),
    ("ctrl+1", "j"),
    ("ctrl+1", "j"),
    ("ctrl+1", "k"),
    ("ctrl+1", "a"),
    ("ctrl+1", "f"),
    ("ctrl+1", "c"),
    ("ctrl+1", "z"),
    ("ctrl+2", "4"),
    ("ctrl+2", "3"),
    ("ctrl+2", "Return"),
    ("ctrl+3", "plus", "plus", "Left"),
    ("ctrl+3", "0"),
    ("ctrl+3", "u"),
    ("ctrl+6",),
    ("ctrl+k", "Escape"),
    ("question", "Escape"),
    ("ctrl+shift+t",),
    ("ctrl+shift+l",),
    ("F10",),
    ("period", "1"),
    ("period", "0"),
)
VICTIMS = ("hub", "voice", "media", "media.worker", "city.video")
KILL_EVERY = 45.0
WARM = 60.0
"""Seconds until memory is what it will be: pictures cached, panes shown, fonts loaded."""


def run(arguments: list[str]) -> Report:
    """Soak for the minutes of the first argument, thirty unless told."""
    minutes = float(arguments[0]) if arguments else 30.0
    report = Report("soak")
    with (
        tempfile.TemporaryDirectory(prefix="zhihui-soak-") as folder,
        Screen() as screen,
        Console(screen, Path(folder), "--demo", "--speed", "4") as console,
    ):
        console.wait_until_usable()
        screen.wait_for_window("指挥")
        _soak(report, console, minutes)
    return report


def _soak(report: Report, console: Console, minutes: float) -> None:
    dice = random.Random(7)
    seat = psutil.Process(console.process.pid)
    began = time.monotonic()
    first: tuple[float, int, int] | None = None
    kills = presses = 0
    next_kill = began + WARM
    while (now := time.monotonic()) < began + 60 * minutes:
        if console.process.poll() is not None:
            report.add("seat_ended_after_s", now - began)
            report.add("seat_crashes", 1, Bar(0, "crashes"))
            return
        if first is None and now > began + WARM:
            first = _size(seat)
        console.screen.keys(*dice.choice(KEYS))
        presses += 1
        if now > next_kill:
            kills += _kill(console, dice.choice(VICTIMS))
            next_kill = now + KILL_EVERY
        time.sleep(dice.uniform(0.3, 1.5))
    time.sleep(15)
    parts = console.get("/api/health")["parts"]
    memory, threads, files = _size(seat)
    warm = first or (memory, threads, files)
    report.add("minutes", minutes)
    report.add("keys_pressed", presses)
    report.add("processes_killed", kills)
    report.add("seat_crashes", 0, Bar(0, "crashes"))
    report.add("seat_memory_growth_mb", memory - warm[0], Bar(60.0, "MB"))
    report.add("seat_thread_growth", threads - warm[1], Bar(2, "threads"))
    report.add("seat_file_growth", files - warm[2], Bar(8, "files"))
    failed = [part["name"] for part in parts if part["state"] == "fail"]
    report.add("failed_parts", len(failed), Bar(0, "parts"))
    report.add("failed_part_names", failed)
    log = (console.folder / "seat.log").read_text(encoding="utf-8", errors="replace")
    report.add("seat_tracebacks", log.count("Traceback"), Bar(0, "tracebacks"))


def _size(process: psutil.Process) -> tuple[float, int, int]:
    """Return resident MB, threads and open files."""
    return process.memory_info().rss / 1e6, process.num_threads(), process.num_fds()


def _kill(console: Console, name: str) -> int:
    found = [process for what, process in console.processes() if what == name]
    if not found:
        return 0
    os.kill(found[0].pid, signal.SIGKILL)
    return 1
