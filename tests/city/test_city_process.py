from __future__ import annotations

import csv
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

PATIENCE = 30.0


def _start(folder: Path, *options: str) -> subprocess.Popen[str]:
    nobody = ["--hub", "http://127.0.0.1:9", "--jt808", "127.0.0.1:9"]
    return subprocess.Popen(
        [sys.executable, "-m", "console.city", "--dir", str(folder), *nobody, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def city(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    child = _start(tmp_path, "--no-video")
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def _say(city: subprocess.Popen[str], message: dict[str, Any]) -> None:
    assert city.stdin is not None
    city.stdin.write(json.dumps(message) + "\n")
    city.stdin.flush()


def test_the_city_gets_ready_without_a_hub_and_ends_with_its_input(
    city: subprocess.Popen[str], tmp_path: Path
) -> None:
    _say(city, {"intake_key": "k"})
    assert city.stdout is not None
    ready = json.loads(city.stdout.readline())
    assert ready["ready"] is True
    assert ready["pid"] == city.pid
    names = {path.name for path in Path(ready["register"]).iterdir()}
    assert {"town.json", "cameras.csv", "basemap.geojson", "ai.csv"} <= names
    _say(city, {"do": "vendor", "camera": "cam07", "stays": True})
    _say(city, {"do": "nonsense"})
    _, errors = city.communicate(timeout=PATIENCE)
    assert city.returncode == 0
    assert "nonsense" in errors
    assert not psutil.pid_exists(city.pid)


def test_the_city_ends_in_order_when_it_is_terminated(city: subprocess.Popen[str]) -> None:
    _say(city, {"intake_key": "k"})
    assert city.stdout is not None
    assert city.stderr is not None
    city.stdout.readline()
    city.terminate()
    assert city.wait(PATIENCE) == 0
    assert "Traceback" not in city.stderr.read()


def test_the_city_refuses_to_start_without_a_key(city: subprocess.Popen[str]) -> None:
    _, errors = city.communicate("hello\n", timeout=PATIENCE)
    assert city.returncode == 1
    assert "intake_key" in errors


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), 2.0) as camera:
            camera.sendall(f"OPTIONS {url} RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode())
            return camera.recv(4096).startswith(b"RTSP/1.0 200")
    except OSError:
        return False


def test_the_cameras_come_back_when_their_process_dies_and_go_with_the_city(
    tmp_path: Path,
) -> None:
    city = _start(tmp_path)
    try:
        _say(city, {"intake_key": "k"})
        assert city.stdout is not None
        ready = json.loads(city.stdout.readline())
        with (Path(ready["register"]) / "cameras.csv").open(encoding="utf-8") as file:
            url = next(csv.DictReader(file))["url_sub"]
        assert _answers(url)
        (video,) = psutil.Process(city.pid).children()
        video.kill()
        video.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while not _answers(url):
            assert time.monotonic() < until
        children = psutil.Process(city.pid).children(recursive=True)
        city.communicate(timeout=PATIENCE)
        assert city.returncode == 0
        assert not any(child.is_running() for child in children)
    finally:
        city.kill()
        city.communicate()


def test_the_cameras_go_even_when_the_city_is_killed(tmp_path: Path) -> None:
    city = _start(tmp_path)
    try:
        _say(city, {"intake_key": "k"})
        assert city.stdout is not None
        city.stdout.readline()
        children = psutil.Process(city.pid).children(recursive=True)
        city.kill()
        gone, alive = psutil.wait_procs(children, timeout=PATIENCE)
        assert gone
        assert alive == []
    finally:
        city.kill()
        city.communicate()
