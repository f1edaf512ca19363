"""Session descriptions (RFC 8866), the subset that cameras and loudspeakers use."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from console.protocols.errors import ProtocolError

MAX_TEXT = 1 << 16
NO_ORIGIN = "- 0 0 IN IP4 127.0.0.1"
DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")


@dataclass(frozen=True, slots=True)
class Format:
    """One payload type: ``rtpmap`` and ``fmtp`` (parameter names as written)."""

    number: int
    encoding: str = ""
    clock: int = 0
    channels: int = 1
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Media:
    """One ``m=`` section. ``address`` falls back to the session's ``c=`` line."""

    kind: str
    port: int
    formats: tuple[Format, ...]
    protocol: str = "RTP/AVP"
    control: str = ""
    direction: str = "sendrecv"
    address: str = ""
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """A whole description. ``control`` is the aggregate control URL or empty."""

    media: tuple[Media, ...]
    name: str = "-"
    address: str = ""
    origin: str = NO_ORIGIN
    control: str = ""
    attributes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Section:
    """Lines of the session or of one media, before they are understood."""

    head: str = ""
    address: str = ""
    values: dict[str, str] = field(default_factory=dict)
    attributes: list[str] = field(default_factory=list)


_FIRST_ONLY = ("control", *DIRECTIONS)


def parse(text: str | bytes) -> Description:
    """Read a description; raise :class:`ProtocolError` for what is none."""
    if len(text) > MAX_TEXT:
        raise ProtocolError("description is too long")
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    sections = [_Section()]
    for line in text.replace("\r\n", "\n").split("\n"):
        letter, value = line[:1], line[2:].strip()
        if not line.strip():
            continue
        if line[1:2] != "=":
            raise ProtocolError("malformed line in description")
        if letter == "m":
            sections.append(_Section(head=value))
        elif letter == "c":
            sections[-1].address = value.split(" ")[-1].split("/")[0]
        elif letter == "a":
            sections[-1].attributes.append(value)
        else:
            sections[-1].values.setdefault(letter, value)
    session, *media = sections
    if session.values.get("v", "0") != "0":
        raise ProtocolError("unknown version of description")
    return Description(
        media=tuple(_parse_media(section, session) for section in media),
        name=session.values.get("s", "-"),
        address=session.address,
        origin=session.values.get("o", NO_ORIGIN),
        control=_first(session, "control"),
        attributes=tuple(a for a in session.attributes if a.partition(":")[0] not in _FIRST_ONLY),
    )


def _first(section: _Section, name: str) -> str:
    for attribute in section.attributes:
        found, _, value = attribute.partition(":")
        if found == name:
            return value
    return ""


def _direction(section: _Section, fallback: str) -> str:
    return next((a for a in section.attributes if a in DIRECTIONS), fallback)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ProtocolError("malformed number in description")
    return int(text)


def _parse_media(section: _Section, session: _Section) -> Media:
    words = section.head.split()
    if len(words) < 4:
        raise ProtocolError("malformed media line")
    kind, port, protocol, *numbers = words
    other: list[str] = []
    maps: dict[str, str] = {}
    parameters: dict[str, str] = {}
    for attribute in section.attributes:
        name, _, value = attribute.partition(":")
        number, _, rest = value.partition(" ")
        if name == "rtpmap":
            maps.setdefault(number, rest.strip())
        elif name == "fmtp":
            parameters.setdefault(number, rest.strip())
        elif name not in _FIRST_ONLY:
            other.append(attribute)
    return Media(
        kind=kind,
        port=_number(port.partition("/")[0]),
        formats=tuple(
            _parse_format(number, maps.get(number, ""), parameters.get(number, ""))
            for number in numbers
            if number.isascii() and number.isdigit()
        ),
        protocol=protocol,
        control=_first(section, "control"),
        direction=_direction(section, _direction(session, "sendrecv")),
        address=section.address or session.address,
        attributes=tuple(other),
    )


def _parse_format(number: str, rtpmap: str, fmtp: str) -> Format:
    encoding, *rest = rtpmap.split("/")
    pairs = (part.strip().partition("=") for part in fmtp.split(";") if part.strip())
    return Format(
        number=_number(number),
        encoding=encoding,
        clock=_number(rest[0]) if rest else 0,
        channels=_number(rest[1]) if len(rest) > 1 else 1,
        parameters={name.strip(): value.strip() for name, _, value in pairs},
    )


def build(description: Description) -> str:
    """Write a description that :func:`parse` reads back as it was."""
    lines = ["v=0", f"o={description.origin}", f"s={description.name or '-'}"]
    if description.address:
        lines.append(f"c=IN IP4 {description.address}")
    lines.append("t=0 0")
    if description.control:
        lines.append(f"a=control:{description.control}")
    lines += [f"a={attribute}" for attribute in description.attributes]
    for media in description.media:
        lines += _media_lines(media, description.address)
    if any("\r" in line or "\n" in line for line in lines):
        raise ProtocolError("line break inside a description")
    return "\r\n".join(lines) + "\r\n"


def _media_lines(media: Media, address: str) -> list[str]:
    numbers = " ".join(str(one.number) for one in media.formats)
    lines = [f"m={media.kind} {media.port} {media.protocol} {numbers}"]
    if media.address and media.address != address:
        lines.append(f"c=IN IP4 {media.address}")
    for one in media.formats:
        if one.encoding:
            channels = f"/{one.channels}" if one.channels != 1 else ""
            lines.append(f"a=rtpmap:{one.number} {one.encoding}/{one.clock}{channels}")
        if one.parameters:
            pairs = (f"{name}={value}" if value else name for name, value in one.parameters.items())
            lines.append(f"a=fmtp:{one.number} {';'.join(pairs)}")
    if media.direction != "sendrecv":
        lines.append(f"a={media.direction}")
    lines += [f"a={attribute}" for attribute in media.attributes]
    if media.control:
        lines.append(f"a=control:{media.control}")
    return lines


def parameter_sets(one: Format) -> tuple[bytes, ...]:
    """Return the H.264 SPS and PPS of ``sprop-parameter-sets`` (RFC 6184), none if unreadable."""
    found = one.parameters.get("sprop-parameter-sets", "")
    try:
        return tuple(base64.b64decode(part, validate=True) for part in found.split(",") if part)
    except (binascii.Error, ValueError):
        return ()


def h264_format(number: int, sets: tuple[bytes, ...]) -> Format:
    """Return the format of an H.264 stream in packetisation mode 1 with these SPS and PPS."""
    parameters = {"packetization-mode": "1"}
    if sets:
        parameters["profile-level-id"] = sets[0][1:4].hex().upper()
        parameters["sprop-parameter-sets"] = ",".join(
            base64.b64encode(one).decode() for one in sets
        )
    return Format(number, "H264", 90000, 1, parameters)


def resolve(base: str, control: str) -> str:
    """Return the URL to SETUP: ``control`` may be absolute, relative, ``*`` or empty."""
    if not control or control == "*":
        return base
    if "://" in control:
        return control
    return f"{base.rstrip('/')}/{control.lstrip('/')}"
