"""Keeping the queue's tables: each case is written there with the case itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, select, text

from console import wire
from console.domain.case import OPEN, State
from console.domain.urgency import microseconds, rank
from console.hub.store import tables
from console.hub.store.queue_tables import links, queue, texts
from console.hub.store.upsert import upsert
from console.search_text import searchable, tokens

log = logging.getLogger(__name__)

VERSION = 1
"""Counts up when what is written here changes: the store then writes all of it anew."""

SOURCES = (
    "citizen", "collector", "ai", "patrol", "sensor", "hotline", "chat", "survey", "platform",
    "round", "emergency",
)  # fmt: skip
"""Each source is one bit, the first the lowest: new ones are only ever added at the end."""

OPEN_TOKEN = "open"  # noqa: S105 - a word of the index that no text can hold
TEXT_LIMIT = 4000
"""Letters of a case that are searched; what was reported beyond them is not found."""

_CHUNK = 500
_NEVER = 1 << 60
"""The deadline of a case whose clock stands."""


class Told(NamedTuple):
    """What a case's reports add to it: their words, and those of the bureau that reported."""

    texts: list[str]
    people: set[str]


class _Before(NamedTuple):
    num: int
    open: int
    text: str


def mask(sources: Iterable[str]) -> int:
    """Return sources as bits; one that is not known has none."""
    return sum({1 << SOURCES.index(source) for source in sources if source in SOURCES})


def projected(row: wire.CaseRow) -> dict[str, Any]:
    """Return a case's line in the queue, without its ``num``."""
    is_open = State(row.state) in OPEN
    until = row.claimed_until
    ended = row.ended or (None if is_open else row.opened)
    return {
        "id": row.id,
        "open": int(is_open),
        "rank": rank(row.state, row.priority, row.due, row.stage_due, row.opened),
        "state": row.state,
        "priority": row.priority,
        "opened": microseconds(row.opened),
        "deadline": _deadline(row) if is_open else microseconds(row.due),
        "ended": None if ended is None else microseconds(ended),
        "kind": row.kind,
        "code": wire.class_id(row.scheme, row.kind, row.code),
        "major": row.code[:2],
        "sources": mask(row.sources),
        "supervised": row.supervised,
        "district": row.district,
        "grid": row.grid,
        "street": row.street,
        "department": row.department,
        "unit": row.unit,
        "campaign": row.campaign,
        "claimed_by": row.claimed_by,
        "claimed_until": None if until is None else microseconds(until),
    }


def _deadline(row: wire.CaseRow) -> int:
    """Return the nearer deadline of an open case; while its clock stands there is none."""
    if row.paused is not None:
        return _NEVER
    return microseconds(row.due if row.stage_due is None else min(row.due, row.stage_due))


def text_of(row: wire.CaseRow, told: Iterable[str]) -> str:
    """Return what words are looked for in: names of a case, and what was reported of it."""
    named = (row.name, row.place, row.grid_name, row.unit_name, row.department_name)
    whole = searchable(named, [row.id, row.code, *told])
    return whole[:TEXT_LIMIT].rstrip()


def links_of(row: wire.CaseRow, people: Iterable[str]) -> set[str]:
    """Return whom a case concerns."""
    departments = {row.department, *row.assisting} - {None, ""}
    concerned = {row.unit, row.claimed_by, *people} - {None, ""}
    return {f"d:{id_}" for id_ in departments} | {f"p:{id_}" for id_ in concerned}


class Projection:
    """Writes cases into the queue's tables, within the transaction of the connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._given: set[int] = set()
        self._last: dict[int, int] = {}

    def put(self, rows: Sequence[wire.CaseRow]) -> None:
        """Write cases as they are now, with what their reports say."""
        for some in _chunks(rows, _CHUNK):
            self._put(some, self._told([row.id for row in some]))

    def _put(self, rows: Sequence[wire.CaseRow], told: Mapping[str, Told]) -> None:
        known = self._known([row.id for row in rows])
        lines, kept, links_now = [], [], {}
        for row in rows:
            before = known.get(row.id)
            line = projected(row)
            num = before.num if before else self._free(line["opened"])
            lines.append({"num": num, **line})
            about = told.get(row.id, Told([], set()))
            links_now[num] = links_of(row, about.people)
            words = text_of(row, about.texts)
            if before is None or (before.text, before.open) != (words, line["open"]):
                kept.append((num, before, words, line["open"]))
        upsert(self._connection, queue, lines)
        self._link(links_now)
        self._keep(kept)

    def remove(self, ids: Sequence[str]) -> None:
        """Take cases out."""
        if not ids:
            return
        for num, is_open, words in self._known(ids).values():
            self._forget_words([(num, words, is_open)])
            for table in (queue, links, texts):
                self._connection.execute(delete(table).where(table.c.num == num))

    def _known(self, ids: Sequence[str]) -> dict[str, _Before]:
        rows = self._connection.execute(
            select(queue.c.id, queue.c.num, queue.c.open, texts.c.text)
            .join(texts, texts.c.num == queue.c.num)
            .where(queue.c.id.in_(ids))
        )
        return {row.id: _Before(row.num, row.open, row.text) for row in rows}

    def _told(self, ids: Sequence[str]) -> dict[str, Told]:
        table = tables.reports
        rows = self._connection.execute(
            select(table.c.case, table.c.body)
            .where(table.c.case.in_(ids))
            .order_by(table.c.at, table.c.id)
        )
        told: dict[str, Told] = {}
        for case, body in rows:
            report = wire.Report.model_validate_json(body)
            about = told.setdefault(case, Told([], set()))
            about.texts.append(report.text)
            if by := report.data.get("by"):
                about.people.add(str(by)[:64])
        return told

    def _free(self, opened: int) -> int:
        """Return the first number from a moment on that no case has."""
        after = queue.alias()
        followed = exists().where(after.c.num == queue.c.num + 1)
        num = self._last.get(opened, opened)
        while True:
            while num in self._given:
                num += 1
            if self._connection.scalar(select(queue.c.num).where(queue.c.num == num)) is None:
                break
            last = select(queue.c.num).where(queue.c.num >= num, ~followed).order_by(queue.c.num)
            num = self._connection.scalars(last.limit(1)).one() + 1
        self._given.add(num)
        self._last[opened] = num
        return num

    def _link(self, now: Mapping[int, set[str]]) -> None:
        before: dict[int, set[str]] = {num: set() for num in now}
        rows = select(links.c.num, links.c.link).where(links.c.num.in_(list(now)))
        for num, link in self._connection.execute(rows):
            before[num].add(link)
        gone = [(num, link) for num, held in before.items() for link in held - now[num]]
        new = [(num, link) for num, wanted in now.items() for link in wanted - before[num]]
        for num, link in gone:
            where = (links.c.link == link, links.c.num == num)
            self._connection.execute(delete(links).where(*where))
        if new:
            rows_new = [{"num": num, "link": link} for num, link in new]
            self._connection.execute(links.insert(), rows_new)

    # --- words ------------------------------------------------------------------

    def _keep(self, kept: Sequence[tuple[int, _Before | None, str, int]]) -> None:
        """Write texts that changed, and their tokens where the database does not itself."""
        self._forget_words([(num, old.text, old.open) for num, old, _, _ in kept if old])
        upsert(self._connection, texts, [{"num": num, "text": words} for num, _, words, _ in kept])
        if kept and self._connection.dialect.name == "sqlite":
            self._connection.execute(
                text("INSERT INTO queue_words (rowid, words) VALUES (:num, :words)"),
                [{"num": num, "words": indexed(words, is_open)} for num, _, words, is_open in kept],
            )

    def _forget_words(self, old: Sequence[tuple[int, str, int]]) -> None:
        """Take tokens out: the index must be told exactly what went in."""
        if old and self._connection.dialect.name == "sqlite":
            self._connection.execute(
                text(
                    "INSERT INTO queue_words (queue_words, rowid, words) "
                    "VALUES ('delete', :num, :words)"
                ),
                [{"num": num, "words": indexed(words, is_open)} for num, words, is_open in old],
            )


def indexed(words: str, is_open: int) -> str:
    """Return the tokens of a text as SQLite's index takes them; an open case has one more."""
    found = tokens(words)
    if is_open:
        found.add(OPEN_TOKEN)
    return " ".join(sorted(found))


def bring_queue_up_to_date(connection: Connection) -> None:
    """Write the queue anew if another version of this module wrote it, or none did."""
    table = tables.settings
    written = connection.scalar(select(table.c.value).where(table.c.name == "queue"))
    if written == str(VERSION):
        return
    count = rebuild(connection)
    log.info("the queue was written anew: %d cases", count)
    upsert(connection, table, [{"name": "queue", "value": str(VERSION)}])


def rebuild(connection: Connection) -> int:
    """Write every case of the store into the queue anew; return how many there are."""
    for table in (queue, links, texts):
        connection.execute(delete(table))
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO queue_words (queue_words) VALUES ('delete-all')"))
    projection = Projection(connection)
    count = 0
    for rows in _chunks_of(_cases(connection), _CHUNK):
        projection.put(rows)
        count += len(rows)
    return count


def _cases(connection: Connection) -> Iterator[wire.CaseRow]:
    """Yield every case by id, which leaves the connection free in between."""
    table = tables.entities
    page = (
        select(table.c.id, table.c.body)
        .where(table.c.kind == "case", table.c.id > bindparam("after"))
        .order_by(table.c.id)
        .limit(_CHUNK)
    )
    after = ""
    while rows := connection.execute(page, {"after": after}).all():
        for row in rows:
            yield wire.CaseRow.model_validate_json(row.body)
        after = rows[-1].id


def _chunks(rows: Sequence[wire.CaseRow], size: int) -> Iterator[Sequence[wire.CaseRow]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _chunks_of(rows: Iterator[wire.CaseRow], size: int) -> Iterator[list[wire.CaseRow]]:
    while some := list(islice(rows, size)):
        yield some
