from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

PATIENCE = 30.0


def _start(folder: Path) -> subprocess.Popen[str]:
    nobody = ["--hub", "http://127.0.0.1:9", "--jt808", "127.0.0.1:9"]
    return subprocess.Popen(
        [sys.executable, "-m", "console.city", "--dir", str(folder), "--no-video", *nobody],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def city(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    child = _start(tmp_path)
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


def test_the_city_refuses_to_start_without_a_key(city: subprocess.Popen[str]) -> None:
    _, errors = city.communicate("hello\n", timeout=PATIENCE)
    assert city.returncode == 1
    assert "intake_key" in errors
