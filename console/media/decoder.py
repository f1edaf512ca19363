"""Coded pictures in, pictures out: one codec context of one thread, no delay."""

from __future__ import annotations

import av
from av.codec.context import Flags
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from console.media.frames import MAX_SIDE

av.logging.set_level(av.logging.PANIC)

MAX_PIXELS = MAX_SIDE * 4320
"""What a header may claim before libavcodec takes memory for it."""


class Decoder:
    """Decodes one stream. After an error it waits for the next key picture."""

    def __init__(self, codec: str, setup: bytes = b"") -> None:
        """Raise ValueError for a codec that libavcodec does not decode."""
        context = av.CodecContext.create(codec, "r")
        if not isinstance(context, VideoCodecContext):
            raise ValueError(f"{codec} is no video")
        context.thread_count = 1
        context.flags |= Flags.low_delay
        context.options = {"max_pixels": str(MAX_PIXELS)}
        if setup:
            context.extradata = setup
        self._context = context
        self.waiting = True
        self.errors = 0

    def decode(self, data: bytes, *, key: bool) -> VideoFrame | None:
        """Return the picture, None while there is none to trust."""
        if self.waiting and not key:
            return None
        try:
            frames = self._context.decode(Packet(data))
        except av.FFmpegError:
            self._stumble()
            return None
        self.waiting = False
        if not frames:
            return None
        frame = frames[-1]
        if frame.is_corrupt or max(frame.width, frame.height) > MAX_SIDE:
            self._stumble()
            return None
        return frame

    def _stumble(self) -> None:
        self.errors += 1
        self.waiting = True
        self._context.flush_buffers()


class Scaler:
    """Fits pictures into a rectangle as BGRX rows, keeping their shape."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def fit(self, frame: VideoFrame, width: int, height: int) -> VideoFrame:
        """Return ``frame`` as large as it fits into ``width`` × ``height`` pixels."""
        scale = min(width / frame.width, height / frame.height)
        to_width = min(width, max(2, round(frame.width * scale)))
        to_height = min(height, max(2, round(frame.height * scale)))
        return self._reformatter.reformat(
            frame,
            to_width,
            to_height,
            format="bgra",
            # Unscaled, libswscale has a short path that only BILINEAR takes.
            interpolation=Interpolation.AREA if scale < 1 else Interpolation.BILINEAR,
            threads=1,
        )
