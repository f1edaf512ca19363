"""The working calendar: the published years, and files that are refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from console.domain.workdays import Calendar, CalendarError, Year, hours_of, read
from console.resources import resource


def bundled(year: int) -> Year:
    return read(resource(f"calendars/{year}.toml").read_text("utf-8"))


CALENDAR = Calendar([bundled(year) for year in (2024, 2025, 2026)])


@pytest.mark.parametrize(("year", "worked", "off"), [(2024, 8, 28), (2025, 5, 28), (2026, 6, 33)])
def test_a_bundled_year_names_its_source_and_all_its_days(year: int, worked: int, off: int) -> None:
    found = bundled(year)
    assert str(year) in found.source
    assert "国务院办公厅" in found.source
    assert list(found.days.values()).count(True) == worked
    assert list(found.days.values()).count(False) == off


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_the_notice_leaves(year: int, days: int) -> None:
    first = date(year, 1, 1)
    worked = [
        CALENDAR.works(first + timedelta(day)) for day in range((date(year + 1, 1, 1) - first).days)
    ]
    assert sum(worked) == days


def test_a_make_up_saturday_is_worked_and_a_holiday_friday_is_not() -> None:
    assert CALENDAR.works(date(2026, 2, 14))
    assert not CALENDAR.works(date(2026, 6, 19))
    assert not CALENDAR.works(date(2026, 11, 22))
    assert CALENDAR.works(date(2027, 1, 1)), "nothing is known of 2027 but its weekends"


@pytest.mark.parametrize(
    "text", ["", "8-12", "08:30-12:00,11:00-17:00", "12:00-08:30", "08:00-25:00"]
)
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|span"):
        hours_of(text)


GOOD = (
    "# notice of 2027\nday,kind,name\n2027-01-01,off,元旦\n2027-01-02,休,元旦\n2027-02-27,班,春节\n"
)


def test_a_year_is_read_from_csv() -> None:
    year = read("\ufeff" + GOOD)
    assert (year.year, year.source) == (2027, "notice of 2027")
    assert year.days == {date(2027, 1, 1): False, date(2027, 1, 2): False, date(2027, 2, 27): True}


def test_each_bad_row_of_a_csv_is_named_with_its_number() -> None:
    bad = GOOD + "2027-13-01,off,x\n2027-10-01,maybe,x\n2027-01-01,off,x\n2027-03-01,work,x\n"
    with pytest.raises(CalendarError) as refused:
        read(bad)
    assert [row for row, _ in refused.value.problems] == [6, 7, 8, 9]
    assert "row 6: '2027-13-01' is no day" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "row", "why"),
    [
        ("", 1, "no column day"),
        ("day,kind,name\n2027-01-01,off,x\n", 0, "source"),
        ("# s\nday,kind,name\n", 0, "no year"),
        ("# s\nday,kind,name\n2027-02-27,work,x\n", 0, "no day off"),
        ("# s\nday,kind,name\n2026-01-01,off,x\n2027-01-01,off,x\n", 3, "not of 2027"),
        ("# s\nday,kind,name\n9999-12-31,off,x\n", 0, "no year"),
        ("# s\nday,kind,name\n2027-01-01\n", 3, "neither off nor work"),
        ("year = 2027\nwork = [1]\n[[off]]\nfrom = 2027-01-01\nto = 2027-01-03\n", 0, "source"),
        ("year = 2027\nsource = 's'\nwork = [2027-02-27, 5]\n", 2, "no day"),
        ("year = 2027\nsource = 's'\n[[off]]\nfrom = 2027-01-03\nto = 2027-01-01\n", 1, "order"),
        ("year = 2027\nsource = 's'\n[[off]]\nfrom = 0001-01-01\nto = 9999-01-01\n", 1, "order"),
        ("year = 'x'\n", 0, "shape"),
        ("year = 2027\nsource = \n", 2, "line 2"),
        ("year = 0\nsource = 's'\n[[off]]\nfrom = 2027-01-01\nto = 2027-01-01\n", 1, "not of 0"),
    ],
)
def test_what_is_no_calendar_is_refused(text: str, row: int, why: str) -> None:
    with pytest.raises(CalendarError) as refused:
        read(text)
    assert any(row == at and why in said for at, said in refused.value.problems), refused.value
