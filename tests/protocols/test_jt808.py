"""JT/T 808: vectors worked out by hand from the standard's tables, then properties."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.protocols import jt808
from console.protocols.errors import ProtocolError

PHONE = "13800138000"

# Header: id, attributes (body length), BCD phone, serial. The last byte is the XOR of the rest.
HEARTBEAT = bytes.fromhex("7e 0002 0000 013800138000 0001 a9 7e")

# 0x0200, 28 bytes: alarm 0, status 3 (ACC on, located), 28.136000 N, 121.231000 E, 12 m,
# 3.6 km/h, 90 degrees, 2026-11-22 16:30:00 of Beijing.
LOCATION_BODY = bytes.fromhex("00000000 00000003 01ad5240 0739d698 000c 0024 005a 261122163000")
ITEMS = bytes.fromhex("01 04 0000002a  31 01 09")


def xor(data: bytes) -> int:
    """Fold a frame's bytes the slow and plain way."""
    total = 0
    for byte in data:
        total ^= byte
    return total


def contents(stream: bytes) -> list[bytes]:
    return jt808.Splitter().feed(stream)


def read(stream: bytes) -> list[jt808.Message]:
    return [jt808.decode(jt808.parse(content)) for content in contents(stream)]


def framed(message: int, body: bytes, *, attributes: int = 0) -> bytes:
    """Write a 2013 frame by hand; the bodies used here hold nothing that needs an escape."""
    head = message.to_bytes(2, "big") + (len(body) | attributes).to_bytes(2, "big")
    data = head + bytes.fromhex("013800138000 0007") + body
    return b"\x7e" + data + bytes([xor(data)]) + b"\x7e"


def test_a_heartbeat_is_read_and_written_byte_for_byte() -> None:
    frame = jt808.parse(contents(HEARTBEAT)[0])
    assert (frame.id, frame.terminal, frame.serial, frame.version) == (2, PHONE, 1, None)
    assert jt808.decode(frame) == jt808.Heartbeat()
    assert jt808.encode(jt808.Heartbeat(), PHONE, 1) == HEARTBEAT


def test_a_frame_of_2019_carries_its_version_and_twenty_digits() -> None:
    head = bytes.fromhex("0002 4000 01 00000000013800138000 0001")
    stream = b"\x7e" + head + bytes([xor(head)]) + b"\x7e"
    frame = jt808.parse(contents(stream)[0])
    assert (frame.terminal, frame.version) == (PHONE, 1)
    assert jt808.encode(jt808.Heartbeat(), PHONE, 1, jt808.V2019) == stream


def test_a_location_is_read_as_the_standard_says() -> None:
    (fact,) = read(framed(0x0200, LOCATION_BODY + ITEMS))
    assert isinstance(fact, jt808.Location)
    assert (fact.lat, fact.lon) == (28.136, 121.231)
    assert fact.at == datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    assert (fact.speed, fact.course, fact.altitude) == (1.0, 90, 12)
    assert fact.fixed
    assert not fact.urgent
    assert fact.extras == {0x01: bytes.fromhex("0000002a"), 0x31: b"\x09"}
    assert fact.rest == b""


def test_south_and_west_are_negative() -> None:
    body = bytes.fromhex("00000001 0000000e") + LOCATION_BODY[8:]
    (fact,) = read(framed(0x0200, body))
    assert isinstance(fact, jt808.Location)
    assert (fact.lat, fact.lon) == (-28.136, -121.231)
    assert fact.urgent


def test_what_follows_the_items_and_is_none_is_kept() -> None:
    (fact,) = read(framed(0x0200, LOCATION_BODY + ITEMS + b"\xeb\x50\x01"))
    assert isinstance(fact, jt808.Location)
    assert fact.rest == b"\xeb\x50\x01"
    assert read(jt808.encode(fact, PHONE, 7)) == [fact]


def test_a_register_of_2013_is_read_field_by_field() -> None:
    body = (
        bytes.fromhex("0021 03fd")  # 33 Zhejiang, 1021 Yuhuan
        + b"ABCDE"
        + b"MODEL-1".ljust(20, b"\0")
        + b"0000012"
        + b"\x01"
        + "浙J12345".encode("gbk")
    )
    (fact,) = read(framed(0x0100, body))
    assert fact == jt808.Register(33, 1021, "ABCDE", "MODEL-1", "0000012", 1, "浙J12345")


def test_a_register_acknowledgement_gives_the_code_only_on_success() -> None:
    assert read(framed(0x8100, bytes.fromhex("0007 00") + b"k3y")) == [
        jt808.RegisterAck(7, 0, "k3y")
    ]
    assert read(framed(0x8100, bytes.fromhex("0007 04"))) == [jt808.RegisterAck(7, 4)]


def test_authentication_differs_between_the_two_editions() -> None:
    assert read(framed(0x0102, b"k3y")) == [jt808.Authenticate("k3y")]
    fact = jt808.Authenticate("k3y", "123456789012345", "v1.2")
    frame = jt808.parse(contents(jt808.encode(fact, PHONE, 1, jt808.V2019))[0])
    assert frame.body == b"\x03k3y123456789012345v1.2".ljust(4 + 15 + 20, b"\0")
    assert jt808.decode(frame) == fact


def test_a_batch_holds_locations_with_their_lengths() -> None:
    item = LOCATION_BODY + ITEMS
    two = (len(item).to_bytes(2, "big") + item) * 2
    (fact,) = read(framed(0x0704, bytes.fromhex("0002 01") + two))
    assert isinstance(fact, jt808.Batch)
    assert fact.late
    assert len(fact.locations) == 2
    with pytest.raises(ProtocolError):
        read(framed(0x0704, bytes.fromhex("0003 01") + two))


def test_a_text_is_gbk_and_has_a_type_in_2019() -> None:
    words = "请到人民路处置"
    old = jt808.parse(contents(jt808.encode(jt808.Text(words), PHONE, 1))[0])
    new = jt808.parse(contents(jt808.encode(jt808.Text(words), PHONE, 1, jt808.V2019))[0])
    assert old.body == b"\x0c" + words.encode("gbk")
    assert new.body == b"\x0c\x01" + words.encode("gbk")
    assert jt808.decode(old) == jt808.decode(new) == jt808.Text(words)


def test_escapes_are_undone_in_one_pass() -> None:
    # 7d 02 in the data travels as 7d 01 02: undoing 7d 01 first would then see 7d 02.
    for body in (b"\x7d\x02", b"\x7d\x01", b"\x7e", b"\x7d\x7e\x7d\x7d"):
        frame = jt808.Frame(0x0900, PHONE, 1, body)
        assert jt808.parse(contents(jt808.pack(frame))[0]) == frame
    assert b"\x7d\x01\x02" in jt808.pack(jt808.Frame(0x0900, PHONE, 1, b"\x7d\x02"))


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (HEARTBEAT[1:-2] + b"\xa8", "checksum"),
        (bytes.fromhex("0002 0000 013800138000 00"), None),
        (bytes.fromhex("0002 0001 013800138000 0001 a8"), "length"),
        (bytes.fromhex("0002 0000 01380013800a 0001 a3"), "terminal"),
        (bytes.fromhex("0002 0400 013800138000 0001 ad"), "encryption"),
        (b"\x7d\x03" + HEARTBEAT[1:-1], None),
    ],
)
def test_a_wrong_frame_is_refused_by_name(content: bytes, field: str | None) -> None:
    with pytest.raises(ProtocolError) as refused:
        jt808.parse(content)
    assert refused.value.field == field


@pytest.mark.parametrize(("at", "raw"), [(8, "055d4a81"), (12, "0aba9501"), (22, "261322163000")])
def test_a_location_off_the_earth_or_the_calendar_is_refused(at: int, raw: str) -> None:
    body = bytearray(LOCATION_BODY)
    body[at : at + len(raw) // 2] = bytes.fromhex(raw)
    with pytest.raises(ProtocolError):
        read(framed(0x0200, bytes(body)))


def test_frames_that_share_a_flag_are_both_found() -> None:
    assert len(contents(HEARTBEAT + HEARTBEAT[1:])) == 2


def test_a_stream_without_flags_takes_no_memory_and_then_recovers() -> None:
    splitter = jt808.Splitter()
    for _ in range(1000):
        assert splitter.feed(b"x" * 1000) == []
    assert splitter.feed(HEARTBEAT) == [HEARTBEAT[1:-1]]
    assert splitter.dropped == 1_000_000


def test_a_message_in_parts_is_joined_whatever_their_order() -> None:
    batch = jt808.Batch((jt808.Location(28.1, 121.2, datetime(2026, 11, 22, tzinfo=UTC)),) * 60)
    frames = [jt808.parse(c) for c in contents(jt808.encode(batch, PHONE, 65535))]
    assert [frame.part for frame in frames] == [(2, 1), (2, 2)]
    joiner = jt808.Assembler()
    assert joiner.add(frames[1]) is None
    whole = joiner.add(frames[0])
    assert whole is not None
    assert jt808.decode(whole) == batch


def test_unfinished_parts_are_forgotten_oldest_first() -> None:
    joiner = jt808.Assembler(limit=2)
    for serial in range(0, 50, 10):
        joiner.add(jt808.Frame(0x0801, PHONE, serial, b"a", None, (2, 1)))
    assert joiner.add(jt808.Frame(0x0801, PHONE, 1, b"b", None, (2, 2))) is None
    assert joiner.add(jt808.Frame(0x0801, PHONE, 41, b"b", None, (2, 2))) is not None


SECONDS_IN_CENTURY = 36_000 * 86_400
moments = st.integers(86_400, SECONDS_IN_CENTURY).map(
    lambda seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
micro = st.integers(-90_000_000, 90_000_000)
words = st.text("abcXYZ019-市容执法", max_size=6)
locations = st.builds(
    jt808.Location,
    lat=micro.map(lambda n: n / 1e6),
    lon=st.integers(-180_000_000, 180_000_000).map(lambda n: n / 1e6),
    at=moments,
    speed=st.integers(0, 65535).map(lambda n: n / 36),
    course=st.integers(0, 359),
    altitude=st.integers(0, 65535),
    alarm=st.integers(0, 2**32 - 1),
    extras=st.dictionaries(st.integers(0, 255), st.binary(max_size=20), max_size=3),
).map(
    lambda fact: jt808.Location(
        fact.lat,
        fact.lon,
        fact.at,
        fact.speed,
        fact.course,
        fact.altitude,
        fact.alarm,
        3 | (4 if fact.lat < 0 else 0) | (8 if fact.lon < 0 else 0),
        fact.extras,
    )
)
u16, u8 = st.integers(0, 65535), st.integers(0, 255)
messages = st.one_of(
    st.builds(jt808.TerminalAck, u16, u16, u8),
    st.builds(jt808.PlatformAck, u16, u16, u8),
    st.just(jt808.Heartbeat()),
    st.just(jt808.Unregister()),
    st.builds(
        jt808.Register,
        u16,
        u16,
        st.text("AB1", max_size=5),
        words,
        st.text("01", max_size=7),
        u8,
        words,
    ),
    st.builds(jt808.RegisterAck, u16, u8, words),
    locations,
    st.builds(jt808.Batch, st.lists(locations, max_size=40).map(tuple), st.booleans()),
    st.builds(jt808.Text, words, u8),
)
versions = st.sampled_from([jt808.V2013, jt808.V2019])


@given(messages, st.text("0123456789", max_size=12), u16, versions, st.integers(1, 50))
@settings(max_examples=400, deadline=None)
def test_what_is_written_is_read_again(
    fact: jt808.Message, terminal: str, serial: int, version: int | None, step: int
) -> None:
    stream = jt808.encode(fact, terminal, serial, version)
    splitter, joiner = jt808.Splitter(), jt808.Assembler()
    found = []
    for at in range(0, len(stream), step):
        for content in splitter.feed(stream[at : at + step]):
            frame = jt808.parse(content)
            assert frame.terminal == terminal.lstrip("0")
            whole = joiner.add(frame)
            if whole is not None:
                found.append(jt808.decode(whole))
    assert found == [fact]
    assert splitter.dropped == 0


@given(st.lists(st.binary(max_size=80), max_size=6))
@settings(max_examples=1000, deadline=None)
def test_any_bytes_give_facts_or_a_protocol_error(chunks: list[bytes]) -> None:
    splitter, joiner = jt808.Splitter(), jt808.Assembler()
    for chunk in chunks:
        for content in splitter.feed(chunk):
            try:
                whole = joiner.add(jt808.parse(content))
                if whole is not None:
                    jt808.decode(whole)
            except ProtocolError:
                pass


@given(
    st.sampled_from([0x0001, 0x0100, 0x0102, 0x0200, 0x0704, 0x8001, 0x8100, 0x8300, 0x0900]),
    st.binary(max_size=120),
    versions,
)
@settings(max_examples=1500, deadline=None)
def test_any_body_gives_a_fact_or_a_protocol_error(
    message: int, body: bytes, version: int | None
) -> None:
    with contextlib.suppress(ProtocolError):
        jt808.decode(jt808.Frame(message, PHONE, 1, body, version))


def test_a_value_that_fits_no_field_is_refused_when_written() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    for fact in (
        jt808.Location(28.0, 121.0, at, altitude=70_000),
        jt808.Register(maker="LONGER THAN IT MAY BE"),
        jt808.Authenticate("k" * 300),
    ):
        with pytest.raises(ProtocolError):
            jt808.encode(fact, PHONE, 1, jt808.V2019)
    with pytest.raises(ProtocolError):
        jt808.encode(jt808.Heartbeat(), "not a number", 1)
