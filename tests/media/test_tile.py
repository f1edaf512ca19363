"""One tile: what comes too late, what is spoiled, what is absurd."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.media.decoder import Decoder, Scaler
from console.media.feeds import Feeds
from console.media.frames import FrameBuffer, Signal
from console.media.stream import Source, Unit
from console.media.tile import Pace, Tile
from console.protocols import h264
from tests.media.camera import barcode, read_barcode
from tests.rig.waiting import until

STEP = 66_666_666
"""Nanoseconds from picture to picture."""


def unit(pictures: list[list[bytes]], number: int, late: int = 0) -> Unit:
    stamp = number * STEP
    return Unit(h264.join(pictures[number]), number % 15 == 0, 10**12 + stamp + late, stamp)


@pytest.fixture
def glass() -> Iterator[FrameBuffer]:
    with closing(FrameBuffer.create(320, 180)) as buffer:
        yield buffer


@pytest.fixture
def tile(glass: FrameBuffer) -> Iterator[Tile]:
    with closing(Tile(FrameBuffer.open(glass.address), 1)) as tile:
        tile.opened("h264", b"")
        yield tile


def shown(glass: FrameBuffer) -> int:
    frame = glass.newest()
    assert frame is not None
    return read_barcode(frame.pixels, frame.width, frame.height, frame.stride)


def test_of_pictures_that_come_together_only_the_newest_is_shown(
    pictures: list[list[bytes]], tile: Tile, glass: FrameBuffer
) -> None:
    tile.take([unit(pictures, number) for number in range(6)])
    assert (glass.seq, shown(glass)) == (1, 5)
    tile.report()
    assert glass.status().dropped == 5


def test_late_pictures_are_decoded_unseen_and_hopeless_ones_not_until_a_key_picture(
    pictures: list[list[bytes]], tile: Tile, glass: FrameBuffer
) -> None:
    tile.take([unit(pictures, 0)])
    tile.take([unit(pictures, 1, 500_000_000)])
    assert glass.seq == 1
    tile.take([unit(pictures, 2)])
    assert shown(glass) == 2
    tile.take([unit(pictures, 3, 2_500_000_000)])
    tile.take([unit(pictures, 4)])
    assert shown(glass) == 2, "nothing to be trusted before the next key picture"
    tile.take([unit(pictures, 15), unit(pictures, 16)])
    assert shown(glass) == 16


def test_a_hidden_tile_is_there_at_once_where_a_key_picture_came_meanwhile(
    pictures: list[list[bytes]], tile: Tile, glass: FrameBuffer
) -> None:
    tile.take([unit(pictures, 0)])
    tile.hide(hidden=True)
    for number in range(1, 21):
        tile.take([unit(pictures, number)])
    assert shown(glass) == 0
    tile.hide(hidden=False)
    assert shown(glass) == 20
    tile.take([unit(pictures, 21)])
    assert shown(glass) == 21


@given(st.lists(st.integers(0, 3_000_000_000), min_size=1, max_size=60))
def test_lateness_is_what_a_unit_lost_on_the_quickest_of_late(delays: list[int]) -> None:
    pace = Pace()
    told = [
        pace.behind(Unit(b"", key=False, arrived=10**12 + n * STEP + delay, stamp=n * STEP))
        for n, delay in enumerate(delays)
    ]
    assert told == [delay - min(delays[: n + 1]) for n, delay in enumerate(delays)]


def test_a_clock_that_drifts_does_not_make_everything_late() -> None:
    pace = Pace()
    told = [
        pace.behind(Unit(b"", key=False, arrived=10**12 + n * (STEP + 20_000), stamp=n * STEP))
        for n in range(15 * 600)
    ]
    assert max(told) < 10_000_000


def test_a_spoiled_picture_is_not_shown(
    pictures: list[list[bytes]], tile: Tile, glass: FrameBuffer
) -> None:
    tile.take([unit(pictures, 0)])
    for number in range(1, 15):
        spoiled = unit(pictures, number)
        junk = bytes(b ^ 0x5A for b in spoiled.data[5:])
        tile.take([Unit(spoiled.data[:5] + junk, spoiled.key, spoiled.arrived, spoiled.stamp)])
    assert shown(glass) == 0
    tile.take([unit(pictures, 15)])
    assert shown(glass) == 15


@given(st.binary(max_size=400))
def test_no_bytes_make_a_decoder_raise(data: bytes) -> None:
    decoder = Decoder("h264")
    assert decoder.decode(b"\0\0\0\1" + data, key=True) is None


def test_a_picture_fits_into_any_tile_and_keeps_its_shape(pictures: list[list[bytes]]) -> None:
    picture = Decoder("h264").decode(h264.join(pictures[0]), key=True)
    assert picture is not None
    scaler = Scaler()
    for width, height in [(320, 180), (101, 400), (999, 50), (2, 2), (640, 361)]:
        fitted = scaler.fit(picture, width, height)
        assert fitted.width <= width
        assert fitted.height <= height
        assert fitted.width == width or fitted.height == height


def write_film(path: Path) -> None:
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=15, options={"tune": "zerolatency"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(30):
            film.mux(stream.encode(av.VideoFrame.from_ndarray(barcode(number, 320, 180), "rgb24")))
        film.mux(stream.encode(None))


def test_a_file_plays_in_its_own_time_and_begins_again(tmp_path: Path) -> None:
    write_film(tmp_path / "film.mp4")
    source = Source.parse((tmp_path / "film.mp4").as_uri())
    numbers: list[int] = []
    with closing(Feeds(1, ["--files"])) as feeds:
        feed = feeds.watch(source, 320, 180)

        def twice() -> bool:
            frame = feed.newest()
            if frame is not None:
                number = read_barcode(frame.pixels, frame.width, frame.height, frame.stride)
                if not numbers or numbers[-1] != number:
                    numbers.append(number)
            return any(b < a for a, b in pairwise(numbers))

        began = time.monotonic()
        until(twice)
        assert time.monotonic() - began > 1.8
        assert len(numbers) > 8
        assert feed.status().signal in (Signal.LIVE, Signal.LOST)
