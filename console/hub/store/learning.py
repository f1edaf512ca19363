"""What became of proposals: from it the classifier learns, and how often it is right is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, Text, and_, func, or_, select

from console import wire
from console.domain.case import State
from console.hub.store import tables
from console.hub.store.queue_tables import queue
from console.hub.store.read import Reader
from console.hub.store.tx import Tx
from console.hub.store.upsert import upsert

# ``proposed`` and ``final`` are class ids; ``basis`` is the reason the proposed class rested on.
outcomes = Table(
    "proposal_outcomes",
    tables.cases_lane,
    Column("case", String(64), primary_key=True),
    Column("at", tables.Moment, nullable=False),
    Column("proposed", String(96), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("final", String(96), nullable=False),
    Column("filed", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("proposal_outcomes_at", "at"),
    Index("proposal_outcomes_tally", "proposed", "basis", "final", "filed"),
)

MAX_TEXT = 2000
"""Characters of what was reported that are kept to learn from."""

_ENDED = frozenset({State.CLOSED, State.ARCHIVED, State.VOID})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case was proposed as and what it ended as; ``filed`` is False for a rejected one."""

    case: str
    at: datetime
    proposed: str
    basis: str
    final: str
    filed: bool
    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How proposals of one class that rested on one basis ended."""

    proposed: str
    basis: str
    final: str
    filed: bool
    count: int


Mark = tuple[datetime, str]
"""The moment at which a case came to rest, and its id: how far has been looked."""


def ended_after(reader: Reader, mark: Mark | None, limit: int) -> list[tuple[Mark, wire.CaseRow]]:
    """Return the cases that came to rest after a mark, oldest first."""
    table = tables.entities
    query = select(table.c.rested, table.c.id, table.c.body).where(
        table.c.kind == "case", table.c.rested.is_not(None)
    )
    if mark is not None:
        at, id_ = mark
        same = and_(table.c.rested == at, table.c.id > id_)
        query = query.where(or_(table.c.rested > at, same))
    rows = reader.connection.execute(query.order_by(table.c.rested, table.c.id).limit(limit))
    return [((row.rested, row.id), wire.CaseRow.model_validate_json(row.body)) for row in rows]


def outcome_of(reader: Reader, row: wire.CaseRow, at: datetime) -> Outcome | None:
    """Return what became of a case's proposal; None for one without, or that ended elsewhere."""
    proposal = row.proposal
    if proposal is None or State(row.state) not in _ENDED:
        return None
    told = [report.text for report in reader.reports_of(row.id) if report.text.strip()]
    return Outcome(
        case=row.id,
        at=at,
        proposed=wire.class_id(wire.BASE_SCHEME, proposal.kind, proposal.code),
        basis=proposal.reasons[0].code if proposal.reasons else "",
        final=wire.class_id(row.scheme, row.kind, row.code),
        filed=row.state != State.VOID,
        text="\n".join(told)[:MAX_TEXT],
    )


def put_outcomes(tx: Tx, found: Iterable[Outcome]) -> None:
    """Keep outcomes; that of a case which ended before is replaced."""
    rows = [
        {
            "case": one.case,
            "at": one.at,
            "proposed": one.proposed,
            "basis": one.basis,
            "final": one.final,
            "filed": int(one.filed),
            "text": one.text,
        }
        for one in found
    ]
    upsert(tx.connection, outcomes, rows)


def tallies(reader: Reader) -> list[Tally]:
    """Return how proposals ended, counted."""
    table = outcomes.c
    keys = (table.proposed, table.basis, table.final, table.filed)
    rows = reader.connection.execute(select(*keys, func.count()).group_by(*keys))
    return [
        Tally(proposed, basis, final, bool(filed), count)
        for proposed, basis, final, filed, count in rows
    ]


def examples(reader: Reader, limit: int) -> list[tuple[str, str]]:
    """Return (text, final class id) of filed cases that were reported in words, newest first."""
    table = outcomes.c
    query = (
        select(table.text, table.final)
        .where(table.filed == 1, table.text != "")
        .order_by(table.at.desc(), table.case)
        .limit(limit)
    )
    return [(text, final) for text, final in reader.connection.execute(query)]


def count_since(reader: Reader, at: datetime | None) -> int:
    """Return how many outcomes came since a moment, or in all."""
    query = select(func.count()).select_from(outcomes)
    if at is not None:
        query = query.where(outcomes.c.at > at)
    return int(reader.connection.scalar(query) or 0)


def recurred(reader: Reader, class_id: str, grid: str, since: datetime) -> int:
    """Return how many cases of a class were opened in a grid since a moment."""
    table = queue.c
    query = (
        select(func.count())
        .select_from(queue)
        .where(
            table.grid == grid, table.code == class_id, table.num >= int(since.timestamp() * 1e6)
        )
    )
    return int(reader.connection.scalar(query) or 0)
