"""H.264 by x264: one encoder a stream, made for many small streams on few cores."""

from __future__ import annotations

import functools
from fractions import Fraction

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from console.city.video.planes import Planes
from console.protocols import h264

Size = tuple[int, int]

RATE = 12
"""Pictures a second."""
GOP = 2 * RATE
"""Pictures from one key picture to the next."""


_QUANTISER = 25
"""Constant: it spares x264 its look at each picture's complexity, a third of the time
against a constant rate factor, measured on these streets."""


class Encoder:
    """Encodes the picture in ``planes``, which the caller changes in place between calls."""

    def __init__(self, size: Size) -> None:
        self._codec = _codec(size)
        self._frame = av.VideoFrame(*size, "nv12")
        luma, chroma = (
            np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
            for plane in self._frame.planes
        )
        width, height = size
        self.planes = Planes(
            luma[:height, :width], chroma[: height // 2, :width].reshape(height // 2, -1, 2)
        )
        self._count = 0

    def encode(self, *, key: bool) -> list[bytes]:
        """Return the NAL units of the picture as it is now, a key picture if asked for."""
        self._frame.pts = self._count
        self._frame.pict_type = PictureType.I if key else PictureType.NONE
        self._count += 1
        stream = b"".join(bytes(packet) for packet in self._codec.encode(self._frame))
        return [unit for unit in h264.split(stream) if h264.kind(unit) != h264.SEI]


def _codec(size: Size) -> VideoCodecContext:
    codec = av.CodecContext.create("libx264", "w")
    assert isinstance(codec, VideoCodecContext)
    codec.width, codec.height = size
    codec.pix_fmt = "nv12"
    codec.time_base = Fraction(1, RATE)
    codec.framerate = Fraction(RATE)
    codec.thread_count = 1
    codec.gop_size = GOP
    codec.max_b_frames = 0
    codec.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "qp": str(_QUANTISER),
        "forced-idr": "1",
        "x264-params": "sliced-threads=0:scenecut=0:rc-lookahead=0:mbtree=0",
    }
    return codec


@functools.cache
def parameter_sets(size: Size) -> tuple[bytes, ...]:
    """Return the SPS and PPS that every encoder of this size sends."""
    encoder = Encoder(size)
    encoder.planes.luma[:] = 16
    encoder.planes.chroma[:] = 128
    units = encoder.encode(key=True)
    return tuple(unit for unit in units if h264.kind(unit) in (h264.SPS, h264.PPS))
