"""The months of bulletins; papers themselves are printed in the scenario of papers."""

from __future__ import annotations

from datetime import UTC, datetime

from widgets.documents.desk import month


def test_a_month_begins_and_ends_in_china() -> None:
    start, end = month(datetime(2026, 12, 31, 17, 0, tzinfo=UTC), 0)
    assert (start.isoformat(), end.isoformat()) == (
        "2027-01-01T00:00:00+08:00",
        "2027-02-01T00:00:00+08:00",
    )
    before, _ = month(datetime(2027, 1, 5, tzinfo=UTC), 1)
    assert before.isoformat() == "2026-12-01T00:00:00+08:00"
