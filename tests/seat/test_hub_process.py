"""The embedded hub lives and dies with its seat."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from tests.seat.conftest import PATIENCE, Line

_SEAT = """
import json, queue, sys, time
from pathlib import Path
from console.seat.backing import Backing
backing = Backing(Path(sys.argv[1]), None)
news = queue.Queue()
backing.hub.listen(news.put)
backing.hub.start()
news.get()
print(json.dumps(backing.hub.pid), flush=True)
time.sleep(600)
"""


def test_a_killed_hub_is_started_again_on_the_same_ports(line: Line) -> None:
    first = line.backing.hub.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    stopped, ready = (line.news.get(timeout=PATIENCE) for _ in range(2))
    assert (stopped.what, stopped.number) == ("stopped", -signal.SIGKILL)
    assert ready.what == "ready"
    assert line.backing.hub.pid not in (None, first)
    line.start()


def test_a_killed_seat_leaves_no_hub_behind(tmp_path: Path) -> None:
    seat = subprocess.Popen(
        [sys.executable, "-c", _SEAT, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert seat.stdout is not None
    with seat.stdout:
        hub = psutil.Process(json.loads(seat.stdout.readline()))
        children = hub.children(recursive=True)
        seat.kill()
        seat.wait()
    _, alive = psutil.wait_procs([hub, *children], timeout=PATIENCE)
    assert not alive


def test_stopping_is_final(line: Line) -> None:
    line.backing.stop()
    assert line.backing.hub.pid is None
    assert line.news.empty(), "an end that was asked for is no news"
