"""Joint work that is counted: what campaigns did, persuasions, mediations."""

from __future__ import annotations

from typing import Literal, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    func,
    select,
    update,
)

from console import wire
from console.domain.clock import CHINA
from console.hub.store import tables
from console.hub.store.read import Reader
from console.hub.store.tx import Tx

Topic = Literal["persuasion", "mediation"]
R = TypeVar("R", wire.Persuasion, wire.Mediation)

entries = Table(
    "campaign_entries",
    tables.cases_lane,
    Column("id", String(64), primary_key=True),
    Column("campaign", String(64), nullable=False),
    Column("at", tables.Moment, nullable=False),
    Column("amount", Float, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("campaign_entries_by_campaign", "campaign", "at"),
)

records = Table(
    "joint_records",
    tables.cases_lane,
    Column("id", String(64), primary_key=True),
    Column("topic", String(16), nullable=False),
    Column("at", tables.Moment, nullable=False),
    Column("month", String(7), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("district", String(64), nullable=False),
    Column("count", Integer, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("joint_records_by_topic", "topic", "at"),
)


# --- campaigns -------------------------------------------------------------------------


def put_entry(tx: Tx, entry: wire.CampaignEntry) -> None:
    """Keep a piece of a campaign."""
    tx.connection.execute(
        entries.insert().values(
            id=entry.id,
            campaign=entry.campaign,
            at=entry.at,
            amount=entry.amount,
            dropped=0,
            body=entry.model_dump_json(),
        )
    )


def entry_of(reader: Reader, id_: str) -> wire.CampaignEntry | None:
    """Return a piece of a campaign that was not taken back."""
    body = reader.connection.scalar(
        select(entries.c.body).where(entries.c.id == id_, entries.c.dropped == 0)
    )
    return None if body is None else wire.CampaignEntry.model_validate_json(body)


def drop_entry(tx: Tx, id_: str) -> None:
    """Let a piece of a campaign count no more; it stays in the table."""
    tx.connection.execute(update(entries).where(entries.c.id == id_).values(dropped=1))


def sum_of(reader: Reader, campaign: str) -> tuple[float, int]:
    """Return what the pieces of a campaign sum up to, and how many they are."""
    total, count = reader.connection.execute(
        select(func.sum(entries.c.amount), func.count()).where(
            entries.c.campaign == campaign, entries.c.dropped == 0
        )
    ).one()
    return float(total or 0.0), int(count)


def entries_of(reader: Reader, query: wire.JointQuery) -> wire.CampaignEntries:
    """Return the pieces of a campaign, newest first."""
    bodies = reader.connection.scalars(
        select(entries.c.body)
        .where(entries.c.campaign == query.of, entries.c.dropped == 0)
        .order_by(entries.c.at.desc(), entries.c.id.desc())
        .limit(query.limit)
        .offset(query.offset)
    )
    found = [wire.CampaignEntry.model_validate_json(body) for body in bodies]
    return wire.CampaignEntries(entries=found, total=sum_of(reader, query.of)[1])


# --- records that are counted ----------------------------------------------------------


def put_record(tx: Tx, topic: Topic, record: wire.Persuasion | wire.Mediation) -> None:
    """Keep a persuasion or a mediation under the month it happened in, in China."""
    tx.connection.execute(
        records.insert().values(
            id=record.id,
            topic=topic,
            at=record.at,
            month=record.at.astimezone(CHINA).strftime("%Y-%m"),
            kind=record.kind,
            district=record.district,
            count=record.count if isinstance(record, wire.Persuasion) else 1,
            dropped=0,
            body=record.model_dump_json(),
        )
    )


def drop_record(tx: Tx, topic: Topic, id_: str) -> bool:
    """Let a record count no more; tell whether there was one that did."""
    done = tx.connection.execute(
        update(records)
        .where(records.c.id == id_, records.c.topic == topic, records.c.dropped == 0)
        .values(dropped=1)
    )
    return done.rowcount > 0


def records_of(reader: Reader, topic: Topic, model: type[R], query: wire.JointQuery) -> list[R]:
    """Return the records of a topic and time, newest first."""
    bodies = reader.connection.scalars(
        select(records.c.body)
        .where(records.c.topic == topic, records.c.dropped == 0, *_within(query))
        .order_by(records.c.at.desc(), records.c.id.desc())
        .limit(query.limit)
        .offset(query.offset)
    )
    return [model.model_validate_json(body) for body in bodies]


def totals(reader: Reader, query: wire.JointQuery) -> wire.JointTotals:
    """Return how many records each month, kind and district brought in a time."""
    by = (records.c.topic, records.c.month, records.c.kind, records.c.district)
    found = reader.connection.execute(
        select(*by, func.count().label("records"), func.sum(records.c.count).label("sum"))
        .where(records.c.dropped == 0, *_within(query))
        .group_by(*by)
        .order_by(*by)
    )
    return wire.JointTotals(
        lines=[
            wire.JointLine(
                topic=row.topic,
                month=row.month,
                kind=row.kind,
                district=row.district,
                records=row.records,
                count=int(row.sum),
            )
            for row in found
        ]
    )


def _within(query: wire.JointQuery) -> list[ColumnElement[bool]]:
    holds: list[ColumnElement[bool]] = []
    if query.start is not None:
        holds.append(records.c.at >= query.start)
    if query.end is not None:
        holds.append(records.c.at < query.end)
    return holds
