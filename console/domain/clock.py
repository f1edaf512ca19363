"""Limits of the case flow. No clock is read here: every moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "CST")
"""Official time; China keeps one zone and no summer time."""

MATTER_HOURS: Final = 24.0
"""Natural hours from opening to closing where the catalogue names none."""

ARRIVAL: Final = timedelta(minutes=10)
"""From being sent to being on site."""


def due(opened: datetime, hours: float) -> datetime:
    """Return the moment by which a case opened at ``opened`` must be closed."""
    return opened + timedelta(hours=hours)


def arrival_due(dispatched: datetime) -> datetime:
    """Return the moment by which whoever was sent must be on site."""
    return dispatched + ARRIVAL


def case_day(now: datetime) -> str:
    """Return the day, ``YYYYMMDD`` in China, under which a case opened now is numbered."""
    return now.astimezone(CHINA).strftime("%Y%m%d")


def case_number(day: str, count: int) -> str:
    """Return the number of the ``count``-th case of a day, such as ``C20261122-0007``."""
    return f"C{day}-{count:04d}"
