"""RTSP messages and the frames interleaved with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import rtsp
from console.protocols.errors import ProtocolError

_TOKENS = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)
_VALUES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=["Cs", "Z", "C"]),
    max_size=30,
)
_HEADERS = st.dictionaries(
    _TOKENS.filter(lambda name: name not in ("content-length", "cseq")), _VALUES, max_size=5
)
_REQUESTS = st.builds(
    rtsp.Request,
    st.sampled_from(["OPTIONS", "DESCRIBE", "SETUP", "PLAY", "X-OWN"]),
    st.just("rtsp://camera/cam07/sub"),
    _HEADERS,
    st.binary(max_size=200),
)
_RESPONSES = st.builds(
    rtsp.Response, st.sampled_from([200, 404]), st.just(""), _HEADERS, st.binary(max_size=200)
)
_FRAMES = st.builds(rtsp.Frame, st.integers(0, 255), st.binary(max_size=300))


def _bytes(item: rtsp.Item) -> bytes:
    if isinstance(item, rtsp.Request):
        return rtsp.request(item.method, item.url, 7, item.headers, item.body)
    if isinstance(item, rtsp.Response):
        return rtsp.response(item.status, 7, item.headers, item.body)
    return rtsp.frame(item.channel, item.data)


def _same(one: rtsp.Item, other: rtsp.Item) -> bool:
    if isinstance(one, rtsp.Frame) or isinstance(other, rtsp.Frame):
        return one == other
    headers = {k: v for k, v in other.headers.items() if k not in ("cseq", "content-length")}
    return type(one) is type(other) and one.headers == headers and one.body == other.body


@given(st.lists(_REQUESTS | _RESPONSES | _FRAMES, max_size=6), st.integers(1, 50))
def test_what_is_built_is_parsed_back_however_it_is_cut(items: list[rtsp.Item], cut: int) -> None:
    stream = b"".join(map(_bytes, items))
    parser = rtsp.Parser()
    found = [
        item
        for start in range(0, len(stream), cut)
        for item in parser.feed(stream[start : start + cut])
    ]
    assert len(found) == len(items)
    assert all(_same(one, other) for one, other in zip(items, found, strict=True))


@given(st.lists(st.binary(max_size=400), max_size=8))
def test_hostile_bytes_raise_or_are_taken_as_frames(chunks: list[bytes]) -> None:
    parser = rtsp.Parser()
    try:
        for chunk in chunks:
            parser.feed(chunk)
    except ProtocolError:
        return


def test_a_head_without_end_is_refused() -> None:
    parser = rtsp.Parser()
    parser.feed(b"O" * rtsp.MAX_HEAD)
    with pytest.raises(ProtocolError, match="too long"):
        parser.feed(b"O")


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999", str(rtsp.MAX_BODY + 1), "٣"])
def test_a_body_of_no_honest_length_is_refused(length: str) -> None:
    with pytest.raises(ProtocolError):
        rtsp.Parser().feed(f"PLAY * RTSP/1.0\r\nContent-Length: {length}\r\n\r\n".encode())


def test_a_line_break_cannot_be_smuggled_into_a_header() -> None:
    with pytest.raises(ProtocolError):
        rtsp.response(200, 1, {"Session": "1\r\nEvil: yes"})


def test_a_repeated_header_is_joined() -> None:
    (item,) = rtsp.Parser().feed(
        b'RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm="a"\r\n'
        b'WWW-Authenticate: Digest realm="b", nonce="c"\r\n\r\n'
    )
    assert isinstance(item, rtsp.Response)
    assert item.headers["www-authenticate"] == 'Basic realm="a", Digest realm="b", nonce="c"'


@given(
    st.builds(
        rtsp.Transport,
        st.booleans(),
        st.none() | st.tuples(st.integers(0, 255), st.integers(0, 255)),
        st.none() | st.tuples(st.integers(0, 65535), st.integers(0, 65535)),
        st.none() | st.tuples(st.integers(0, 65535), st.integers(0, 65535)),
        st.none() | st.integers(0, 0xFFFFFFFF),
        st.booleans(),
    )
)
def test_a_transport_is_read_as_it_was_written(transport: rtsp.Transport) -> None:
    assert rtsp.parse_transports(str(transport)) == [transport]


def test_offers_that_make_no_sense_are_passed_over() -> None:
    offers = rtsp.parse_transports("MP2T/H2221/UDP;unicast, RTP/AVP;unicast;client_port=5000-5001")
    assert offers == [rtsp.Transport(False, client_port=(5000, 5001))]
    with pytest.raises(ProtocolError):
        rtsp.parse_transports("RTP/AVP;client_port=99999-1")


def test_a_session_tells_its_timeout() -> None:
    assert rtsp.parse_session("abc;timeout=30") == ("abc", 30.0)
    assert rtsp.parse_session("abc") == ("abc", 60.0)
    with pytest.raises(ProtocolError):
        rtsp.parse_session(" ;timeout=3")
