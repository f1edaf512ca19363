"""The RTSP client against a camera that misbehaves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest

from console.media import client, watch
from console.media.frames import Signal
from console.media.stream import (
    RefusedError,
    Source,
    StreamError,
    Unit,
    UnknownCodecError,
)
from tests.media.camera import Camera
from tests.rig.waiting import PATIENCE

SLACK = 5.0
"""Seconds by which a busy machine may be late."""


class Notebook:
    """A sink that writes everything down."""

    def __init__(self) -> None:
        self.openings: list[tuple[str, bytes]] = []
        self.units: list[Unit] = []
        self.lost = 0
        self.signals: list[Signal] = []

    def opened(self, codec: str, setup: bytes) -> None:
        self.openings.append((codec, setup))

    def take(self, units: list[Unit]) -> None:
        self.units += units

    def missed(self, packets: int) -> None:
        self.lost += packets

    def signal(self, signal: Signal) -> None:
        self.signals.append(signal)


def play_until(
    source: Source,
    done: Callable[[Notebook], object],
    seconds: float = PATIENCE,
    *,
    again: bool = False,
) -> Notebook:
    """Play (or keep playing) until ``done``; the driver's own error ends it too."""
    notes = Notebook()

    async def run() -> None:
        playing = watch.watch(source, notes) if again else client.play(source, notes)
        task = asyncio.ensure_future(playing)
        end = time.monotonic() + PATIENCE
        try:
            while not done(notes) and not task.done():
                assert time.monotonic() < end, "not in time"
                await asyncio.wait([task], timeout=0.005)
            if task.done():
                task.result()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, StreamError):
                await task

    asyncio.run(run())
    return notes


def test_pictures_come_whole_and_in_order_with_the_cameras_clock(camera: Camera) -> None:
    notes = play_until(Source.parse(camera.url()), lambda n: len(n.units) > 20)
    assert notes.openings[0][0] == "h264"
    assert notes.openings[0][1].startswith(b"\0\0\0\1")
    assert notes.units[0].key
    stamps = [unit.stamp for unit in notes.units]
    assert all(60e6 < b - a < 70e6 for a, b in pairwise(stamps))
    told = [unit for unit in notes.units if unit.camera]
    assert told
    assert abs(told[-1].camera / 1e9 - time.time()) < 10


@pytest.mark.parametrize("basic", [False, True])
def test_credentials_open_the_camera_and_never_appear_in_the_address(
    pictures: list[list[bytes]], basic: bool
) -> None:
    with Camera(pictures, login=("hik vision", "p@ss:w/rd"), basic=basic) as camera:
        source = Source.parse(camera.url(login="hik%20vision:p%40ss%3Aw%2Frd@"))
        assert source.url == camera.url()
        assert "p@ss" not in repr(source)
        assert play_until(source, lambda n: n.units).units


def test_a_wrong_password_is_tried_once_and_then_left_alone(pictures: list[list[bytes]]) -> None:
    with Camera(pictures, login=("a", "b")) as camera:
        with pytest.raises(RefusedError):
            play_until(Source(camera.url(), "a", "wrong"), lambda n: n.units)
        asked = len(camera.seen)
        assert asked <= 3
        notes = play_until(
            Source(camera.url(), "a", "wrong"), lambda n: Signal.REFUSED in n.signals, again=True
        )
        assert notes.signals == [Signal.CONNECTING, Signal.REFUSED]
        assert len(camera.seen) - asked <= 3


def test_a_stall_is_noticed_within_three_seconds(camera: Camera) -> None:
    begun: list[float] = []

    def stall(notes: Notebook) -> bool:
        if len(notes.units) > 3 and not begun:
            camera.faults.stalled = True
            begun.append(time.monotonic())
        return False

    with pytest.raises(StreamError, match="silent"):
        play_until(Source.parse(camera.url()), stall)
    assert client.STALL + client.LOOK <= 3.0
    assert time.monotonic() - begun[0] < client.STALL + client.LOOK + SLACK


def test_a_deaf_camera_is_given_up_in_time(camera: Camera) -> None:
    camera.faults.deaf = True
    began = time.monotonic()
    with pytest.raises(StreamError, match="no answer to DESCRIBE"):
        play_until(Source.parse(camera.url()), lambda n: n.units)
    assert time.monotonic() - began < client.STEP + SLACK


def test_a_hang_up_is_mended_while_somebody_watches(camera: Camera) -> None:
    def twice(notes: Notebook) -> bool:
        if len(notes.openings) == 1 and len(notes.units) > 3 and Signal.LOST not in notes.signals:
            camera.hang_up()
        return len(notes.openings) == 2 and notes.signals[-1] is Signal.LIVE

    notes = play_until(Source.parse(camera.url()), twice, again=True)
    assert notes.signals == [Signal.CONNECTING, Signal.LIVE, Signal.LOST, Signal.LIVE]


def test_after_lost_packets_the_next_picture_is_a_key_picture(camera: Camera) -> None:
    marks: list[int] = []

    def lose(notes: Notebook) -> bool:
        if len(notes.units) > 4 and not marks:
            marks.append(len(notes.units))
            camera.faults.lose = 3
        return notes.lost > 0 and len(notes.units) > marks[0] + 12

    notes = play_until(Source.parse(camera.url()), lose)
    assert notes.lost == 3
    stamps = [unit.stamp for unit in notes.units]
    holes = [i for i in range(1, len(stamps)) if stamps[i] - stamps[i - 1] > 80e6]
    assert all(notes.units[i].key for i in holes)


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"A" * 100_000,
        b"RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n",
        b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 5\r\n\r\nhello",
        b"RTSP/1.0 500 No\r\nCSeq: 1\r\n\r\n",
        b"$\x00\x00\x04junk" * 50,
    ],
)
def test_nonsense_instead_of_rtsp_is_an_error_and_no_memory(camera: Camera, reply: bytes) -> None:
    camera.faults.reply = reply
    with pytest.raises(StreamError):
        play_until(Source.parse(camera.url()), lambda n: n.units)


def test_a_coding_we_cannot_take_apart_is_told_from_a_failure(camera: Camera) -> None:
    camera.faults.codec = "H265"
    with pytest.raises(UnknownCodecError):
        play_until(Source.parse(camera.url()), lambda n: n.units)


def test_the_session_is_kept_alive_before_it_times_out(camera: Camera) -> None:
    play_until(Source.parse(camera.url()), lambda _: "GET_PARAMETER" in camera.seen)
    assert camera.playing <= 1


def test_no_camera_is_an_error_and_the_address_of_a_file_is_refused_from_afar() -> None:
    with pytest.raises(StreamError, match="cannot connect"):
        play_until(Source.parse("rtsp://127.0.0.1:1/x"), lambda n: n.units)
    notes = play_until(Source.parse("file:///etc/hostname"), lambda _: False, again=True)
    assert notes.signals == [Signal.REFUSED]


@pytest.mark.parametrize("url", ["", "camera", "rtsp://a b/", "rtsp://x/" + "y" * 3000])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a URL"):
        Source.parse(url)
