"""``rtp://host:port[?codec=pcmu&ttl=4&interface=10.0.0.2]``: paging by bare RTP, to one or a group.

A multicast group answers nothing, so that its health cannot be told; a single address
that is gone answers by ICMP, which ends the line.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from console.protocols import g711, rtp
from console.voice.drivers.port import DeviceError, Line, LineLostError
from console.voice.sound import FRAME

_REFUSALS = 5
"""Frames refused in a row before a line counts as lost; a device may open its port late."""
EXPEDITED = 46 << 2
"""DSCP EF (RFC 3246), for switches that give sound the way."""


class RtpSender:
    """Sends frames as RTP on a connected socket; marks the first as the start of speech."""

    def __init__(self, sock: socket.socket, law: g711.Law, payload_type: int | None = None) -> None:
        self._socket = sock
        self.codec: g711.Law = law
        self._type = g711.PAYLOAD_TYPE[law] if payload_type is None else payload_type
        self._sequence = secrets.randbits(16)
        self._timestamp = secrets.randbits(32)
        self._ssrc = secrets.randbits(32)
        self._marker = True
        self._refused = 0

    def write(self, frame: bytes) -> None:
        """Send one frame; raise :class:`LineLostError` when the address keeps refusing."""
        packet = rtp.pack(
            rtp.Packet(self._type, self._sequence, self._timestamp, self._ssrc, frame, self._marker)
        )
        self._marker = False
        self._sequence += 1
        self._timestamp += FRAME
        try:
            try:
                self._socket.send(packet)
                self._refused = 0
            except ConnectionRefusedError:
                # The refusal belongs to an earlier packet; this one was not sent yet.
                self._refused += 1
                self._socket.send(packet)
        except BlockingIOError:
            return  # a full buffer drops a frame, as a full network would
        except OSError as error:
            self._refused += 1
            if not isinstance(error, ConnectionRefusedError):
                raise LineLostError(f"cannot send sound: {error.strerror}") from error
        if self._refused >= _REFUSALS:
            raise LineLostError("the speaker no longer takes sound")


class _RtpLine(RtpSender):
    """A line that is nothing but its socket."""

    def __init__(self, sock: socket.socket, law: g711.Law, lines: set[_RtpLine]) -> None:
        super().__init__(sock, law)
        self._lines = lines
        lines.add(self)

    async def close(self) -> None:
        self._lines.discard(self)
        self._socket.close()


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    port: int
    law: g711.Law
    ttl: int
    interface: str


async def resolved(host: str, port: int) -> tuple[str, int]:
    """Return an IPv4 address for a name; raise :class:`DeviceError`."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.IPv4Address(host)), port
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, family=socket.AF_INET, type=socket.SOCK_DGRAM)
    except OSError as error:
        raise DeviceError("the speaker's name is not known") from error
    return str(found[0][4][0]), port


class RtpDriver:
    """See the module."""

    askable = False

    def __init__(self) -> None:
        self._lines: set[_RtpLine] = set()

    async def start(self) -> None:
        """Nothing is held between calls."""

    async def open(self, url: str, lost: Callable[[str], None]) -> Line:
        address = _address(url)
        target = await resolved(address.host, address.port)
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, EXPEDITED)
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, address.ttl)
            if address.interface:
                interface = socket.inet_aton(address.interface)
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, interface)
            sock.connect(target)
        except OSError as error:
            sock.close()
            raise DeviceError(f"no way to the speaker: {error.strerror or error}") from error
        return _RtpLine(sock, address.law, self._lines)

    async def probe(self, url: str) -> str:
        _address(url)
        return "paging by RTP does not answer; its health cannot be told"

    async def stop(self) -> None:
        for line in list(self._lines):
            await line.close()


def _address(url: str) -> _Address:
    try:
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        codec = options.get("codec", "pcma").upper()
        port, ttl = parts.port, int(options.get("ttl", "4"))
    except ValueError as error:
        raise DeviceError("the speaker's address is wrong") from error
    law = next((law for law in g711.PAYLOAD_TYPE if law == codec), None)
    if not parts.hostname or not port or not 0 <= ttl < 256 or not law:
        raise DeviceError("the speaker's address is wrong")
    return _Address(parts.hostname, port, law, ttl, options.get("interface", ""))
