"""Shared memory: nothing torn, nothing backward, nothing left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.media.frames import FrameBuffer, Signal, Status, stride_of


@contextmanager
def both() -> Iterator[tuple[FrameBuffer, FrameBuffer]]:
    """One small buffer as its reader and as its writer see it."""
    reader = FrameBuffer.create(8, 4)
    with closing(reader), closing(FrameBuffer.open(reader.address)) as writer:
        yield reader, writer


def fill(buffer: FrameBuffer, number: int, size: tuple[int, int] = (8, 4)) -> int:
    width, height = size
    pixels = bytes([number % 251]) * (height * stride_of(width))
    return buffer.write(memoryview(pixels), width, height, stride_of(width), number, 0)


@given(st.lists(st.sampled_from(["write", "look"]), max_size=60))
def test_a_held_picture_is_never_touched_and_the_next_is_never_older(steps: list[str]) -> None:
    with both() as (reader, writer):
        held, written = None, 0
        for step in steps:
            if step == "write":
                written += 1
                assert fill(writer, written) == written
            else:
                before = held.seq if held else 0
                held = reader.newest()
                assert (held.seq if held else 0) == written >= before
            if held is not None:
                assert set(held.pixels) == {held.seq % 251}


_WRITER = """
import sys
from console.media.frames import FrameBuffer, stride_of
buffer = FrameBuffer.open(sys.argv[1])
size = 180 * stride_of(320)
pages = [memoryview(bytes([n]) * size) for n in range(251)]
sys.stdout.write("go\\n"); sys.stdout.flush()
for number in range(1, 4001):
    buffer.write(pages[number % 251], 320, 180, stride_of(320), number, 0)
"""


def test_a_reader_beside_a_writer_in_full_flight_sees_whole_pictures_in_order() -> None:
    with closing(FrameBuffer.create(320, 180)) as buffer:
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, buffer.address], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"go\n"
        last, looked = 0, 0
        deadline = time.monotonic() + 20
        while last < 4000 and time.monotonic() < deadline:
            frame = buffer.newest()
            if frame is None:
                continue
            assert frame.seq >= last
            whole = bytes([frame.seq % 251]) * len(frame.pixels)
            assert frame.pixels == whole
            assert frame.arrived == frame.seq
            last, looked = frame.seq, looked + 1
        writer.stdout.close()
        assert writer.wait(5) == 0
        assert last == 4000
        assert looked > 50


def test_a_new_writer_goes_on_from_the_last_number() -> None:
    with closing(FrameBuffer.create(8, 4)) as reader:
        for number in (1, 2):
            with closing(FrameBuffer.open(reader.address)) as writer:
                assert fill(writer, number) == number
        frame = reader.newest()
        assert frame is not None
        assert set(frame.pixels) == {2}


def test_what_the_writer_says_of_itself_arrives() -> None:
    status = Status(Signal.LIVE, 14.9, 612.5, 3, 1, 2, 640, 360, 5)
    with both() as (reader, writer):
        assert reader.status() == Status()
        writer.report(status)
        assert reader.status() == status


def test_a_buffer_has_no_name_and_its_memory_goes_with_it() -> None:
    before = set(Path("/proc/self/fd").iterdir())
    buffer = FrameBuffer.create(640, 360)
    fill(buffer, 1, (640, 360))
    picture = buffer.newest()
    assert picture is not None
    buffer.close()
    buffer.close()
    assert set(picture.pixels[:64]) == {1}, "a picture in hand outlives its buffer"
    del picture
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_a_buffer_that_took_another_ones_place_is_not_mistaken_for_it() -> None:
    first = FrameBuffer.create(8, 4)
    address = first.address
    first.close()
    with closing(FrameBuffer.create(8, 4)) as second:
        assert second.address.partition("#")[0] == address.partition("#")[0]
        with pytest.raises(FileNotFoundError):
            FrameBuffer.open(address)
    with pytest.raises(FileNotFoundError):
        FrameBuffer.open(address)
    mine, yours = os.pipe()
    with pytest.raises(FileNotFoundError):
        FrameBuffer.open(f"/proc/{os.getpid()}/fd/{mine}#1")
    os.close(mine)
    os.close(yours)


@pytest.mark.parametrize("size", [(0, 4), (8, -1), (9000, 10)])
def test_impossible_sizes_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a picture of"):
        FrameBuffer.create(*size)


def test_a_picture_too_large_is_refused_and_a_mad_writer_does_not_take_the_reader_along() -> None:
    with closing(FrameBuffer.create(8, 4)) as reader:
        with pytest.raises(ValueError, match="does not fit"):
            fill(reader, 1, (800, 400))
        pixels = memoryview(bytes(4 * 64))
        reader.write(pixels, 4000, 4, 64, 0, 0)
        with pytest.raises(ValueError, match="mad"):
            reader.newest()
