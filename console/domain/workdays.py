"""The working calendar: which days and hours a bureau works, in China's official time.

A published year is the State Council's notice of its holidays and make-up days. A year without
one is assumed to work from Monday to Friday, so that a moment in it is provisional. Moments are
whole seconds since 1970 in China's time, which has one zone and no summer time.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = 86_400
FIRST, LAST = 2000, 2100
"""Years between which anything may begin or end; the last is not included."""

HOURS = "08:30-12:00, 14:00-17:30"
"""Working hours of a bureau that set none."""

_EPOCH = date(1970, 1, 1).toordinal()
_COLUMNS = ("day", "kind", "name")
_KINDS = {"off": False, "休": False, "work": True, "班": True}
_LONGEST = 400


class CalendarError(ValueError):
    """A calendar file is refused; ``problems`` are (row, why), row 0 for the file itself."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"row {row}: {why}" for row, why in self.problems[:20]))


@dataclass(frozen=True, slots=True)
class Year:
    """A published year: ``days`` says of each day that the notice names whether it is worked."""

    year: int
    source: str
    days: Mapping[date, bool]


def hours_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return working hours such as ``08:30-12:00, 14:00-17:30`` as seconds of the day."""
    spans = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d\d):([0-5]\d)-(\d\d):([0-5]\d)\s*", part)
        if found is None:
            raise ValueError(f"{part.strip()!r} is no span such as 08:30-12:00")
        from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
        spans.append((from_hour * 3600 + from_minute * 60, to_hour * 3600 + to_minute * 60))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(set(edges)) or edges[-1] > DAY:
        raise ValueError("working hours must follow one another within a day")
    return tuple(spans)


class Calendar:
    """What a bureau works, with sums of working seconds so that looking up costs one bisection."""

    def __init__(self, years: Iterable[Year], hours: str = HOURS) -> None:
        self.years = {year.year: year for year in years}
        spans = hours_of(hours)
        self.day_length = sum(end - start for start, end in spans)
        """Working seconds of a working day."""
        # Of each second of the day the seconds worked before it, and the other way round.
        self._within = [0] * (DAY + 1)
        self._at = [0]
        for start, end in spans:
            self._at += range(start + 1, end + 1)
        for start, end in spans:
            for second in range(start, end):
                self._within[second + 1] = 1
        worked = 0
        for second, counts in enumerate(self._within):
            worked += counts
            self._within[second] = worked
        named = {day: works for year in self.years.values() for day, works in year.days.items()}
        self._first = date(FIRST, 1, 1).toordinal()
        self._sums = [0]
        for ordinal in range(self._first, date(LAST, 1, 1).toordinal()):
            day = date.fromordinal(ordinal)
            works = named.get(day, day.weekday() < 5)
            self._sums.append(self._sums[-1] + (self.day_length if works else 0))
        self._offset = self._first - _EPOCH

    def works(self, day: date) -> bool:
        """Tell whether a day is a working day."""
        index = day.toordinal() - self._first
        return self._sums[index + 1] > self._sums[index]

    def worked(self, second: int) -> int:
        """Return the working seconds before a moment, counted from the first year."""
        day, rest = divmod(second, DAY)
        index = day - self._offset
        before = self._sums[index]
        return before + self._within[rest] if self._sums[index + 1] > before else before

    def when(self, worked: int) -> int:
        """Return the first moment before which so many seconds were worked, more than none."""
        index = bisect_left(self._sums, worked) - 1
        return (index + self._offset) * DAY + self._at[worked - self._sums[index]]

    def published(self, start: datetime, end: datetime) -> bool:
        """Tell whether every year from ``start`` to ``end`` is published; both in China's time."""
        return all(year in self.years for year in range(start.year, end.year + 1))


# --- reading files ------------------------------------------------------------------


def read(text: str) -> Year:
    """Read a year from TOML (as in ``resources/calendars``) or from CSV: day, kind, name.

    ``kind`` is off or 休, work or 班; a first line ``# …`` of a CSV names the source. Raises
    :class:`CalendarError` naming every bad row; nothing is taken of a bad file.
    """
    return _toml(text) if re.search(r"^\s*year\s*=", text, re.MULTILINE) else _csv(text)


def _csv(text: str) -> Year:
    lines = text.lstrip("\ufeff").splitlines()
    source = lines.pop(0).lstrip("# ").strip() if lines and lines[0].startswith("#") else ""
    skipped = 1 if source else 0
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    try:
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise CalendarError([(1 + skipped, f"no column {missing[0]}")])
        said = [
            (rows.line_num + skipped, row["day"] or "", row["kind"] or "", row["name"] or "")
            for row in rows
        ]
    except csv.Error as error:
        raise CalendarError([(rows.line_num + skipped, str(error))]) from None
    problems: list[tuple[int, str]] = []
    days: list[tuple[int, date, bool]] = []
    for row, day, kind, _name in said:
        try:
            days.append((row, date.fromisoformat(day.strip()), _KINDS[kind.strip()]))
        except ValueError:
            problems.append((row, f"{day!r} is no day such as 2027-01-01"))
        except KeyError:
            problems.append((row, f"{kind!r} is neither off nor work"))
    # A notice may name the last days of the year before it.
    year = max((day.year for _, day, _ in days), default=0)
    return _year(year, source, days, problems)


def _toml(text: str) -> Year:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise CalendarError([(int(found[1]) if found else 0, str(error))]) from None
    off, work, year = table.get("off", []), table.get("work", []), table.get("year")
    if not (isinstance(off, list) and isinstance(work, list) and isinstance(year, int)):
        raise CalendarError([(0, "year, off or work has another shape")])
    problems: list[tuple[int, str]] = []
    days: list[tuple[int, date, bool]] = []
    for row, entry in enumerate(off, 1):
        try:
            days += [(row, day, False) for day in _span(entry["from"], entry["to"])]
        except (KeyError, TypeError, ValueError):
            problems.append((row, "from and to are no days in order"))
    for row, day in enumerate(work, 1):
        if type(day) is date:
            days.append((row, day, True))
        else:
            problems.append((row, f"{day!r} is no day"))
    return _year(year, str(table.get("source", "")), days, problems)


def _span(start: object, end: object) -> Iterator[date]:
    if type(start) is not date or type(end) is not date or not 0 <= (end - start).days < _LONGEST:
        raise ValueError("no days in order")
    return (start + timedelta(days=count) for count in range((end - start).days + 1))


def _year(
    year: int,
    source: str,
    days: Sequence[tuple[int, date, bool]],
    problems: list[tuple[int, str]],
) -> Year:
    """Check what was read as a whole."""
    kept: dict[date, bool] = {}
    early = date(year - 1, 12, 20) if 1 < year < LAST else date.max
    for row, day, works in days:
        if not early <= day <= date(year, 12, 31):
            problems.append((row, f"{day} is not of {year}"))
        elif day in kept:
            problems.append((row, f"{day} stands there twice"))
        elif works and day.weekday() < 5:
            problems.append((row, f"{day} is a working day anyway"))
        kept[day] = works
    if not source.strip():
        problems.insert(0, (0, "the source is not named"))
    if not FIRST <= year < LAST:
        problems.insert(0, (0, f"{year} is no year between {FIRST} and {LAST}"))
    elif False not in kept.values():
        problems.insert(0, (0, "no day off"))
    if problems:
        raise CalendarError(sorted(problems))
    return Year(year, source.strip(), kept)
