"""SIP messages (RFC 3261) and digest answers (RFC 7616): bytes <-> facts, no sockets, no clock.

Only what a caller or a simple answering device needs: requests, responses, addresses, the
credentials for a challenge. Header names are kept in their canonical long form.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from console.protocols.errors import ProtocolError

MAX_MESSAGE = 65_535
MAX_HEADERS = 200
MAGIC = "z9hG4bK"
"""What each branch of RFC 3261 begins with."""

_COMPACT = {
    "c": "content-type", "e": "content-encoding", "f": "from", "i": "call-id", "k": "supported",
    "l": "content-length", "m": "contact", "s": "subject", "t": "to", "v": "via",
}  # fmt: skip
_CASED = {"call-id": "Call-ID", "cseq": "CSeq", "www-authenticate": "WWW-Authenticate"}
_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]+")
_URI = re.compile(
    r"sips?:(?:(?P<user>[^@:;?\s<>]+)(?::(?P<password>[^@\s<>]*))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:;?@\s<>\[\]]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<rest>[;?][^\s<>]*)?",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r';\s*([A-Za-z0-9_.!%*+`\'~-]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*))?')
_CHALLENGE = re.compile(r'([A-Za-z][\w-]*)\s*=\s*("(?:[^"\\]|\\.)*"|[^,\s]+)')

REASONS = {
    100: "Trying", 180: "Ringing", 200: "OK", 400: "Bad Request", 401: "Unauthorized",
    404: "Not Found", 405: "Method Not Allowed", 481: "Call/Transaction Does Not Exist",
    486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
}  # fmt: skip


def _canonical(name: str) -> str:
    low = name.strip().lower()
    low = _COMPACT.get(low, low)
    return _CASED.get(low) or "-".join(part.capitalize() for part in low.split("-"))


@dataclass(frozen=True, slots=True)
class Uri:
    """A ``sip:`` address. ``text`` leaves the password out, so that it may be sent and logged."""

    user: str
    host: str
    port: int = 5060
    password: str = field(default="", repr=False)
    rest: str = ""

    @property
    def text(self) -> str:
        at = f"{self.user}@" if self.user else ""
        port = "" if self.port == 5060 else f":{self.port}"
        return f"sip:{at}{self.host}{port}{self.rest}"

    @property
    def address(self) -> tuple[str, int]:
        """Host without brackets, and port, as a socket wants them."""
        return self.host.strip("[]"), self.port


def uri(text: str) -> Uri:
    """Read a ``sip:`` address; raise :class:`ProtocolError` where it is none."""
    found = _URI.fullmatch(text.strip())
    if not found or not 0 < int(found["port"] or 5060) < 65536:
        raise ProtocolError("no SIP address")
    return Uri(
        found["user"] or "",
        found["host"],
        int(found["port"] or 5060),
        found["password"] or "",
        found["rest"] or "",
    )


@dataclass(slots=True)
class Message:
    """Headers in their order and a body; ``get`` returns the first of a name."""

    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def get(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.headers if key == name), default)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    @property
    def call_id(self) -> str:
        return self.get("Call-ID")

    @property
    def branch(self) -> str:
        """The transaction's name: ``branch`` of the topmost Via."""
        return parameters(self.get("Via")).get("branch", "")

    @property
    def cseq(self) -> tuple[int, str]:
        number, _, method = self.get("CSeq").strip().partition(" ")
        if not number.isdecimal() or len(number) > 10:
            raise ProtocolError("CSeq without a number")
        return int(number), method.strip()


@dataclass(slots=True)
class Request(Message):
    method: str = ""
    uri: str = ""


@dataclass(slots=True)
class Response(Message):
    status: int = 0
    reason: str = ""


def parse(data: bytes) -> Request | Response:
    """Read one datagram; raise :class:`ProtocolError` where it is no SIP message."""
    if len(data) > MAX_MESSAGE:
        raise ProtocolError("message too long")
    head, _, body = data.partition(b"\r\n\r\n")
    try:
        first, *lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError as error:
        raise ProtocolError("headers are no UTF-8") from error
    message = _start(first)
    message.headers = _headers(lines)
    length = message.get("Content-Length")
    if length and not (length.isdecimal() and len(length) < 7 and int(length) <= len(body)):
        raise ProtocolError("body shorter than Content-Length")
    message.body = body[: int(length)] if length else body
    if not message.call_id or not message.get("CSeq"):
        raise ProtocolError("Call-ID or CSeq is missing")
    _ = message.cseq
    return message


def _start(line: str) -> Request | Response:
    words = line.split(" ", 2)
    if len(words) >= 2 and words[0] == "SIP/2.0":
        if not re.fullmatch(r"[1-6][0-9]{2}", words[1]):
            raise ProtocolError("no SIP status")
        return Response(status=int(words[1]), reason=words[2] if len(words) == 3 else "")
    if len(words) == 3 and words[2] == "SIP/2.0" and _TOKEN.fullmatch(words[0]):
        return Request(method=words[0], uri=words[1])
    raise ProtocolError("no SIP start line")


def _headers(lines: list[str]) -> list[tuple[str, str]]:
    headers: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (" ", "\t") and headers:
            name, value = headers[-1]
            headers[-1] = name, f"{value} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name.strip()):
            raise ProtocolError("a line that is no header")
        headers.append((_canonical(name), value.strip()))
        if len(headers) > MAX_HEADERS:
            raise ProtocolError("too many headers")
    return headers


def encode(message: Request | Response) -> bytes:
    """Return the datagram; Content-Length is written from the body."""
    if isinstance(message, Request):
        first = f"{message.method} {message.uri} SIP/2.0"
    else:
        first = f"SIP/2.0 {message.status} {message.reason}"
    lines = [f"{name}: {value}" for name, value in message.headers if name != "Content-Length"]
    lines.append(f"Content-Length: {len(message.body)}")
    return "\r\n".join([first, *lines, "", ""]).encode() + message.body


def answer(request: Request, status: int, tag: str = "", reason: str = "") -> Response:
    """Return the response with what RFC 3261 8.2.6 has copied from the request."""
    copied = [(name, value) for name, value in request.headers if name in ("Via", "Record-Route")]
    to = request.get("To")
    if tag and status > 100 and "tag" not in parameters(to):
        to = f"{to};tag={tag}"
    copied += [("From", request.get("From")), ("To", to)]
    copied += [("Call-ID", request.call_id), ("CSeq", request.get("CSeq"))]
    reason = reason or REASONS.get(status, "Answer")
    return Response(headers=copied, status=status, reason=reason)


def parameters(value: str) -> dict[str, str]:
    """Return the ``;name=value`` parameters of a header, those inside ``<…>`` left out."""
    tail = value.rpartition(">")[2]
    return {name.lower(): text.strip('"') for name, text in _PARAMETER.findall(tail)}


def address(value: str) -> Uri:
    """Return the address of a From, To or Contact value; raise :class:`ProtocolError`."""
    found = re.search(r"<([^<>]*)>", value)
    return uri(found[1] if found else value.partition(";")[0])


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a 401 or 407 asks for (RFC 7616)."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    qop: str = ""
    opaque: str = ""
    stale: bool = False


_HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}


def challenge(response: Response) -> Challenge:
    """Return the first challenge we can answer; raise :class:`ProtocolError` if there is none."""
    name = "Proxy-Authenticate" if response.status == 407 else "WWW-Authenticate"
    for value in response.all(name):
        scheme, _, rest = value.partition(" ")
        fields = {key.lower(): text.strip('"') for key, text in _CHALLENGE.findall(rest)}
        algorithm = fields.get("algorithm", "MD5").upper()
        qops = [word.strip() for word in fields.get("qop", "").split(",") if word.strip()]
        usable = algorithm in _HASHES and (not qops or "auth" in qops) and "nonce" in fields
        if scheme.lower() == "digest" and usable:
            return Challenge(
                fields.get("realm", ""),
                fields["nonce"],
                algorithm,
                "auth" if qops else "",
                fields.get("opaque", ""),
                fields.get("stale", "").lower() == "true",
            )
    raise ProtocolError("no challenge that we can answer")


def credentials(
    asked: Challenge,
    method: str,
    target: str,
    user: str,
    password: str,
    cnonce: str,
    count: int = 1,
) -> str:
    """Return the value of Authorization or Proxy-Authorization."""

    def digest(text: str) -> str:
        return hashlib.new(
            _HASHES[asked.algorithm], text.encode(), usedforsecurity=False
        ).hexdigest()

    secret = digest(f"{user}:{asked.realm}:{password}")
    what = digest(f"{method}:{target}")
    times = f"{count:08x}"
    middle = f"{times}:{cnonce}:{asked.qop}:" if asked.qop else ""
    result = digest(f"{secret}:{asked.nonce}:{middle}{what}")
    value = (
        f'Digest username="{user}", realm="{asked.realm}", nonce="{asked.nonce}", '
        f'uri="{target}", response="{result}", algorithm={asked.algorithm}'
    )
    if asked.qop:
        value += f', qop={asked.qop}, nc={times}, cnonce="{cnonce}"'
    if asked.opaque:
        value += f', opaque="{asked.opaque}"'
    return value
