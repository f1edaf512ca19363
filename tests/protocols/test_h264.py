"""H.264 in RTP: pictures come out as they went in, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import h264, rtp
from console.protocols.errors import ProtocolError

_SPS, _PPS = b"\x67\x42\xc0\x1e\xff", b"\x68\xce\x38\x80"


def _unit(kind: int, body: bytes, *, begins: bool = True) -> bytes:
    # The first bit of a slice says that the picture begins with it; no unit ends in zeros.
    first = 0x88 if begins else 0x48
    return bytes((0x60 | kind, first)) + body.replace(b"\0", b"\1") + b"\x80"


_SLICES = st.lists(st.binary(max_size=400), min_size=1, max_size=4)
_PICTURES = st.lists(st.tuples(st.booleans(), _SLICES), min_size=1, max_size=8)


def _units(key: bool, bodies: list[bytes]) -> list[bytes]:
    kind = h264.IDR if key else 1
    slices = [_unit(kind, body, begins=not n) for n, body in enumerate(bodies)]
    return [_SPS, _PPS, *slices] if key else slices


def _packets(pictures: list[list[bytes]], size: int, first: int = 65530) -> list[list[rtp.Packet]]:
    found = []
    for index, units in enumerate(pictures):
        payloads = h264.packetise(units, size)
        data = rtp.pack_all(payloads, 96, first, 6000 * index, 1)
        first += len(data)
        found.append([rtp.parse(one) for one in data])
    return found


@given(_PICTURES, st.integers(64, 500))
def test_pictures_come_out_as_they_went_in(
    pictures: list[tuple[bool, list[bytes]]], size: int
) -> None:
    units = [_units(True, [b"first"]), *(_units(*picture) for picture in pictures)]
    opener = h264.Depacketiser()
    packets = _packets(units, size)
    assert all(len(p.payload) <= size for picture in packets for p in picture)
    found = [unit for picture in packets for packet in picture for unit in opener.push(packet)]
    assert [unit.data for unit in found] == [h264.join(picture) for picture in units]
    assert [unit.key for unit in found] == [True, *(key for key, _ in pictures)]
    assert opener.lost == 0


@given(_PICTURES, st.integers(64, 300), st.data())
def test_after_a_loss_nothing_comes_before_the_next_key_picture(
    pictures: list[tuple[bool, list[bytes]]], size: int, data: st.DataObject
) -> None:
    keys = [True, *(key for key, _ in pictures)]
    units = [_units(True, [b"first"]), *(_units(*picture) for picture in pictures)]
    flat = [
        (index, packet) for index, picture in enumerate(_packets(units, size)) for packet in picture
    ]
    gone = data.draw(st.integers(0, len(flat) - 1))
    opener = h264.Depacketiser()
    found = [
        one
        for place, (_, packet) in enumerate(flat)
        if place != gone
        for one in opener.push(packet)
    ]
    hurt = flat[gone][0]
    whole = {h264.join(picture) for picture in units}
    assert all(one.data in whole for one in found)
    after = [one for one in found if one.timestamp > 6000 * hurt]
    following = keys[hurt + 1 :]
    wanted = following[following.index(True) :] if True in following else []
    assert [one.key for one in after] == wanted


@given(st.lists(st.tuples(st.binary(max_size=60), st.booleans(), st.integers(0, 3)), max_size=30))
def test_hostile_payloads_never_raise_and_never_pass_for_a_picture(
    packets: list[tuple[bytes, bool, int]],
) -> None:
    opener = h264.Depacketiser()
    for number, (payload, marker, stamp) in enumerate(packets):
        for unit in opener.push(rtp.Packet(96, number, stamp, 1, payload, marker)):
            assert unit.data


def test_a_picture_without_end_is_dropped() -> None:
    opener = h264.Depacketiser([_SPS, _PPS])
    start = bytes((0x7C, 0x85)) + b"\x88" * 60000
    middle = bytes((0x7C, 0x05)) + b"\x88" * 60000
    for number in range(300):
        opener.push(rtp.Packet(96, number, 0, 1, middle if number else start))
    assert opener.waiting
    assert opener.push(rtp.Packet(96, 300, 0, 1, middle, True)) == []


def test_sets_of_the_description_go_before_a_bare_key_picture() -> None:
    opener = h264.Depacketiser([_SPS, _PPS])
    bare = _unit(h264.IDR, b"x")
    (found,) = opener.push(rtp.Packet(96, 0, 0, 1, bare, True))
    assert h264.split(found.data) == [_SPS, _PPS, bare]


def test_a_late_or_doubled_packet_does_no_harm() -> None:
    opener = h264.Depacketiser([_SPS, _PPS])
    packet = rtp.Packet(96, 9, 0, 1, _unit(h264.IDR, b"x"), True)
    assert opener.push(packet)
    assert opener.push(packet) == []
    assert not opener.waiting


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=6))
def test_a_byte_stream_is_split_where_it_was_joined(bodies: list[bytes]) -> None:
    units = [_unit(1, body) for body in bodies]
    assert h264.split(h264.join(units)) == units


def test_a_payload_too_small_to_carry_anything_is_refused() -> None:
    with pytest.raises(ProtocolError):
        h264.packetise([_SPS], 10)
