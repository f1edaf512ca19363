"""Where something was: the fact that every position protocol carries."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from console.protocols.errors import ProtocolError

_LATEST = 7_258_118_400
"""The year 2200 in Unix seconds."""

_MILLISECONDS = 1e11
"""A Unix time above this counts milliseconds: in seconds it would lie in the year 5138."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One position of a terminal: WGS-84 degrees, m/s, degrees from north, metres, UTC.

    ``at`` None means that the terminal gave no time; ``battery`` is per cent.
    """

    terminal: str
    lat: float
    lon: float
    at: datetime | None = None
    speed: float = 0.0
    course: float = 0.0
    altitude: float = 0.0
    accuracy: float | None = None
    battery: float | None = None


def number(value: Any, field: str, low: float, high: float) -> float:
    """Return a finite number of ``low``..``high``, or raise an error that names ``field``."""
    try:
        if isinstance(value, bool):
            raise TypeError
        found = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ProtocolError(f"{field} is no number", field) from error
    if not math.isfinite(found) or not low <= found <= high:
        raise ProtocolError(f"{field} is outside {low:g}..{high:g}", field)
    return found


def moment(value: Any, field: str) -> datetime:
    """Return a time given as Unix seconds or milliseconds or ISO 8601 (UTC if no zone).

    It lies between 1970 and 2200: anything else is a broken clock and overflows what reckons.
    """
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        seconds = _written(value, field).timestamp()
    if isinstance(value, bool):
        raise ProtocolError(f"{field} is no time", field)
    if abs(seconds) > _MILLISECONDS:
        seconds /= 1000
    if not 0 <= seconds < _LATEST:
        raise ProtocolError(f"{field} is no time between 1970 and 2200", field)
    return datetime.fromtimestamp(seconds, UTC)


def _written(value: Any, field: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(value).strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found
    except ValueError as error:
        raise ProtocolError(f"{field} is no time", field) from error


def word(value: Any, field: str, limit: int = 64) -> str:
    """Return a non-empty name of at most ``limit`` characters, without control characters."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ProtocolError(f"{field} is missing", field)
    found = str(value).strip()
    if not found or len(found) > limit or not found.isprintable():
        raise ProtocolError(f"{field} is empty, too long or unprintable", field)
    return found
