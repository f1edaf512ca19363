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
from console.domain.urgency import OVER, microseconds
from console.hub.store.queue import OPEN_TOKEN, mask
from console.hub.store.queue_tables import WORDS, links, queue, texts
from console.hub.store.tables import Number
from console.search_text import needed, words

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


RANK = "rank"
"""Leading over the open cases alone, in the order of urgency."""
LINKS = "links"

_words = table(WORDS, column("rowid", Number), column(WORDS, Text))


def conditions(asked: Asked, lead: str | None = None) -> list[Condition]:
    """Return what must hold of a case, its words aside.

    ``lead`` names the column by whose index SQLite shall go: a plus before all others keeps
    it from taking theirs. None leaves the choice to the database.
    """
    wanted = asked.filter

    def by(name: str) -> ColumnElement[Any]:
        column_ = queue.c[name]
        return column_ if lead in (None, name) else literal_column(f"+queue.{name}", column_.type)

    lists: tuple[tuple[str, Collection[str]], ...] = (
        ("state", wanted.states),
        ("kind", wanted.kinds),
        ("district", wanted.districts),
        ("grid", wanted.grids),
        ("street", wanted.streets),
        ("unit", wanted.units),
    )
    found: list[Condition] = [by(name).in_(values) for name, values in lists if values]
    if among := [by(name).in_(codes) for name, codes in _codes(wanted.codes).items() if codes]:
        found.append(or_(*among))
    if wanted.sources:
        found.append(queue.c.sources.bitwise_and(mask(wanted.sources)) != 0)
    if wanted.departments and (lead != LINKS or len(wanted.departments) > 1):
        found.append(_linked(f"d:{id_}" for id_ in wanted.departments))
    if wanted.campaign is not None:
        found.append(by("campaign") == wanted.campaign)
    if wanted.supervised is not None:
        found.append(queue.c.supervised > 0 if wanted.supervised else queue.c.supervised == 0)
    if wanted.priority > 0:
        found.append(queue.c.priority >= wanted.priority)
    if wanted.late is not None:
        moment = func.coalesce(queue.c.ended, asked.now)
        late = moment > queue.c.deadline
        found.append(late if wanted.late else ~late)
    found += _claims(asked)
    found += _opened(wanted, queue.c.num if lead != RANK else literal_column("+queue.num", Number))
    return [*found, *_in_scope(asked.scope)]


def _codes(codes: Collection[str]) -> dict[str, list[str]]:
    """Return classes apart from majors, by column."""
    return {
        "code": [code for code in codes if "/" in code],
        "major": [code for code in codes if "/" not in code],
    }


def _linked(names: Iterable[str]) -> Condition:
    """Say that a case concerns one of these."""
    its = links.alias()
    return exists().where(its.c.num == queue.c.num, its.c.link.in_(list(names)))


def _claims(asked: Asked) -> Iterator[Condition]:
    by, until = queue.c.claimed_by, queue.c.claimed_until
    if asked.filter.claimed == "mine":
        yield by == asked.person
        yield or_(until.is_(None), until > asked.now)
    elif asked.filter.claimed == "nobody":
        yield or_(by.is_(None), until <= asked.now)


def _opened(wanted: wire.CaseFilter, num: ColumnElement[int]) -> Iterator[Condition]:
    """Say when a case was opened, also by its ``num``, in whose order the table lies."""
    if wanted.opened_from is not None:
        yield num >= microseconds(wanted.opened_from)
    if wanted.opened_to is not None:
        end = microseconds(wanted.opened_to)
        yield queue.c.opened < end
        yield num < end + _COUNTED_UP


def _in_scope(scope: Scope) -> Iterator[Condition]:
    if scope.districts is None:
        return
    concerned = [f"d:{id_}" for id_ in scope.departments] + [f"p:{scope.person}"]
    mine: list[Condition] = [_linked(concerned)]
    if ALL in scope.departments:
        its = links.alias()
        # Of all links only those that name a department sort before ``e``.
        mine.append(exists().where(its.c.num == queue.c.num, its.c.link < "e"))
    if scope.districts:
        mine.append(queue.c.district.in_(scope.districts))
    yield or_(*mine)


# --- beginning ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matching:
    """Where the cases of a question are looked for: select from it what is wanted."""

    where: tuple[Condition, ...]
    lead: str | None = None

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Return the query for these columns, unordered."""
        query = select(*columns).where(*self.where)
        if self.lead == LINKS:
            return query.select_from(links.join(queue, queue.c.num == _first(links.c.num)))
        if self.lead == WORDS:
            return query.select_from(_words.join(queue, queue.c.num == _first(_words.c.rowid)))
        return query.select_from(queue)

    @property
    def num(self) -> ColumnElement[int]:
        """The number to sort and cut by: in the order of what leads, rows come sorted."""
        if self.lead == LINKS:
            return links.c.num
        return _words.c.rowid if self.lead == WORDS else queue.c.num


def _first(num: ColumnElement[int]) -> ColumnElement[int]:
    """Keep SQLite from going by the other table and asking this one for each of its rows."""
    return literal_column(f"+{num}", Number)


def matching(connection: Connection, asked: Asked, part: Part) -> Matching:
    """Return where the cases of a question are to be looked for on this database."""
    if connection.dialect.name != "sqlite":
        return Matching((*conditions(asked), *_in_part(part), *_in_texts(asked.words)))
    lead = _lead(connection, asked, part)
    where = [*conditions(asked, lead), *_in_part(part)]
    if lead == WORDS:
        wanted = _wanted(asked)
        longer = [word for word in asked.words if word not in wanted]
        match = _match(wanted | {OPEN_TOKEN} if part == "open" else wanted)
        return Matching((match, *where, *_holding(longer)), lead)
    if lead == LINKS:
        where.append(links.c.link.in_(_link_lead(asked)))
    return Matching((*where, *_holding(asked.words)), lead)


def _in_part(part: Part) -> Iterator[Condition]:
    """Say it literally, or SQLite does not see that the index of open cases will do."""
    if part == "open":
        yield queue.c.open == literal_column("1")
        yield queue.c.rank < literal_column(str(OVER))
    elif part == "over":
        yield queue.c.open == literal_column("0")


def _wanted(asked: Asked) -> set[str]:
    return {token for word in asked.words for token in needed(word)}


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
    wanted = sorted({token for word in typed for token in needed(word)})
    longer = [word for word in typed if word not in wanted]
    held = [texts.c.text.contains(word, autoescape=True) for word in longer]
    if wanted:
        held.append(func.queue_tokens(texts.c.text).op("@>")(wanted))
    yield queue.c.num.in_(select(texts.c.num).where(*held))


# --- what leads on SQLite ---------------------------------------------------------


def _lead(connection: Connection, asked: Asked, part: Part) -> str:
    """Return by what SQLite had best go: it does not know which value has how many cases."""
    wanted = _wanted(asked)
    if part == "open":
        return WORDS if wanted else RANK
    best, lead = _ENOUGH, ""
    ranged = tuple(_opened(asked.filter, queue.c.num))
    for name, values in _leads(asked):
        if name == LINKS:
            some = select(links.c.num).where(links.c.link.in_(values))
        else:
            some = select(queue.c.num).where(queue.c[name].in_(values), *ranged)
        count = _count_up_to(connection, some, best)
        if count < best:
            best, lead = count, name
    if wanted:
        count = _count_up_to(connection, select(_words.c.rowid).where(_match(wanted)), best)
        if count < best:
            return WORDS
    return lead


def _leads(asked: Asked) -> Iterator[tuple[str, Collection[str]]]:
    """Yield the indexed columns with the values asked for, the likely best first."""
    wanted = asked.filter
    yield from (
        (name, values)
        for name, values in (
            ("grid", wanted.grids),
            ("unit", wanted.units),
            ("street", wanted.streets),
            ("campaign", [wanted.campaign] if wanted.campaign else []),
        )
        if values
    )
    codes = {name: values for name, values in _codes(wanted.codes).items() if values}
    if len(codes) == 1:
        yield from codes.items()
    if linked := _link_lead(asked):
        yield LINKS, linked
    if wanted.districts:
        yield "district", wanted.districts
    if wanted.states:
        yield "state", wanted.states


def _link_lead(asked: Asked) -> list[str]:
    """Return the links one of which every case of a question has, if there are such."""
    if len(asked.filter.departments) == 1:
        return [f"d:{asked.filter.departments[0]}"]
    if asked.filter.claimed == "mine":
        return [f"p:{asked.person}"]
    return []


def _count_up_to(connection: Connection, some: Select[Any], most: int) -> int:
    counted = select(func.count()).select_from(some.limit(most).subquery())
    return int(connection.scalar(counted) or 0)
