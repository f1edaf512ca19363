"""Workers and their supervisor, with real processes and a real RTSP server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from console.media.feeds import Feed, Feeds
from console.media.frames import Signal
from console.media.stream import Source
from tests.media.camera import Camera, read_barcode
from tests.rig.waiting import until


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    feeds = Feeds(2)
    yield feeds
    feeds.close()


def number(feed: Feed) -> int:
    frame = feed.newest()
    assert frame is not None
    return read_barcode(frame.pixels, frame.width, frame.height, frame.stride)


def test_sixteen_tiles_show_moving_pictures_of_their_own_size(camera: Camera, feeds: Feeds) -> None:
    sizes = [(200 + 20 * n, 113 + 11 * n) for n in range(16)]
    watched = [feeds.watch(Source.parse(camera.url(f"cam{n}")), *sizes[n]) for n in range(16)]
    until(lambda: all(feed.stamp[1] > 10 for feed in watched))
    assert camera.playing == 16
    assert len(feeds.pids()) == 2
    for feed, (width, height) in zip(watched, sizes, strict=True):
        frame = feed.newest()
        assert frame is not None
        assert width in (frame.width, frame.width + 1) or height in (frame.height,)
        until(lambda feed=feed: abs(number(feed) - number(watched[0])) <= 2)  # type: ignore[misc]
    until(lambda: max(feed.age() for feed in watched) < 0.5)
    until(lambda: watched[0].status().fps > 8)
    assert watched[0].status().signal is Signal.LIVE
    assert (watched[0].status().width, watched[0].status().height) == (320, 180)


def test_closing_a_tile_lets_the_camera_go(camera: Camera, feeds: Feeds) -> None:
    feed = feeds.watch(Source.parse(camera.url()), 320, 180)
    until(lambda: feed.stamp[1])
    feed.close()
    until(lambda: camera.playing == 0)
    assert feed.newest() is None


def test_another_size_keeps_the_old_picture_until_the_new_one_is_there(
    camera: Camera, feeds: Feeds
) -> None:
    feed = feeds.watch(Source.parse(camera.url()), 320, 180)
    until(lambda: feed.stamp[1])
    feed.resize(160, 90)
    frame = feed.newest()
    assert frame is not None
    widths = {frame.width}

    def small() -> bool:
        frame = feed.newest()
        assert frame is not None
        widths.add(frame.width)
        return frame.width == 160

    until(small)
    assert widths <= {320, 160}
    assert camera.seen.count("PLAY") == 1


def test_a_hidden_tile_is_not_decoded_and_comes_back_over_the_same_connection(
    camera: Camera, feeds: Feeds
) -> None:
    feed = feeds.watch(Source.parse(camera.url()), 320, 180)
    until(lambda: feed.stamp[1] > 2)
    feed.hide(hidden=True)
    until(lambda: feed.age() > 1.5)
    before = feed.stamp[1]
    feed.hide(hidden=False)
    until(lambda: feed.stamp[1] > before)
    assert camera.seen.count("PLAY") == 1


def test_a_dead_worker_is_started_again_and_its_tiles_come_back(
    camera: Camera, feeds: Feeds
) -> None:
    watched = [feeds.watch(Source.parse(camera.url()), 320, 180) for _ in range(4)]
    until(lambda: all(feed.stamp[1] for feed in watched))
    victim = feeds.pids()[0]
    before = [feed.stamp[1] for feed in watched]
    os.kill(victim, signal.SIGKILL)

    def back() -> bool:
        feeds.tend()
        return all(feed.stamp[1] > was + 10 for feed, was in zip(watched, before, strict=True))

    until(back)
    assert victim not in feeds.pids()
    assert all(feed.stamp[1] > was for feed, was in zip(watched, before, strict=True))


def test_a_frozen_worker_does_not_stop_the_seat_from_closing(camera: Camera) -> None:
    feeds = Feeds(1)
    feed = feeds.watch(Source.parse(camera.url()), 320, 180)
    until(lambda: feed.stamp[1])
    os.kill(feeds.pids()[0], signal.SIGSTOP)
    for turn in range(2000):
        feed.resize(100 + turn % 2, 80)
    began = time.monotonic()
    feeds.close()
    assert time.monotonic() - began < 10.0


def test_a_stall_shows_as_age_and_the_camera_comes_back(camera: Camera, feeds: Feeds) -> None:
    feed = feeds.watch(Source.parse(camera.url()), 320, 180)
    until(lambda: feed.stamp[1])
    camera.faults.stalled = True
    until(lambda: feed.status().signal is Signal.LOST)
    assert feed.age() > 2.0
    camera.faults.stalled = False
    until(lambda: feed.age() < 0.3)
    assert feed.status().signal is Signal.LIVE
    assert feed.status().reconnects >= 1


def test_spoiled_pictures_are_not_shown_and_the_next_key_picture_mends_it(
    camera: Camera, feeds: Feeds
) -> None:
    feed = feeds.watch(Source.parse(camera.url()), 320, 180)
    until(lambda: feed.stamp[1] > 3)
    camera.faults.damage = 4
    until(lambda: camera.faults.damage == 0)
    seq = feed.stamp[1]
    until(lambda: feed.stamp[1] > seq + 5)
    until(lambda: abs(number(feed) - camera.newest) <= 3)


_SEAT = """
import sys, time
from console.media.feeds import Feeds
from console.media.stream import Source
feeds = Feeds(2)
watched = [feeds.watch(Source.parse(url), 320, 180) for url in sys.argv[1:]]
while not all(feed.stamp[1] for feed in watched):
    time.sleep(0.01)
print(*feeds.pids(), flush=True)
time.sleep(60)
"""


def test_a_killed_seat_leaves_no_worker_and_no_memory(camera: Camera) -> None:
    seat = subprocess.Popen(
        [sys.executable, "-c", _SEAT, camera.url("a"), camera.url("b")], stdout=subprocess.PIPE
    )
    assert seat.stdout is not None
    workers = [int(pid) for pid in seat.stdout.readline().split()]
    assert len(workers) == 2
    seat.kill()
    seat.wait()
    seat.stdout.close()
    until(lambda: not any(psutil.pid_exists(pid) for pid in workers))
    until(lambda: camera.playing == 0)
