"""When two reports are one thing, what words mean, what a camera sees, what a reporter reads."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import State
from console.domain.classify import UNSORTED, Certainty, Guess, Keywords, keywords
from console.domain.duplicate import RECENT, Sighting, find, same_class
from console.domain.geo import distance, moved
from console.domain.steps import told
from console.domain.view import View
from console.resources import resource

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
LAT, LON = 28.136, 121.231


@pytest.fixture(scope="module")
def words() -> Keywords:
    return keywords(tomllib.loads(resource("catalogues/keywords.toml").read_text("utf-8")))


def sighting(
    code: str = "09001",
    certainty: Certainty = Certainty.SEEN,
    east: float = 0,
    north: float = 0,
    **more: Any,
) -> Sighting:
    lat, lon = moved(LAT, LON, east, north)
    return Sighting(code, certainty, lat, lon, more.pop("at", NOW), **more)


@pytest.mark.parametrize(
    ("text", "code", "basis"),
    [
        ("校门口有小贩在卖水果", "09001", "text"),
        ("店铺越店经营，货都摆到人行道了", "09005", "text"),
        ("有人占道", "09006", "hint"),
        ("一辆轿车停在人行道上", "09009", "text"),
        ("垃圾桶满了", "06042", "text"),
        ("井盖不见了", "01023", "text"),
        ("今天天气不错", UNSORTED, ""),
    ],
)
def test_words_mean_classes(words: Keywords, text: str, code: str, basis: str) -> None:
    guess = words.read(text)
    assert (guess.code, guess.basis) == (code, basis)


def test_every_class_that_words_mean_stands_in_the_catalogue(words: Keywords) -> None:
    table = json.loads(resource("catalogues/gbt47678_5_2026.json").read_text("utf-8"))
    known = {row["code"] for row in table["kinds"]["matter"]["classes"]}
    meant = {rule.code for rule in words.rules} | set((words.sensors or {}).values())
    assert meant | set(words.families or {}) <= known


def test_danger_is_read_off_the_words(words: Keywords) -> None:
    assert words.danger("招牌要掉了") == "要掉"
    assert words.danger("有人摆摊") == ""


def test_a_file_of_another_shape_is_refused() -> None:
    tables: list[dict[str, Any]] = [
        {"rule": {}},
        {"rule": [{"words": ["a"]}]},
        {"families": {"a": 1}},
    ]
    for table in tables:
        with pytest.raises(ValueError, match="keywords"):
            keywords(table)


def test_an_unsure_class_joins_its_family_and_a_sure_one_does_not(words: Keywords) -> None:
    seen = sighting("09001")
    assert same_class(seen, sighting("09006", Certainty.READ), words)
    assert same_class(seen, sighting("09001"), words)
    assert not same_class(seen, sighting("09005"), words)
    assert not same_class(seen, sighting("09009", Certainty.CHOSEN), words)
    assert not same_class(sighting(UNSORTED), sighting(UNSORTED), words)
    assert same_class(seen, sighting("07001", Certainty.DECIDED, first="09001"), words)


@pytest.mark.parametrize(
    ("east", "hours", "one"), [(49, 0, True), (51, 0, False), (0, 23, True), (0, 25, False)]
)
def test_fifty_metres_and_a_day_are_the_limits(
    words: Keywords, east: float, hours: float, one: bool
) -> None:
    known = [("c1", sighting(east=east, at=NOW - timedelta(hours=hours)))]
    assert (find(sighting(), known, words) is not None) is one
    assert timedelta(hours=24) == RECENT


def test_whoever_stands_in_the_view_is_near(words: Keywords) -> None:
    view = View(*moved(LAT, LON, 0, -40), 0, 60, 120)
    seen = sighting(view=view)
    said = sighting("09001", Certainty.READ, east=10, north=60)
    behind = sighting("09001", Certainty.READ, east=0, north=-60)
    assert find(said, [("c1", seen)], words) is not None
    assert find(seen, [("c1", said)], words) is not None
    assert find(behind, [("c1", seen)], words) is None


def test_of_several_the_nearest_is_taken(words: Keywords) -> None:
    known = [("far", sighting(east=30)), ("near", sighting(east=-10))]
    found = find(sighting(), known, words)
    assert found is not None
    assert found[0] == "near"
    assert found[1] == pytest.approx(10, abs=0.1)


@given(
    st.floats(-300, 300),
    st.floats(-300, 300),
    st.sampled_from(["09001", "09006", "09009", UNSORTED]),
)
def test_being_the_same_has_no_direction(east: float, north: float, code: str) -> None:
    table = keywords({"families": {"trade": ["09001", "09006"]}})
    view = View(LAT, LON, 45, 60, 80)
    one = sighting(view=view)
    other = sighting(code, Certainty.READ, east, north)
    there, back = find(one, [("x", other)], table), find(other, [("x", one)], table)
    assert (there is None) == (back is None)


def test_the_place_of_a_detection_is_the_middle_of_what_is_seen_of_the_zone() -> None:
    view = View(LAT, LON, 90, 60, 60)
    west, south = moved(LAT, LON, 20, -8)
    east, north = moved(LAT, LON, 200, 8)
    ring = [(south, west), (south, east), (north, east), (north, west)]
    lat, lon = view.middle_of([ring])
    assert 20 < distance(LAT, LON, lat, lon) < 60
    assert view.sees(lat, lon)
    lat, lon = view.middle_of([])
    assert distance(LAT, LON, lat, lon) == pytest.approx(30, abs=0.1)


@given(st.floats(0, 359), st.floats(-80, 80), st.floats(1, 200))
def test_a_view_sees_what_lies_within_its_angle_and_reach(
    bearing: float, off: float, metres: float
) -> None:
    view = View(LAT, LON, bearing, 60, 100)
    if abs(abs(off) - 35) > 0.1 and abs(metres - 100) > 0.1:
        assert view.sees(*view.ahead(metres, off)) == (abs(off) < 35 and metres < 100)


def test_a_guess_without_a_basis_is_worth_nothing() -> None:
    assert Guess().certainty is Certainty.NONE
    assert Guess("09001", "label").certainty is Certainty.SEEN


@pytest.mark.parametrize("state", list(State))
def test_a_reporter_reads_a_line_in_every_state(state: State) -> None:
    line = told(state, "已劝离", "门牌号")
    assert line.endswith("门牌号" if state is State.RETURNED else "：已劝离")
    assert line.count("✓") == {"closed": 4, "void": 0, "proposed": 0}.get(state, line.count("✓"))
