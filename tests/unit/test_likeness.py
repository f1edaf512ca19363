"""How alike two cases are: the same both ways, ordered, and never by nearness alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.classify import UNSORTED, Certainty, Keywords
from console.domain.duplicate import LEAST, NEAR, Sighting, Trace, likeness
from console.domain.geo import moved

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
WORDS = Keywords(families={"09001": "vending", "09005": "vending"})


def trace(
    code: str = UNSORTED,
    east: float = 0,
    hours: float = 0,
    texts: tuple[str, ...] = (),
    looks: tuple[int, ...] = (),
    **more: Any,
) -> Trace:
    lat, lon = moved(28.136, 121.231, east, 0)
    at = NOON + timedelta(hours=hours)
    return Trace(Sighting(code, Certainty.SEEN, lat, lon, at, **more), texts, looks)


traces = st.builds(
    trace,
    code=st.sampled_from([UNSORTED, "09001", "09005", "06010"]),
    east=st.floats(-60, 60),
    hours=st.floats(-30, 30),
    texts=st.lists(st.text("人民路口小贩卖水果占道", max_size=12), max_size=3).map(tuple),
    looks=st.lists(st.integers(0, 2**64 - 1), max_size=3).map(tuple),
    first=st.sampled_from([UNSORTED, "09001"]),
)


@given(traces, traces)
def test_likeness_is_the_same_both_ways(one: Trace, other: Trace) -> None:
    there, back = likeness(one, other, WORDS), likeness(other, one, WORDS)
    assert there == back
    if there is not None:
        assert 0 < there.score <= 1
        assert there.metres <= NEAR
        assert there.hours <= 24
        assert there.basis[0] == "near"
        assert len(there.basis) > 1


@given(traces)
def test_a_case_is_like_itself_where_anything_speaks_for_it(one: Trace) -> None:
    like = likeness(one, one, WORDS)
    told = one.sighting.code != UNSORTED or one.looks or any(len(t) > 1 for t in one.texts)
    assert (like is not None) == bool(told)


@given(st.floats(0, 49), st.floats(0, 49))
def test_the_nearer_of_two_is_never_less_alike(one: float, other: float) -> None:
    here = trace("09001")
    nearer, farther = sorted((one, other))
    first = likeness(here, trace("09001", nearer), WORDS)
    second = likeness(here, trace("09001", farther), WORDS)
    assert first is not None
    assert second is not None
    assert first.score >= second.score


@pytest.mark.parametrize(
    ("one", "other", "basis"),
    [
        (trace("09001"), trace("09001"), ["near", "class"]),
        (trace("09001"), trace("09005"), ["near", "class"]),
        (trace(looks=(0b1111,)), trace(looks=(0b1011,)), ["near", "photo"]),
        (
            trace(texts=("人民路口有人卖水果",)),
            trace(texts=("人民路口有人在卖水果",)),
            ["near", "text"],
        ),
    ],
)
def test_what_speaks_for_a_likeness_is_named(one: Trace, other: Trace, basis: list[str]) -> None:
    like = likeness(one, other, WORDS)
    assert like is not None
    assert (like.basis, like.score >= LEAST) == (basis, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (trace(), trace()),
        (trace("09001"), trace("06010")),
        (trace("09001"), trace("09001", east=51)),
        (trace("09001"), trace("09001", hours=25)),
        (trace(looks=(0,)), trace(looks=(2**11 - 1,))),
        (trace(texts=("卖水果",)), trace(texts=("井盖坏了",))),
    ],
)
def test_what_is_two_is_not_alike(one: Trace, other: Trace) -> None:
    assert likeness(one, other, WORDS) is None
