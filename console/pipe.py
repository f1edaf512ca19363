"""Framed messages over a pair of pipes, for child processes of the hub and the city.

A frame is ``>II`` (header length, payload length), a UTF-8 JSON object and raw
payload bytes. Both lengths are bounded so that a broken peer cannot take memory.
"""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")
MAX_HEADER = 1 << 22
MAX_PAYLOAD = 1 << 26


class PipeError(Exception):
    """The peer sent what is no frame."""


def encode(message: dict[str, Any], payload: bytes = b"") -> bytes:
    """Return one frame."""
    header = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(header), len(payload)) + header + payload


def _lengths(raw: bytes) -> tuple[int, int]:
    header, payload = _LENGTHS.unpack(raw)
    if header > MAX_HEADER or payload > MAX_PAYLOAD:
        raise PipeError(f"frame of {header}+{payload} bytes")
    return header, payload


def _message(raw: bytes) -> dict[str, Any]:
    try:
        message = json.loads(raw)
    except ValueError as error:
        raise PipeError("header is no JSON") from error
    if not isinstance(message, dict):
        raise PipeError("header is no object")
    return message


async def read(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame, or None when the peer is gone."""
    try:
        header, payload = _lengths(await reader.readexactly(_LENGTHS.size))
        return _message(await reader.readexactly(header)), await reader.readexactly(payload)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def read_blocking(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Like :func:`read`, for a thread that may block."""
    raw = stream.read(_LENGTHS.size)
    if len(raw) < _LENGTHS.size:
        return None
    header, payload = _lengths(raw)
    text, body = stream.read(header), stream.read(payload)
    if len(text) < header or len(body) < payload:
        return None
    return _message(text), body


async def standard_streams() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect this process's standard input and output to the running loop."""
    import sys

    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=MAX_HEADER)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    transport, protocol = await loop.connect_write_pipe(
        asyncio.streams.FlowControlMixin, sys.stdout.buffer
    )
    return reader, asyncio.StreamWriter(transport, protocol, None, loop)
