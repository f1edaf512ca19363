"""Due moments: what each type of limit means, and all of them against counting every minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain import limit
from console.domain.clock import CHINA
from console.domain.limit import TYPES, Limit, parse
from console.domain.workdays import Calendar, read
from console.resources import resource

CALENDAR = Calendar(
    [read(resource(f"calendars/{year}.toml").read_text("utf-8")) for year in (2024, 2025, 2026)]
)
MINUTE = timedelta(minutes=1)


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-11-20 10:00", "natural_minutes:10", "2026-11-20 10:10"),
        ("2026-11-20 10:00", "natural_hours:24", "2026-11-21 10:00"),
        ("2026-11-20 17:00", "urgent_hours:2", "2026-11-20 19:00"),
        ("2026-11-20 10:00", "natural_days:7", "2026-11-27 10:00"),
        ("2026-11-20 11:30", "working_hours:1", "2026-11-20 14:30"),
        ("2026-11-20 17:00", "working_hours:1", "2026-11-23 09:00"),
        ("2026-11-20 16:30", "working_hours:1", "2026-11-20 17:30"),
        ("2026-11-20 10:00", "working_days:1", "2026-11-23 10:00"),
        ("2026-11-21 10:00", "working_days:1", "2026-11-23 17:30"),
        ("2026-02-13 17:00", "working_days:2", "2026-02-24 17:00"),
        ("2026-09-30 09:00", "working_hours:8", "2026-10-08 10:00"),
        ("2026-11-21 10:00", "working_hours:0", "2026-11-21 10:00"),
    ],
)
def test_a_limit_is_due_as_its_type_says(start: str, text: str, end: str) -> None:
    assert limit.due(china(start), parse(text), CALENDAR) == china(end)


def test_a_clock_stands_during_pauses() -> None:
    start = china("2026-11-20 09:00")
    pause = (china("2026-11-20 10:00"), china("2026-11-23 10:00"))
    assert limit.due(start, parse("natural_hours:2"), CALENDAR, [pause]) == china(
        "2026-11-23 11:00"
    )
    assert limit.due(start, parse("working_hours:2"), CALENDAR, [pause]) == china(
        "2026-11-23 11:00"
    )
    assert limit.due(start, parse("natural_hours:1"), CALENDAR, [pause]) == pause[0]
    assert limit.elapsed(start, pause[1], parse("working_days:1"), CALENDAR, [pause]) == 3600


def test_parts_of_a_second_are_kept() -> None:
    start = china("2026-11-20 09:00:00.123456")
    assert limit.due(start, parse("natural_hours:24"), CALENDAR) - start == timedelta(days=1)


def test_what_is_left_is_counted_back_in_the_limits_own_time() -> None:
    limit_ = parse("working_days:5")
    end = limit.due(china("2026-11-20 10:00"), limit_, CALENDAR)
    assert limit.before(end, 0.2, limit_, CALENDAR) == china("2026-11-26 10:00")
    assert limit.before(end, 1.0, limit_, CALENDAR) == china("2026-11-20 10:00")


def test_a_due_moment_in_a_year_without_a_notice_is_provisional() -> None:
    start, end = china("2026-12-30 10:00"), china("2027-01-04 10:00")
    assert limit.provisional(start, end, parse("working_days:3"), CALENDAR)
    assert not limit.provisional(start, end, parse("natural_days:5"), CALENDAR)
    assert not limit.provisional(
        start, china("2026-12-31 23:59"), parse("working_days:1"), CALENDAR
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hours:1",
        "natural_hours",
        "natural_hours:x",
        "natural_hours:nan",
        "natural_hours:-1",
        "natural_days:inf",
        "working_days:99999",
        "natural_hours:1:2",
    ],
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        parse(text)


@pytest.mark.parametrize("text", ["natural_minutes:10", "working_days:0.5", "urgent_hours:2"])
def test_a_limit_is_written_as_it_is_read(text: str) -> None:
    assert str(parse(text)) == text


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        limit.due(datetime(2026, 11, 20), parse("natural_hours:1"), CALENDAR)  # noqa: DTZ001 - on purpose


# --- against counting every minute ---------------------------------------------------


def works(moment: datetime) -> bool:
    """Tell from the wall clock alone whether the minute from ``moment`` on is worked."""
    china_ = moment.astimezone(CHINA)
    if not CALENDAR.works(china_.date()):
        return False
    minute = china_.hour * 60 + china_.minute
    return 510 <= minute < 720 or 840 <= minute < 1050


def counted(start: datetime, given: Limit, pauses: list[limit.Span]) -> datetime:
    """Return the due moment by walking minute by minute."""
    left = given.seconds(CALENDAR) // 60
    moment = start
    while left:
        stands = any(begin <= moment < end for begin, end in pauses)
        if not stands and (not given.working or works(moment)):
            left -= 1
        moment += MINUTE
    return moment


LIMITS = [
    Limit(type_, value)
    for type_ in TYPES
    for value in ((1, 2) if type_.endswith("days") else (1, 3, 8))
]
FIRST = datetime(2024, 1, 1, tzinfo=CHINA)
STARTS = st.integers(0, (date(2026, 12, 20) - date(2024, 1, 1)).days * 1440)
PAUSES = st.lists(st.tuples(st.integers(-60, 2000), st.integers(0, 1500)), max_size=3)


@settings(max_examples=1500, deadline=None, database=None)
@given(STARTS, st.sampled_from(LIMITS), PAUSES)
def test_due_moments_are_those_of_counting_every_minute(
    minute: int, given_: Limit, stood: list[tuple[int, int]]
) -> None:
    start = FIRST + minute * MINUTE
    pauses = [(start + begin * MINUTE, start + (begin + long) * MINUTE) for begin, long in stood]
    end = limit.due(start, given_, CALENDAR, pauses)
    assert end == counted(start, given_, pauses)
    assert limit.elapsed(start, end, given_, CALENDAR, pauses) == given_.seconds(CALENDAR)
