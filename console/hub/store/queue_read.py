"""Reading the queue: pages, facets, a month's figures."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from console import wire
from console.domain.case import State
from console.hub.store import tables
from console.hub.store.queue import SOURCES
from console.hub.store.queue_filter import (
    OPEN_STATES,
    Asked,
    Matching,
    Part,
    conditions,
    matching,
)
from console.hub.store.queue_tables import queue
from console.hub.store.read import Reader

DAY = 86_400_000_000
"""Microseconds."""
SHALLOW = 1000
"""Rows that are simply walked over; beyond them the days are counted first."""
FACET_VALUES = 50
"""Most values of one facet."""
_KEPT = 64
_FRESH = 20 * 1_000_000
"""Microseconds for which counted days serve, although cases changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Days:
    """How many cases of a question were opened on which day since 1970, the first day first."""

    days: list[int]
    upto: list[int]
    """Sums up to and with each day."""

    @property
    def total(self) -> int:
        return self.upto[-1] if self.upto else 0

    def at(self, place: int, *, newest: bool) -> tuple[int, int]:
        """Return (day, rows of it to pass over) of a place that is not beyond the end."""
        if newest:
            index = bisect_right(self.upto, self.total - 1 - place)
            return self.days[index], place - (self.total - self.upto[index])
        index = bisect_right(self.upto, place)
        return self.days[index], place - (self.upto[index - 1] if index else 0)

    def before(self, day: int, *, newest: bool) -> int:
        """Return how many rows come before those of a day."""
        index = bisect_right(self.days, day if newest else day - 1)
        reached = self.upto[index - 1] if index else 0
        return self.total - reached if newest else reached


class Shelf:
    """What was counted, kept for a while between questions; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[int, int, Any]] = OrderedDict()
        self.changes = 0
        """Counted up by the store after each commit that changed a case."""

    def get(self, key: Hashable, now: int, patience: int = 0) -> Any:
        """Return what is kept unless cases changed since, more than ``patience`` µs ago."""
        with self._lock:
            changes, at, value = self._kept.get(key, (-1, 0, None))
            good = changes == self.changes or 0 <= now - at <= patience
            return value if good else None

    def put(self, key: Hashable, now: int, value: Any, changes: int) -> None:
        """Keep something that was counted at ``now``, ``changes`` as they were before that."""
        with self._lock:
            self._kept[key] = (changes, now, value)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A page as the store has it: ``bodies`` are the JSON of the rows."""

    offset: int
    bodies: list[str]
    total: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows of one part in one order."""

    part: Part
    order: Literal["rank", "newest", "oldest"]

    def by(self, found: Matching) -> tuple[ColumnElement[Any], ...]:
        if self.order == "rank":
            return queue.c.rank, queue.c.num
        # Few are open, and they are not to be looked for among all others in the table's order.
        num = found.num + 0 if self.part == "open" else found.num
        return (num.desc() if self.order == "newest" else num.asc(),)


class QueueReader:
    """Answers one officer's question, within one moment of the store."""

    def __init__(self, reader: Reader, shelf: Shelf, asked: Asked) -> None:
        self._connection = reader.connection
        self._reader = reader
        self._shelf = shelf
        self._changes = shelf.changes
        self._asked = asked
        self._matching: dict[Part, Matching] = {}

    # --- a page -----------------------------------------------------------------

    def page(self, sort: wire.Sort, offset: int, limit: int, around: str | None = None) -> Found:
        """Return the rows from ``offset``, or those of the page that holds the case ``around``."""
        runs = self._runs(sort)
        if around is not None and (place := self._place(around, runs)) is not None:
            offset = place - place % limit
        ids: list[str] = []
        left, total = offset, 0
        for run in runs:
            wanted = limit - len(ids)
            got = self._ids(run, left, wanted)
            ids += got
            if len(got) == wanted:
                known = self._known_total()
                return Found(offset, self._bodies(ids), known, self._seq())
            size = left + len(got) if got or not left else self._size(run.part)
            total, left = total + size, max(0, left - size)
        return Found(offset, self._bodies(ids), total, self._seq())

    def after(self, num: int | None, limit: int) -> tuple[list[str], int | None]:
        """Return the next cases, the newest first, and the number to go on from."""
        found = self._match("all")
        query = found.select(queue.c.id, found.num.label("num"))
        if num is not None:
            query = query.where(found.num < num)
        rows = self._connection.execute(query.order_by(found.num.desc()).limit(limit)).all()
        return self._bodies([row.id for row in rows]), rows[-1].num if rows else None

    def total_up_to(self, most: int) -> int:
        """Count the cases that are asked for, at most so far."""
        return self._count(self._match("all").select(queue.c.num).limit(most))

    def _runs(self, sort: wire.Sort) -> list[_Run]:
        """Return the runs of rows that follow one another, each in an order of its own."""
        states = set(self._asked.filter.states)
        has_open = not states or bool(states & OPEN_STATES)
        has_over = not states or bool(states - OPEN_STATES)
        if sort == "urgency":
            runs = [_Run("open", "rank")] if has_open else []
            return [*runs, _Run("over", "newest")] if has_over else runs
        if has_open and has_over:
            return [_Run("all", sort)]
        return [_Run("open" if has_open else "over", sort)]

    def _ids(self, run: _Run, offset: int, limit: int) -> list[str]:
        found = self._match(run.part)
        query = found.select(queue.c.id)
        if run.part != "open" and offset >= SHALLOW:
            days = self._days(run.part)
            if offset >= days.total:
                return []
            newest = run.order == "newest"
            day, offset = days.at(offset, newest=newest)
            bound = found.num < (day + 1) * DAY if newest else found.num >= day * DAY
            query = query.where(bound)
        query = query.order_by(*run.by(found)).offset(offset).limit(limit)
        return list(self._connection.scalars(query))

    def _place(self, case_id: str, runs: Sequence[_Run]) -> int | None:
        """Return how many rows come before a case, or None where it is not asked for."""
        mine = self._connection.execute(
            select(queue.c.num, queue.c.rank, queue.c.open).where(queue.c.id == case_id)
        ).first()
        if mine is None:
            return None
        place = 0
        for run in runs:
            found = self._match(run.part)
            here = found.select(queue.c.num).where(found.num == mine.num)
            if self._connection.scalar(here) is not None:
                return place + self._before(run, found, mine.num, mine.rank)
            place += self._size(run.part)
        return None

    def _before(self, run: _Run, found: Matching, num: int, rank: int) -> int:
        if run.order == "rank":
            columns = queue.c
            earlier = or_(columns.rank < rank, and_(columns.rank == rank, columns.num < num))
            return self._count(found.select(queue.c.num).where(earlier))
        newest = run.order == "newest"
        ahead = found.select(queue.c.num).where(found.num > num if newest else found.num < num)
        near = self._count(ahead.limit(SHALLOW))
        if near < SHALLOW or run.part == "open":
            return near if near < SHALLOW else self._count(ahead)
        day = num // DAY
        edge = found.num < (day + 1) * DAY if newest else found.num >= day * DAY
        return self._days(run.part).before(day, newest=newest) + self._count(ahead.where(edge))

    # --- counting ---------------------------------------------------------------

    def total(self) -> int:
        """Return how many cases are asked for."""
        return sum(self._size(run.part) for run in self._runs("urgency"))

    def _match(self, part: Part) -> Matching:
        if part not in self._matching:
            self._matching[part] = matching(self._connection, self._asked, part)
        return self._matching[part]

    def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.subquery())
        return int(self._connection.scalar(counted) or 0)

    def _size(self, part: Part) -> int:
        key = ("size", part, self._asked.key)
        size = self._shelf.get(key, self._asked.now)
        if size is None:
            size = self._count(self._match(part).select(queue.c.num))
            self._shelf.put(key, self._asked.now, size, self._changes)
        return int(size)

    def _known_total(self) -> int | None:
        """Return the count of all rows if it was counted before and still holds."""
        keys = [("size", run.part, self._asked.key) for run in self._runs("urgency")]
        sizes = [self._shelf.get(key, self._asked.now) for key in keys]
        return None if None in sizes else sum(sizes)

    def _days(self, part: Part) -> Days:
        key = ("days", part, self._asked.key)
        days: Days | None = self._shelf.get(key, self._asked.now, _FRESH)
        if days is None:
            found = self._match(part)
            day = (found.num // DAY).label("day")
            counted = found.select(day, func.count()).group_by(day).order_by(day)
            rows = self._connection.execute(counted).all()
            days = Days([row[0] for row in rows], list(accumulate(row[1] for row in rows)))
            self._shelf.put(key, self._asked.now, days, self._changes)
        return days

    # --- rows -------------------------------------------------------------------

    def _bodies(self, ids: Sequence[str]) -> list[str]:
        table = tables.entities
        rows = self._connection.execute(
            select(table.c.id, table.c.body).where(table.c.kind == "case", table.c.id.in_(ids))
        )
        bodies = {row.id: row.body for row in rows}
        return [bodies[id_] for id_ in ids]

    def _seq(self) -> int:
        return self._reader.log_span()[1]

    # --- facets -----------------------------------------------------------------

    def facets(self) -> wire.Facets:
        """Return the commonest values of the cases that are asked for, and how many they are."""
        key = ("facets", self._asked.key)
        facets: wire.Facets | None = self._shelf.get(key, self._asked.now, _FRESH)
        if facets is None:
            total = self.total()
            facets = wire.Facets(total=total, facets=self._facets())
            self._shelf.put(key, self._asked.now, facets, self._changes)
        return facets

    def _facets(self) -> dict[str, list[wire.Facet]]:
        hits = self._hits()
        columns = hits.c
        counts: list[Select[Any]] = [
            _commonest(name, columns[column], column) for name, column in _FACETS.items()
        ]
        found: dict[str, list[wire.Facet]] = {name: [] for name in _FACETS}
        for name, value, count in self._connection.execute(union_all(*counts)):
            if value not in (None, ""):
                found[name].append(wire.Facet(value=str(value), count=count))
        found["sources"] = _sources(found["sources"])
        return {name: sorted(rows, key=_by_count) for name, rows in found.items()}

    def _hits(self) -> FromClause:
        """Return the cases asked for, put aside; all of them need not be."""
        if not (conditions(self._asked) or self._asked.words):
            return queue
        columns = [queue.c[column] for column in _FACETS.values()]
        parts = {run.part for run in self._runs("urgency")}
        found = [self._match(part).select(*columns) for part in sorted(parts)]
        return union_all(*found).cte("hits").prefix_with("MATERIALIZED")

    # --- a month ----------------------------------------------------------------

    def report(self, start: datetime, end: datetime) -> wire.MonthReport:
        """Return what became of the cases that were opened from ``start`` to ``end``.

        Merged and transferred ones are counted as void: they are not for this bureau to close.
        """
        groups: dict[str, ColumnElement[Any]] = {
            "class": queue.c.code,
            "district": queue.c.district,
            "department": queue.c.department,
            "source": queue.c.sources,
        }
        closed, void = queue.c.state.in_(_CLOSED), queue.c.state.in_(_VOID)
        figures = (
            func.count().label("opened"),
            _sum(closed).label("closed"),
            _sum(and_(closed, queue.c.ended <= queue.c.deadline)).label("on_time"),
            _sum(void).label("void"),
        )
        asked = conditions(self._asked)
        lines: dict[str, dict[str, dict[str, int]]] = {}
        for name, column in groups.items():
            query = select(column, *figures).where(*asked).group_by(column)
            rows = self._connection.execute(query.with_hint(queue, "NOT INDEXED", "sqlite"))
            values = {row[0]: dict(zip(_FIGURES, map(int, row[1:]), strict=True)) for row in rows}
            lines[name] = values if name != "source" else _by_source(values)
        whole = lines["class"].values()
        total = {figure: sum(line[figure] for line in whole) for figure in _FIGURES}
        lines = {
            name: {value: line for value, line in rows.items() if value}
            for name, rows in lines.items()
        }
        return wire.MonthReport(start=start, end=end, total=total, lines=lines)


_FACETS = {
    "states": "state",
    "kinds": "kind",
    "codes": "code",
    "sources": "sources",
    "districts": "district",
    "grids": "grid",
    "streets": "street",
    "departments": "department",
    "units": "unit",
}
"""Facet, named as in the filter -> column."""

_FIGURES = ("opened", "closed", "on_time", "void")
_CLOSED = (State.CLOSED, State.ARCHIVED)
_VOID = (State.VOID, State.MERGED, State.TRANSFERRED)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _commonest(name: str, value: ColumnElement[Any], column: str) -> Select[Any]:
    count = func.count().label("n")
    rows = select(value.label("value"), count).group_by(value).order_by(count.desc(), value)
    # Sources are bits, which come together in many ways and are taken apart afterwards.
    some = (rows if column == "sources" else rows.limit(FACET_VALUES + 1)).subquery()
    return select(literal(name), cast(some.c.value, String), some.c.n)


def _by_count(facet: wire.Facet) -> tuple[int, str]:
    return -facet.count, facet.value


def _of_bits(bits: int) -> list[str]:
    return [source for bit, source in enumerate(SOURCES) if bits >> bit & 1]


def _sources(counted: Iterable[wire.Facet]) -> list[wire.Facet]:
    """Return how many cases came from each source; a case may have several."""
    counts: dict[str, int] = {}
    for facet in counted:
        for source in _of_bits(int(facet.value)):
            counts[source] = counts.get(source, 0) + facet.count
    return [wire.Facet(value=source, count=count) for source, count in counts.items()]


def _by_source(values: dict[int, dict[str, int]]) -> dict[str, dict[str, int]]:
    lines: dict[str, dict[str, int]] = {}
    for bits, figures in values.items():
        for source in _of_bits(bits):
            line = lines.setdefault(source, dict.fromkeys(_FIGURES, 0))
            for figure, count in figures.items():
                line[figure] += count
    return lines
