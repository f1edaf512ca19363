"""Session descriptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import sdp
from console.protocols.errors import ProtocolError

_WORDS = st.text("abcdefghijklmnopqrstuvwxyzABC0123456789-._", min_size=1, max_size=10)
_FORMATS = st.builds(
    sdp.Format,
    st.integers(0, 127),
    st.sampled_from(["H264", "PCMA", "telephone-event"]),
    st.sampled_from([8000, 90000]),
    st.integers(1, 2),
    st.dictionaries(_WORDS, _WORDS, max_size=3),
)
_MEDIA = st.builds(
    sdp.Media,
    st.sampled_from(["video", "audio"]),
    st.integers(0, 65535),
    st.lists(_FORMATS, min_size=1, max_size=3, unique_by=lambda one: one.number).map(tuple),
    st.just("RTP/AVP"),
    st.sampled_from(["", "track1"]),
    st.sampled_from(sdp.DIRECTIONS),
    st.just("127.0.0.1"),
    st.lists(_WORDS.map(lambda word: f"x-{word}"), max_size=2).map(tuple),
)


@given(st.lists(_MEDIA, max_size=3).map(tuple))
def test_a_description_is_read_as_it_was_written(media: tuple[sdp.Media, ...]) -> None:
    whole = sdp.Description(media, "camera", "127.0.0.1", control="*")
    assert sdp.parse(sdp.build(whole)) == whole


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_hostile_text_raises_or_is_read(text: str | bytes) -> None:
    try:
        sdp.parse(text)
        sdp.parse(f"v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 {text!r}\r\n")
    except ProtocolError:
        return


def test_a_real_cameras_description_is_understood() -> None:
    found = sdp.parse(
        "v=0\r\no=- 1109162014219182 1109162014219192 IN IP4 x.y.z.w\r\ns=Media Presentation\r\n"
        "e=NONE\r\nb=AS:5050\r\nt=0 0\r\na=control:rtsp://192.0.2.1:554/Streaming/101/\r\n"
        "m=video 0 RTP/AVP 96\r\nb=AS:5000\r\na=control:rtsp://192.0.2.1:554/101/trackID=1\r\n"
        "a=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=420029; packetization-mode=1; "
        "sprop-parameter-sets=Z00AKY2NQDwBE/LgLcBDQECA,aO44gA==\r\n"
    )
    video = found.media[0]
    assert video.formats[0].clock == 90000
    assert [unit[0] & 0x1F for unit in sdp.parameter_sets(video.formats[0])] == [7, 8]
    assert sdp.resolve("rtsp://h/x", video.control) == "rtsp://192.0.2.1:554/101/trackID=1"
    assert sdp.resolve("rtsp://h/x/", "track1") == "rtsp://h/x/track1"
    assert sdp.resolve("rtsp://h/x", "*") == "rtsp://h/x"


def test_parameter_sets_survive_the_description() -> None:
    sets = (b"\x67\x42\xc0\x1e\x01", b"\x68\xce")
    assert sdp.parameter_sets(sdp.h264_format(96, sets)) == sets


def test_a_line_break_cannot_be_smuggled_in() -> None:
    with pytest.raises(ProtocolError):
        sdp.build(sdp.Description((), "name\r\na=evil"))
