"""What two ends of a SIP call know of each other, and the sound they agree on."""

from __future__ import annotations

import contextlib
import secrets
import socket
from dataclasses import dataclass, field

from console.protocols import g711, sdp, sip
from console.protocols.errors import ProtocolError
from console.voice.drivers.port import DeviceError
from console.voice.drivers.rtp import EXPEDITED, resolved

Address = tuple[str, int]


@dataclass(slots=True)
class Dialog:
    """One call's names and numbers (RFC 3261 section 12)."""

    target: sip.Uri
    peer: Address
    local: str
    port: int
    call_id: str = field(default_factory=lambda: secrets.token_hex(12))
    tag: str = field(default_factory=lambda: secrets.token_hex(6))
    cseq: int = 1
    remote: str = ""
    to: str = ""
    route: list[str] = field(default_factory=list)
    secret: tuple[str, str] | None = None

    def request(self, method: str, branch: str, cseq: int | None = None) -> sip.Request:
        """Return a request within (or opening) this dialog."""
        here = f"{self.local}:{self.port}"
        headers = [
            ("Via", f"SIP/2.0/UDP {here};branch={branch};rport"),
            ("Max-Forwards", "70"),
            ("From", f"<sip:console@{here}>;tag={self.tag}"),
            ("To", self.to or f"<{self.target.text}>"),
            ("Call-ID", self.call_id),
            ("CSeq", f"{cseq or self.cseq} {method}"),
            ("Contact", f"<sip:console@{here}>"),
            ("User-Agent", "Zhihui"),
            *(("Route", hop) for hop in self.route),
        ]
        if self.secret:
            headers.append(self.secret)
        return sip.Request(headers, b"", method, self.remote or self.target.text)

    def joined(self, response: sip.Response) -> None:
        """Take over what the answer says of the way to the device."""
        self.to = response.get("To")
        self.route = list(reversed(response.all("Record-Route")))
        with contextlib.suppress(ProtocolError):
            self.remote = sip.address(response.get("Contact")).text

    async def way(self) -> Address:
        """Return where requests within the dialog go."""
        hop = self.route[0] if self.route else f"<{self.remote}>"
        try:
            return await resolved(*sip.address(hop).address)
        except (ProtocolError, DeviceError):
            return self.peer


def sound_socket(peer: Address) -> socket.socket:
    """Return a socket bound to the address by which we reach ``peer``, on a port of its own."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect(peer)
            local = way.getsockname()[0]
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, EXPEDITED)
        sock.bind((local, 0))
    except OSError as error:
        sock.close()
        raise DeviceError(f"no way to the speaker: {error.strerror}") from error
    return sock


def offer(sock: socket.socket) -> bytes:
    address, port = sock.getsockname()
    formats = tuple(sdp.Format(g711.PAYLOAD_TYPE[law], law, g711.RATE) for law in ("PCMA", "PCMU"))
    media = sdp.Media("audio", port, formats, attributes=("ptime:20",))
    origin = f"- {secrets.randbits(31)} 1 IN IP4 {address}"
    return sdp.build(sdp.Description((media,), "console", address, origin)).encode()


def chosen(body: bytes) -> tuple[g711.Law, Address]:
    """Return the codec and the address that an answer settles on; raise ``ProtocolError``."""
    for media in sdp.parse(body).media:
        if media.kind != "audio" or not 0 < media.port < 65536:
            continue
        for one in media.formats:
            if one.number in g711.LAW:
                return g711.LAW[one.number], (media.address, media.port)
    raise ProtocolError("no codec in common")
