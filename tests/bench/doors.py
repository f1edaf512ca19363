"""How fast the doors are: a JT/T 808 location read and answered, a detection on every stream."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import requests
from websockets.sync.client import connect

from console.protocols import frigate, jt808
from tests.bench.report import Bar, Report, percentile
from tests.hub import small_town

CODEC_ROUNDS = 20_000
CAMERAS = 100
APART = 0.05
"""Seconds between two detections."""


def run(_arguments: list[str]) -> Report:
    """Measure and return the report."""
    report = Report("doors")
    report.add("jt808_decode_ack_us", codec(), Bar(100, "µs"))
    with tempfile.TemporaryDirectory() as folder, _Hub(Path(folder)) as hub:
        for name, delays in zip(("opened", "joined"), stream_delays(hub), strict=True):
            report.add(f"{name}_to_stream_p50_ms", percentile(delays, 0.5))
            report.add(f"{name}_to_stream_p95_ms", percentile(delays, 0.95), Bar(100, "ms"))
    return report


def codec() -> float:
    """Return the microseconds to split, check and read a location and write its answer."""
    location = jt808.Location(28.136, 121.231, datetime.now(UTC), speed=3.0, course=90)
    stream = jt808.encode(location, "13800138001", 7)
    splitter = jt808.Splitter()
    started = time.perf_counter()
    for _ in range(CODEC_ROUNDS):
        for content in splitter.feed(stream):
            frame = jt808.parse(content)
            jt808.decode(frame)
            jt808.encode(jt808.PlatformAck(frame.serial, frame.id, jt808.OK), frame.terminal, 1)
    return (time.perf_counter() - started) / CODEC_ROUNDS * 1e6


class _Hub:
    """A hub in a process of its own, as a seat starts it."""

    def __init__(self, folder: Path) -> None:
        register = small_town.write_register(folder / "register")
        _many_cameras(register)
        self.key, self.token = secrets.token_hex(16), secrets.token_hex(16)
        argv = [sys.executable, "-m", "console.hub", "--embedded", "--data", str(folder / "hub")]
        self._process = subprocess.Popen(
            [*argv, "--register", str(register)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        )
        launch = {"token": self.token, "intake_key": self.key}
        self._pipe(self._process.stdin).write(json.dumps(launch).encode() + b"\n")
        self._pipe(self._process.stdin).flush()
        ready = json.loads(self._pipe(self._process.stdout).readline())
        self.url = f"http://127.0.0.1:{ready['port']}"

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe

    def __enter__(self) -> _Hub:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait(15)
        self._pipe(self._process.stdout).close()


def _many_cameras(register: Path) -> None:
    """Put cameras so far apart that each sees a case of its own."""
    rows = ["id,name,lat,lon,bearing,fov,reach,url_main,url_sub"]
    for number in range(CAMERAS):
        lat, lon = small_town.at(300 * (number % 10), 300 * (number // 10))
        rows.append(
            f"b{number:03d},{number},{lat},{lon},0,60,60,rtsp://127.0.0.1:9/,rtsp://127.0.0.1:9/"
        )
    (register / "cameras.csv").write_text("\n".join(rows) + "\n", "utf-8")


def stream_delays(hub: _Hub) -> tuple[list[float], list[float]]:
    """Post detections; return the milliseconds until new cases and joins stand on the stream."""
    heard: dict[tuple[str, int], float] = {}
    done = threading.Event()
    socket = connect(
        f"{hub.url.replace('http', 'ws')}/api/stream?since=0",
        additional_headers={"Authorization": f"Bearer {hub.token}"},
        max_size=None,
    )

    def listen() -> None:
        while len(heard) < 2 * CAMERAS:
            message = json.loads(socket.recv())
            now = time.perf_counter()
            for change in message.get("changes", []):
                if change["kind"] == "case":
                    body = change["body"]
                    heard.setdefault((body["proposal"]["camera"], body["reports"]), now)
        done.set()

    listener = threading.Thread(target=listen)
    listener.start()
    sent = {}
    with requests.Session() as session:
        session.headers["X-API-Key"] = hub.key
        for number in range(2 * CAMERAS):
            camera, reports = f"b{number % CAMERAS:03d}", 1 + number // CAMERAS
            sent[(camera, reports)] = time.perf_counter()
            url, event = f"{hub.url}/intake/frigate", _event(number, camera)
            assert session.post(url, json=event, timeout=10).status_code == 202
            time.sleep(APART)
    assert done.wait(20), f"{len(heard)} of {2 * CAMERAS} heard"
    listener.join()
    socket.close()
    delays = {key: (heard[key] - at) * 1e3 for key, at in sent.items()}
    return (
        [delay for (_, reports), delay in delays.items() if reports == 1],
        [delay for (_, reports), delay in delays.items() if reports == 2],
    )


def _event(number: int, camera: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    return frigate.encode(frigate.Event(f"{number}-bench", "new", camera, "rubbish", now, now, 0.9))
