"""The clocks of a case, told from its history."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta

import pytest

from console.domain import stages
from console.domain.case import Action, State
from console.domain.clock import CHINA
from console.domain.limit import parse
from console.domain.stages import Clock, Stage, Step
from console.domain.workdays import Calendar, read
from console.resources import resource

CALENDAR = Calendar([read(resource("calendars/2026.toml").read_text("utf-8"))])
PROFILE = stages.profile(
    tomllib.loads(resource("calendars/profiles.toml").read_text("utf-8"))["default"]
)
START = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)


def at(
    minutes: float, action: Action, state: State, *, sent: bool | None = None, hours: float = 0.0
) -> Step:
    return Step(START + timedelta(minutes=minutes), action, state, sent, hours)


PROPOSED = at(0, Action.PROPOSE, State.PROPOSED)
SENT = [
    PROPOSED,
    at(5, Action.ACCEPT, State.ACCEPTED),
    at(5, Action.FILE, State.FILED),
    at(10, Action.DISPATCH, State.DISPATCHED, sent=True),
]


def told(*steps: Step, rule: str = "") -> list[Clock]:
    limits = PROFILE.limits("matter", parse(rule) if rule else None)
    return stages.clocks(steps, limits, CALENDAR)


def one(found: list[Clock], stage: Stage) -> Clock:
    return [clock for clock in found if clock.stage is stage][-1]


def minutes(moment: datetime) -> float:
    return (moment - START).total_seconds() / 60


def test_a_matter_has_a_day_in_all_and_a_component_a_week() -> None:
    assert minutes(one(told(PROPOSED), Stage.WHOLE).due) == 24 * 60
    limits = PROFILE.limits("component", None)
    week = stages.clocks([PROPOSED], limits, CALENDAR)
    assert minutes(one(week, Stage.WHOLE).due) == 7 * 24 * 60


def test_whoever_is_sent_has_ten_minutes_to_arrive() -> None:
    shown = stages.shown(told(*SENT), State.DISPATCHED)
    assert shown is not None
    assert (shown.stage, minutes(shown.due)) == (Stage.ARRIVE, 20)


def test_a_department_without_anybody_sent_has_no_clock_of_arrival() -> None:
    sent = [*SENT[:3], at(10, Action.DISPATCH, State.DISPATCHED)]
    shown = stages.shown(told(*sent), State.DISPATCHED)
    assert shown is not None
    assert shown.stage is Stage.HANDLE
    assigned = told(*sent, at(30, Action.ASSIGN, State.DISPATCHED, sent=True))
    assert minutes(one(assigned, Stage.ARRIVE).due) == 40
    other = [*sent, at(30, Action.ASSIGN, State.DISPATCHED, sent=True)]
    other.append(at(35, Action.ASSIGN, State.DISPATCHED, sent=True))
    assert minutes(one(told(*other), Stage.ARRIVE).due) == 45
    nobody = told(*other, at(36, Action.ASSIGN, State.DISPATCHED, sent=False))
    assert one(nobody, Stage.ARRIVE).stopped is not None


def test_each_stage_stops_where_the_next_begins() -> None:
    found = told(
        *SENT,
        at(15, Action.ARRIVE, State.ON_SITE),
        at(40, Action.FEEDBACK, State.HANDLED),
        at(50, Action.CHECK, State.CHECKED),
        at(55, Action.CLOSE, State.CLOSED),
    )
    assert [
        (clock.stage, minutes(clock.started), minutes(clock.stopped or START)) for clock in found
    ] == [
        (Stage.WHOLE, 0, 55),
        (Stage.ACCEPT, 0, 5),
        (Stage.DISPATCH, 5, 10),
        (Stage.ARRIVE, 10, 15),
        (Stage.HANDLE, 10, 40),
        (Stage.CHECK, 40, 50),
        (Stage.CLOSE, 50, 55),
    ]
    assert not any(clock.late(START + timedelta(days=9)) for clock in found)


def test_a_rule_times_handling_and_the_whole() -> None:
    found = told(*SENT, rule="urgent_hours:2")
    assert minutes(one(found, Stage.WHOLE).due) == 120
    assert minutes(one(found, Stage.HANDLE).due) == 130


def test_clocks_stand_while_a_case_is_suspended() -> None:
    suspended = [*SENT, at(12, Action.SUSPEND, State.SUSPENDED)]
    found = told(*suspended)
    standing = stages.standing(found)
    assert standing is not None
    assert (standing.stage, minutes(standing.due)) == (Stage.ARRIVE, 20)
    assert stages.shown(found, State.SUSPENDED) is None
    assert not standing.late(START + timedelta(days=100))
    resumed = told(*suspended, at(1012, Action.RESUME, State.DISPATCHED))
    assert minutes(one(resumed, Stage.ARRIVE).due) == 1020
    assert minutes(one(resumed, Stage.WHOLE).due) == 24 * 60 + 1000
    assert one(resumed, Stage.WHOLE).paused == 60_000


def test_an_extension_lengthens_handling_and_the_whole() -> None:
    found = told(*SENT, at(15, Action.EXTEND, State.DISPATCHED, hours=5.0))
    assert minutes(one(found, Stage.WHOLE).due) == 29 * 60
    assert minutes(one(found, Stage.HANDLE).due) == 29 * 60 + 10
    assert minutes(one(found, Stage.ARRIVE).due) == 20


def test_rework_lets_the_clock_of_handling_run_on_and_that_of_arrival_begin_anew() -> None:
    found = told(
        *SENT,
        at(15, Action.ARRIVE, State.ON_SITE),
        at(40, Action.FEEDBACK, State.HANDLED),
        at(100, Action.REWORK, State.DISPATCHED, sent=True),
    )
    assert minutes(one(found, Stage.HANDLE).due) == 24 * 60 + 10 + 60
    assert [minutes(clock.due) for clock in found if clock.stage is Stage.ARRIVE] == [20, 110]


def test_taking_a_step_back_lets_the_old_clock_run_on() -> None:
    found = told(*SENT, at(11, Action.RECALL, State.FILED))
    dispatch = [clock for clock in found if clock.stage is Stage.DISPATCH]
    assert [minutes(clock.due) for clock in dispatch] == [36]
    again = told(*SENT, at(11, Action.DECLINE, State.FILED))
    dispatch = [clock for clock in again if clock.stage is Stage.DISPATCH]
    assert [minutes(clock.due) for clock in dispatch] == [35, 41]


def test_the_time_while_a_case_was_closed_counts_for_nobody() -> None:
    found = told(
        *SENT,
        at(60, Action.SETTLE, State.CLOSED),
        at(70, Action.NOTE, State.CLOSED),
        at(1060, Action.REOPEN, State.FILED),
    )
    whole = one(found, Stage.WHOLE)
    assert (minutes(whole.due), whole.stopped) == (24 * 60 + 1000, None)


def test_what_is_noted_beside_the_flow_moves_no_clock() -> None:
    noted = at(17, Action.NOTE, State.DISPATCHED)
    assert told(*SENT, noted) == told(*SENT)


def test_a_working_limit_beyond_the_published_year_is_provisional() -> None:
    assert not one(told(PROPOSED, rule="working_days:20"), Stage.WHOLE).provisional
    assert one(told(PROPOSED, rule="working_days:40"), Stage.WHOLE).provisional
    assert not one(told(PROPOSED, rule="natural_days:60"), Stage.WHOLE).provisional


def test_a_profile_that_forgets_a_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="close"):
        stages.profile(
            {
                "stages": dict.fromkeys(
                    ("accept", "verify", "dispatch", "arrive", "check"), "natural_hours:1"
                ),
                "whole": {"matter": "natural_hours:24", "component": "natural_days:7"},
            }
        )
