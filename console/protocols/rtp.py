"""RTP packets and RTCP reports (RFC 3550)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.protocols.errors import ProtocolError

_HEADER = struct.Struct(">BBHII")
_SENDER = struct.Struct(">IQIII")
_BLOCK = struct.Struct(">IB3sIIII")
_NTP_EPOCH = 2_208_988_800
"""Seconds from 1900 to 1970."""

SR, RR, SDES, BYE = 200, 201, 202, 203


@dataclass(frozen=True, slots=True)
class Packet:
    """One RTP packet; ``timestamp`` in units of the payload's clock."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False


def pack(packet: Packet) -> bytes:
    """Return the packet's bytes: no padding, no extension, no contributing sources."""
    second = packet.payload_type & 0x7F | (0x80 if packet.marker else 0)
    return (
        _HEADER.pack(
            0x80,
            second,
            packet.sequence & 0xFFFF,
            packet.timestamp & 0xFFFFFFFF,
            packet.ssrc & 0xFFFFFFFF,
        )
        + packet.payload
    )


def parse(data: bytes) -> Packet:
    """Read one packet; raise :class:`ProtocolError` for what is no RTP version 2."""
    if len(data) < 12 or data[0] >> 6 != 2:
        raise ProtocolError("no RTP packet")
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    start, end = 12 + 4 * (first & 0x0F), len(data)
    if first & 0x10:
        if end < start + 4:
            raise ProtocolError("RTP extension is cut short")
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
    if first & 0x20:
        if not 1 <= data[-1] <= end:
            raise ProtocolError("RTP padding is wrong")
        end -= data[-1]
    if start > end:
        raise ProtocolError("RTP packet is cut short")
    return Packet(second & 0x7F, sequence, timestamp, ssrc, data[start:end], second >= 0x80)


def is_rtcp(data: bytes) -> bool:
    """Tell RTCP from RTP on a port that carries both (RFC 5761)."""
    return len(data) >= 2 and 192 <= data[1] <= 223


def ntp(unix: float) -> int:
    """Return the 64-bit NTP timestamp of a Unix time in seconds."""
    return round((unix + _NTP_EPOCH) * (1 << 32)) & 0xFFFFFFFFFFFFFFFF


def unix(stamp: int) -> float:
    """Return the Unix time in seconds of a 64-bit NTP timestamp (era 0, until 2036)."""
    return stamp / (1 << 32) - _NTP_EPOCH


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What a receiver saw of one source; ``jitter`` in units of the payload's clock."""

    ssrc: int
    fraction_lost: int = 0
    lost: int = 0
    highest: int = 0
    jitter: int = 0
    last_sr: int = 0
    delay: int = 0


@dataclass(frozen=True, slots=True)
class SenderReport:
    """Ties ``rtp_time`` to the sender's wall clock (64-bit NTP timestamp)."""

    ssrc: int
    ntp_time: int
    rtp_time: int
    packets: int
    octets: int
    blocks: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    ssrc: int
    blocks: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Bye:
    sources: tuple[int, ...]


Report = SenderReport | ReceiverReport | Bye


def _rtcp(kind: int, count: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0x80 | count, kind, len(body) // 4) + body


def _names(ssrc: int, cname: str) -> bytes:
    name = cname.encode()[:255]
    item = struct.pack(">IBB", ssrc, 1, len(name)) + name
    return _rtcp(SDES, 1, item + bytes(4 - len(item) % 4))


def _pack_block(block: ReportBlock) -> bytes:
    lost = max(-0x800000, min(0x7FFFFF, block.lost)) & 0xFFFFFF
    return _BLOCK.pack(
        block.ssrc,
        block.fraction_lost & 0xFF,
        lost.to_bytes(3, "big"),
        block.highest & 0xFFFFFFFF,
        block.jitter & 0xFFFFFFFF,
        block.last_sr & 0xFFFFFFFF,
        block.delay & 0xFFFFFFFF,
    )


def build_report(report: SenderReport | ReceiverReport, cname: str) -> bytes:
    """Return a compound packet: the report and the canonical name it must come with."""
    blocks = b"".join(_pack_block(block) for block in report.blocks[:31])
    count = min(31, len(report.blocks))
    if isinstance(report, ReceiverReport):
        head = _rtcp(RR, count, report.ssrc.to_bytes(4, "big") + blocks)
    else:
        sender = _SENDER.pack(
            report.ssrc,
            report.ntp_time & 0xFFFFFFFFFFFFFFFF,
            report.rtp_time & 0xFFFFFFFF,
            report.packets & 0xFFFFFFFF,
            report.octets & 0xFFFFFFFF,
        )
        head = _rtcp(SR, count, sender + blocks)
    return head + _names(report.ssrc, cname)


def build_bye(ssrc: int) -> bytes:
    """Return the packet that says this source ends."""
    return _rtcp(BYE, 1, ssrc.to_bytes(4, "big"))


def _parse_blocks(body: bytes, count: int) -> tuple[ReportBlock, ...]:
    if len(body) < count * _BLOCK.size:
        raise ProtocolError("RTCP report is cut short")
    blocks = []
    for index in range(count):
        ssrc, fraction, lost, *rest = _BLOCK.unpack_from(body, index * _BLOCK.size)
        blocks.append(ReportBlock(ssrc, fraction, int.from_bytes(lost, "big", signed=True), *rest))
    return tuple(blocks)


def _parse_one(kind: int, count: int, body: bytes) -> Report | None:
    if kind == SR:
        if len(body) < _SENDER.size:
            raise ProtocolError("RTCP sender report is cut short")
        ssrc, ntp_time, rtp_time, packets, octets = _SENDER.unpack_from(body)
        blocks = _parse_blocks(body[_SENDER.size :], count)
        return SenderReport(ssrc, ntp_time, rtp_time, packets, octets, blocks)
    if kind == RR:
        if len(body) < 4:
            raise ProtocolError("RTCP receiver report is cut short")
        return ReceiverReport(int.from_bytes(body[:4], "big"), _parse_blocks(body[4:], count))
    if kind == BYE:
        if len(body) < 4 * count:
            raise ProtocolError("RTCP bye is cut short")
        return Bye(struct.unpack_from(f">{count}I", body))
    return None


def parse_rtcp(data: bytes) -> list[Report]:
    """Read a compound packet; kinds we do not use are skipped.

    Raises :class:`ProtocolError` where the compound's lengths do not fit.
    """
    reports: list[Report] = []
    position = 0
    while position < len(data):
        if len(data) - position < 4 or data[position] >> 6 != 2:
            raise ProtocolError("no RTCP packet")
        first, kind, words = struct.unpack_from(">BBH", data, position)
        end = position + 4 + 4 * words
        if end > len(data):
            raise ProtocolError("RTCP packet is cut short")
        if report := _parse_one(kind, first & 0x1F, data[position + 4 : end]):
            reports.append(report)
        position = end
    return reports


@dataclass(slots=True)
class Unwrapper:
    """Turns counters that wrap (``bits`` wide) into numbers that only grow on the whole.

    A value less than half the range behind the newest is taken as late, not as a wrap.
    """

    bits: int = 16
    newest: int | None = field(default=None, init=False)

    def __call__(self, value: int) -> int:
        span = 1 << self.bits
        if self.newest is None:
            self.newest = value % span
            return self.newest
        step = (value - self.newest) % span
        number = self.newest + (step if step < span // 2 else step - span)
        self.newest = max(self.newest, number)
        return number


def pack_all(
    payloads: Sequence[bytes], payload_type: int, sequence: int, timestamp: int, ssrc: int
) -> list[bytes]:
    """Return the packets of one picture: numbered on from ``sequence``, marker on the last."""
    last = len(payloads) - 1
    return [
        pack(Packet(payload_type, sequence + index, timestamp, ssrc, payload, index == last))
        for index, payload in enumerate(payloads)
    ]
