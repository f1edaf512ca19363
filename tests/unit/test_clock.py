"""Numbers of cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from console.domain import clock


def test_a_case_is_numbered_by_the_day_in_china() -> None:
    last = datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)
    assert clock.case_day(last) == "20261122"
    assert clock.case_day(last + timedelta(seconds=1)) == "20261123"
    assert clock.case_number("20261122", 7) == "C20261122-0007"
    assert clock.case_number("20261122", 12345) == "C20261122-12345"
