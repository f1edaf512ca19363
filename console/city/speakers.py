"""The town's loudspeakers: they answer SIP, listen for RTP paging, and keep what they hear.

One SIP port serves all of them by the user part of the address; each has RTP ports of
its own for the time of a call. Loopback only.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from console.city.model import SpeakerSite
from console.protocols import g711, rtp, sdp, sip
from console.protocols.errors import ProtocolError

LOOPBACK = "127.0.0.1"
_QUIET = 1.0
"""Seconds without a packet after which a page is over."""
_ABANDONED = 5.0
"""Seconds without a packet after which a call whose caller vanished is over."""

_LONGEST = 600
"""Seconds of sound kept of one call, whatever its timestamps say."""

OnHeard = Callable[[str, float, Path], None]
Address = tuple[str, int]


class _Ear:
    """Receives RTP for one speaker and lays the sound out by its timestamps."""

    def __init__(self, speaker: str, port: int = 0) -> None:
        self.speaker = speaker
        self.first = 0.0
        self.last = 0.0
        """Unix time of the first packet and loop time of the newest."""
        self._loop = asyncio.get_running_loop()
        self._heard: dict[int, g711.Samples] = {}
        self._ssrc: int | None = None
        self._clock = rtp.Unwrapper(32)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind((LOOPBACK, port))
        self.port = self._socket.getsockname()[1]
        self._loop.add_reader(self._socket, self._receive)

    @property
    def hears(self) -> bool:
        return bool(self._heard)

    def close(self) -> None:
        self._loop.remove_reader(self._socket)
        self._socket.close()

    def _receive(self) -> None:
        while True:
            try:
                data = self._socket.recv(2048)
            except OSError:
                return
            try:
                packet = rtp.parse(data)
            except ProtocolError:
                continue
            law = g711.LAW.get(packet.payload_type)
            if law and packet.ssrc == (self._ssrc if self._heard else packet.ssrc):
                self._take(packet, law)

    def _take(self, packet: rtp.Packet, law: g711.Law) -> None:
        if not self._heard:
            self._ssrc, self._clock, self.first = packet.ssrc, rtp.Unwrapper(32), time.time()
        self.last = self._loop.time()
        self._heard[self._clock(packet.timestamp)] = g711.decode(packet.payload, law)

    def sound(self) -> g711.Samples:
        """Return what was heard, gaps as silence, and forget it."""
        heard, self._heard = self._heard, {}
        if not heard:
            return np.zeros(0, np.int16)
        begin, end = min(heard), max(heard)
        sound = np.zeros(min(end - begin, _LONGEST * g711.RATE) + len(heard[end]), np.int16)
        for at, samples in heard.items():
            place = sound[at - begin : at - begin + len(samples)]
            place[:] = samples[: len(place)]
        return sound


@dataclass(eq=False, slots=True)
class _Call:
    ear: _Ear
    answer: sip.Response
    began: float


class Speakers(asyncio.DatagramProtocol):
    """All loudspeakers of a town. ``on_heard(id, seconds, path)`` follows each call.

    ``port`` is that of SIP; those who listen to bare RTP follow at +2, +4, … (0 picks all).
    """

    def __init__(
        self, sites: Sequence[SpeakerSite], folder: Path, on_heard: OnHeard, port: int = 0
    ) -> None:
        self._sites = {site.id: site for site in sites}
        self._folder = folder
        self._on_heard = on_heard
        self._calls: dict[str, _Call] = {}
        self._pages: list[_Ear] = []
        self._transport: asyncio.DatagramTransport | None = None
        self._port = port
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> dict[str, str]:
        """Open the ports and return each speaker's address."""
        wanted = self._port
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=(LOOPBACK, self._port)
        )
        self._port = self._transport.get_extra_info("sockname")[1]
        urls = {}
        for site in self._sites.values():
            (self._folder / site.id).mkdir(parents=True, exist_ok=True)
            if site.protocol == "sip":
                urls[site.id] = f"sip:{site.id}@{LOOPBACK}:{self._port}"
            else:
                ear = _Ear(site.id, wanted and wanted + 2 * (len(self._pages) + 1))
                self._pages.append(ear)
                urls[site.id] = f"rtp://{LOOPBACK}:{ear.port}"
        self._watching = asyncio.create_task(self._watch())
        return urls

    async def stop(self) -> None:
        """Hang up, keep what was heard, close the ports."""
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        for call_id in list(self._calls):
            self._over(call_id)
        for ear in self._pages:
            self._keep(ear)
            ear.close()
        if self._transport:
            self._transport.close()

    # --- SIP ---------------------------------------------------------------------

    def datagram_received(self, data: bytes, addr: Address) -> None:
        try:
            message = sip.parse(data)
        except ProtocolError:
            return
        if not isinstance(message, sip.Request):
            return
        if message.method == "INVITE":
            self._invited(message, addr)
        elif message.method == "BYE":
            known = message.call_id in self._calls
            self._reply(sip.answer(message, 200 if known else 481, "none"), addr)
            if known:
                self._over(message.call_id)
        elif message.method != "ACK":
            known = message.method == "OPTIONS" and self._user(message) in self._sites
            self._reply(sip.answer(message, 200 if known else 404, "none"), addr)

    def _invited(self, request: sip.Request, peer: Address) -> None:
        if call := self._calls.get(request.call_id):
            self._reply(call.answer, peer)  # our answer was lost
            return
        speaker = self._user(request)
        site, law = self._sites.get(speaker), _wanted(request.body)
        refusal = 0
        if not site or site.protocol != "sip":
            refusal = 404
        elif any(call.ear.speaker == speaker for call in self._calls.values()):
            refusal = 486
        if refusal or law is None:
            self._reply(sip.answer(request, refusal or 488, "none"), peer)
            return
        ear = _Ear(speaker)
        formats = (sdp.Format(g711.PAYLOAD_TYPE[law], law, g711.RATE),)
        media = sdp.Media("audio", ear.port, formats, direction="recvonly")
        answer = sip.answer(request, 200, secrets.token_hex(4))
        answer.headers.append(("Contact", f"<sip:{speaker}@{LOOPBACK}:{self._port}>"))
        answer.headers.append(("Content-Type", "application/sdp"))
        answer.body = sdp.build(sdp.Description((media,), speaker, LOOPBACK)).encode()
        self._calls[request.call_id] = _Call(ear, answer, asyncio.get_running_loop().time())
        self._reply(answer, peer)

    def _over(self, call_id: str) -> None:
        call = self._calls.pop(call_id)
        self._keep(call.ear)
        call.ear.close()

    def _reply(self, answer: sip.Response, peer: Address) -> None:
        if self._transport:
            self._transport.sendto(sip.encode(answer), peer)

    @staticmethod
    def _user(request: sip.Request) -> str:
        try:
            return sip.uri(request.uri).user
        except ProtocolError:
            return ""

    # --- what was heard -----------------------------------------------------------------

    async def _watch(self) -> None:
        """End pages that fell silent and calls whose caller vanished."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_QUIET / 4)
            now = loop.time()
            for ear in self._pages:
                if ear.hears and now - ear.last > _QUIET:
                    self._keep(ear)
            for call_id, call in list(self._calls.items()):
                if now - max(call.began, call.ear.last) > _ABANDONED:
                    self._over(call_id)

    def _keep(self, ear: _Ear) -> None:
        """Write what was heard; the file is named by the unix time of its first packet."""
        sound = ear.sound()
        if not sound.size:
            return
        path = self._folder / ear.speaker / f"{ear.first:.3f}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(g711.RATE)
            file.writeframes(sound.astype("<i2").tobytes())
        self._on_heard(ear.speaker, len(sound) / g711.RATE, path)


def _wanted(body: bytes) -> g711.Law | None:
    """Return the first codec of an offer that a speaker plays."""
    try:
        offered = sdp.parse(body).media
    except ProtocolError:
        return None
    numbers = (one.number for media in offered if media.kind == "audio" for one in media.formats)
    return next((g711.LAW[number] for number in numbers if number in g711.LAW), None)
