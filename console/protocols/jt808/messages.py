"""JT/T 808 messages: bodies to facts and back, for both sides of the line.

Text is GBK, time is Beijing's clock, numbers are big-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar

from console.protocols.errors import ProtocolError
from console.protocols.jt808.frames import MAX_BODY, Frame, pack

BEIJING = timezone(timedelta(hours=8))

OK, FAILED, BAD, UNSUPPORTED, ALARM_SEEN = range(5)
"""Results of a general acknowledgement."""


@dataclass(frozen=True, slots=True)
class TerminalAck:
    """0x0001: the terminal answers message ``to`` that had number ``serial``."""

    id: ClassVar[int] = 0x0001
    serial: int
    to: int
    result: int


@dataclass(frozen=True, slots=True)
class PlatformAck:
    """0x8001: the platform's answer."""

    id: ClassVar[int] = 0x8001
    serial: int
    to: int
    result: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """0x0002."""

    id: ClassVar[int] = 0x0002


@dataclass(frozen=True, slots=True)
class Unregister:
    """0x0003."""

    id: ClassVar[int] = 0x0003


@dataclass(frozen=True, slots=True)
class Register:
    """0x0100. ``colour`` 0 means that ``plate`` is the frame number of an unlicensed vehicle."""

    id: ClassVar[int] = 0x0100
    province: int = 0
    city: int = 0
    maker: str = ""
    model: str = ""
    device: str = ""
    colour: int = 0
    plate: str = ""


@dataclass(frozen=True, slots=True)
class RegisterAck:
    """0x8100. Results: 0 done, 1 vehicle known, 2 no vehicle, 3 terminal known, 4 no terminal."""

    id: ClassVar[int] = 0x8100
    serial: int
    result: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Authenticate:
    """0x0102. IMEI and software version came with 2019."""

    id: ClassVar[int] = 0x0102
    code: str
    imei: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """0x0200. Degrees (north and east positive), metres, m/s, degrees from north, UTC.

    ``extras`` are the additional items by id; ``rest`` is what followed them and was no item.
    """

    id: ClassVar[int] = 0x0200
    lat: float
    lon: float
    at: datetime
    speed: float = 0.0
    course: int = 0
    altitude: int = 0
    alarm: int = 0
    status: int = 0b11
    extras: dict[int, bytes] = field(default_factory=dict)
    rest: bytes = b""

    @property
    def fixed(self) -> bool:
        """Whether the receiver had a fix (status bit 1)."""
        return bool(self.status & 0b10)

    @property
    def urgent(self) -> bool:
        """Whether the driver pressed the emergency button (alarm bit 0)."""
        return bool(self.alarm & 1)


@dataclass(frozen=True, slots=True)
class Batch:
    """0x0704. ``late`` marks positions kept while there was no network."""

    id: ClassVar[int] = 0x0704
    locations: tuple[Location, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """0x8300. ``flags``: bit 0 urgent, bit 2 show on the display, bit 3 read aloud."""

    id: ClassVar[int] = 0x8300
    text: str
    flags: int = 0b1100


@dataclass(frozen=True, slots=True)
class Other:
    """A message that this program has no use for."""

    id: int
    body: bytes


Message = (
    TerminalAck
    | PlatformAck
    | Heartbeat
    | Unregister
    | Register
    | RegisterAck
    | Authenticate
    | Location
    | Batch
    | Text
    | Other
)


# --- bodies --------------------------------------------------------------------------

_ACK = struct.Struct(">HHB")
_REGISTER_ACK = struct.Struct(">HB")
_REGISTER_2013 = struct.Struct(">HH5s20s7sB")
_REGISTER_2019 = struct.Struct(">HH11s30s30sB")
_LOCATION = struct.Struct(">IIIIHHH6s")
_BATCH = struct.Struct(">HB")
_SOUTH, _WEST = 1 << 2, 1 << 3


def _unpack(layout: struct.Struct, body: bytes) -> tuple[Any, ...]:
    try:
        return layout.unpack_from(body)
    except struct.error as error:
        raise ProtocolError("body is too short", "body") from error


def _string(raw: bytes) -> str:
    return raw.decode("gbk", "replace").strip("\0 ")


def _fixed(text: str, width: int) -> bytes:
    raw = text.encode("gbk", "replace")
    if len(raw) > width:
        raise ProtocolError(f"{text!r} is longer than {width} bytes")
    return raw.ljust(width, b"\0")


def _time(raw: bytes) -> datetime:
    digits = raw.hex()
    try:
        year, month, day, hour, minute, second = (int(digits[i : i + 2]) for i in range(0, 12, 2))
        local = datetime(2000 + year, month, day, hour, minute, second, tzinfo=BEIJING)
        return local.astimezone(UTC)
    except ValueError as error:
        raise ProtocolError(f"{digits} is no time", "time") from error


def _location(body: bytes) -> Location:
    alarm, status, lat, lon, altitude, speed, course, raw_time = _unpack(_LOCATION, body)
    if lat > 90_000_000 or lon > 180_000_000:
        raise ProtocolError("position is not on the earth", "lat" if lat > 90_000_000 else "lon")
    extras: dict[int, bytes] = {}
    at = _LOCATION.size
    while at + 2 <= len(body) and at + 2 + body[at + 1] <= len(body) and body[at] not in extras:
        extras[body[at]] = body[at + 2 : at + 2 + body[at + 1]]
        at += 2 + body[at + 1]
    return Location(
        lat=(-lat if status & _SOUTH else lat) / 1e6,
        lon=(-lon if status & _WEST else lon) / 1e6,
        at=_time(raw_time),
        speed=speed / 36,
        course=course % 360,
        altitude=altitude,
        alarm=alarm,
        status=status,
        extras=extras,
        rest=body[at:],
    )


def _batch(body: bytes) -> Batch:
    count, kind = _unpack(_BATCH, body)
    locations, at = [], _BATCH.size
    for _ in range(count):
        size = int.from_bytes(body[at : at + 2], "big")
        item = body[at + 2 : at + 2 + size]
        if len(item) < size:
            raise ProtocolError("batch is shorter than it says", "body")
        locations.append(_location(item))
        at += 2 + size
    return Batch(tuple(locations), late=kind == 1)


def _register(body: bytes, versioned: bool) -> Register:
    layout = _REGISTER_2019 if versioned else _REGISTER_2013
    province, city, maker, model, device, colour = _unpack(layout, body)
    plate = _string(body[layout.size :])
    return Register(province, city, _string(maker), _string(model), _string(device), colour, plate)


def _authenticate(body: bytes, versioned: bool) -> Authenticate:
    if not versioned:
        return Authenticate(_string(body))
    size = body[0] if body else 0
    if len(body) < 1 + size + 15:
        raise ProtocolError("body is too short", "body")
    imei = _string(body[1 + size : 16 + size])
    return Authenticate(_string(body[1 : 1 + size]), imei, _string(body[16 + size : 36 + size]))


def _text(body: bytes, versioned: bool) -> Text:
    start = 2 if versioned else 1
    if len(body) < start:
        raise ProtocolError("body is too short", "body")
    return Text(_string(body[start:]), body[0])


def _register_ack(body: bytes) -> RegisterAck:
    serial, result = _unpack(_REGISTER_ACK, body)
    return RegisterAck(serial, result, _string(body[_REGISTER_ACK.size :]))


_READERS: dict[int, Callable[[bytes, bool], Message]] = {
    TerminalAck.id: lambda body, _: TerminalAck(*_unpack(_ACK, body)),
    PlatformAck.id: lambda body, _: PlatformAck(*_unpack(_ACK, body)),
    Heartbeat.id: lambda body, _: Heartbeat(),
    Unregister.id: lambda body, _: Unregister(),
    Register.id: _register,
    RegisterAck.id: lambda body, _: _register_ack(body),
    Authenticate.id: _authenticate,
    Location.id: lambda body, _: _location(body),
    Batch.id: lambda body, _: _batch(body),
    Text.id: _text,
}


def decode(frame: Frame) -> Message:
    """Return the fact that a whole frame carries; a message not known here is an :class:`Other`."""
    reader = _READERS.get(frame.id)
    if reader is None:
        return Other(frame.id, frame.body)
    return reader(frame.body, frame.version is not None)


# --- writing ---------------------------------------------------------------------------


def _location_body(fact: Location) -> bytes:
    status = fact.status & ~(_SOUTH | _WEST)
    status |= (_SOUTH if fact.lat < 0 else 0) | (_WEST if fact.lon < 0 else 0)
    local = fact.at.astimezone(BEIJING)
    fixed = _LOCATION.pack(
        fact.alarm,
        status,
        round(abs(fact.lat) * 1e6),
        round(abs(fact.lon) * 1e6),
        fact.altitude,
        round(fact.speed * 36),
        fact.course,
        bytes.fromhex(local.strftime("%y%m%d%H%M%S")),
    )
    items = b"".join(bytes([key, len(raw)]) + raw for key, raw in fact.extras.items())
    return fixed + items + fact.rest


def _register_body(fact: Register, versioned: bool) -> bytes:
    layout, (maker, model, device) = (
        (_REGISTER_2019, (11, 30, 30)) if versioned else (_REGISTER_2013, (5, 20, 7))
    )
    return layout.pack(
        fact.province,
        fact.city,
        _fixed(fact.maker, maker),
        _fixed(fact.model, model),
        _fixed(fact.device, device),
        fact.colour,
    ) + fact.plate.encode("gbk", "replace")


def _authenticate_body(fact: Authenticate, versioned: bool) -> bytes:
    code = fact.code.encode("gbk", "replace")
    if not versioned:
        return code
    return bytes([len(code)]) + code + _fixed(fact.imei, 15) + _fixed(fact.software, 20)


def _body(fact: Message, versioned: bool) -> bytes:
    match fact:
        case TerminalAck() | PlatformAck():
            return _ACK.pack(fact.serial, fact.to, fact.result)
        case Register():
            return _register_body(fact, versioned)
        case RegisterAck():
            return _REGISTER_ACK.pack(fact.serial, fact.result) + fact.code.encode("gbk", "replace")
        case Authenticate():
            return _authenticate_body(fact, versioned)
        case Location():
            return _location_body(fact)
        case Batch():
            bodies = [_location_body(item) for item in fact.locations]
            items = b"".join(len(item).to_bytes(2, "big") + item for item in bodies)
            return _BATCH.pack(len(bodies), fact.late) + items
        case Text():
            head = bytes([fact.flags, 1]) if versioned else bytes([fact.flags])
            return head + fact.text.encode("gbk", "replace")
        case Other():
            return fact.body
    return b""


def encode(fact: Message, terminal: str, serial: int, version: int | None = None) -> bytes:
    """Return the bytes of a message, flags included, in as many parts as it needs.

    Serials of the parts run on from ``serial``. Raises :class:`ProtocolError` where a value
    does not fit the standard's field.
    """
    try:
        body = _body(fact, version is not None)
    except (struct.error, ValueError, OverflowError) as error:
        raise ProtocolError(f"{type(fact).__name__}: {error}") from error
    if len(body) <= MAX_BODY:
        return pack(Frame(fact.id, terminal, serial, body, version))
    pieces = [body[at : at + MAX_BODY] for at in range(0, len(body), MAX_BODY)]
    return b"".join(
        pack(Frame(fact.id, terminal, (serial + n) & 0xFFFF, piece, version, (len(pieces), n + 1)))
        for n, piece in enumerate(pieces)
    )
