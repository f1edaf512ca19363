"""A camera to be watched by tests: a small RTSP server with faults at will, on a thread.

Every picture carries its number as sixteen black or white blocks along its upper edge.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, field
from fractions import Fraction
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from numpy.typing import NDArray

from console.protocols import h264, rtp, rtsp, rtsp_auth, sdp

BITS = 16
MARK = 1 << BITS - 1
"""Set in every picture, so that no picture reads as number 0."""
REALM, NONCE = "street", "5ca1ab1e"


def barcode(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """Return an RGB picture that carries ``number`` on a ground that moves with it."""
    rough = np.random.default_rng(1).integers(
        20, 100, (2, height // 6 + 1, width // 6 + 1), np.uint8
    )
    far, near = rough.repeat(6, 1).repeat(6, 2)[:, :height, :width]
    ground = np.roll(far, 2 * number, 1) + np.roll(near, -number, 0)
    picture = np.stack([ground, ground, np.full_like(ground, 90)], 2)
    block = width // BITS
    for bit in range(BITS):
        tone = 255 if (number | MARK) >> bit & 1 else 0
        picture[: height // 4, bit * block : (bit + 1) * block] = tone
    return picture


def read_barcode(pixels: memoryview | bytes, width: int, height: int, stride: int) -> int:
    """Return the number that BGRX rows carry, -1000 where they carry none."""
    rows = np.frombuffer(pixels, np.uint8).reshape(height, stride)
    row = rows[height // 8, : width * 4].reshape(width, 4)[:, 1]
    centres = [int((bit + 0.5) * width / BITS) for bit in range(BITS)]
    number = sum(1 << bit for bit, x in enumerate(centres) if row[x] > 127)
    return number ^ MARK if number & MARK else -1000


def clip(
    width: int = 320, height: int = 180, length: int = 60, group: int = 15, base: int = 0
) -> list[list[bytes]]:
    """Return the NAL units of ``length`` pictures from number ``base`` on; they loop."""
    coder = av.CodecContext.create("libx264", "w")
    assert isinstance(coder, av.VideoCodecContext)
    coder.width, coder.height, coder.pix_fmt = width, height, "yuv420p"
    coder.time_base, coder.gop_size, coder.thread_count = Fraction(1, 15), group, 1
    coder.bit_rate = 3 * width * height
    coder.options = {"preset": "veryfast", "tune": "zerolatency", "x264-params": "scenecut=0"}
    packets: list[Any] = []
    for number in range(length):
        picture = av.VideoFrame.from_ndarray(barcode(base + number, width, height), "rgb24")
        picture.pts = number
        packets += coder.encode(picture)
    packets += coder.encode(None)
    return [h264.split(bytes(packet)) for packet in packets]


@dataclass
class Faults:
    """What the camera does wrong from now on."""

    stalled: bool = False
    deaf: bool = False
    lose: int = 0
    """Packets to leave out, with their numbers."""
    reply: bytes | None = None
    """What to answer instead of RTSP."""
    codec: str = "H264"
    damage: int = 0
    """Pictures whose slices to spoil."""


@dataclass
class Camera:
    """Serves one clip over and over on every path, to as many as come."""

    units: list[list[bytes]]
    fps: float = 15.0
    login: tuple[str, str] | None = None
    basic: bool = False
    faults: Faults = field(default_factory=Faults)
    sent: dict[int, int] = field(default_factory=dict)
    """Picture number -> monotonic ns when it was last handed to the network."""
    seen: list[str] = field(default_factory=list)
    """Methods asked, in order."""
    newest: int = 0
    """Number of the picture sent last."""
    urls: list[str] = field(default_factory=list)
    """Addresses played, in order."""
    port: int = 0
    _number: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._clients: set[asyncio.StreamWriter] = set()
        self._playing: dict[asyncio.StreamWriter, int] = {}
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="camera")
        self._thread.start()
        assert ready.wait(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(5)

    def url(self, path: str = "sub", login: str = "") -> str:
        return f"rtsp://{login}127.0.0.1:{self.port}/{path}"

    @property
    def playing(self) -> int:
        """How many watch now."""
        return len(self._playing)

    def hang_up(self) -> None:
        """Drop every connection."""
        self._loop.call_soon_threadsafe(self._hang_up)

    def _hang_up(self) -> None:
        for writer in list(self._clients):
            writer.transport.abort()

    # --- on the camera's own thread -------------------------------------------------

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(ready))

    async def _serve(self, ready: threading.Event) -> None:
        self._ended = asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        sending = asyncio.create_task(self._send())
        ready.set()
        await self._ended.wait()
        sending.cancel()
        server.close()
        self._hang_up()
        await asyncio.gather(sending, return_exceptions=True)
        await asyncio.sleep(0.02)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        parser = rtsp.Parser()
        try:
            while data := await reader.read(65536):
                for item in parser.feed(data):
                    if isinstance(item, rtsp.Request):
                        self._answer(item, writer)
        except ConnectionError:
            pass
        finally:
            self._clients.discard(writer)
            self._playing.pop(writer, None)
            writer.close()

    def _answer(self, ask: rtsp.Request, writer: asyncio.StreamWriter) -> None:
        self.seen.append(ask.method)
        if self.faults.deaf:
            return
        if self.faults.reply is not None:
            writer.write(self.faults.reply)
            return
        cseq = ask.headers["cseq"]
        given = ask.headers.get("authorization", "")
        if self.login and not rtsp_auth.accepts(given, ask.method, REALM, NONCE, *self.login):
            asked = f'Basic realm="{REALM}"' if self.basic else rtsp_auth.challenge(REALM, NONCE)
            writer.write(rtsp.response(401, cseq, {"WWW-Authenticate": asked}))
            return
        headers: dict[str, str | int] = {"Session": "17;timeout=4"}
        body = b""
        if ask.method == "DESCRIBE":
            headers = {"Content-Base": ask.url + "/", "Content-Type": "application/sdp"}
            body = self._description().encode()
        elif ask.method == "SETUP":
            headers["Transport"] = "RTP/AVP/TCP;unicast;interleaved=0-1"
        elif ask.method == "PLAY":
            self._playing[writer] = 0
            self.urls.append(ask.url)
        writer.write(rtsp.response(200, cseq, headers, body))

    def _description(self) -> str:
        sets = tuple(unit for unit in self.units[0] if h264.kind(unit) in (h264.SPS, h264.PPS))
        form = sdp.h264_format(96, sets)
        if self.faults.codec != "H264":
            form = sdp.Format(96, self.faults.codec, 90000)
        return sdp.build(sdp.Description((sdp.Media("video", 0, (form,), control="track1"),)))

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            if not self.faults.stalled:
                self._send_picture(self._number % len(self.units))
            self._number += 1
            await asyncio.sleep(max(0.0, begun + self._number / self.fps - loop.time()))

    def _send_picture(self, index: int) -> None:
        units = self.units[index]
        if self.faults.damage:
            self.faults.damage -= 1
            units = [unit[:1] + bytes(b ^ 0x5A for b in unit[1:]) for unit in units]
        payloads = h264.packetise(units)
        stamp = round(self._number * 90000 / self.fps)
        lost, self.faults.lose = self.faults.lose, 0
        wall = rtp.SenderReport(7, rtp.ntp(time.time()), stamp & 0xFFFFFFFF, 0, 0)
        report = rtsp.frame(1, rtp.build_report(wall, "street"))
        self.newest, self.sent[index] = index, time.monotonic_ns()
        for writer, sequence in list(self._playing.items()):
            first = sequence + lost
            packets = rtp.pack_all(payloads, 96, first, stamp, 7)
            if self._number % 15 == 0:
                writer.write(report)
            writer.write(b"".join(rtsp.frame(0, packet) for packet in packets))
            self._playing[writer] = first + len(packets)
