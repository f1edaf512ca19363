from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import sip
from console.protocols.errors import ProtocolError

INVITE = (
    b"INVITE sip:spk07@127.0.0.1:5070 SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bKa1;rport\r\n"
    b'f: "Console" <sip:console@127.0.0.1:5061>;tag=one\r\n'
    b"t: <sip:spk07@127.0.0.1:5070>\r\n"
    b"i: abc@127.0.0.1\r\n"
    b"CSeq: 1 INVITE\r\n"
    b"Subject: folded\r\n  line\r\n"
    b"l: 4\r\n\r\nv=0\nrest beyond the length"
)


def test_compact_names_folded_lines_and_the_length_are_read() -> None:
    message = sip.parse(INVITE)
    assert isinstance(message, sip.Request)
    assert (message.method, message.uri) == ("INVITE", "sip:spk07@127.0.0.1:5070")
    assert message.get("Subject") == "folded line"
    assert message.branch == "z9hG4bKa1"
    assert message.cseq == (1, "INVITE")
    assert message.body == b"v=0\n"
    assert sip.parameters(message.get("From")) == {"tag": "one"}
    assert sip.address(message.get("From")) == sip.Uri("console", "127.0.0.1", 5061)


def test_an_answer_carries_what_the_request_brought_and_our_tag() -> None:
    request = sip.parse(INVITE)
    assert isinstance(request, sip.Request)
    back = sip.parse(sip.encode(sip.answer(request, 200, tag="two")))
    assert isinstance(back, sip.Response)
    assert (back.status, back.reason, back.branch) == (200, "OK", "z9hG4bKa1")
    assert sip.parameters(back.get("To")) == {"tag": "two"}


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"SIP/2.0 999 Never\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n",
        b"SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: x INVITE\r\n\r\n",
        b"SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\nContent-Length: 9\r\n\r\nab",
        b"SIP/2.0 200 OK\r\nCall-ID: a\r\nno header\r\n\r\n",
        b"SIP/2.0 200 OK\r\n" + b"X-Many: 1\r\n" * 300 + b"\r\n",
    ],
)
def test_what_is_no_sip_message_is_refused(broken: bytes) -> None:
    with pytest.raises(ProtocolError):
        sip.parse(broken)


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for attempt in (data, INVITE[:200] + data, b"SIP/2.0 200 OK\r\n" + data):
        with contextlib.suppress(ProtocolError):
            message = sip.parse(attempt)
            sip.parse(sip.encode(message))


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for attempt in (text, f"sip:{text}", f"<sip:{text}>"):
        with contextlib.suppress(ProtocolError):
            sip.address(attempt)


def test_an_address_never_shows_its_password() -> None:
    address = sip.uri("sip:spk01:hunter2@10.0.0.8:5080;transport=udp")
    assert address.address == ("10.0.0.8", 5080)
    assert address.text == "sip:spk01@10.0.0.8:5080;transport=udp"
    assert "hunter2" not in repr(address)


def test_the_digest_answers_the_example_of_rfc_2617() -> None:
    asked = sip.Challenge(
        "testrealm@host.com",
        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        qop="auth",
        opaque="5ccc069c403ebaf9f0171e9517f40e41",
    )
    value = sip.credentials(
        asked, "GET", "/dir/index.html", "Mufasa", "Circle Of Life", cnonce="0a4f113b"
    )
    assert 'response="6629fae49393a05397450978507c4ef1"' in value


def test_the_digest_answers_the_sha_256_example_of_rfc_7616() -> None:
    asked = sip.Challenge(
        "http-auth@example.org",
        "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        algorithm="SHA-256",
        qop="auth",
    )
    value = sip.credentials(
        asked,
        "GET",
        "/dir/index.html",
        "Mufasa",
        "Circle of Life",
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )
    assert "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" in value


def test_a_challenge_that_we_cannot_answer_is_refused() -> None:
    response = sip.Response(
        headers=[("WWW-Authenticate", 'Digest realm="a", nonce="b", algorithm=TOKEN')], status=401
    )
    with pytest.raises(ProtocolError):
        sip.challenge(response)
