"""Insert or change, in the one form both engines understand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return the engine's own insert; the other engine is not even imported."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert(table)


@cache
def _upserting(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return the statement for a table; putting it together takes longer than running it."""
    insert = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    changed = {c.name: insert.excluded[c.name] for c in table.columns if not c.primary_key}
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by primary key; a key that is there gets the new values."""
    if rows:
        connection.execute(_upserting(connection.dialect.name, table), rows)
