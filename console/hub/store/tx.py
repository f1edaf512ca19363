"""One transaction on the one writer thread: what rules may read and change."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, delete, select, update

from console import wire
from console.hub.store import tables
from console.hub.store.audit import chained
from console.hub.store.live import Live, rests
from console.hub.store.queue import Projection
from console.hub.store.read import Reader, change_text
from console.hub.store.upsert import upsert

M = TypeVar("M", bound=wire.Message)
Effect = Callable[[], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Marks:
    """Where the numbered log and the audit chain end."""

    seq: int
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A change as it goes to the seats: ``text`` is the JSON of :class:`wire.Change`.

    ``body`` is the entity after it, ``before`` the case before it: who may see a change is decided
    by both.
    """

    seq: int
    text: str
    at: datetime
    kind: str
    id: str
    body: wire.Message | None = None
    before: wire.CaseRow | None = None


@dataclass(slots=True)
class _Pending:
    entities: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    audit: list[dict[str, Any]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Cases of which something was reported."""


def _decisive(before: wire.CaseRow, after: wire.CaseRow) -> bool:
    """Whether a decision made on ``before`` may no longer fit ``after``."""
    fields = (
        "state",
        "scheme",
        "kind",
        "code",
        "at",
        "department",
        "unit",
        "claimed_by",
        "merged_into",
        "paused",
        "supervised",
    )
    return any(getattr(before, name) != getattr(after, name) for name in fields)


class Tx(Reader):
    """A write in progress. ``now`` is the moment of everything it writes.

    Reading sees what this transaction wrote. Nothing reaches a seat before the commit;
    :meth:`after` keeps work (a frame to a terminal, a call) for then.
    """

    def __init__(self, connection: Connection, now: datetime, live: Live, marks: Marks) -> None:
        super().__init__(connection)
        self.now = now
        self.marks = Marks(marks.seq, marks.audit_seq, marks.audit_hash)
        self.lines: list[LogLine] = []
        self.effects: list[Effect] = []
        self.touched: dict[str, dict[str, wire.Message | None]] = {}
        self._live = live
        self._pending = _Pending()

    @property
    def seq(self) -> int:
        """The number of the last change so far, this transaction's included."""
        return self.marks.seq

    # --- entities -------------------------------------------------------------

    def get(self, kind: type[M], id_: str) -> M | None:
        """Return the entity as it is now, or None; closed cases and ended calls included."""
        name = _NAMES[kind]
        if id_ in self.touched.get(name, {}):
            return cast("M | None", self.touched[name][id_])
        live = self._live.kind(name).get(id_)
        return live if live is not None else super().get(kind, id_)

    def all(self, kind: type[M]) -> Mapping[str, M]:
        """Return every entity of a kind that is not at rest, by id."""
        name = _NAMES[kind]
        merged: dict[str, Any] = dict(self._live.kind(name))
        for id_, body in self.touched.get(name, {}).items():
            if body is None or rests(body):
                merged.pop(id_, None)
            else:
                merged[id_] = body
        return merged

    def put(self, kind: str, body: M) -> M:
        """Keep an entity and number the change; return it as kept.

        A case's version counts up when what an officer decides on has changed, so that another
        report or a picture arriving under his fingers is no conflict.
        """
        id_ = wire.id_of(body)
        before: wire.CaseRow | None = None
        if isinstance(body, wire.CaseRow):
            before = self.get(wire.CaseRow, id_)
            version = before.version + _decisive(before, body) if before else 1
            body = body.model_copy(update={"version": version})
        text = body.model_dump_json()
        self._pending.entities[(kind, id_)] = {
            "kind": kind,
            "id": id_,
            "version": getattr(body, "version", 0),
            "rested": self.now if rests(body) else None,
            "case": body.case if isinstance(body, wire.Call) else None,
            "body": text,
        }
        self.touched.setdefault(kind, {})[id_] = body
        self._number(kind, id_, text, body, before)
        return body

    def remove(self, kind: str, id_: str) -> None:
        """Take an entity away; seats are told by a change without a body."""
        self._pending.entities[(kind, id_)] = None
        self.touched.setdefault(kind, {})[id_] = None
        self._number(kind, id_, None)

    def _number(
        self,
        kind: str,
        id_: str,
        text: str | None,
        body: wire.Message | None = None,
        before: wire.CaseRow | None = None,
    ) -> None:
        self.marks.seq += 1
        seq = self.marks.seq
        self._pending.changes.append(
            {"seq": seq, "at": self.now, "kind": kind, "id": id_, "body": text}
        )
        line = change_text(seq, self.now, kind, id_, text)
        self.lines.append(LogLine(seq, line, self.now, kind, id_, body, before))

    # --- history, audit, the rest ------------------------------------------------

    def fact(
        self,
        case_id: str,
        action: str,
        actor: str,
        role: str,
        state: str,
        note: str = "",
        media: Iterable[str] = (),
        data: dict[str, Any] | None = None,
    ) -> wire.Fact:
        """Write one line of a case's history."""
        fact = wire.Fact(
            seq=self._next_fact(case_id),
            at=self.now,
            actor=actor,
            role=role,
            action=action,
            state=state,
            note=note,
            media=list(media),
            data=data or {},
        )
        self._pending.facts.append(
            {"case": case_id, "seq": fact.seq, "at": self.now, "body": fact.model_dump_json()}
        )
        return fact

    def history(self, case_id: str) -> list[wire.Fact]:
        """Return the facts of a case, oldest first."""
        mine = [row["body"] for row in self._pending.facts if row["case"] == case_id]
        return [*super().history(case_id), *map(wire.Fact.model_validate_json, mine)]

    def _next_fact(self, case_id: str) -> int:
        mine = [row["seq"] for row in self._pending.facts if row["case"] == case_id]
        return int(mine[-1] if mine else self.last_fact(case_id)) + 1

    def audit(
        self, actor: str, action: str, target: str = "", detail: dict[str, Any] | None = None
    ) -> wire.AuditEntry:
        """Append one entry to the audit chain."""
        marks = self.marks
        entry = chained(
            marks.audit_hash, marks.audit_seq + 1, self.now, actor, action, target, detail or {}
        )
        marks.audit_seq, marks.audit_hash = entry.seq, entry.hash
        row = entry.model_dump()
        row["detail"] = json.dumps(entry.detail, ensure_ascii=False)
        self._pending.audit.append(row)
        return entry

    def report(self, report: wire.Report) -> None:
        """Keep what somebody reported; raises on an id that is already there."""
        self._connection.execute(
            tables.reports.insert().values(
                id=report.id,
                case=report.case,
                source=report.source,
                at=report.at,
                body=report.model_dump_json(),
            )
        )
        self._pending.told.add(report.case)

    def move_report(self, report: wire.Report) -> None:
        """Let a kept report belong to the case it now names."""
        table = tables.reports
        self._connection.execute(
            update(table)
            .where(table.c.id == report.id)
            .values(case=report.case, body=report.model_dump_json())
        )
        self._pending.told.add(report.case)

    def media(self, media: wire.Media) -> None:
        """Keep the index entry of a file, or change it (a frame finds its case later)."""
        upsert(
            self._connection,
            tables.media,
            [
                {
                    "id": media.id,
                    "case": media.case,
                    "sha256": media.sha256,
                    "at": media.at,
                    "body": media.model_dump_json(),
                }
            ],
        )

    def count(self, name: str) -> int:
        """Return the next number of a counter, from 1."""
        counter = tables.counters
        where = counter.c.name == name
        value = self._connection.scalar(select(counter.c.value).where(where))
        if value is None:
            self._connection.execute(counter.insert().values(name=name, value=1))
            return 1
        self._connection.execute(update(counter).where(where).values(value=value + 1))
        return int(value) + 1

    def setting(self, name: str, value: Any) -> None:
        """Keep a small thing that the hub must remember across starts."""
        upsert(self._connection, tables.settings, [{"name": name, "value": json.dumps(value)}])

    def remembered(self, actor: str, key: str) -> tuple[str, wire.CommandResult] | None:
        """Return (digest of the command, its first result) for a key used before."""
        table = tables.commands
        row = self._connection.execute(
            select(table.c.digest, table.c.result).where(table.c.actor == actor, table.c.key == key)
        ).first()
        return (
            None
            if row is None
            else (row.digest, wire.CommandResult.model_validate_json(row.result))
        )

    def remember(self, actor: str, key: str, digest: str, result: wire.CommandResult) -> None:
        """Keep the first result of a command for whoever asks again."""
        self._connection.execute(
            tables.commands.insert().values(
                actor=actor, key=key, at=self.now, digest=digest, result=result.model_dump_json()
            )
        )

    def prune(self, keep: int, commands_before: timedelta) -> int:
        """Cut the change log to its last ``keep`` numbers, old answers and dead sessions."""
        gone = self._connection.execute(
            delete(tables.changes).where(tables.changes.c.seq <= self.seq - max(1, keep))
        )
        before = self.now - commands_before
        self._connection.execute(delete(tables.commands).where(tables.commands.c.at < before))
        self._connection.execute(
            delete(tables.sessions).where(tables.sessions.c.expires < self.now)
        )
        return gone.rowcount

    def after(self, effect: Effect) -> None:
        """Start ``effect`` on the event loop once this transaction is committed."""
        self.effects.append(effect)

    # --- writing it down -----------------------------------------------------------

    def flush(self) -> None:
        """Send everything pending to the database; the store calls it before the commit."""
        pending = self._pending
        if pending.changes:
            self._connection.execute(tables.changes.insert(), pending.changes)
        upsert(self._connection, tables.entities, [row for row in pending.entities.values() if row])
        for (kind, id_), row in pending.entities.items():
            if row is None:
                self._connection.execute(
                    tables.entities.delete().where(
                        tables.entities.c.kind == kind, tables.entities.c.id == id_
                    )
                )
        self._project()
        if pending.facts:
            self._connection.execute(tables.facts.insert(), pending.facts)
        if pending.audit:
            self._connection.execute(tables.audit.insert(), pending.audit)

    def _project(self) -> None:
        """Write what the queue is paged from for every case that is another now."""
        touched = self.touched.get("case", {})
        ids = dict.fromkeys([*touched, *sorted(self._pending.told)])
        rows = [self.get(wire.CaseRow, id_) for id_ in ids]
        projection = Projection(self._connection)
        projection.remove([id_ for id_, row in touched.items() if row is None])
        projection.put([row for row in rows if row is not None])


_NAMES: dict[type[wire.Message], str] = {model: kind for kind, model in wire.KINDS.items()}
