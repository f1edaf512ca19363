"""Basic and Digest access authentication for RTSP (RFC 7617, RFC 7616, RFC 2069 without qop)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass

from console.protocols.errors import ProtocolError

_PART = re.compile(r'([A-Za-z0-9_\-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z0-9\-]+)')
_HASHES = {"md5": "md5", "sha-256": "sha256"}


@dataclass(frozen=True, slots=True)
class Challenge:
    """One scheme of a ``WWW-Authenticate`` or ``Authorization`` header and its parameters."""

    scheme: str
    parameters: dict[str, str]


def challenge(realm: str, nonce: str) -> str:
    """Build a ``WWW-Authenticate`` value that asks for Digest by MD5, as cameras do."""
    return f'Digest realm="{realm}", nonce="{nonce}", algorithm=MD5'


def parse_challenges(value: str) -> list[Challenge]:
    """Return each scheme of a ``WWW-Authenticate`` value; empty where nothing is readable."""
    found: list[Challenge] = []
    for name, quoted, plain, scheme in _PART.findall(value[:8192]):
        if scheme:
            found.append(Challenge(scheme.lower(), {}))
        elif found:
            found[-1].parameters[name.lower()] = re.sub(r"\\(.)", r"\1", quoted) or plain
    return found


def authorize(
    value: str, method: str, url: str, user: str, password: str, cnonce: str, count: int = 1
) -> str:
    """Answer a ``WWW-Authenticate`` value with an ``Authorization`` value, Digest before Basic.

    ``cnonce`` is fresh random text and ``count`` counts uses of this nonce, both used
    only where the server asks for ``qop``. Raises :class:`ProtocolError` where the
    server offers no scheme we know.
    """
    offers = parse_challenges(value)
    for offer in offers:
        known = offer.parameters.get("algorithm", "MD5").lower() in _HASHES
        if offer.scheme == "digest" and known and "nonce" in offer.parameters:
            return _digest(offer.parameters, method, url, user, password, cnonce, count)
    if any(offer.scheme == "basic" for offer in offers):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    raise ProtocolError("no known authentication scheme")


def _digest(
    given: dict[str, str],
    method: str,
    url: str,
    user: str,
    password: str,
    cnonce: str,
    count: int,
) -> str:
    answer = {
        "username": user,
        "realm": given.get("realm", ""),
        "nonce": given["nonce"],
        "uri": url,
    }
    bare: dict[str, str] = {}
    if "auth" in re.split(r"[,\s]+", given.get("qop", "")):
        answer["cnonce"] = cnonce
        bare = {"qop": "auth", "nc": f"{count:08x}"}
    if "algorithm" in given:
        bare["algorithm"] = given["algorithm"]
    answer["response"] = _proof({**answer, **bare}, method, password)
    if "opaque" in given:
        answer["opaque"] = given["opaque"]
    quoted = [f'{name}="{_escaped(text)}"' for name, text in answer.items()]
    return "Digest " + ", ".join([*quoted, *(f"{name}={text}" for name, text in bare.items())])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _proof(answer: dict[str, str], method: str, password: str) -> str:
    algorithm = _HASHES.get(answer.get("algorithm", "MD5").lower())
    if algorithm is None:
        raise ProtocolError("unknown digest algorithm")

    def digest(text: str) -> str:
        return hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()

    secret = digest(f"{answer['username']}:{answer['realm']}:{password}")
    asked = digest(f"{method}:{answer['uri']}")
    if "qop" in answer:
        middle = f"{answer['nonce']}:{answer['nc']}:{answer['cnonce']}:{answer['qop']}"
    else:
        middle = answer["nonce"]
    return digest(f"{secret}:{middle}:{asked}")


def accepts(value: str, method: str, realm: str, nonce: str, user: str, password: str) -> bool:
    """Tell whether an ``Authorization`` value proves the password, by Digest or Basic.

    The URI the client signed is taken as it signed it, as cameras do: clients differ
    in whether they sign the track's or the session's URL.
    """
    if value[:6].lower() == "basic ":
        try:
            given = base64.b64decode(value[6:].strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        return hmac.compare_digest(given, f"{user}:{password}".encode())
    for answer in parse_challenges(value):
        fields = answer.parameters
        if answer.scheme != "digest" or not {"uri", "response"} <= fields.keys():
            continue
        if (fields.get("username"), fields.get("realm"), fields.get("nonce")) != (
            user,
            realm,
            nonce,
        ):
            continue
        try:
            expected = _proof(fields, method, password)
        except (ProtocolError, KeyError):
            continue
        return hmac.compare_digest(expected.encode(), fields["response"].lower().encode())
    return False
