"""A server that is not ours, gst-rtsp-server of Debian, and codings only libav takes apart."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from console.media.feeds import Feeds
from console.media.frames import Signal
from console.media.stream import Source
from tests.rig.waiting import until

PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).with_name("gst_server.py")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with subprocess.Popen(
        [PYTHON, SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            pytest.skip("python3-gi with gst-rtsp-server is not installed")
        yield int(line)
        server.kill()


@pytest.mark.slow
@pytest.mark.parametrize("coding", ["h264", "h265", "mjpeg"])
def test_pictures_of_a_foreign_server_come(port: int, coding: str) -> None:
    with closing(Feeds(1)) as feeds:
        feed = feeds.watch(Source.parse(f"rtsp://127.0.0.1:{port}/{coding}"), 320, 180)
        until(lambda: feed.stamp[1] > 20)
        assert feed.status().signal is Signal.LIVE
        until(lambda: (feed.status().width, feed.status().height) == (640, 360))
