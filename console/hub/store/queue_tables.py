"""The tables the queue is paged from: of every case, what it is filtered, sorted and found by.

They follow from the cases and their reports alone and can be made anew at any time.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from console.hub.store.tables import Number, cases_lane

# ``num`` is the moment of opening in microseconds since 1970, counted up where it is taken: the
# table lies in the order of opening, and neither "newest" nor a month needs an index. ``rank`` is
# :func:`console.domain.urgency.rank`. ``deadline`` is the nearer one of an open case, or that of
# the whole case when it is over. Moments are microseconds too.
queue = Table(
    "queue",
    cases_lane,
    Column("num", Number, primary_key=True, autoincrement=False),
    Column("id", String(96), nullable=False),
    Column("open", Integer, nullable=False),
    Column("rank", Number, nullable=False),
    Column("state", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("opened", Number, nullable=False),
    Column("deadline", Number, nullable=False),
    Column("ended", Number),
    Column("kind", String(12), nullable=False),
    Column("code", String(96), nullable=False),
    Column("major", String(8), nullable=False),
    Column("sources", Integer, nullable=False),
    Column("supervised", Integer, nullable=False),
    Column("district", String(64), nullable=False),
    Column("grid", String(64)),
    Column("street", String(64)),
    Column("department", String(64)),
    Column("unit", String(64)),
    Column("campaign", String(64)),
    Column("claimed_by", String(64)),
    Column("claimed_until", Number),
    Index("queue_id", "id", unique=True),
    Index("queue_state", "state", "num"),
    Index("queue_code", "code", "num"),
    Index("queue_major", "major", "num"),
    Index("queue_district", "district", "num"),
    Index("queue_grid", "grid", "num"),
    Index("queue_street", "street", "num"),
    Index("queue_unit", "unit", "num"),
    Index("queue_campaign", "campaign", "num"),
)

# The few open ones among the many, in the order of urgency.
Index(
    "queue_open",
    queue.c.rank,
    queue.c.num,
    sqlite_where=text("open = 1"),
    postgresql_where=text("open = 1"),
)

# Whom a case concerns: ``d:`` and a department that leads or assists, ``p:`` and somebody who
# reported, claimed or handles it.
links = Table(
    "queue_links",
    cases_lane,
    Column("link", String(96), primary_key=True),
    Column("num", Number, primary_key=True, autoincrement=False),
    Index("queue_links_num", "num"),
    sqlite_with_rowid=False,
)

# What a case is found by, as :func:`console.search_text.searchable` makes it.
texts = Table(
    "queue_texts",
    cases_lane,
    Column("num", Number, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)

WORDS = "queue_words"
"""The index of tokens: on SQLite an FTS5 table by num, on PostgreSQL a GIN index of ``texts``."""
