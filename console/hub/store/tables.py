"""The tables of the slow lane: cases, their history, the change log, the audit chain.

Bodies are the JSON of wire models, so that the log, the entity and the snapshot are the
same bytes. The telemetry lane has metadata, and on SQLite a file, of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime on both engines; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no moment")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite gives 64 bits to INTEGER PRIMARY KEY only under that very name.
Number = BigInteger().with_variant(Integer(), "sqlite")

cases_lane = MetaData()
telemetry_lane = MetaData()

changes = Table(
    "changes",
    cases_lane,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("id", String(96), nullable=False),
    Column("body", Text),
    Index("changes_entity", "id", "seq"),
)

# ``rested`` is when a case or call came to its end: snapshots leave old ones out.
# ``case`` is the case a call belongs to.
entities = Table(
    "entities",
    cases_lane,
    Column("kind", String(32), primary_key=True),
    Column("id", String(96), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("rested", Moment),
    Column("case", String(64), index=True),
    Column("body", Text, nullable=False),
    Index("entities_rested", "kind", "rested"),
)

facts = Table(
    "facts",
    cases_lane,
    Column("case", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

reports = Table(
    "reports",
    cases_lane,
    Column("id", String(64), primary_key=True),
    Column("case", String(64), nullable=False, index=True),
    Column("source", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

media = Table(
    "media",
    cases_lane,
    Column("id", String(64), primary_key=True),
    Column("case", String(64), index=True),
    Column("sha256", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

commands = Table(
    "commands",
    cases_lane,
    Column("actor", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("result", Text, nullable=False),
)

audit = Table(
    "audit",
    cases_lane,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("target", String(96), nullable=False),
    Column("detail", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

settings = Table(
    "settings",
    cases_lane,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

accounts = Table(
    "accounts",
    cases_lane,
    Column("id", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("roles", Text, nullable=False),
    Column("password", String(256), nullable=False),
    Column("disabled", Integer, nullable=False, default=0),
    Column("districts", Text, nullable=False, server_default="[]"),
    Column("departments", Text, nullable=False, server_default="[]"),
)

sessions = Table(
    "sessions",
    cases_lane,
    Column("digest", String(64), primary_key=True),
    Column("account", String(64), nullable=False, index=True),
    Column("opened", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("peer", String(64), nullable=False, server_default=""),
)

counters = Table(
    "counters",
    cases_lane,
    Column("name", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
)

positions = Table(
    "positions",
    telemetry_lane,
    Column("unit", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("speed", Float, nullable=False),
    Column("course", Float, nullable=False),
)

# Keyed by time first: appending in order is ten times faster than keyed by unit.
tracks = Table(
    "tracks",
    telemetry_lane,
    Column("at", Moment, primary_key=True),
    Column("unit", String(64), primary_key=True),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("speed", Float, nullable=False),
    Column("course", Float, nullable=False),
)
