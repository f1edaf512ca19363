"""RTSP 1.0 messages (RFC 2326) and the frames interleaved with them (section 10.12).

:class:`Parser` takes bytes as they come and gives whole messages; what it holds is
bounded. Header names are lower case; a header that comes twice is joined by a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from console.protocols.errors import ProtocolError

MAX_HEAD = 1 << 14
MAX_BODY = 1 << 18
VERSION = "RTSP/1.0"

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    453: "Not Enough Bandwidth",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
    505: "RTSP Version Not Supported",
    551: "Option not supported",
}

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_STATUS = re.compile(r"RTSP/1\.\d (\d{3})(?: (.*))?\Z")


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    reason: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Frame:
    """A binary frame on the RTSP connection: ``channel`` as agreed in SETUP."""

    channel: int
    data: bytes


Item = Request | Response | Frame


class Parser:
    """Cut a byte stream into messages and interleaved frames.

    After a :class:`ProtocolError` the stream cannot be trusted: close it.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._head: Request | Response | None = None
        self._body_length = 0

    def feed(self, data: bytes) -> list[Item]:
        """Return what has become complete; raise :class:`ProtocolError` for what is no RTSP."""
        self._buffer += data
        return list(self._items())

    def _items(self) -> Iterator[Item]:
        buffer = self._buffer
        position = 0
        try:
            while position < len(buffer):
                if self._head is not None:
                    taken, item = self._take_body(position)
                elif buffer[position] == 0x24:
                    taken, item = self._take_frame(position)
                elif buffer[position] in b"\r\n":
                    taken, item = 1, None
                else:
                    taken, item = self._take_head(position)
                if item is not None:
                    yield item
                if not taken:
                    break
                position += taken
        finally:
            del buffer[:position]

    def _take_frame(self, start: int) -> tuple[int, Frame | None]:
        buffer = self._buffer
        if len(buffer) < start + 4:
            return 0, None
        end = start + 4 + (buffer[start + 2] << 8 | buffer[start + 3])
        if len(buffer) < end:
            return 0, None
        return end - start, Frame(buffer[start + 1], bytes(memoryview(buffer)[start + 4 : end]))

    def _take_head(self, start: int) -> tuple[int, Item | None]:
        buffer = self._buffer
        end = buffer.find(b"\r\n\r\n", start, start + MAX_HEAD + 4)
        if end < 0:
            if len(buffer) - start > MAX_HEAD:
                raise ProtocolError("RTSP head is too long")
            return 0, None
        message = _parse_head(bytes(buffer[start:end]))
        length = message.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 9:
            raise ProtocolError("Content-Length is no number")
        self._body_length = int(length)
        if self._body_length > MAX_BODY:
            raise ProtocolError("RTSP body is too long")
        if self._body_length:
            self._head = message
            return end + 4 - start, None
        return end + 4 - start, message

    def _take_body(self, start: int) -> tuple[int, Item | None]:
        head = self._head
        if head is None or len(self._buffer) < start + self._body_length:
            return 0, None
        body = bytes(self._buffer[start : start + self._body_length])
        self._head = None
        if isinstance(head, Request):
            return len(body), Request(head.method, head.url, head.headers, body)
        return len(body), Response(head.status, head.reason, head.headers, body)


def _parse_head(raw: bytes) -> Request | Response:
    try:
        first, *lines = raw.decode("utf-8").split("\r\n")
    except UnicodeDecodeError as error:
        raise ProtocolError("RTSP head is no UTF-8") from error
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.match(name):
            raise ProtocolError("malformed RTSP header")
        name, value = name.lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    if status := _STATUS.match(first):
        return Response(int(status[1]), status[2] or "", headers)
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("RTSP/") or not _TOKEN.match(words[0]):
        raise ProtocolError("malformed RTSP first line")
    return Request(words[0], words[1], headers)


def _build(first: str, headers: Mapping[str, str | int], body: bytes) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    if any("\r" in line or "\n" in line for line in lines):
        raise ProtocolError("line break inside an RTSP header")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def request(
    method: str,
    url: str,
    cseq: int,
    headers: Mapping[str, str | int] | None = None,
    body: bytes = b"",
) -> bytes:
    """Build a request. ``Content-Length`` is added where there is a body."""
    return _build(f"{method} {url} {VERSION}", {"CSeq": cseq, **(headers or {})}, body)


def response(
    status: int,
    cseq: str | int,
    headers: Mapping[str, str | int] | None = None,
    body: bytes = b"",
) -> bytes:
    """Build an answer to the request numbered ``cseq``."""
    first = f"{VERSION} {status} {REASONS.get(status, 'Unknown')}"
    return _build(first, {"CSeq": cseq, **(headers or {})}, body)


def frame(channel: int, data: bytes) -> bytes:
    """Build an interleaved frame; raise :class:`ProtocolError` above 65,535 bytes."""
    if not 0 <= channel <= 255 or len(data) > 0xFFFF:
        raise ProtocolError("no such interleaved frame")
    return b"$" + bytes((channel,)) + len(data).to_bytes(2, "big") + data


@dataclass(frozen=True, slots=True)
class Transport:
    """One offer of a ``Transport`` header; pairs are (RTP, RTCP)."""

    tcp: bool
    interleaved: tuple[int, int] | None = None
    client_port: tuple[int, int] | None = None
    server_port: tuple[int, int] | None = None
    ssrc: int | None = None
    multicast: bool = False

    def __str__(self) -> str:
        parts = ["RTP/AVP/TCP" if self.tcp else "RTP/AVP"]
        parts.append("multicast" if self.multicast else "unicast")
        pairs = {
            "interleaved": self.interleaved,
            "client_port": self.client_port,
            "server_port": self.server_port,
        }
        parts += [f"{name}={pair[0]}-{pair[1]}" for name, pair in pairs.items() if pair]
        if self.ssrc is not None:
            parts.append(f"ssrc={self.ssrc:08X}")
        return ";".join(parts)


def _pair(text: str, limit: int) -> tuple[int, int]:
    first, _, second = text.partition("-")
    try:
        pair = int(first), int(second or int(first) + 1)
    except ValueError as error:
        raise ProtocolError("malformed pair in Transport") from error
    if not all(0 <= number <= limit for number in pair):
        raise ProtocolError("pair in Transport is out of range")
    return pair


def _parse_transport(text: str) -> Transport:
    profile, *parts = [part.strip() for part in text.split(";")]
    if profile.upper() not in {"RTP/AVP", "RTP/AVP/UDP", "RTP/AVP/TCP"}:
        raise ProtocolError("unknown transport profile")
    found = {name.lower(): value for name, _, value in (part.partition("=") for part in parts)}
    try:
        ssrc = int(found["ssrc"], 16) & 0xFFFFFFFF if "ssrc" in found else None
    except ValueError as error:
        raise ProtocolError("malformed ssrc in Transport") from error
    return Transport(
        tcp=profile.upper().endswith("/TCP"),
        interleaved=_pair(found["interleaved"], 255) if "interleaved" in found else None,
        client_port=_pair(found["client_port"], 65535) if "client_port" in found else None,
        server_port=_pair(found["server_port"], 65535) if "server_port" in found else None,
        ssrc=ssrc,
        multicast="multicast" in found,
    )


def parse_transports(value: str) -> list[Transport]:
    """Return the offers of a ``Transport`` header we can read, in order.

    Raises :class:`ProtocolError` where there is none.
    """
    offers: list[Transport] = []
    problem = ProtocolError("empty Transport")
    for text in value.split(","):
        try:
            offers.append(_parse_transport(text))
        except ProtocolError as error:
            problem = error
    if not offers:
        raise problem
    return offers


def parse_session(value: str) -> tuple[str, float]:
    """Return (id, timeout in seconds) of a ``Session`` header; 60 s where it names none."""
    session, *parts = [part.strip() for part in value.split(";")]
    if not session:
        raise ProtocolError("empty Session")
    for part in parts:
        name, _, seconds = part.partition("=")
        if name.strip().lower() == "timeout" and seconds.strip().isdecimal():
            return session, float(seconds[:6])
    return session, 60.0
