"""Due moments a second, and each of a million against counting its minutes one by one."""

from __future__ import annotations

import random
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from console.domain.limit import TYPES, Limit, due_many
from console.domain.workdays import Calendar, read
from console.resources import resource
from tests.bench.report import Bar, Report

SAMPLES = 1_000_000
YEARS = (2024, 2025, 2026)
FIRST = date(2024, 1, 1)
DAYS = 366 + 365 + 365 + 200
"""Days that are laid out minute by minute: the published years and what may reach beyond them."""

MOST = {
    "natural_minutes": 600,
    "natural_hours": 72,
    "urgent_hours": 24,
    "working_hours": 40,
    "working_days": 10,
    "natural_days": 15,
}
PER_DAY = 1440
DAY_LENGTH = 420
"""Working minutes of a day of half past eight to twelve, two to half past five."""

_MINUTES = {"natural_minutes": 1, "working_days": DAY_LENGTH, "natural_days": PER_DAY}
_ZERO = (FIRST.toordinal() - date(1970, 1, 1).toordinal()) * 86_400

Pauses = list[tuple[int, int]]


def measure(report: Report, folder: Path) -> None:
    """Measure ``due_many`` and compare it with :func:`_counted`."""
    chance = random.Random(20261122)
    starts, limits, pauses = _samples(chance)
    calendar = Calendar(
        read(resource(f"calendars/{year}.toml").read_text("utf-8")) for year in YEARS
    )
    seconds = [_ZERO + start * 60 for start in starts]
    stood = [[(_ZERO + begin * 60, _ZERO + end * 60) for begin, end in spans] for spans in pauses]
    begun = time.perf_counter()
    found = due_many(seconds, limits, calendar, stood)
    took = time.perf_counter() - begun
    report.add("due_dates", SAMPLES)
    report.add("due_dates_per_second", round(SAMPLES / took))
    report.add("seconds_per_million_due_dates", took * 1e6 / SAMPLES, Bar(2.0, "s"))
    begun = time.perf_counter()
    wrong = _mismatches([(due - _ZERO) // 60 for due in found], starts, limits, pauses)
    report.add("oracle_seconds", time.perf_counter() - begun)
    report.add("oracle_mismatches", wrong, Bar(0, "due dates"))


def _samples(chance: random.Random) -> tuple[list[int], list[Limit], list[Pauses]]:
    """Return (start, limit, pauses) in minutes since the first day, pauses in order and apart."""
    starts = [chance.randrange(3 * 365 * PER_DAY) for _ in range(SAMPLES)]
    limits = []
    pauses = []
    for start in starts:
        type_ = chance.choice(TYPES)
        limits.append(Limit(type_, chance.randint(1, MOST[type_])))
        spans: Pauses = []
        minute = start
        for _ in range(chance.choice((0, 0, 1, 2))):
            begin = minute + chance.randrange(3000)
            minute = begin + chance.randint(1, 4000)
            spans.append((begin, minute))
            minute += 1
        pauses.append(spans)
    return starts, limits, pauses


def _worked() -> NDArray[np.uint8]:
    """Return a 1 for every minute that is worked: the notices laid out on a wall calendar."""
    off: set[date] = set()
    work: set[date] = set()
    for year in YEARS:
        table = tomllib.loads(resource(f"calendars/{year}.toml").read_text("utf-8"))
        work |= set(table["work"])
        for span in table["off"]:
            day = span["from"]
            while day <= span["to"]:
                off.add(day)
                day += timedelta(days=1)
    minutes = np.zeros((DAYS, PER_DAY), np.uint8)
    for index in range(DAYS):
        day = FIRST + timedelta(days=index)
        if day in work or (day not in off and day.isoweekday() <= 5):
            minutes[index, 8 * 60 + 30 : 12 * 60] = 1
            minutes[index, 14 * 60 : 17 * 60 + 30] = 1
    return minutes.ravel()


def _mismatches(
    found: list[int], starts: list[int], limits: list[Limit], pauses: list[Pauses]
) -> int:
    worked = _worked()
    always = np.ones_like(worked)
    return sum(
        due != _counted(worked if limit.working else always, start, _length(limit), spans)
        for due, start, limit, spans in zip(found, starts, limits, pauses, strict=True)
    )


def _length(limit: Limit) -> int:
    return int(limit.value) * _MINUTES.get(limit.type, 60)


def _counted(flags: NDArray[np.uint8], start: int, length: int, pauses: Pauses) -> int:
    """Return the minute at which ``length`` minutes that count have gone by since ``start``."""
    reach = length + 4 * PER_DAY
    while True:
        window = flags[start : start + reach].copy()
        for begin, end in pauses:
            window[begin - start : end - start] = 0
        count = np.cumsum(window, dtype=np.int32)
        if count[-1] >= length:
            return start + int(np.argmax(count == length)) + 1
        reach *= 2
