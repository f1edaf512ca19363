"""Earlier versions of a case, as far back as the change log reaches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from console import wire
from console.hub.store import tables
from console.hub.store.read import Reader

DEPTH = 200
"""Changes of one case looked through at most."""


def versions_from(
    reader: Reader, case_id: str, version: int
) -> tuple[wire.CaseRow | None, datetime | None]:
    """Return (the case as it last was in a version, when the next version began)."""
    table = tables.changes
    rows = reader.connection.execute(
        select(table.c.at, table.c.body)
        .where(table.c.id == case_id, table.c.kind == "case")
        .order_by(table.c.seq.desc())
        .limit(DEPTH)
    )
    began: datetime | None = None
    for at, body in rows:
        if body is None:
            return None, None
        row = wire.CaseRow.model_validate_json(body)
        if row.version <= version:
            return (row, began) if row.version == version else (None, None)
        began = at
    return None, None
