"""Digest and Basic authentication, with the vectors of their RFCs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import rtsp_auth
from console.protocols.errors import ProtocolError

_WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=["Cs"]))


def test_the_md5_example_of_rfc_7616_is_answered() -> None:
    asked = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    answer = rtsp_auth.authorize(
        asked,
        "GET",
        "/dir/index.html",
        "Mufasa",
        "Circle of Life",
        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )
    assert 'response="8ca523f5e9506fed4657c9700eebdbec"' in answer


def test_the_sha_256_example_of_rfc_7616_is_answered() -> None:
    asked = (
        'Digest realm="http-auth@example.org", qop="auth", algorithm=SHA-256, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"'
    )
    answer = rtsp_auth.authorize(
        asked,
        "GET",
        "/dir/index.html",
        "Mufasa",
        "Circle of Life",
        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )
    assert "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" in answer


@given(_WORDS.filter(lambda user: ":" not in user), _WORDS)
def test_an_answer_is_accepted_with_the_right_password_only(user: str, password: str) -> None:
    asked = rtsp_auth.challenge("camera", "abc")
    answer = rtsp_auth.authorize(asked, "PLAY", "rtsp://c/1", user, password, "x")
    assert rtsp_auth.accepts(answer, "PLAY", "camera", "abc", user, password)
    assert not rtsp_auth.accepts(answer, "PLAY", "camera", "abc", user, password + "?")
    assert not rtsp_auth.accepts(answer, "PLAY", "camera", "other", user, password)
    assert not rtsp_auth.accepts(answer, "SETUP", "camera", "abc", user, password)


def test_basic_is_used_where_nothing_better_is_offered() -> None:
    answer = rtsp_auth.authorize('Basic realm="x"', "PLAY", "rtsp://c/1", "u", "p", "")
    assert rtsp_auth.accepts(answer, "PLAY", "x", "", "u", "p")
    assert not rtsp_auth.accepts(answer, "PLAY", "x", "", "u", "q")


def test_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(ProtocolError):
        rtsp_auth.authorize('Bearer realm="x"', "PLAY", "rtsp://c/1", "u", "p", "")
    with pytest.raises(ProtocolError):
        rtsp_auth.authorize(
            'Digest realm="x", nonce="y", algorithm=WHIRLPOOL', "PLAY", "u", "u", "p", ""
        )


@given(st.text(max_size=200))
def test_a_hostile_authorization_is_refused_quietly(value: str) -> None:
    assert not rtsp_auth.accepts(value, "PLAY", "camera", "abc", "user", "secret")
    assert not rtsp_auth.accepts("Digest " + value, "PLAY", "camera", "abc", "user", "secret")
