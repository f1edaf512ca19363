"""Pictures handed from a decode worker to whoever paints them, through shared memory.

A :class:`FrameBuffer` is three picture slots and a page of numbers in an anonymous
memory file: it has no name in any directory, so that whatever crashes, the kernel takes it
back. One process writes, one reads, neither ever waits: the writer fills a slot that is
neither the newest nor the one the reader holds and then publishes it by one aligned 8-byte
store; the reader names the slot it holds and checks that it still is the newest.
Rows are BGRX, ``stride`` bytes apart, in the layout of ``QImage.Format_RGB32``.
"""

from __future__ import annotations

import mmap
import os
import secrets
import struct
import time
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

_PAGE = 4096
_MAGIC = 0x5A48_4652_0001
_SLOTS = 3
MAX_SIDE = 8192
"""Longest side of a picture in pixels; a larger one is an error, not an allocation."""

# Indices of 8-byte words in the first page.
_W_MAGIC, _W_CAPACITY, _W_WIDTH, _W_HEIGHT, _W_LATEST, _W_READING, _W_TOKEN = range(7)
_W_STATUS = 8
_W_SLOT = 64
_SLOT_WORDS = 8
_S_WIDTH, _S_HEIGHT, _S_STRIDE, _S_ARRIVED, _S_SHOWN, _S_CAMERA = range(6)


class Signal(IntEnum):
    """How a source is doing, as its worker sees it."""

    IDLE = 0
    CONNECTING = 1
    LIVE = 2
    LOST = 3
    REFUSED = 4


@dataclass(frozen=True, slots=True)
class Status:
    """What a worker says of one source, about once a second and at each turn of ``signal``."""

    signal: Signal = Signal.IDLE
    fps: float = 0.0
    kbit_s: float = 0.0
    lost: int = 0
    """RTP packets that never came, since the tile was opened."""
    dropped: int = 0
    """Pictures decoded or received but not shown because newer ones were there."""
    reconnects: int = 0
    width: int = 0
    """Size of the source's picture in pixels, not of the tile."""
    height: int = 0
    mark: int = 0
    """Number of the ``watch`` or ``resize`` this status belongs to."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture in the buffer. Times are ``time.monotonic_ns()``; ``camera`` is Unix ns or 0."""

    seq: int
    slot: int
    width: int
    height: int
    stride: int
    arrived: int
    shown: int
    camera: int
    pixels: memoryview


class FrameBuffer:
    """Three slots for pictures of up to ``width`` × ``height`` pixels."""

    def __init__(self, fd: int, size: int) -> None:
        self._fd = fd
        self._map = mmap.mmap(fd, size)
        self._bytes = memoryview(self._map)
        self._words = self._bytes[:_PAGE].cast("Q")

    @classmethod
    def create(cls, width: int, height: int) -> Self:
        """Allocate a buffer; the memory is given by the kernel as pictures come."""
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            raise ValueError(f"a picture of {width}×{height}")
        capacity = _round(height * stride_of(width), _PAGE)
        size = _PAGE + _SLOTS * capacity
        fd = os.memfd_create("zhihui-frames", os.MFD_CLOEXEC)
        try:
            os.ftruncate(fd, size)
            buffer = cls(fd, size)
        except BaseException:
            os.close(fd)
            raise
        words = buffer._words
        words[_W_CAPACITY], words[_W_WIDTH], words[_W_HEIGHT] = capacity, width, height
        words[_W_TOKEN], words[_W_MAGIC] = secrets.randbits(63), _MAGIC
        return buffer

    @classmethod
    def open(cls, address: str) -> Self:
        """Open the buffer that another process named by :attr:`address`.

        Raises OSError when it is gone, also when something else took its place meanwhile.
        """
        path, _, token = address.partition("#")
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            size = os.fstat(fd).st_size
            if size <= _PAGE:
                raise FileNotFoundError(address)
            buffer = cls(fd, size)
        except BaseException:
            os.close(fd)
            raise
        words = buffer._words
        whole = words[_W_CAPACITY] * _SLOTS + _PAGE == size
        if words[_W_MAGIC] != _MAGIC or not whole or f"{words[_W_TOKEN]:x}" != token:
            buffer.close()
            raise FileNotFoundError(address)
        return buffer

    @property
    def address(self) -> str:
        """What names this very buffer to a process of the same account while this one lives."""
        return f"/proc/{os.getpid()}/fd/{self._fd}#{self._words[_W_TOKEN]:x}"

    @property
    def size(self) -> tuple[int, int]:
        """Largest picture it was made for, in pixels."""
        return self._words[_W_WIDTH], self._words[_W_HEIGHT]

    def close(self) -> None:
        """Give the memory back once the last picture cut from it is gone."""
        if self._fd < 0:
            return
        os.close(self._fd)
        self._fd = -1
        self._words.release()
        self._bytes.release()
        try:
            self._map.close()
        except BufferError:
            # A picture is still painted from it; its memoryview keeps the map until then.
            del self._map

    # --- the writer ---------------------------------------------------------------

    def write(
        self, pixels: memoryview, width: int, height: int, stride: int, arrived: int, camera: int
    ) -> int:
        """Copy one picture in and publish it; return its number, which only ever grows."""
        words = self._words
        length = height * stride
        if length > words[_W_CAPACITY]:
            raise ValueError(f"{width}×{height} does not fit")
        latest = words[_W_LATEST]
        slot = _free_slot(latest, words[_W_READING])
        seq = (latest >> 2) + 1
        base = _W_SLOT + slot * _SLOT_WORDS
        start = _PAGE + slot * words[_W_CAPACITY]
        self._bytes[start : start + length] = pixels[:length]
        words[base + _S_WIDTH], words[base + _S_HEIGHT] = width, height
        words[base + _S_STRIDE] = stride
        words[base + _S_ARRIVED], words[base + _S_CAMERA] = arrived, camera
        words[base + _S_SHOWN] = time.monotonic_ns()
        words[_W_LATEST] = seq << 2 | slot
        return seq

    def report(self, status: Status) -> None:
        """Leave a status for the reader."""
        _STATUS.pack_into(
            self._bytes,
            _W_STATUS * 8,
            status.signal,
            status.mark,
            status.lost,
            status.dropped,
            status.reconnects,
            status.width,
            status.height,
            status.fps,
            status.kbit_s,
        )

    # --- the reader ---------------------------------------------------------------

    @property
    def seq(self) -> int:
        """Number of the newest picture; 0 before the first."""
        return self._words[_W_LATEST] >> 2

    def newest(self) -> Frame | None:
        """Hold the newest picture until the next call and return it; None before the first.

        Its pixels stay untouched by the writer for as long as it is held. ValueError when the
        numbers cannot be true: a decoder that was broken into must not take the reader along.
        """
        words = self._words
        while True:
            latest = words[_W_LATEST]
            if latest == 0:
                return None
            slot = latest & 3
            words[_W_READING] = slot + 1
            if words[_W_LATEST] == latest:
                break
        base = _W_SLOT + slot * _SLOT_WORDS
        start = _PAGE + slot * words[_W_CAPACITY]
        width, height = words[base + _S_WIDTH], words[base + _S_HEIGHT]
        stride = words[base + _S_STRIDE]
        if width * 4 > stride or height * stride > words[_W_CAPACITY]:
            raise ValueError("the writer has gone mad")
        return Frame(
            latest >> 2,
            slot,
            width,
            height,
            stride,
            words[base + _S_ARRIVED],
            words[base + _S_SHOWN],
            words[base + _S_CAMERA],
            self._bytes[start : start + height * stride],
        )

    def status(self) -> Status:
        """What the writer last said."""
        signal, mark, lost, dropped, reconnects, width, height, fps, kbit_s = _STATUS.unpack_from(
            self._bytes, _W_STATUS * 8
        )
        return Status(Signal(signal), fps, kbit_s, lost, dropped, reconnects, width, height, mark)


_STATUS = struct.Struct("=7Q2d")


def stride_of(width: int) -> int:
    """Bytes from row to row that any picture of ``width`` pixels fits in."""
    return _round(width * 4, 64)


def _round(value: int, step: int) -> int:
    return -(-value // step) * step


def _free_slot(latest: int, reading: int) -> int:
    taken = {latest & 3 if latest else -1, reading - 1}
    return next(slot for slot in range(_SLOTS) if slot not in taken)
