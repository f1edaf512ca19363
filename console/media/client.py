"""RTSP 1.0 client: plays the H.264 video of one source over the RTSP connection itself.

Everything that arrives is bounded by the parsers, every wait by a clock: a step of the
dialogue by :data:`STEP`, the silence of a playing source by :data:`STALL`.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from console.media.stream import RefusedError, Sink, Source, StreamError, Unit, UnknownCodecError
from console.protocols import h264, rtp, rtsp, rtsp_auth, sdp
from console.protocols.errors import ProtocolError

STEP = 4.0
"""Seconds that connecting or one request may take."""
STALL = 2.5
"""Seconds without a packet after which a playing source counts as lost."""
LOOK = 0.5
"""Seconds between looks at the clock: a stall is noticed within STALL + LOOK."""
_BUFFER = 1 << 16
_AGENT = "Zhihui"


class _Connection(asyncio.BufferedProtocol):
    """One RTSP connection: answers to whoever asked, frames to the receiver."""

    def __init__(self) -> None:
        self.receiver: _Receiver | None = None
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._parser = rtsp.Parser()
        self._space = memoryview(bytearray(_BUFFER))
        self._answers: dict[str, asyncio.Future[rtsp.Response]] = {}
        self._cseq = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._space

    def buffer_updated(self, nbytes: int) -> None:
        try:
            items = self._parser.feed(bytes(self._space[:nbytes]))
            frames = [item for item in items if isinstance(item, rtsp.Frame)]
            if frames and self.receiver is not None:
                self.receiver.take(frames)
            if len(frames) < len(items):
                self._dialogue(items)
        except ProtocolError as error:
            self._end(StreamError(f"the source breaks RTSP: {error.detail}"))

    def _dialogue(self, items: list[rtsp.Item]) -> None:
        for item in items:
            if isinstance(item, rtsp.Response):
                answer = self._answers.pop(item.headers.get("cseq", ""), None)
                if answer is not None and not answer.done():
                    answer.set_result(item)
            elif isinstance(item, rtsp.Request):
                self._send(rtsp.response(501, item.headers.get("cseq", "0")))

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(StreamError("the source closed the connection"))

    def _end(self, error: StreamError) -> None:
        waiting: list[asyncio.Future[Any]] = [*self._answers.values(), self.closed]
        for answer in waiting:
            if not answer.done():
                answer.set_exception(error)
                answer.exception()
        self._answers.clear()
        self.abort()

    def abort(self) -> None:
        """Close at once, without a word."""
        if self._transport is not None:
            self._transport.abort()

    def _send(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def send(self, method: str, url: str, headers: dict[str, str]) -> str:
        """Send a request without waiting; return its number."""
        self._cseq += 1
        self._send(rtsp.request(method, url, self._cseq, {"User-Agent": _AGENT, **headers}))
        return str(self._cseq)

    async def ask(self, method: str, url: str, headers: dict[str, str]) -> rtsp.Response:
        """Send a request and wait for its answer."""
        if self.closed.done():
            raise StreamError("the source closed the connection")
        number = self.send(method, url, headers)
        answer: asyncio.Future[rtsp.Response] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            async with asyncio.timeout(STEP):
                return await answer
        except TimeoutError:
            raise StreamError(f"no answer to {method}") from None
        finally:
            self._answers.pop(number, None)


class _Receiver:
    """Turns interleaved frames into units."""

    def __init__(self, sink: Sink, form: sdp.Format, channels: tuple[int, int]) -> None:
        self.last = time.monotonic()
        self._sink = sink
        self._form = form
        self._rtp, self._rtcp = channels
        self._clock = form.clock or 90_000
        self._depacketiser = h264.Depacketiser(sdp.parameter_sets(form))
        self._unwrap = rtp.Unwrapper(32)
        self._lost = 0
        self._wall: tuple[int, int] | None = None

    def take(self, frames: list[rtsp.Frame]) -> None:
        """Take the frames of one read. What is no RTP is passed over, as is what was not asked."""
        arrived = time.monotonic_ns()
        units: list[Unit] = []
        for frame in frames:
            if frame.channel == self._rtp:
                packet = rtp.parse(frame.data)
                if packet.payload_type == self._form.number:
                    done = self._depacketiser.push(packet)
                    units += [self._unit(access, arrived) for access in done]
            elif frame.channel == self._rtcp:
                self._learn_clock(frame.data)
        self.last = arrived / 1e9
        if self._depacketiser.lost != self._lost:
            self._sink.missed(self._depacketiser.lost - self._lost)
            self._lost = self._depacketiser.lost
        if units:
            self._sink.take(units)

    def _unit(self, access: h264.AccessUnit, arrived: int) -> Unit:
        ticks = self._unwrap(access.timestamp)
        stamp = ticks * 1_000_000_000 // self._clock
        camera = 0
        if self._wall is not None:
            wall, at = self._wall
            step = (access.timestamp - at + (1 << 31)) % (1 << 32) - (1 << 31)
            camera = wall + step * 1_000_000_000 // self._clock
        return Unit(access.data, access.key, arrived, stamp, camera)

    def _learn_clock(self, data: bytes) -> None:
        for report in rtp.parse_rtcp(data):
            if isinstance(report, rtp.SenderReport) and report.ntp_time:
                self._wall = round(rtp.unix(report.ntp_time) * 1e9), report.rtp_time


class _Session:
    """The dialogue over one connection: authentication, SETUP, PLAY, keep-alive."""

    def __init__(self, connection: _Connection, source: Source) -> None:
        self._connection = connection
        self._source = source
        self._challenge = ""
        self._count = 0
        self._headers: dict[str, str] = {}
        self._url = source.url
        self.timeout = 60.0

    def _authorized(self, method: str, url: str, headers: dict[str, str]) -> dict[str, str]:
        if not self._challenge:
            return headers
        self._count += 1
        user, password = self._source.user, self._source.password
        proof = rtsp_auth.authorize(
            self._challenge, method, url, user, password, secrets.token_hex(8), self._count
        )
        return {**headers, "Authorization": proof}

    async def _ask(self, method: str, url: str, headers: dict[str, str]) -> rtsp.Response:
        headers = {**self._headers, **headers}
        answer = await self._connection.ask(method, url, self._authorized(method, url, headers))
        challenge = answer.headers.get("www-authenticate", "")
        fresh = not self._challenge or "stale=true" in challenge.lower()
        if answer.status == 401 and challenge and fresh and self._source.user:
            self._challenge, self._count = challenge, 0
            answer = await self._connection.ask(method, url, self._authorized(method, url, headers))
        if answer.status in (401, 403):
            raise RefusedError(f"{method}: {answer.status}")
        if answer.status != 200:
            raise StreamError(f"{method}: {answer.status} {answer.reason[:80]}")
        return answer

    async def start(self, sink: Sink) -> None:
        """Have the source play into ``sink``."""
        answer = await self._ask("DESCRIBE", self._url, {"Accept": "application/sdp"})
        base = answer.headers.get("content-base") or answer.headers.get("content-location")
        description = sdp.parse(answer.body)
        media, form = _choose(description)
        base = base or self._url
        track = sdp.resolve(base, media.control)
        offer = str(rtsp.Transport(tcp=True, interleaved=(0, 1)))
        answer = await self._ask("SETUP", track, {"Transport": offer})
        agreed = rtsp.parse_transports(answer.headers.get("transport", ""))[0]
        if not agreed.tcp:
            raise StreamError("the source does not send over its RTSP connection")
        session, self.timeout = rtsp.parse_session(answer.headers.get("session", ""))
        self._headers["Session"] = session
        self._url = sdp.resolve(base, description.control)
        sink.opened("h264", h264.join(sdp.parameter_sets(form)))
        self._connection.receiver = _Receiver(sink, form, agreed.interleaved or (0, 1))
        await self._ask("PLAY", self._url, {"Range": "npt=0.000-"})

    async def last(self) -> None:
        """Stay until the source falls silent or goes."""
        receiver = self._connection.receiver
        beat = max(1.0, min(25.0, self.timeout / 2.5))
        asked = time.monotonic()
        while receiver is not None:
            await asyncio.wait([self._connection.closed], timeout=LOOK)
            if self._connection.closed.done():
                self._connection.closed.result()
            now = time.monotonic()
            if now - receiver.last > STALL:
                raise StreamError("the source fell silent")
            if now - asked > beat:
                asked = now
                self._tell("GET_PARAMETER")

    def _tell(self, method: str) -> None:
        headers = self._authorized(method, self._url, self._headers)
        self._connection.send(method, self._url, headers)

    def leave(self) -> None:
        """Say good-bye where there is a session, and close."""
        if "Session" in self._headers:
            self._tell("TEARDOWN")
        self._connection.abort()


def _choose(description: sdp.Description) -> tuple[sdp.Media, sdp.Format]:
    for media in description.media:
        for form in media.formats:
            if media.kind == "video" and form.encoding.upper() == "H264":
                return media, form
    raise UnknownCodecError("no H.264 video")


async def play(source: Source, sink: Sink) -> None:
    """Play an ``rtsp://`` source; return never, raise :class:`StreamError` when it ends."""
    loop = asyncio.get_running_loop()
    parts = urlsplit(source.url)
    try:
        async with asyncio.timeout(STEP):
            _, connection = await loop.create_connection(
                _Connection, parts.hostname or "", parts.port or 554
            )
    except (OSError, ValueError, TimeoutError) as error:
        raise StreamError(f"cannot connect: {type(error).__name__}") from error
    session = _Session(connection, source)
    try:
        await session.start(sink)
        await session.last()
    except ProtocolError as error:
        raise StreamError(f"the source breaks the protocol: {error.detail}") from error
    finally:
        session.leave()
