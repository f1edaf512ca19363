"""RTP packets, RTCP reports, counters that wrap."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import rtp
from console.protocols.errors import ProtocolError

_U16, _U32 = st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
_PACKETS = st.builds(
    rtp.Packet, st.integers(0, 127), _U16, _U32, _U32, st.binary(max_size=100), st.booleans()
)
_BLOCKS = st.builds(
    rtp.ReportBlock, _U32, st.integers(0, 255), st.integers(-0x800000, 0x7FFFFF),
    _U32, _U32, _U32, _U32,
)  # fmt: skip
_REPORTS = st.builds(
    rtp.SenderReport, _U32, st.integers(0, (1 << 64) - 1), _U32, _U32, _U32,
    st.lists(_BLOCKS, max_size=3).map(tuple),
) | st.builds(rtp.ReceiverReport, _U32, st.lists(_BLOCKS, max_size=3).map(tuple))  # fmt: skip


@given(_PACKETS)
def test_a_packet_is_read_as_it_was_written(packet: rtp.Packet) -> None:
    assert rtp.parse(rtp.pack(packet)) == packet


@given(st.binary(max_size=80))
def test_hostile_bytes_raise_or_are_read(data: bytes) -> None:
    for read in (rtp.parse, rtp.parse_rtcp):
        try:
            read(data)
            read(b"\x80" + data)
        except ProtocolError:
            continue


def test_padding_extension_and_sources_are_stepped_over() -> None:
    head = bytes([0xB1, 96]) + bytes(10) + b"\0\0\0\1" + b"\xbe\xde\0\1" + b"ext!"
    assert rtp.parse(head + b"body" + b"\0\0\3").payload == b"body"
    with pytest.raises(ProtocolError):
        rtp.parse(head + b"\x63")


@given(_REPORTS, st.text(max_size=30))
def test_a_report_is_read_as_it_was_written(
    report: rtp.SenderReport | rtp.ReceiverReport, name: str
) -> None:
    data = rtp.build_report(report, name)
    assert len(data) % 4 == 0
    assert rtp.is_rtcp(data)
    assert rtp.parse_rtcp(data + rtp.build_bye(5)) == [report, rtp.Bye((5,))]


def test_wall_clock_time_survives_the_report() -> None:
    assert abs(rtp.unix(rtp.ntp(1_795_348_800.125)) - 1_795_348_800.125) < 1e-6


@given(st.integers(0, 1 << 20), st.lists(st.integers(-200, 3000), max_size=60))
def test_a_wrapping_counter_becomes_one_that_does_not(start: int, steps: list[int]) -> None:
    unwrap = rtp.Unwrapper()
    first = unwrap(start & 0xFFFF)
    for total in itertools.accumulate(steps):
        assert unwrap((start + total) & 0xFFFF) == first + total
