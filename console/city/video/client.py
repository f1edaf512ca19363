"""One RTSP connection: its requests, its session, and the pictures that go to it."""

from __future__ import annotations

import asyncio
import secrets
import socket
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from console.city.video.encoder import RATE, parameter_sets
from console.city.video.stream import PAYLOAD_TYPE, Stream
from console.city.video.studio import SIZES, Kind
from console.protocols import rtsp, rtsp_auth, sdp
from console.protocols.errors import ProtocolError

if TYPE_CHECKING:
    from console.city.video.server import Server

TIMEOUT = 60.0
_QUIET = 20.0
"""Seconds a connection may stay without a session."""
_QUEUE = 192 << 10
"""Bytes waiting for a viewer above which it loses pictures."""
_KERNEL_QUEUE = 128 << 10
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER"


class _Refused(Exception):  # noqa: N818 - an answer, not an error
    """The request is answered with this status."""

    def __init__(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.headers = headers or {}


class Client(asyncio.Protocol):
    """Answers requests in order; is the viewer of at most one stream at a time."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._parser = rtsp.Parser()
        self._queue: asyncio.Queue[rtsp.Request] = asyncio.Queue(32)
        self._worker: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport
        self._host = ""
        self._heard = 0.0
        self._nonce = secrets.token_hex(16)
        self._session = ""
        self._stream: Stream | None = None
        self._route: rtsp.Transport | None = None
        self._playing = False
        self._wants_key = True
        self.dropped = 0
        """Pictures this viewer lost because it was slow."""

    # --- the connection ----------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._heard = asyncio.get_running_loop().time()
        self._host = transport.get_extra_info("peername")[0]
        link: socket.socket = transport.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _KERNEL_QUEUE)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._server.full:
            self._transport.abort()
            return
        self._server.clients.add(self)
        self._worker = asyncio.create_task(self._work())

    def data_received(self, data: bytes) -> None:
        self._heard = asyncio.get_running_loop().time()
        try:
            for item in self._parser.feed(data):
                if isinstance(item, rtsp.Request):
                    self._queue.put_nowait(item)
        except (ProtocolError, asyncio.QueueFull):
            self._transport.write(rtsp.response(400, 0))
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_session()
        self._server.clients.discard(self)
        if self._worker is not None:
            self._worker.cancel()

    def close(self) -> None:
        """End the session and hang up, without waiting for a peer that does not read."""
        self._end_session()
        if self.waiting > 4096:
            self._transport.abort()
        else:
            self._transport.close()

    @property
    def waiting(self) -> int:
        """Bytes that wait for this client to take them."""
        return self._transport.get_write_buffer_size()

    def heard_from(self, address: tuple[str, int]) -> None:
        """Note a datagram that came from one of this viewer's ports."""
        ports = (self._route.client_port if self._route else None) or ()
        if address[0] == self._host and address[1] in ports:
            self._heard = asyncio.get_running_loop().time()

    def check(self, now: float) -> None:
        """Hang up on a client that has gone quiet."""
        reading = self._playing and self._route is not None and self._route.tcp
        if reading and self.waiting == 0:
            # A viewer over TCP that takes all it is sent is alive, even if it says nothing.
            self._heard = max(self._heard, now - TIMEOUT / 2)
        limit = TIMEOUT if self._session else _QUIET
        if now - self._heard > limit:
            self._transport.abort()

    # --- pictures ----------------------------------------------------------------

    def picture(self, packets: list[bytes], *, key: bool) -> None:
        if self._wants_key and not key:
            self.dropped += 1
            return
        self._wants_key = False
        route = self._route
        if route is None:
            return
        if route.tcp and route.interleaved:
            if self.waiting > _QUEUE:
                self._wants_key = True
                self.dropped += 1
                return
            channel = route.interleaved[0]
            self._transport.write(b"".join(rtsp.frame(channel, packet) for packet in packets))
        elif route.client_port:
            address = self._host, route.client_port[0]
            for packet in packets:
                self._server.rtp.sendto(packet, address)

    def report(self, packet: bytes) -> None:
        route = self._route
        if route and route.tcp and route.interleaved:
            self._transport.write(rtsp.frame(route.interleaved[1], packet))
        elif route and route.client_port:
            self._server.rtcp.sendto(packet, (self._host, route.client_port[1]))

    # --- requests ----------------------------------------------------------------

    async def _work(self) -> None:
        while True:
            request = await self._queue.get()
            number = request.headers.get("cseq", "0")
            try:
                headers, body = self._answer(request)
                reply = rtsp.response(200, number, headers, body)
            except _Refused as refused:
                reply = rtsp.response(refused.status, number, refused.headers)
            except ProtocolError:
                reply = rtsp.response(400, number)
            self._transport.write(reply)
            if request.method == "PLAY" and self._playing and self._stream is not None:
                self._stream.join(self)
            if request.method == "TEARDOWN":
                self.close()

    def _answer(self, request: rtsp.Request) -> tuple[dict[str, str], bytes]:
        if "require" in request.headers:
            raise _Refused(551, {"Unsupported": request.headers["require"]})
        if request.method == "OPTIONS":
            return {"Public": _METHODS}, b""
        self._authorise(request)
        if request.method == "DESCRIBE":
            return self._describe(request)
        if request.method == "SETUP":
            return self._set_up(request)
        if request.method not in _METHODS.split(", "):
            raise _Refused(501)
        named = request.headers.get("session", "")
        if request.method == "GET_PARAMETER" and not named:
            return {}, b""
        if not self._session or rtsp.parse_session(named or " ")[0] != self._session:
            raise _Refused(454)
        if request.method == "PLAY":
            return self._play(request), b""
        if request.method in ("PAUSE", "TEARDOWN"):
            self._pause()
        return {"Session": self._session}, b""

    def _authorise(self, request: rtsp.Request) -> None:
        login = self._server.login
        if login is None:
            return
        value = request.headers.get("authorization", "")
        if not rtsp_auth.accepts(
            value, request.method, login.realm, self._nonce, login.user, login.password
        ):
            challenge = rtsp_auth.challenge(login.realm, self._nonce)
            raise _Refused(401, {"WWW-Authenticate": challenge})

    def _find(self, url: str) -> tuple[Stream, Kind]:
        try:
            parts = [unquote(part) for part in urlsplit(url).path.split("/") if part]
        except ValueError as error:
            raise _Refused(400) from error
        if not 2 <= len(parts) <= 3 or parts[1] not in SIZES or parts[2:] not in ([], ["track1"]):
            raise _Refused(404)
        camera = self._server.studio.camera(parts[0])
        if camera is None:
            raise _Refused(404)
        kind: Kind = "main" if parts[1] == "main" else "sub"
        return self._server.studio.stream(camera, kind), kind

    def _describe(self, request: rtsp.Request) -> tuple[dict[str, str], bytes]:
        _, kind = self._find(request.url)
        media = sdp.Media(
            kind="video",
            port=0,
            formats=(sdp.h264_format(PAYLOAD_TYPE, parameter_sets(SIZES[kind])),),
            control="track1",
            direction="sendonly",
            attributes=(f"framerate:{RATE}",),
        )
        text = sdp.build(sdp.Description((media,), "camera", "0.0.0.0", control="*"))
        base = request.url.rstrip("/") + "/"
        return {"Content-Base": base, "Content-Type": "application/sdp"}, text.encode()

    def _set_up(self, request: rtsp.Request) -> tuple[dict[str, str], bytes]:
        if self._playing:
            raise _Refused(455)
        stream, _ = self._find(request.url)
        offers = rtsp.parse_transports(request.headers.get("transport", ""))
        route = next((r for r in map(self._route_for, offers) if r is not None), None)
        if route is None:
            raise _Refused(461)
        self._stream = stream
        self._route = rtsp.Transport(
            route.tcp, route.interleaved, route.client_port, route.server_port, stream.ssrc
        )
        self._session = self._session or secrets.token_hex(8)
        session = f"{self._session};timeout={int(TIMEOUT)}"
        return {"Transport": str(self._route), "Session": session}, b""

    def _route_for(self, offer: rtsp.Transport) -> rtsp.Transport | None:
        if offer.multicast:
            return None
        if offer.tcp:
            return rtsp.Transport(True, offer.interleaved or (0, 1))
        if offer.client_port is None or 0 in offer.client_port:
            return None
        return rtsp.Transport(False, None, offer.client_port, self._server.udp_ports)

    def _play(self, request: rtsp.Request) -> dict[str, str]:
        stream = self._stream
        if stream is None:
            raise _Refused(455)
        if self._playing:
            return {"Session": self._session}
        self._playing = True
        self._wants_key = True
        stamp = stream.timestamp(asyncio.get_running_loop().time())
        url = request.url.rstrip("/")
        track = url if url.endswith("/track1") else f"{url}/track1"
        return {
            "Session": self._session,
            "Range": "npt=now-",
            "RTP-Info": f"url={track};seq={stream.sequence};rtptime={stamp}",
        }

    def _pause(self) -> None:
        if self._stream is not None and self._playing:
            self._playing = False
            self._stream.leave(self)

    def _end_session(self) -> None:
        self._pause()
        self._session, self._stream, self._route = "", None, None
