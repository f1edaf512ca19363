"""Sources that libavformat takes apart: files, and codings our own client does not know.

Slower by up to a picture than :mod:`console.media.client`, and one thread a source.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import av
from av.container import InputContainer
from av.packet import Packet

from console.media.stream import Sink, Source, StreamError, Unit, UnknownCodecError

OPEN, READ = 3.0, 2.5
"""Seconds that opening and one read may take."""


class _Reader:
    """The container; touched by the one thread of its pool alone."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._container: InputContainer | None = None
        self._packets: Iterator[Packet[Any]] = iter(())

    def open(self) -> tuple[str, bytes]:
        """Return the codec's name and its out-of-band data."""
        options = {"rtsp_transport": "tcp"} if self._source.scheme == "rtsp" else {}
        self._container = av.open(_address(self._source), options=options, timeout=(OPEN, READ))
        if not self._container.streams.video:
            raise UnknownCodecError("no video")
        stream = self._container.streams.video[0]
        self._packets = self._container.demux(stream)
        return stream.codec_context.name, stream.codec_context.extradata or b""

    def read(self) -> Unit | None:
        """Return the next picture, None at the end."""
        packet = next(self._packets, None)
        if packet is None or not packet.size:
            return None
        time_base, pts = packet.time_base, packet.pts
        stamp = int(pts * time_base * 1_000_000_000) if pts is not None and time_base else 0
        return Unit(bytes(packet), packet.is_keyframe, time.monotonic_ns(), stamp)

    def close(self) -> None:
        if self._container is not None:
            self._container.close()


def _address(source: Source) -> str:
    parts = urlsplit(source.url)
    if source.scheme == "file":
        return unquote(parts.path)
    if source.user:
        secret = f"{quote(source.user, '')}:{quote(source.password, '')}@{parts.netloc}"
        return urlunsplit(parts._replace(netloc=secret))
    return source.url


async def play(source: Source, sink: Sink) -> None:
    """Play a source; a file, in its own time, ends by :class:`StreamError` as if hung up."""
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1, "demux")
    reader = _Reader(source)
    begun = 0
    try:
        sink.opened(*await loop.run_in_executor(pool, reader.open))
        while (unit := await loop.run_in_executor(pool, reader.read)) is not None:
            if source.scheme == "file":
                begun = begun or unit.arrived - unit.stamp
                await asyncio.sleep((unit.stamp + begun - time.monotonic_ns()) / 1e9)
            sink.take([unit])
        raise StreamError("the source ended")
    except av.FFmpegError as error:
        raise StreamError(f"cannot read: {type(error).__name__}") from error
    finally:
        # Its thread may be inside libavformat for READ seconds more; only then may it close.
        pool.submit(reader.close)
        pool.shutdown(wait=False)
