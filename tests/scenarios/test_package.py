"""The program as it is installed: what ``./dev pack`` made, unpacked and started on a screen."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.rig.screen import Screen

DIST = Path(__file__).resolve().parents[2] / "dist"
PARTS = {
    "console.city",
    "console.city.video",
    "console.hub",
    "console.voice",
    "console.media",
    "console.media.worker",
}
PATIENCE = 120.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = sorted(DIST.glob("zhihui_*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.skip("nothing is packed: ./dev pack")
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(["dpkg-deb", "-x", found[-1], folder], check=True)
    return folder / "opt/zhihui/zhihui"


@pytest.fixture
def seat(program: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with Screen() as screen:
        process = subprocess.Popen(
            [program, "--demo", "--data", tmp_path / "data"],
            env=screen.environment | {"ZHIHUI_TRACE": str(tmp_path / "trace.jsonl")},
            cwd="/",
        )
        yield process
        process.terminate()
        assert process.wait(20) == 0


def parts_of(seat: subprocess.Popen[bytes]) -> set[str]:
    """Return the modules that run as children of a seat."""
    found = set()
    for child in psutil.Process(seat.pid).children(recursive=True):
        try:
            words = child.cmdline()
        except psutil.Error:
            continue
        found |= PARTS & set(words)
    return found


def test_the_installed_program_paints_its_queue_and_starts_all_its_parts(
    seat: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    trace = tmp_path / "trace.jsonl"
    until = time.monotonic() + PATIENCE
    seen: set[str] = set()
    running: set[str] = set()
    while not (seen >= {"ready", "queue_painted"} and running == PARTS):
        assert seat.poll() is None, "the seat ended"
        assert time.monotonic() < until, f"saw {seen}, running {running}"
        time.sleep(0.2)
        if trace.exists():
            lines = trace.read_text(encoding="utf-8").splitlines()
            seen = {json.loads(line)["event"] for line in lines if line.endswith("}")}
        running = parts_of(seat)
