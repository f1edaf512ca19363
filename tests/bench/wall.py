"""The camera wall by an outside observer, who reads numbers off the frame buffer.

Three processes apart from the observer: the cameras, each with a phase of its own; the X server,
whose frame buffer is a file; and the seat's wall with its workers, full screen.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from tests.bench.report import Bar, Report, percentile
from tests.media.camera import BITS, MARK, Camera, clip

WIDTH, HEIGHT = 1920, 1080
LENGTH, FPS = 60, 15.0
WARM_UP, SPAN = 5.0, 20.0
CAMERA_BITS = 8
"""A picture's number stands below this bit, its camera's above."""


# --- the cameras ------------------------------------------------------------------


class Logged(Camera):
    """A camera that writes down when each picture left."""

    def _send_picture(self, index: int) -> None:
        super()._send_picture(index)
        log = self.__dict__.setdefault("log", [])
        log.append((index, self.sent[index]))


def cameras(count: int) -> None:
    """Serve ``count`` cameras until standard input ends, then print what left when."""
    with ExitStack() as open_cameras:
        served = []
        for number in range(count):
            pictures = clip(640, 360, LENGTH, 30, base=number << CAMERA_BITS)
            served.append(open_cameras.enter_context(Logged(pictures, FPS)))
        sys.stdout.write(json.dumps([camera.port for camera in served]) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        sys.stdout.write(json.dumps([camera.__dict__["log"] for camera in served]))


# --- the wall -------------------------------------------------------------------------


def wall(ports: list[int]) -> None:
    """Show the cameras full screen until standard input ends, then print the frame times."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from console import wire
    from console.seat.commands import Registry
    from console.seat.session import Seat
    from tests.widgets.conftest import StandInClient
    from widgets.bridge import Desk
    from widgets.frames import Frames
    from widgets.theme import load
    from widgets.wall.pane import WallPane

    app = QApplication([])
    seat = Seat(StandInClient())
    for number, port in enumerate(ports):
        one = f"cam{number:02}"
        url = f"rtsp://127.0.0.1:{port}/{one}"
        seat.mirror.cameras[one] = wire.Camera(
            id=one, name=f"县前街{number}号杆", at=wire.Point(lat=28, lon=121), main=url, sub=url
        )
    desk = Desk(seat, load("night"), Registry())
    pane = WallPane(desk)
    pane.set_layout(len(ports))
    pane.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    pane.setGeometry(0, 0, WIDTH, HEIGHT)
    pane.show()
    desk.start()

    def begin() -> None:
        desk.frames = Frames()
        sys.stdout.write("true\n")
        sys.stdout.flush()

    def until_told() -> None:
        sys.stdin.read()
        desk.post(app.quit)

    QTimer.singleShot(round(WARM_UP * 1000), begin)
    threading.Thread(target=until_told, daemon=True).start()
    app.exec()
    frames = desk.frames
    desk.stop()
    sys.stdout.write(json.dumps([frames.count, frames.late, frames.worst]))


# --- the observer ----------------------------------------------------------------------


@contextmanager
def glass() -> Iterator[tuple[str, Path]]:
    """Start an X server whose frame buffer is a file; give its display and that file."""
    with tempfile.TemporaryDirectory() as folder:
        ready, mine = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(mine), "-screen", "0", size, "-fbdir", folder]
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp"], pass_fds=[mine], stderr=subprocess.DEVNULL
        )
        os.close(mine)
        try:
            with os.fdopen(ready) as numbers:
                display = f":{numbers.readline().strip()}"
            yield display, Path(folder) / "Xvfb_screen0"
        finally:
            server.terminate()
            server.wait(5)


class Observer:
    """Reads all tiles' numbers at once from the frame buffer (an XWD file)."""

    def __init__(self, path: Path, count: int) -> None:
        file = path.open("rb")
        self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        file.close()
        words = struct.unpack_from(">25I", self._map)
        start, stride = words[0] + words[19] * 12, words[12]
        side = round(count**0.5)
        wide, high = WIDTH // side, HEIGHT // side
        spots = [
            start
            + (tile // side * high + high // 8) * stride
            + (tile % side * wide + int((bit + 0.5) * wide / BITS)) * 4
            for tile in range(count)
            for bit in range(BITS)
        ]
        self._spots = np.array(spots).reshape(count, BITS)
        self._glass = np.frombuffer(self._map, np.uint8)
        self._weights = 1 << np.arange(BITS)

    def look(self) -> list[int]:
        """Return what each tile shows, 0 where that is no numbered picture."""
        numbers = ((self._glass[self._spots] > 127) * self._weights).sum(axis=1)
        return [int(n) ^ MARK if n & MARK else 0 for n in numbers]


def watch(observer: Observer, count: int, seconds: float) -> list[list[tuple[int, int]]]:
    """Return for each tile (number, monotonic ns) whenever its number changed."""
    seen: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    last = observer.look()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = observer.look()
        at = time.monotonic_ns()
        if now != last and observer.look() != now:
            # Caught the server in the middle of a row.
            continue
        for tile, number in enumerate(now):
            if number != last[tile]:
                seen[tile].append((number, at))
        last = now
        time.sleep(0.0005)
    return seen


def judge(
    seen: list[list[tuple[int, int]]], sent: list[list[tuple[int, int]]], begun: int
) -> dict[str, float]:
    """Hold what was seen against what was sent."""
    delays: list[float] = []
    wrong = backward = due = 0
    for tile, (looks, log) in enumerate(zip(seen, sent, strict=True)):
        end = looks[-1][1] if looks else begun
        due += sum(begun < at < end for _, at in log)
        for (number, at), (before, _) in zip(looks[1:], looks, strict=False):
            if number >> CAMERA_BITS != tile:
                wrong += 1
                continue
            index = number & (1 << CAMERA_BITS) - 1
            step = (index - (before & (1 << CAMERA_BITS) - 1)) % LENGTH
            backward += step > LENGTH // 2
            left = max((t for n, t in log if n == index and t <= at), default=0)
            delays.append((at - left) / 1e6)
    return {
        "latency_p50_ms": percentile(delays, 0.5),
        "latency_p95_ms": percentile(delays, 0.95),
        "latency_max_ms": max(delays, default=float("nan")),
        "on_glass_percent": 100 * len(delays) / max(1, due),
        "wrong_camera": wrong,
        "backward": backward,
    }


class Part:
    """One of the processes beside the observer; it ends when its input does."""

    def __init__(self, *arguments: str, display: str = "") -> None:
        place = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} if display else {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.wall", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | place,
        )

    def hear(self) -> Any:
        """Return the next line it says."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> Any:
        """Close its input and return the last it says."""
        return json.loads(self.process.communicate()[0])


def measure(count: int) -> dict[str, float]:
    """Watch a wall of ``count`` tiles for a while."""
    with glass() as (display, path):
        street = Part("cameras", str(count))
        seat = Part("wall", json.dumps(street.hear()), display=display)
        seat.hear()
        process = psutil.Process(seat.process.pid)
        parts = [process, *process.children(recursive=True)]
        before = [sum(part.cpu_times()[:2]) for part in parts]
        begun = time.monotonic_ns()
        seen = watch(Observer(path, count), count, SPAN)
        used = [
            100 * (sum(part.cpu_times()[:2]) - was) / SPAN
            for part, was in zip(parts, before, strict=True)
        ]
        frames, sent = seat.end(), street.end()
    figures = judge(seen, sent, begun)
    figures |= {"cpu_seat_percent": used[0], "cpu_workers_percent": sum(used[1:])}
    figures |= {"cpu_percent": sum(used), "qt_late_percent": 100 * frames[1] / max(1, frames[0])}
    return figures | {"qt_worst_ms": 1000 * frames[2]}


def run(arguments: list[str]) -> Report:
    """Measure one tile and sixteen."""
    report = Report("wall")
    bars = {
        "1": {"latency_p95_ms": Bar(25, "ms")},
        "16": {
            "latency_p95_ms": Bar(35, "ms"),
            "cpu_percent": Bar(60, "% of a core"),
            "qt_late_percent": Bar(1, "% of frames over 33 ms"),
            "wrong_camera": Bar(0, "pictures"),
            "backward": Bar(0, "pictures"),
        },
    }
    for tiles in arguments or ["1", "16"]:
        for name, value in measure(int(tiles)).items():
            report.add(f"tiles_{tiles}_{name}", value, bars.get(tiles, {}).get(name))
    return report


if __name__ == "__main__":
    if sys.argv[1] == "cameras":
        cameras(int(sys.argv[2]))
    else:
        wall(json.loads(sys.argv[2]))
