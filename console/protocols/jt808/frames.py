"""JT/T 808 frames: flags, escapes, checksum, header, parts."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import reduce
from operator import xor

from console.protocols.errors import ProtocolError

MAX_BODY = 1023
MAX_FRAME = 2 * (17 + MAX_BODY + 4 + 1)
"""Longest content between two flags, when every byte had to be escaped."""

V2013: int | None = None
V2019 = 1

_VERSIONED = 1 << 14
_PARTED = 1 << 13
_CIPHER = 0b111 << 10


@dataclass(frozen=True, slots=True)
class Frame:
    """One checked frame. ``terminal`` is the phone number without leading zeros.

    ``version`` is None for 2013, else 2019's protocol version byte. ``part`` is (total, number
    from 1) where the body is one part of a longer one.
    """

    id: int
    terminal: str
    serial: int
    body: bytes
    version: int | None = V2013
    part: tuple[int, int] | None = None


class Splitter:
    """Cuts a byte stream into the contents between flags, in bounded memory.

    ``dropped`` counts bytes thrown away because no flag came in time.
    """

    def __init__(self) -> None:
        self._kept = b""
        self._lost = False
        self.dropped = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Return each finished content, still escaped, in order."""
        *done, rest = (self._kept + data).split(b"\x7e")
        if done and self._lost:
            self.dropped += len(done[0])
            del done[0]
            self._lost = False
        if len(rest) > MAX_FRAME or self._lost:
            self.dropped += len(rest)
            self._lost, rest = True, b""
        self._kept = rest
        return [content for content in done if content]


def _unescape(content: bytes) -> bytes:
    first, *others = content.split(b"\x7d")
    if not others:
        return first
    pieces = [first]
    for other in others:
        if other[:1] not in (b"\x01", b"\x02"):
            raise ProtocolError("0x7d is followed by neither 0x01 nor 0x02")
        pieces += (b"\x7d" if other[0] == 1 else b"\x7e", other[1:])
    return b"".join(pieces)


def _escape(data: bytes) -> bytes:
    return data.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def _digits(raw: bytes, name: str) -> str:
    text = raw.hex()
    if not text.isdecimal():
        raise ProtocolError(f"{name} is no BCD", name)
    return text


def parse(content: bytes) -> Frame:
    """Check what stood between two flags and return it as a frame."""
    if len(content) > MAX_FRAME:
        raise ProtocolError("frame is too long")
    data = _unescape(content)
    if len(data) < 13:
        raise ProtocolError("frame is too short")
    if reduce(xor, data) != 0:
        raise ProtocolError("checksum does not match", "checksum")
    message, attributes = struct.unpack_from(">HH", data)
    if attributes & _CIPHER:
        raise ProtocolError("body is encrypted", "encryption")
    at, version, width = 4, V2013, 6
    if attributes & _VERSIONED:
        at, version, width = 5, data[4], 10
    head = at + width + 2 + (4 if attributes & _PARTED else 0)
    if len(data) != head + (attributes & MAX_BODY) + 1:
        raise ProtocolError("length does not match", "length")
    terminal = _digits(data[at : at + width], "terminal").lstrip("0")
    (serial,) = struct.unpack_from(">H", data, at + width)
    part = None
    if attributes & _PARTED:
        total, number = struct.unpack_from(">HH", data, at + width + 2)
        if not 1 <= number <= total:
            raise ProtocolError("part number is out of range", "part")
        part = (total, number)
    return Frame(message, terminal, serial, data[head:-1], version, part)


def pack(frame: Frame) -> bytes:
    """Return the bytes of a frame, flags included."""
    versioned = frame.version is not None
    width = 20 if versioned else 12
    if len(frame.body) > MAX_BODY:
        raise ProtocolError("body is too long for one frame", "length")
    if not re.fullmatch(f"[0-9]{{0,{width}}}", frame.terminal):
        raise ProtocolError("terminal is no phone number", "terminal")
    attributes = len(frame.body)
    attributes |= (_VERSIONED if versioned else 0) | (_PARTED if frame.part else 0)
    data = struct.pack(">HH", frame.id, attributes)
    if frame.version is not None:
        data += bytes([frame.version])
    data += bytes.fromhex(frame.terminal.zfill(width)) + struct.pack(">H", frame.serial)
    if frame.part:
        data += struct.pack(">HH", *frame.part)
    data += frame.body
    return b"\x7e" + _escape(data + bytes([reduce(xor, data)])) + b"\x7e"


class Assembler:
    """Joins the parts of long messages; keeps at most ``limit`` unfinished ones, oldest out."""

    MAX_PARTS = 64

    def __init__(self, limit: int = 4) -> None:
        self._limit = limit
        self._open: dict[tuple[int, int], dict[int, bytes]] = {}

    def add(self, frame: Frame) -> Frame | None:
        """Return the message once its last part is here; a whole frame comes straight back."""
        if frame.part is None:
            return frame
        total, number = frame.part
        if total > self.MAX_PARTS:
            raise ProtocolError("message has too many parts", "part")
        first = (frame.serial - number + 1) & 0xFFFF
        key = (frame.id, first)
        parts = self._open.setdefault(key, {})
        parts[number] = frame.body
        if len(parts) == total:
            del self._open[key]
            body = b"".join(parts[index] for index in sorted(parts))
            return Frame(frame.id, frame.terminal, frame.serial, body, frame.version)
        if len(self._open) > self._limit:
            del self._open[next(iter(self._open))]
        return None
