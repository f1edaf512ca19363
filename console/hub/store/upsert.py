"""Insert or change, in the one form both engines understand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by primary key; a key that is there gets the new values."""
    if not rows:
        return
    sqlite = connection.dialect.name == "sqlite"
    insert = sqlite_insert(table) if sqlite else postgresql_insert(table)
    keys = [column.name for column in table.primary_key]
    changed = {c.name: insert.excluded[c.name] for c in table.columns if not c.primary_key}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), rows)
