"""What a filter means in SQL, and from which index SQLite had best begin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)

from console import wire
from console.domain.case import OPEN
from console.domain.permit import ALL
from console.domain.urgency import microseconds
from console.hub.store.queue import OPEN_TOKEN, mask
from console.hub.store.queue_tables import WORDS, links, queue, texts
from console.hub.store.tables import Number
from console.search_text import tokens, words

OPEN_STATES = frozenset(state.value for state in OPEN)

_ENOUGH = 100_000
"""Cases of a value from which on walking through all of them is no slower."""
_COUNTED_UP = 60_000_000
"""Microseconds by which a case's ``num`` may be later than its opening."""

Condition = ColumnElement[bool]

Part = Literal["open", "over", "all"]
"""Open cases lie in an index of their own, in the order of urgency; they are few."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cases somebody may see; None of ``districts`` means everybody's.

    A case is seen in its district, by a department it was given to, or by whom it concerns.
    """

    districts: tuple[str, ...] | None = None
    departments: tuple[str, ...] = ()
    person: str = ""

    @classmethod
    def of(cls, officer: wire.Officer) -> Scope:
        """Return what an officer answers for."""
        if ALL in officer.districts:
            return cls()
        return cls(tuple(sorted(officer.districts)), tuple(sorted(officer.departments)), officer.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases are asked for, by whom, at what moment. ``grids`` holds nested ones as well."""

    filter: wire.CaseFilter
    scope: Scope = Scope()
    person: str = ""
    now: int = 0
    words: tuple[str, ...] = field(default=())

    @classmethod
    def by(cls, officer: wire.Officer, filter_: wire.CaseFilter, now: datetime) -> Asked:
        """Return what an officer asks for."""
        typed = tuple(words(filter_.text))
        return cls(filter_, Scope.of(officer), officer.id, microseconds(now), typed)

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells this question from others, whenever it is asked."""
        mine = self.person if self.filter.claimed == "mine" else ""
        return self.filter.model_dump_json(exclude={"text"}), self.words, self.scope, mine


_words = table(WORDS, column("rowid", Number), column(WORDS, Text))


def conditions(asked: Asked) -> list[Condition]:
    """Return what must hold of a case, its words aside."""
    wanted = asked.filter
    columns = queue.c
    lists: tuple[tuple[ColumnElement[str], Collection[str]], ...] = (
        (columns.state, wanted.states),
        (columns.kind, wanted.kinds),
        (columns.district, wanted.districts),
        (columns.grid, wanted.grids),
        (columns.street, wanted.streets),
        (columns.unit, wanted.units),
    )
    found: list[Condition] = [among.in_(values) for among, values in lists if values]
    found += _classes(wanted.codes)
    if wanted.sources:
        found.append(columns.sources.bitwise_and(mask(wanted.sources)) != 0)
    if wanted.departments:
        found.append(_linked(name for id_ in wanted.departments for name in by_department(id_)))
    if wanted.campaign is not None:
        found.append(columns.campaign == wanted.campaign)
    if wanted.supervised is not None:
        found.append(columns.supervised > 0 if wanted.supervised else columns.supervised == 0)
    if wanted.priority > 0:
        found.append(columns.priority >= wanted.priority)
    if wanted.late is not None:
        moment = func.coalesce(columns.ended, asked.now)
        found.append(moment > columns.deadline if wanted.late else moment <= columns.deadline)
    return [*found, *_claims(asked), *_opened(wanted), *_in_scope(asked.scope)]


def _classes(codes: Collection[str]) -> Iterator[Condition]:
    whole = [code for code in codes if "/" in code]
    majors = [code for code in codes if "/" not in code]
    if whole and majors:
        yield or_(queue.c.code.in_(whole), queue.c.major.in_(majors))
    elif codes:
        yield queue.c.code.in_(whole) if whole else queue.c.major.in_(majors)


def _linked(names: Iterable[str]) -> Condition:
    """Say that a case concerns one of these."""
    return exists().where(links.c.num == queue.c.num, links.c.link.in_(list(names)))


def _claims(asked: Asked) -> Iterator[Condition]:
    by, until = queue.c.claimed_by, queue.c.claimed_until
    if asked.filter.claimed == "mine":
        yield by == asked.person
        yield or_(until.is_(None), until > asked.now)
    elif asked.filter.claimed == "nobody":
        yield or_(by.is_(None), until <= asked.now)


def _opened(wanted: wire.CaseFilter) -> Iterator[Condition]:
    """Say when a case was opened, also by its ``num``, in whose order the table lies."""
    if wanted.opened_from is not None:
        first = microseconds(wanted.opened_from)
        yield queue.c.num >= first
    if wanted.opened_to is not None:
        end = microseconds(wanted.opened_to)
        yield queue.c.opened < end
        yield queue.c.num < end + _COUNTED_UP


def _in_scope(scope: Scope) -> Iterator[Condition]:
    if scope.districts is None:
        return
    mine: list[Condition] = [_linked(concerning(scope))]
    if ALL in scope.departments:
        mine.append(exists().where(links.c.num == queue.c.num, _any_department()))
    if scope.districts:
        mine.append(queue.c.district.in_(scope.districts))
    yield or_(*mine)


def concerning(scope: Scope) -> list[str]:
    """Return the links of the cases that somebody sees wherever they lie."""
    led = [name for id_ in scope.departments for name in by_department(id_)]
    return [*led, f"p:{scope.person}"]


def by_department(id_: str) -> tuple[str, str]:
    """Return the links of a department's cases: those it leads, those it assists in."""
    return f"d:{id_}", f"a:{id_}"


def _any_department() -> Condition:
    """A link sorts before ``e`` only where it names a department."""
    return links.c.link < "e"


# --- beginning ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matching:
    """Where the cases of a question are looked for: select from it what is wanted."""

    where: tuple[Condition, ...]
    hint: str | None = None
    by_words: bool = False

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Return the query for these columns, unordered."""
        # The plus keeps SQLite from asking the index of words once for each case.
        joined = _words.join(queue, queue.c.num == literal_column(f"+{WORDS}.rowid"))
        query = select(*columns).select_from(joined if self.by_words else queue).where(*self.where)
        return query if self.hint is None else query.with_hint(queue, self.hint, "sqlite")

    @property
    def num(self) -> ColumnElement[int]:
        """The number to sort and cut by: where words lead, they lie in its order."""
        return _words.c.rowid if self.by_words else queue.c.num


def matching(connection: Connection, asked: Asked, part: Part) -> Matching:
    """Return where the cases of a question are to be looked for on this database."""
    where = [*conditions(asked), *_in_part(part)]
    if connection.dialect.name != "sqlite":
        return Matching((*where, *_in_texts(asked.words)))
    wanted = {token for word in asked.words for token in tokens(word)}
    if part == "open":
        if wanted:
            return _from_words(where, asked.words, wanted | {OPEN_TOKEN})
        return Matching((*where, *_holding(asked.words)), "INDEXED BY queue_open")
    best, index = _ENOUGH, None
    ranged = tuple(_opened(asked.filter))
    for name, condition in _leads(asked):
        count = _count_up_to(connection, name, (condition, *ranged), best)
        if count < best:
            best, index = count, name
    if wanted and _words_up_to(connection, wanted, best) < best:
        return _from_words(where, asked.words, wanted)
    if index == _BY_LINKS:
        linked = select(links.c.num).where(links.c.link.in_(_link_lead(asked)))
        where.append(queue.c.num.in_(linked))
        index = None
    hint = "NOT INDEXED" if index is None else f"INDEXED BY {index}"
    return Matching((*where, *_holding(asked.words)), hint)


def _in_part(part: Part) -> Iterator[Condition]:
    """Say it literally, or SQLite does not see that the index of open cases will do."""
    if part != "all":
        yield queue.c.open == literal_column("1" if part == "open" else "0")


def _from_words(where: list[Condition], typed: Iterable[str], wanted: set[str]) -> Matching:
    longer = [word for word in typed if word not in wanted]
    return Matching((_match(wanted), *where, *_holding(longer)), by_words=True)


def _match(wanted: set[str]) -> Condition:
    return _words.c[WORDS].op("MATCH")(" AND ".join(f'"{token}"' for token in sorted(wanted)))


def _holding(typed: Iterable[str]) -> Iterator[Condition]:
    """Say that the text holds words, looking into it."""
    held = [texts.c.text.contains(word, autoescape=True) for word in typed]
    if held:
        yield exists().where(texts.c.num == queue.c.num, *held)


def _in_texts(typed: Collection[str]) -> Iterator[Condition]:
    """Say the same to PostgreSQL, by its index of tokens."""
    if not typed:
        return
    wanted = sorted({token for word in typed for token in tokens(word)})
    held = [texts.c.text.contains(word, autoescape=True) for word in typed]
    if wanted:
        held.append(func.queue_tokens(texts.c.text).op("@>")(wanted))
    yield queue.c.num.in_(select(texts.c.num).where(*held))


_BY_LINKS = "links"


def _leads(asked: Asked) -> Iterator[tuple[str, Condition]]:
    """Yield what SQLite may begin with, by the index that holds it, the likely best first."""
    wanted, columns = asked.filter, queue.c
    lists = (
        ("queue_grid", columns.grid, wanted.grids),
        ("queue_unit", columns.unit, wanted.units),
        ("queue_street", columns.street, wanted.streets),
        ("queue_campaign", columns.campaign, [wanted.campaign] if wanted.campaign else []),
        ("queue_code", columns.code, [code for code in wanted.codes if "/" in code]),
        ("queue_major", columns.major, [code for code in wanted.codes if "/" not in code]),
        ("queue_district", columns.district, wanted.districts),
        ("queue_state", columns.state, wanted.states),
    )
    mixed = len({"/" in code for code in wanted.codes}) > 1
    for name, column_, values in lists:
        if values and not (mixed and name in ("queue_code", "queue_major")):
            yield name, column_.in_(values)
    if names := _link_lead(asked):
        yield _BY_LINKS, links.c.link.in_(names)


def _link_lead(asked: Asked) -> list[str]:
    """Return the links one of which every case of a question has, if there are such."""
    if asked.filter.departments:
        return [name for id_ in asked.filter.departments for name in by_department(id_)]
    if asked.filter.claimed == "mine":
        return [f"p:{asked.person}"]
    scope = asked.scope
    if scope.districts == () and ALL not in scope.departments:
        return concerning(scope)
    return []


def _count_up_to(
    connection: Connection, index: str, where: tuple[Condition, ...], most: int
) -> int:
    """Count what one index holds of a question, at most so far."""
    if index == _BY_LINKS:
        some = select(links.c.num).where(where[0])
    else:
        some = select(queue.c.num).where(*where).with_hint(queue, f"INDEXED BY {index}", "sqlite")
    counted = select(func.count()).select_from(some.limit(most).subquery())
    return int(connection.scalar(counted) or 0)


def _words_up_to(connection: Connection, wanted: set[str], most: int) -> int:
    some = select(_words.c.rowid).where(_match(wanted)).limit(most).subquery()
    return int(connection.scalar(select(func.count()).select_from(some)) or 0)
