"""H.264 over RTP (RFC 6184, packetisation mode 1) and its byte stream form (Annex B)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.protocols.errors import ProtocolError
from console.protocols.rtp import Packet

IDR, SEI, SPS, PPS, AUD = 5, 6, 7, 8, 9
_STAP_A, _FU_A = 24, 28
_START = b"\x00\x00\x00\x01"
MAX_ACCESS_UNIT = 1 << 23


def kind(unit: bytes) -> int:
    """Return the type of a NAL unit."""
    return unit[0] & 0x1F


def split(stream: bytes) -> list[bytes]:
    """Return the NAL units of an Annex B byte stream, without start codes."""
    units: list[bytes] = []
    start = stream.find(b"\x00\x00\x01")
    while start >= 0:
        start += 3
        following = stream.find(b"\x00\x00\x01", start)
        unit = stream[start : following if following >= 0 else len(stream)].rstrip(b"\x00")
        if unit:
            units.append(unit)
        start = following
    return units


def join(units: Iterable[bytes]) -> bytes:
    """Return the Annex B byte stream of NAL units."""
    return b"".join(_START + unit for unit in units)


def packetise(units: Sequence[bytes], size: int = 1400) -> list[bytes]:
    """Return the RTP payloads of one access unit, none longer than ``size``.

    Small neighbours share a STAP-A, a unit too long goes out as FU-A fragments.
    """
    if size < 64:
        raise ProtocolError("payload size is too small")
    payloads: list[bytes] = []
    small: list[bytes] = []
    room = size - 1
    for unit in units:
        if small and len(unit) + 2 > room:
            payloads.append(_aggregate(small))
            small, room = [], size - 1
        if len(unit) + 3 > size:
            payloads += [unit] if len(unit) <= size else _fragments(unit, size)
        else:
            small.append(unit)
            room -= len(unit) + 2
    if small:
        payloads.append(_aggregate(small))
    return payloads


def _aggregate(units: Sequence[bytes]) -> bytes:
    if len(units) == 1:
        return units[0]
    reference = max(unit[0] & 0x60 for unit in units)
    parts = (len(unit).to_bytes(2, "big") + unit for unit in units)
    return bytes((reference | _STAP_A,)) + b"".join(parts)


def _fragments(unit: bytes, size: int) -> list[bytes]:
    indicator = unit[0] & 0xE0 | _FU_A
    step = size - 2
    starts = range(1, len(unit), step)
    fragments = []
    for start in starts:
        mark = (0x80 if start == 1 else 0) | (0x40 if start == starts[-1] else 0)
        head = bytes((indicator, mark | unit[0] & 0x1F))
        fragments.append(head + unit[start : start + step])
    return fragments


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One coded picture in Annex B form; ``key`` where decoding may begin with it."""

    data: bytes
    timestamp: int
    key: bool


class Depacketiser:
    """Puts access units together again from packets in order of arrival.

    An access unit ends at the marker bit, or where the timestamp changes. After a loss
    or a malformed packet nothing is given until the next IDR picture, so that a decoder
    never sees a hole. Parameter sets known from the description go before each IDR that
    brings none itself.
    """

    def __init__(self, parameter_sets: Sequence[bytes] = ()) -> None:
        self.waiting = True
        self.lost = 0
        """Packets missing so far, by their numbers."""
        self._sets = tuple(unit for unit in parameter_sets if unit)
        self._next: int | None = None
        self._timestamp: int | None = None
        self._units: list[bytes] = []
        self._fragment: bytearray | None = None
        self._size = 0
        self._damaged = False

    def push(self, packet: Packet) -> list[AccessUnit]:
        """Take one packet; return the access units it completed (mostly none or one)."""
        done: list[AccessUnit] = []
        if self._next is not None and packet.sequence != self._next:
            missing = (packet.sequence - self._next) & 0xFFFF
            if missing >= 0x8000:
                return done
            self.lost += missing
            self._break()
        self._next = (packet.sequence + 1) & 0xFFFF
        if packet.timestamp != self._timestamp:
            done += self._finish()
            self._timestamp = packet.timestamp
        self._size += len(packet.payload)
        if self._size > MAX_ACCESS_UNIT or not self._take(packet.payload):
            self._break()
        if packet.marker:
            done += self._finish()
        return done

    def _break(self) -> None:
        self.waiting = True
        self._damaged = True
        self._units.clear()
        self._fragment = None

    def _take(self, payload: bytes) -> bool:
        if not payload:
            return False
        number = payload[0] & 0x1F
        if number == _FU_A:
            return self._take_fragment(payload)
        if self._fragment is not None:
            return False
        if number == _STAP_A:
            return self._take_aggregate(payload)
        if not 1 <= number <= 23:
            return False
        self._units.append(payload)
        return True

    def _take_aggregate(self, payload: bytes) -> bool:
        position = 1
        while position < len(payload):
            length = int.from_bytes(payload[position : position + 2], "big")
            unit = payload[position + 2 : position + 2 + length]
            if not length or len(unit) != length or not 1 <= unit[0] & 0x1F <= 23:
                return False
            self._units.append(unit)
            position += 2 + length
        return position > 1

    def _take_fragment(self, payload: bytes) -> bool:
        if len(payload) < 3 or not 1 <= payload[1] & 0x1F <= 23:
            return False
        if payload[1] & 0x80:
            if self._fragment is not None:
                return False
            self._fragment = bytearray((payload[0] & 0xE0 | payload[1] & 0x1F,))
        elif self._fragment is None:
            # The middle of a unit whose beginning was before us: no loss while we wait.
            return self.waiting
        self._fragment += payload[2:]
        if payload[1] & 0x40:
            self._units.append(bytes(self._fragment))
            self._fragment = None
        return True

    def _finish(self) -> list[AccessUnit]:
        units, timestamp = self._units, self._timestamp
        if self._fragment is not None:
            self._break()
        whole = not self._damaged
        self._units, self._fragment, self._size, self._damaged = [], None, 0, False
        if not units or not whole or timestamp is None:
            return []
        kinds = [kind(unit) for unit in units]
        for unit in units:
            if kind(unit) in (SPS, PPS):
                self._learn(unit)
        slices = [unit for unit in units if 1 <= kind(unit) <= IDR]
        if not slices:
            # Parameter sets sent on their own, before the picture.
            return []
        key = IDR in kinds
        if self.waiting and not (key and _begins_picture(slices[0]) and self._has_sets()):
            return []
        self.waiting = False
        if key and SPS not in kinds:
            units = [*self._sets, *units]
        return [AccessUnit(join(units), timestamp, key)]

    def _learn(self, unit: bytes) -> None:
        others = [known for known in self._sets if kind(known) != kind(unit)]
        self._sets = tuple(sorted([*others, unit], key=kind))

    def _has_sets(self) -> bool:
        return {SPS, PPS} <= {kind(unit) for unit in self._sets}


def _begins_picture(piece: bytes) -> bool:
    """Tell whether a slice holds the picture's first macroblock (first_mb_in_slice is 0)."""
    return len(piece) > 1 and piece[1] >= 0x80
