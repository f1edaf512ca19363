"""Connections to SQLite and PostgreSQL, set up so that both keep the same promises."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event

Lane = Literal["cases", "telemetry"]

_MAPPED = 0x7FFF0000
"""Bytes, the most SQLite maps."""

LOCK_KEY = 0x5A48
"""PostgreSQL advisory lock of the one writer ("ZH")."""


def open_engine(url: str, lane: Lane, *, readers: int = 0) -> Engine:
    """Return an engine for one writer, or with a pool for ``readers`` read-only threads.

    A reader sees one moment for the length of its transaction on both engines.
    """
    sqlite = url.startswith("sqlite")
    options: dict[str, Any] = {"pool_size": max(1, readers), "max_overflow": 0}
    if not sqlite:
        options["isolation_level"] = "REPEATABLE READ" if readers else "READ COMMITTED"
        options["pool_pre_ping"] = bool(readers)
        options["connect_args"] = {"connect_timeout": 5}
    engine = create_engine(url, **options)
    if sqlite:
        _prepare_sqlite(engine, lane, writer=not readers)
    return engine


def _prepare_sqlite(engine: Engine, lane: Lane, *, writer: bool) -> None:
    synchronous = "FULL" if lane == "cases" else "NORMAL"

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN comes too late for a consistent read: we send it below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        if not writer:
            # Walking through a million cases is twice as fast without a copy of each page.
            cursor.execute(f"PRAGMA mmap_size={_MAPPED}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")
