"""The signalling half of the SIP caller: one UDP socket, client transactions, their timers.

RFC 3261 section 17.1, over UDP only. What a transaction is for (a call, its end, a
question about health) is :mod:`console.voice.drivers.sip`'s business.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import AsyncIterator, Callable

from console.protocols import sip
from console.protocols.errors import ProtocolError

T1 = 0.5
"""Seconds: the round trip RFC 3261 assumes, and so the first retransmission."""
T2 = 4.0
"""Seconds: the longest gap between retransmissions of what is no INVITE."""

_RECEIVE_BUFFER = 4 << 20
_IP_RECVERR = 11
"""Linux: tell an unconnected socket that a port is closed, instead of a silent timeout."""

_log = logging.getLogger("voice.sip")

Address = tuple[str, int]


class UnreachableError(Exception):
    """The peer's port is closed."""


class Transaction:
    """One request under way. :meth:`responses` retransmits until it is answered."""

    def __init__(self, agent: SipAgent, request: sip.Request, peer: Address) -> None:
        self._agent = agent
        self.request = request
        self.peer = peer
        self.branch = request.branch
        self.answers: asyncio.Queue[sip.Response | None] = asyncio.Queue()
        self.provisional = False

    async def responses(self, patience: float) -> AsyncIterator[sip.Response]:
        """Yield each response up to the final one.

        Raises ``TimeoutError`` when no final one came in ``patience`` seconds, and
        :class:`UnreachableError`.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        gap, again = T1, loop.time() + T1
        self._agent.send(self.request, self.peer)
        while True:
            pause = deadline if self.provisional else min(again, deadline)
            try:
                async with asyncio.timeout_at(pause):
                    answer = await self.answers.get()
            except TimeoutError:
                if loop.time() >= deadline:
                    raise
                self._agent.send(self.request, self.peer)
                gap = gap * 2 if self.request.method == "INVITE" else min(gap * 2, T2)
                again = loop.time() + gap
                continue
            if answer is None:
                raise UnreachableError
            self.provisional = True
            yield answer
            if answer.status >= 200:
                return

    async def final(self, patience: float) -> sip.Response:
        """Return the final response; errors as :meth:`responses`."""
        async for answer in self.responses(patience):
            if answer.status >= 200:
                return answer
        raise TimeoutError


class SipAgent(asyncio.DatagramProtocol):
    """Sends requests, matches answers, hands on requests and late answers by Call-ID."""

    def __init__(
        self,
        on_request: Callable[[sip.Request, Address], None],
        on_stray: Callable[[sip.Response, Address], None],
    ) -> None:
        self._on_request = on_request
        self._on_stray = on_stray
        self._transactions: dict[str, Transaction] = {}
        self._socket: socket.socket | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self.port = 0

    async def start(self) -> None:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
        sock.bind(("0.0.0.0", 0))
        self._socket = sock
        self.port = sock.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, sock=sock)

    def stop(self) -> None:
        if self._transport:
            self._transport.close()
            self._transport = None

    def send(self, message: sip.Request | sip.Response, peer: Address) -> None:
        if self._transport:
            self._transport.sendto(sip.encode(message), peer)

    def begin(self, request: sip.Request, peer: Address) -> Transaction:
        """Return the transaction of a request that carries its own Via; :meth:`end` frees it."""
        transaction = Transaction(self, request, peer)
        self._transactions[_key(transaction.branch, request.method)] = transaction
        return transaction

    def end(self, transaction: Transaction) -> None:
        self._transactions.pop(_key(transaction.branch, transaction.request.method), None)

    @staticmethod
    def branch() -> str:
        return sip.MAGIC + secrets.token_hex(8)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        if not data.strip(b"\r\n\0"):
            return  # a device keeping its way through a firewall open
        try:
            message = sip.parse(data)
            method = message.cseq[1]
        except ProtocolError as error:
            _log.debug("a datagram from %s is no SIP: %s", addr[0], error)
            return
        if isinstance(message, sip.Request):
            self._on_request(message, addr)
            return
        transaction = self._transactions.get(_key(message.branch, method))
        if transaction:
            transaction.answers.put_nowait(message)
        else:
            self._on_stray(message, addr)

    def error_received(self, exc: Exception) -> None:
        """Find out whom a refusal came from and end what is asked of it."""
        del exc
        while self._socket:
            try:
                peer = self._socket.recvmsg(0, 512, socket.MSG_ERRQUEUE)[3]
            except OSError:
                return
            for transaction in self._transactions.values():
                if transaction.peer == peer:
                    transaction.answers.put_nowait(None)


def _key(branch: str, method: str) -> str:
    # The ACK of a refusal and a CANCEL share the branch of their INVITE.
    return f"{method} {branch}"
