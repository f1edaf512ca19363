"""The cameras' RTSP server (RFC 2326): one URL a stream, over TCP or UDP.

``rtsp://127.0.0.1:PORT/cam07/sub`` and ``/main``. A viewer that does not keep up loses
pictures until the next key picture; nobody else notices. A client that shows no sign of
life for a minute is dropped.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass

from console.city.video.client import Client
from console.city.video.studio import Studio
from console.protocols import rtp
from console.protocols.errors import ProtocolError

MAX_CLIENTS = 256
_SWEEP = 2.0


@dataclass(frozen=True, slots=True)
class Login:
    """What a client must know where cameras are locked."""

    user: str
    password: str
    realm: str = "camera"


class _Datagrams(asyncio.DatagramProtocol):
    """One of the two shared UDP ports; RTCP that comes in tells that a viewer lives."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        with contextlib.suppress(ProtocolError):
            if rtp.is_rtcp(data) and rtp.parse_rtcp(data):
                self._server.heard(addr)


class Server:
    """Listens on loopback; ``port`` 0 lets the system choose."""

    def __init__(self, studio: Studio, login: Login | None = None) -> None:
        self.studio = studio
        self.login = login
        self.port = 0
        self.clients: set[Client] = set()
        self.rtp: asyncio.DatagramTransport
        self.rtcp: asyncio.DatagramTransport
        self.udp_ports = (0, 0)
        self._listener: asyncio.Server | None = None
        self._sweeper: asyncio.TimerHandle | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        pair = _port_pair(host)
        self.udp_ports = pair[0].getsockname()[1], pair[1].getsockname()[1]
        self.rtp, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), sock=pair[0])
        self.rtcp, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), sock=pair[1])
        self._listener = await loop.create_server(lambda: Client(self), host, port, backlog=128)
        self.port = self._listener.sockets[0].getsockname()[1]
        self._sweeper = loop.call_later(_SWEEP, self._sweep)

    @property
    def full(self) -> bool:
        return len(self.clients) >= MAX_CLIENTS

    def heard(self, address: tuple[str, int]) -> None:
        """Note that a datagram came from here."""
        for client in self.clients:
            client.heard_from(address)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        for client in tuple(self.clients):
            client.check(loop.time())
        self._sweeper = loop.call_later(_SWEEP, self._sweep)

    async def close(self) -> None:
        """Let go of all clients and ports."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        if self._listener is not None:
            self._listener.close()
        for client in tuple(self.clients):
            client.close()
        if self._listener is not None:
            await self._listener.wait_closed()
        self.rtp.close()
        self.rtcp.close()
        # Transports close in the loop's next round.
        await asyncio.sleep(0)


def _port_pair(host: str) -> tuple[socket.socket, socket.socket]:
    """Bind an even port and the odd one after it, as RTP wants."""
    for _ in range(64):
        first = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        second = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            first.bind((host, 0))
            port = first.getsockname()[1]
            if port % 2 == 0:
                second.bind((host, port + 1))
                for one in (first, second):
                    one.setblocking(False)
                return first, second
        except OSError:
            pass
        first.close()
        second.close()
    raise OSError("no pair of free UDP ports")
