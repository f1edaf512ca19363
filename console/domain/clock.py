"""China's time, and the days that cases are numbered by. Every moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "CST")
"""Official time; China keeps one zone and no summer time."""

ARRIVAL: Final = timedelta(minutes=10)
"""From being sent to being on site, where a profile says nothing else: what a queue draws by."""


def case_day(now: datetime) -> str:
    """Return the day, ``YYYYMMDD`` in China, under which a case opened now is numbered."""
    return now.astimezone(CHINA).strftime("%Y%m%d")


def case_number(day: str, count: int) -> str:
    """Return the number of the ``count``-th case of a day, such as ``C20261122-0007``."""
    return f"C{day}-{count:04d}"
