"""Time limits: how long something may take, when it is due, how much of it is used.

A limit is written ``type:value``, such as ``working_days:7``. Natural time runs always, and so do
urgent working hours (紧急工作时): they are counted without a break. Working hours count only while
the bureau works; a working day is as many working seconds as a day has, so that one given at ten in
the morning is due at ten on the next working day. A clock stands during pauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.clock import CHINA
from console.domain.workdays import Calendar

_SECONDS: Final = {
    "natural_minutes": 60,
    "natural_hours": 3600,
    "urgent_hours": 3600,
    "working_hours": 3600,
    "working_days": 0,  # what the calendar's day has
    "natural_days": 86_400,
}
TYPES: Final = tuple(_SECONDS)
_WORKING: Final = frozenset({"working_hours", "working_days"})
MOST: Final = 10 * 366
"""Days that no limit is longer than."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AHEAD = 8 * 3600

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many minutes, hours or days of a type of time."""

    type: str
    value: float

    def __post_init__(self) -> None:
        if self.type not in _SECONDS:
            raise ValueError(f"{self.type!r} is no type of limit")
        if not 0 <= self.value * (_SECONDS[self.type] or 86_400) <= MOST * 86_400:
            raise ValueError(f"{self.value:g} {self.type} is no sane limit")

    def __str__(self) -> str:
        return f"{self.type}:{self.value:g}"

    @property
    def working(self) -> bool:
        """Whether it runs only while the bureau works."""
        return self.type in _WORKING

    def seconds(self, calendar: Calendar) -> int:
        """Return its length in seconds of its own kind of time."""
        return round(self.value * (_SECONDS[self.type] or calendar.day_length))


def parse(text: str) -> Limit:
    """Read ``type:value``; raise ``ValueError`` for anything else."""
    type_, _, value = text.partition(":")
    try:
        return Limit(type_.strip(), float(value))
    except ValueError:
        raise ValueError(f"{text!r} is no limit such as natural_hours:24") from None


def due(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Span] = (),
    more: int = 0,
) -> datetime:
    """Return the moment at which a limit that began at ``start`` is used up.

    ``pauses`` are spans in which the clock stood; ``more`` seconds, of the limit's own kind of
    time, are granted on top.
    """
    second = _second(start)
    stood = _tidy((_second(begin), _second(end)) for begin, end in pauses)
    end = _due(second, limit.seconds(calendar) + more, limit.working, calendar, stood)
    return _moment(end) + timedelta(microseconds=start.microsecond)


def elapsed(
    start: datetime, end: datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Span] = ()
) -> int:
    """Return how many seconds of a limit's own kind of time went by between two moments."""
    first, last = _second(start), _second(end)
    count = calendar.worked if limit.working else _natural
    total = count(max(first, last)) - count(first)
    for begin, until in _tidy((_second(begin), _second(until)) for begin, until in pauses):
        begin, until = max(begin, first), min(until, last)
        if begin < until:
            total -= count(until) - count(begin)
    return total


def before(end: datetime, share: float, limit: Limit, calendar: Calendar) -> datetime:
    """Return the moment at which ``share`` (0 to 1) of a limit due at ``end`` is left."""
    left = round(limit.seconds(calendar) * share)
    second = _second(end)
    if limit.working:
        second = min(second, calendar.when(max(1, calendar.worked(second) - left)))
    else:
        second -= left
    return _moment(second) + timedelta(microseconds=end.microsecond)


def provisional(start: datetime, end: datetime, limit: Limit, calendar: Calendar) -> bool:
    """Tell whether a due moment rests on a year whose working days are not published."""
    return limit.working and not calendar.published(start.astimezone(CHINA), end.astimezone(CHINA))


def due_many(
    starts: Sequence[int],
    limits: Sequence[Limit],
    calendar: Calendar,
    pauses: Sequence[Sequence[tuple[int, int]]],
) -> list[int]:
    """Return the due moments of many limits; all moments in seconds of China's time.

    The pauses of each are in order and do not touch.
    """
    lengths = {limit: (limit.seconds(calendar), limit.working) for limit in set(limits)}
    return [
        _due(start, *lengths[limit], calendar, stood)
        for start, limit, stood in zip(starts, limits, pauses, strict=True)
    ]


def _due(
    start: int, length: int, working: bool, calendar: Calendar, pauses: Sequence[tuple[int, int]]
) -> int:
    """Each pause that begins before the limit is used up puts its end off by what it held."""
    if not working:
        end = start + length
        for begin, until in pauses:
            if end <= begin:
                break
            if until > start:
                end += until - max(begin, start)
        return end
    if length == 0:
        return start
    worked = calendar.worked
    target = worked(start) + length
    for begin, until in pauses:
        if until <= start:
            continue
        stood = worked(max(begin, start))
        if target <= stood:
            break
        target += worked(until) - stood
    return calendar.when(target)


def _tidy(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch made one, empty ones left out."""
    tidy: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if tidy and begin <= tidy[-1][1]:
            tidy[-1] = (tidy[-1][0], max(end, tidy[-1][1]))
        else:
            tidy.append((begin, end))
    return tidy


def _natural(second: int) -> int:
    return second


def _second(moment: datetime) -> int:
    """Return a moment as whole seconds of China's time; a naive one is refused."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is no moment")
    return (moment - _EPOCH) // timedelta(seconds=1) + _AHEAD


def _moment(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second - _AHEAD)
