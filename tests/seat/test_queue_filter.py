"""The queue's filter and its saved views, as data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import wire
from console.domain.case import State
from console.seat.deadlines import Deadlines
from console.seat.mirror import OPEN_STATES, ChangeSet
from console.seat.queue_filter import EVERYTHING, Token, Wanted, case_filter, may_match
from console.seat.queue_views import DEFAULT, VIEWS, Saved, Views, Wish, view_named
from tests.rig.pages import matches
from tests.seat.test_queue_paged import case

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def asked(*tokens: Token, text: str = "") -> wire.CaseFilter:
    return case_filter(Wanted(tokens, text), frozenset({"filed"}), NOW)


def test_tokens_of_a_kind_widen_it_and_kinds_narrow_each_other() -> None:
    filter_ = asked(Token("source", "ai"), Token("source", "citizen"), Token("street", "s01"))
    assert filter_.sources == ["ai", "citizen"]
    assert filter_.streets == ["s01"]
    assert filter_.states == ["filed"]


def test_a_token_of_state_replaces_the_views_states() -> None:
    assert asked(Token("state", "closed")).states == ["closed"]


def test_flags_and_words_reach_the_hub() -> None:
    filter_ = asked(
        Token("late", "yes"), Token("claimed", "mine"), Token("priority", "2"), text="夜市"
    )
    assert (filter_.late, filter_.claimed, filter_.priority) == (True, "mine", 2)
    assert filter_.text == "夜市"


@pytest.mark.parametrize(
    ("value", "days", "ends"),
    [("today", 0, False), ("yesterday", 1, True), ("week", 6, False), ("month", 29, False)],
)
def test_days_are_counted_by_the_seats_own_midnight(value: str, days: int, ends: bool) -> None:
    midnight = NOW.astimezone().replace(hour=0, minute=0)
    filter_ = asked(Token("opened", value))
    assert filter_.opened_from == midnight - timedelta(days=days)
    assert (filter_.opened_to == midnight) is ends


def test_a_day_that_is_none_asks_for_nothing() -> None:
    assert asked(Token("opened", "2026-99-99")).opened_from is None
    assert asked(Token("opened", "2026-11-20")).opened_from is not None


def test_one_claim_and_one_span_of_days_are_enough() -> None:
    wanted = EVERYTHING.plus(Token("opened", "today")).plus(Token("opened", "week"))
    assert wanted.tokens == (Token("opened", "week"),)
    assert wanted.toggled(Token("opened", "week")) == EVERYTHING


ROWS = st.builds(
    case,
    st.integers(0, 50),
    state=st.sampled_from([state.value for state in State]),
    sources=st.lists(st.sampled_from(["ai", "citizen", "hotline"]), min_size=1, unique=True),
    street=st.sampled_from([None, "s01", "s02"]),
    priority=st.integers(0, 3),
)
FILTERS = st.builds(
    wire.CaseFilter,
    states=st.lists(st.sampled_from(["filed", "closed", "proposed"]), max_size=2),
    sources=st.lists(st.sampled_from(["ai", "citizen"]), max_size=2),
    streets=st.lists(st.sampled_from(["s01", "s02"]), max_size=1),
    priority=st.integers(0, 3),
    text=st.sampled_from(["", "游商", "nothing"]),
)


@given(row=ROWS, filter_=FILTERS)
def test_a_case_of_the_filter_is_never_ruled_out_by_the_seat(
    row: wire.CaseRow, filter_: wire.CaseFilter
) -> None:
    assert may_match(filter_, row) or not matches(row, filter_)


def test_every_state_is_in_one_ready_view_of_open_cases_or_over_or_waits() -> None:
    named = [view for view in VIEWS if view.name in ("decide", "sent", "check", "closed")]
    states = [state for view in named for state in view.states]
    assert len(states) == len(set(states))
    assert set(State) - set(states) == {State.SUSPENDED}


def test_what_needs_no_hub_is_live() -> None:
    assert Wish().live
    assert not Wish(wanted=Wanted(text="夜市")).live
    assert not Wish(view_named("closed")).live
    assert not Wish(view_named("all")).live


def test_saved_views_and_the_last_one_are_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "seat" / "views.json"
    views = Views(path)
    wish = Wish(view_named("closed"), Wanted((Token("opened", "week"),), "夜市"), "newest")
    views.keep(Saved(3, "夜市", wish))
    views.keep(Saved(1, "mine", Wish(wanted=Wanted((Token("claimed", "mine"),)))))
    views.show(wish, 3)
    views.settle()
    again = Views(path)
    assert again.saved == views.saved
    assert (again.last, again.number) == (wish, 3)
    again.forget(3)
    again.settle()
    assert Views(path).number is None
    assert Views(path).free() == 2


def test_a_filter_that_was_not_saved_is_not_remembered(tmp_path: Path) -> None:
    views = Views(tmp_path / "views.json")
    views.show(Wish(view_named("closed"), Wanted(text="x"), "oldest"), None)
    views.settle()
    assert Views(tmp_path / "views.json").last == Wish(view_named("closed"), sort="oldest")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"saved": 3, "last": {}}', '{"saved": [{"number": "x"}], "last": {}}'],
)
def test_a_damaged_file_of_views_counts_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "views.json"
    path.write_text(text, "utf-8")
    views = Views(path)
    assert (views.saved, views.last.view) == ({}, DEFAULT)


def test_what_a_newer_program_saved_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "views.json"
    wish = {"view": "moon", "tokens": [["aura", "blue"], ["late", "yes"]], "sort": "by_moon"}
    saved = [{"number": 2, "name": "x", **wish}, {"number": 77, "name": "y", **wish}]
    path.write_text(json.dumps({"saved": saved, "last": wish}), "utf-8")
    views = Views(path)
    assert views.saved == {2: Saved(2, "x", Wish(wanted=Wanted((Token("late", "yes"),))))}


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    views = Views(tmp_path / "file" / "views.json")
    views.keep(Saved(1, "x", Wish()))
    views.settle()
    assert views.saved[1].name == "x"


STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(-50, 50), st.sampled_from(State)))


@given(steps=STEPS)
def test_the_cases_over_their_time_are_counted_as_by_looking_at_each(
    steps: list[tuple[int, int, State]],
) -> None:
    cases: dict[str, wire.CaseRow] = {}
    deadlines = Deadlines(cases)
    for number, minutes, state in steps:
        row = case(number, state=state.value, due=NOW + timedelta(minutes=minutes))
        cases[row.id] = row
        deadlines.update(ChangeSet(kinds={"case": {row.id}}))
    is_open = [row for row in cases.values() if row.state in OPEN_STATES]
    assert len(deadlines) == len(is_open)
    assert deadlines.over(NOW) == sum(row.due < NOW for row in is_open)
