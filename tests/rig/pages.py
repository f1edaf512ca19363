"""The hub's pages of the queue as they must be, found by looking at every case there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from console import wire
from console.search_text import initials
from console.seat.mirror import OPEN_STATES


def _key(case: wire.CaseRow, sort: wire.Sort) -> tuple[object, ...]:
    opened = case.opened.timestamp()
    if sort == "newest":
        return -opened, case.id
    if sort == "oldest":
        return opened, case.id
    if case.state not in OPEN_STATES:
        return 1, -opened, case.id
    due = case.due if case.stage_due is None else min(case.due, case.stage_due)
    return 0, -case.priority, due.timestamp(), case.id


def _text(case: wire.CaseRow) -> str:
    words = f"{case.id} {case.code} {case.name} {case.place} {case.unit_name}"
    return f"{words} {initials(words)}".lower()


def matches(case: wire.CaseRow, wanted: wire.CaseFilter) -> bool:
    """Tell whether a case belongs to a filter, as far as these tests use filters."""
    among = (
        (wanted.states, {case.state}),
        (wanted.sources, set(case.sources)),
        (wanted.codes, {wire.class_id(case.scheme, case.kind, case.code), case.code[:2]}),
        (wanted.streets, {case.street}),
    )
    return (
        all(not values or set(values) & has for values, has in among)
        and all(word in _text(case) for word in wanted.text.lower().split())
        and case.priority >= wanted.priority
    )


@dataclass
class Pages:
    """Answers questions for pages and facets from ``rows``; without rows nobody is there.

    The order of ``rows`` does not matter. What was asked is kept.
    """

    rows: list[wire.CaseRow] = field(default_factory=list)
    asked: list[wire.QueueQuery] = field(default_factory=list)
    tells_total: bool = True
    away: bool = False
    _sorted: dict[tuple[str, str], list[wire.CaseRow]] = field(default_factory=dict)

    def put(self, *rows: wire.CaseRow) -> None:
        """Add cases, or replace those of the same id."""
        kept = {row.id: row for row in self.rows} | {row.id: row for row in rows}
        self.rows = list(kept.values())
        self._sorted.clear()

    def _found(self, wanted: wire.CaseFilter, sort: wire.Sort) -> list[wire.CaseRow]:
        key = (wanted.model_dump_json(), sort)
        if key not in self._sorted:
            found = [row for row in self.rows if matches(row, wanted)]
            self._sorted[key] = sorted(found, key=lambda row: _key(row, sort))
        return self._sorted[key]

    def answer(self, path: str, data: bytes) -> wire.Message | None:
        """Return the hub's answer to a question, or None when it is for somebody else."""
        if path not in ("/api/queue", "/api/queue/facets"):
            return None
        if self.away:
            return wire.Problem(code="unreachable")
        if path == "/api/queue":
            query = wire.QueueQuery.model_validate_json(data)
            self.asked.append(query)
            return self.page(query)
        return self.facets(wire.CaseFilter.model_validate_json(data))

    def page(self, query: wire.QueueQuery) -> wire.QueuePage:
        """Return a page; one around a case that is not there is that of the offset."""
        found = self._found(query.filter, query.sort)
        offset = query.offset
        if query.around is not None:
            places = {row.id: place for place, row in enumerate(found)}
            offset = places.get(query.around, offset) // query.limit * query.limit
        total = len(found) if self.tells_total else None
        rows = found[offset : offset + query.limit]
        return wire.QueuePage(offset=offset, rows=rows, total=total, seq=1)

    def facets(self, wanted: wire.CaseFilter) -> wire.Facets:
        """Return the counts of a filter's cases."""
        found = [row for row in self.rows if matches(row, wanted)]

        def counted(values: Iterable[str | None]) -> list[wire.Facet]:
            common = Counter(value for value in values if value).most_common(20)
            return [wire.Facet(value=value, count=count) for value, count in common]

        return wire.Facets(
            total=len(found),
            facets={
                "states": counted(row.state for row in found),
                "sources": counted(source for row in found for source in row.sources),
                "streets": counted(row.street for row in found),
            },
        )
