"""What may be read from the store, within one moment of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, false, func, or_, select

from console import wire
from console.hub.store import tables

M = TypeVar("M", bound=wire.Message)

_KIND_OF = {model: kind for kind, model in wire.KINDS.items()}


def change_text(seq: int, at: datetime, kind: str, id_: str, body: str | None) -> str:
    """Return the JSON of a :class:`wire.Change` around a body that is JSON already."""
    head = json.dumps({"seq": seq, "at": at.isoformat(), "kind": kind, "id": id_})
    return f'{head[:-1]}, "body": {body if body is not None else "null"}}}'


class Reader:
    """Reading, at one moment. A :class:`Tx` is a reader that also writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """For the modules of this room that keep tables of their own."""
        return self._connection

    def get(self, kind: type[M], id_: str) -> M | None:
        """Return one entity or None; closed cases and ended calls included."""
        table = tables.entities
        body = self._connection.scalar(
            select(table.c.body).where(table.c.kind == _KIND_OF[kind], table.c.id == id_)
        )
        return None if body is None else kind.model_validate_json(body)

    def bodies(self, kinds: Iterable[str], rested_since: datetime | None) -> list[tuple[str, str]]:
        """Return (kind, JSON) of all entities of some kinds.

        Those that came to rest are left out, save after ``rested_since``.
        """
        table = tables.entities
        recent = false() if rested_since is None else table.c.rested >= rested_since
        rows = self._connection.execute(
            select(table.c.kind, table.c.body)
            .where(table.c.kind.in_(list(kinds)), or_(table.c.rested.is_(None), recent))
            .order_by(table.c.kind, table.c.id)
        )
        return [(kind, body) for kind, body in rows]

    def history(self, case_id: str) -> list[wire.Fact]:
        """Return the facts of a case, oldest first."""
        table = tables.facts
        rows = self._connection.scalars(
            select(table.c.body).where(table.c.case == case_id).order_by(table.c.seq)
        )
        return [wire.Fact.model_validate_json(body) for body in rows]

    def last_fact(self, case_id: str) -> int:
        """Return the number of the newest fact of a case, 0 where there is none."""
        table = tables.facts
        newest = select(func.max(table.c.seq)).where(table.c.case == case_id)
        return int(self._connection.scalar(newest) or 0)

    def reports_of(self, case_id: str) -> list[wire.Report]:
        """Return the reports joined in a case, oldest first."""
        table = tables.reports
        rows = self._connection.scalars(
            select(table.c.body).where(table.c.case == case_id).order_by(table.c.at, table.c.id)
        )
        return [wire.Report.model_validate_json(body) for body in rows]

    def get_report(self, report_id: str) -> wire.Report | None:
        """Return one report by its id."""
        table = tables.reports
        body = self._connection.scalar(select(table.c.body).where(table.c.id == report_id))
        return None if body is None else wire.Report.model_validate_json(body)

    def reports_from(self, source: str, since: datetime, limit: int) -> list[wire.Report]:
        """Return the newest reports of a source since a moment, newest first."""
        table = tables.reports
        rows = self._connection.scalars(
            select(table.c.body)
            .where(table.c.source == source, table.c.at >= since)
            .order_by(table.c.at.desc(), table.c.id)
            .limit(limit)
        )
        return [wire.Report.model_validate_json(body) for body in rows]

    def media_of(self, case_id: str) -> list[wire.Media]:
        """Return the files kept with a case, oldest first."""
        table = tables.media
        rows = self._connection.scalars(
            select(table.c.body).where(table.c.case == case_id).order_by(table.c.at, table.c.id)
        )
        return [wire.Media.model_validate_json(body) for body in rows]

    def get_media(self, media_id: str) -> wire.Media | None:
        """Return the index entry of one file."""
        table = tables.media
        body = self._connection.scalar(select(table.c.body).where(table.c.id == media_id))
        return None if body is None else wire.Media.model_validate_json(body)

    def calls_of(self, case_id: str) -> list[wire.Call]:
        """Return the calls made for a case, oldest first."""
        table = tables.entities
        rows = self._connection.scalars(
            select(table.c.body).where(table.c.kind == "call", table.c.case == case_id)
        )
        return sorted(map(wire.Call.model_validate_json, rows), key=lambda call: call.asked)

    def changes(self, after: int, upto: int, limit: int) -> list[tuple[int, str]]:
        """Return (number, JSON of :class:`wire.Change`) for after < number <= upto."""
        table = tables.changes
        rows = self._connection.execute(
            select(table)
            .where(table.c.seq > after, table.c.seq <= upto)
            .order_by(table.c.seq)
            .limit(limit)
        )
        return [(row.seq, change_text(row.seq, row.at, row.kind, row.id, row.body)) for row in rows]

    def log_span(self) -> tuple[int, int]:
        """Return (oldest, newest) number in the change log, (0, 0) for an empty one."""
        table = tables.changes
        oldest, newest = self._connection.execute(
            select(func.min(table.c.seq), func.max(table.c.seq))
        ).one()
        return int(oldest or 0), int(newest or 0)

    def get_setting(self, name: str) -> Any:
        """Return what :meth:`Tx.setting` kept, or None."""
        table = tables.settings
        value = self._connection.scalar(select(table.c.value).where(table.c.name == name))
        return None if value is None else json.loads(value)

    def audit_entries(self, after: int = 0, limit: int | None = None) -> Iterator[wire.AuditEntry]:
        """Yield audit entries with a number above ``after``, oldest first."""
        table = tables.audit
        query = select(table).where(table.c.seq > after).order_by(table.c.seq)
        if limit is not None:
            query = query.limit(limit)
        for row in self._connection.execute(query, execution_options={"yield_per": 500}):
            fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public accessor
            yield wire.AuditEntry(**fields | {"detail": json.loads(fields["detail"])})
