"""``sip:[user[:password]@]host[:port]``: a call that the speaker answers by itself.

An own user agent (RFC 3261): INVITE with G.711, digest answer, CANCEL, BYE, and the
headers by which devices are told to pick up.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from console.protocols import g711, sip
from console.protocols.errors import ProtocolError
from console.voice.drivers.port import DeviceError, Line
from console.voice.drivers.rtp import RtpSender, resolved
from console.voice.drivers.sip_agent import T1, SipAgent, Transaction, UnreachableError
from console.voice.drivers.sip_dialog import Address, Dialog, chosen, offer, sound_socket

ANSWER_TIMEOUT = 5.0
IN_FLIGHT = 32
"""INVITEs without any answer at a time; more at once overflow the sockets' buffers."""
_END_TIMEOUT = 1.5

_AUTO_ANSWER = [
    ("Call-Info", "<sip:console>;answer-after=0"),
    ("Alert-Info", "<http://console>;info=alert-autoanswer;delay=0"),
    ("Answer-Mode", "Auto"),
]
_WORDS = {
    401: "the speaker refuses our password",
    403: "the speaker forbids the call",
    404: "the speaker does not know this number",
    407: "the speaker refuses our password",
    408: "the speaker does not answer",
    480: "the speaker is not available",
    486: "the speaker is busy",
    488: "the speaker wants another codec",
    600: "the speaker is busy",
    603: "the speaker declines the call",
}


class SipLine(RtpSender):
    """An answered call."""

    def __init__(
        self,
        driver: SipDriver,
        dialog: Dialog,
        sock: socket.socket,
        law: g711.Law,
        lost: Callable[[str], None],
    ) -> None:
        super().__init__(sock, law)
        self._driver = driver
        self.dialog = dialog
        self.lost = lost
        self.closed = False
        self.ended_by_peer = False

    async def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        self._socket.close()
        if not self.ended_by_peer:
            await self._driver.hang_up(self.dialog)
        self._driver.lines.pop(self.dialog.call_id, None)


class SipDriver:
    """See the module."""

    askable = True

    def __init__(self, answer_timeout: float = ANSWER_TIMEOUT) -> None:
        self._timeout = answer_timeout
        self._agent = SipAgent(self._asked, self._stray)
        self._gate = asyncio.Semaphore(IN_FLIGHT)
        self._ending: set[asyncio.Task[None]] = set()
        self._opening: dict[str, Dialog] = {}
        self.lines: dict[str, SipLine] = {}

    async def start(self) -> None:
        await self._agent.start()

    async def stop(self) -> None:
        await asyncio.gather(*(line.close() for line in list(self.lines.values())))
        if self._ending:
            _, late = await asyncio.wait(self._ending, timeout=_END_TIMEOUT)
            for task in late:
                task.cancel()
        self._agent.stop()

    async def open(self, url: str, lost: Callable[[str], None]) -> Line:
        target, peer = await _parsed(url)
        sock = sound_socket(peer)
        try:
            dialog = Dialog(target, peer, sock.getsockname()[0], self._agent.port)
            answer = await self._invite(dialog, offer(sock))
            return await self._answered(dialog, sock, answer, lost)
        except BaseException:
            sock.close()
            raise

    async def probe(self, url: str) -> str:
        target, peer = await _parsed(url)
        with sound_socket(peer) as sock:
            dialog = Dialog(target, peer, sock.getsockname()[0], self._agent.port)
        transaction = self._agent.begin(dialog.request("OPTIONS", self._agent.branch()), peer)
        try:
            answer = await transaction.final(self._timeout)
        except TimeoutError:
            raise DeviceError(_WORDS[408]) from None
        except UnreachableError:
            raise DeviceError("the speaker's port is closed") from None
        finally:
            self._agent.end(transaction)
        if answer.status == 404 or answer.status >= 500:
            raise DeviceError(_worded(answer))
        return f"answers {answer.status}"

    # --- opening a call ---------------------------------------------------------

    async def _invite(self, dialog: Dialog, sound: bytes) -> sip.Response:
        """Return the 200 of a call; answer challenges on the way."""
        nonces: set[str] = set()
        self._opening[dialog.call_id] = dialog
        try:
            while True:
                answer, request = await self._attempt(dialog, sound)
                if answer.status < 300:
                    return answer
                if answer.status not in (401, 407) or not dialog.target.password:
                    raise DeviceError(_worded(answer))
                asked = _challenge(answer)
                if asked.nonce in nonces or len(nonces) > (1 if asked.stale else 0):
                    raise DeviceError(_worded(answer))
                nonces.add(asked.nonce)
                name = "Proxy-Authorization" if answer.status == 407 else "Authorization"
                user, password = dialog.target.user, dialog.target.password
                cnonce = secrets.token_hex(8)
                dialog.secret = (
                    name,
                    sip.credentials(asked, "INVITE", request.uri, user, password, cnonce),
                )
                dialog.cseq += 1
        finally:
            self._opening.pop(dialog.call_id, None)
            dialog.secret = None

    async def _attempt(self, dialog: Dialog, sound: bytes) -> tuple[sip.Response, sip.Request]:
        """Send one INVITE and return its final answer."""
        request = dialog.request("INVITE", self._agent.branch())
        request.headers += [*_AUTO_ANSWER, ("Content-Type", "application/sdp")]
        request.headers.append(("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS"))
        request.body = sound
        transaction = self._agent.begin(request, dialog.peer)
        finished = False
        try:
            async with _Slot(self._gate) as slot:
                async for answer in transaction.responses(self._timeout):
                    slot.free()
                    if answer.status >= 200:
                        finished = True
                        if answer.status >= 300:
                            self._acknowledge_refusal(dialog, request, answer)
                        return answer, request
            raise TimeoutError
        except TimeoutError:
            raise DeviceError(_WORDS[408]) from None
        except UnreachableError:
            finished = True
            raise DeviceError("the speaker's port is closed") from None
        finally:
            if finished:
                self._agent.end(transaction)
            else:
                self._later(self._cancel(dialog, transaction))

    def _acknowledge_refusal(
        self, dialog: Dialog, request: sip.Request, answer: sip.Response
    ) -> None:
        ack = dialog.request("ACK", request.branch, request.cseq[0])
        ack.headers = [
            (name, answer.get("To") if name == "To" else value) for name, value in ack.headers
        ]
        self._agent.send(ack, dialog.peer)

    async def _cancel(self, dialog: Dialog, invite: Transaction) -> None:
        """Take back an INVITE; a call that was answered meanwhile is ended."""
        try:
            if not invite.provisional:
                return  # nothing may be cancelled before it was heard of (RFC 3261, 9.1)
            request = dialog.request("CANCEL", invite.branch, invite.request.cseq[0])
            cancel = self._agent.begin(request, dialog.peer)
            try:
                await cancel.final(_END_TIMEOUT)
            finally:
                self._agent.end(cancel)
            async with asyncio.timeout(_END_TIMEOUT):
                while (answer := await invite.answers.get()) and answer.status < 200:
                    pass
            if answer and answer.status >= 300:
                self._acknowledge_refusal(dialog, invite.request, answer)
            elif answer:
                await self._refuse(dialog, answer)
        except (TimeoutError, UnreachableError):
            return
        finally:
            self._agent.end(invite)

    async def _answered(
        self,
        dialog: Dialog,
        sock: socket.socket,
        answer: sip.Response,
        lost: Callable[[str], None],
    ) -> SipLine:
        dialog.joined(answer)
        try:
            law, (host, port) = chosen(answer.body)
            silent = host in ("", "0.0.0.0")
            sock.connect(await resolved(dialog.peer[0] if silent else host, port))
        except (ProtocolError, DeviceError, OSError) as error:
            self._later(self._refuse(dialog, answer))
            raise DeviceError(f"the speaker answers nonsense: {error}") from error
        line = SipLine(self, dialog, sock, law, lost)
        self.lines[dialog.call_id] = line
        await self._acknowledge(dialog, answer.cseq[0])
        return line

    async def _acknowledge(self, dialog: Dialog, cseq: int) -> None:
        ack = dialog.request("ACK", self._agent.branch(), cseq)
        self._agent.send(ack, await dialog.way())

    async def _refuse(self, dialog: Dialog, answer: sip.Response) -> None:
        """End a call that was answered but is not wanted."""
        dialog.joined(answer)
        await self._acknowledge(dialog, answer.cseq[0])
        await self.hang_up(dialog)

    async def hang_up(self, dialog: Dialog) -> None:
        """Send BYE and wait for its answer; a silent peer is left after 1.5 s."""
        dialog.cseq += 1
        request = dialog.request("BYE", self._agent.branch())
        transaction = self._agent.begin(request, await dialog.way())
        try:
            await transaction.final(_END_TIMEOUT)
        except (TimeoutError, UnreachableError):
            return
        finally:
            self._agent.end(transaction)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    # --- what the other side begins ------------------------------------------------

    def _asked(self, request: sip.Request, peer: Address) -> None:
        """Answer a request of a device: only the end of a call is welcome."""
        if request.method == "ACK":
            return
        line = self.lines.get(request.call_id)
        if request.method == "OPTIONS":
            status = 200
        elif not line:
            status = 481
        elif request.method == "BYE":
            status = 200
        else:
            status = 488 if request.method == "INVITE" else 405
        self._agent.send(sip.answer(request, status, line.dialog.tag if line else "none"), peer)
        if line and request.method == "BYE" and not line.ended_by_peer:
            line.ended_by_peer = True
            if not line.closed:
                line.lost("the speaker hung up")

    def _stray(self, answer: sip.Response, peer: Address) -> None:
        """A 200 that comes again is acknowledged again; one of a second device is ended."""
        del peer
        if not 200 <= answer.status < 300 or answer.cseq[1] != "INVITE":
            return
        line = self.lines.get(answer.call_id)
        if not line:
            return
        dialog = line.dialog
        if sip.parameters(answer.get("To")).get("tag") == sip.parameters(dialog.to).get("tag"):
            self._later(self._acknowledge(dialog, answer.cseq[0]))
        else:
            second = Dialog(dialog.target, dialog.peer, dialog.local, dialog.port)
            second.call_id, second.tag, second.cseq = dialog.call_id, dialog.tag, dialog.cseq
            self._later(self._refuse(second, answer))


class _Slot:
    """A place among the INVITEs under way, given back at the first answer or after T1."""

    def __init__(self, gate: asyncio.Semaphore) -> None:
        self._gate = gate
        self._held = False

    async def __aenter__(self) -> _Slot:
        await self._gate.acquire()
        self._held = True
        self._timer = asyncio.get_running_loop().call_later(T1, self.free)
        return self

    def free(self) -> None:
        if self._held:
            self._held = False
            self._timer.cancel()
            self._gate.release()

    async def __aexit__(self, *unused: object) -> None:
        self.free()


async def _parsed(url: str) -> tuple[sip.Uri, Address]:
    try:
        target = sip.uri(url)
    except ProtocolError as error:
        raise DeviceError("the speaker's address is wrong") from error
    return target, await resolved(*target.address)


def _challenge(answer: sip.Response) -> sip.Challenge:
    try:
        return sip.challenge(answer)
    except ProtocolError as error:
        raise DeviceError(_WORDS[401]) from error


def _worded(answer: sip.Response) -> str:
    return _WORDS.get(answer.status, f"the speaker answers {answer.status} {answer.reason}"[:80])
