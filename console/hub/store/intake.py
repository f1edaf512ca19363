"""What the doors of reports keep: clients' keys, what photos look like, who brought how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, String, Table, and_, delete, func, select, update

from console import wire
from console.hub.store import accounts, tables
from console.hub.store.read import Reader
from console.hub.store.tx import Tx
from console.hub.store.upsert import upsert

keys = Table(
    "intake_keys",
    tables.cases_lane,
    Column("name", String(64), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("source", String(32), nullable=False),
    Column("account", String(64)),
    Column("made", tables.Moment, nullable=False),
    Column("disabled", Integer, nullable=False),
)

hashes = Table(
    "photo_hashes",
    tables.cases_lane,
    Column("media", String(64), primary_key=True),
    Column("report", String(64), nullable=False, index=True),
    Column("hash", String(16), nullable=False),
)

# Cases that may be the same, each pair both ways round.
likes = Table(
    "alike",
    tables.cases_lane,
    Column("one", String(64), primary_key=True),
    Column("other", String(64), primary_key=True),
)

brought = Table(
    "intake_reports",
    tables.cases_lane,
    Column("report", String(64), primary_key=True),
    Column("at", tables.Moment, nullable=False, index=True),
    Column("source", String(32), nullable=False),
    Column("party", String(64), nullable=False),
    Column("joined", Integer, nullable=False),
)

PARTY = 64
"""Characters of a party's name that are kept."""


@dataclass(frozen=True, slots=True)
class Client:
    """Whom a key belongs to. ``officer`` is the person, where the key is one person's."""

    name: str
    source: str
    officer: wire.Officer | None = None


# --- keys ------------------------------------------------------------------------------


def client_of(reader: Reader, digest: str) -> Client | None:
    """Return whose key has a digest, unless it or the account behind it is switched off."""
    row = reader.connection.execute(
        select(keys.c.name, keys.c.source, keys.c.account).where(
            keys.c.digest == digest, keys.c.disabled == 0
        )
    ).first()
    if row is None or row.account is None:
        return None if row is None else Client(row.name, row.source)
    found = accounts.account(reader, row.account)
    if found is None or found[0].disabled:
        return None
    officer = wire.Officer(**found[0].model_dump(include=set(wire.Officer.model_fields)))
    return Client(row.name, row.source, officer)


def key_named(reader: Reader, name: str) -> bool:
    """Tell whether a client of that name has a key."""
    return reader.connection.scalar(select(keys.c.name).where(keys.c.name == name)) is not None


def put_key(tx: Tx, key: wire.IntakeKey, digest: str) -> None:
    """Keep a client's key, of which only the digest is known."""
    row = key.model_dump() | {"digest": digest, "made": tx.now, "disabled": int(key.disabled)}
    upsert(tx.connection, keys, [row])


def switch_key(tx: Tx, name: str, *, disabled: bool) -> bool:
    """Switch a client's key off or on; tell whether there is one of that name."""
    done = tx.connection.execute(
        update(keys).where(keys.c.name == name).values(disabled=int(disabled))
    )
    return done.rowcount > 0


def all_keys(reader: Reader) -> list[wire.IntakeKey]:
    """Return every key by the name of its client."""
    rows = reader.connection.execute(select(keys).order_by(keys.c.name))
    return [
        wire.IntakeKey(
            name=row.name, source=row.source, account=row.account, disabled=bool(row.disabled)
        )
        for row in rows
    ]


# --- what photos look like -------------------------------------------------------------


def put_hash(tx: Tx, media: str, report: str, hash_: str) -> None:
    """Keep what a photo looks like, with its report (empty until it stands in one).

    It is the 16 hex digits of its perceptual hash, or empty where it shows nothing.
    """
    upsert(tx.connection, hashes, [{"media": media, "report": report, "hash": hash_}])


def look_of(reader: Reader, media: str) -> str:
    """Return the perceptual hash of one photo, or an empty string where it has none."""
    hash_ = reader.connection.scalar(select(hashes.c.hash).where(hashes.c.media == media))
    return str(hash_ or "")


def hashes_of(reader: Reader, cases: Iterable[str]) -> dict[str, list[int]]:
    """Return the perceptual hashes of the photos of some cases, as numbers of 64 bits."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = reader.connection.execute(
        select(tables.reports.c.case, hashes.c.hash)
        .join(hashes, hashes.c.report == tables.reports.c.id)
        .where(tables.reports.c.case.in_(list(cases)), hashes.c.hash != "")
    )
    for case, hash_ in rows:
        found[case].append(int(hash_, 16))
    return dict(found)


def texts_of(reader: Reader, cases: Iterable[str]) -> dict[str, list[str]]:
    """Return the words of the reports of some cases, oldest first."""
    table = tables.reports
    found: dict[str, list[str]] = defaultdict(list)
    rows = reader.connection.execute(
        select(table.c.case, table.c.body)
        .where(table.c.case.in_(list(cases)))
        .order_by(table.c.at, table.c.id)
    )
    for case, body in rows:
        found[case].append(wire.Report.model_validate_json(body).text)
    return dict(found)


def alike_of(reader: Reader, case: str) -> set[str]:
    """Return the cases that are proposed as the same as one."""
    return set(reader.connection.scalars(select(likes.c.other).where(likes.c.one == case)))


def mark_alike(tx: Tx, one: str, other: str, *, alike: bool) -> None:
    """Keep that two cases may be the same, or that they are not."""
    pairs = [{"one": one, "other": other}, {"one": other, "other": one}]
    if alike:
        tx.connection.execute(likes.insert(), pairs)
        return
    for pair in pairs:
        tx.connection.execute(delete(likes).where(*(likes.c[k] == v for k, v in pair.items())))


# --- reports with their cases ------------------------------------------------------------


def reports_with_cases(
    reader: Reader, source: str, start: datetime, end: datetime
) -> Iterator[tuple[wire.Report, wire.CaseRow]]:
    """Yield the reports of a source and time with the cases they stand in, newest first."""
    entities, reports = tables.entities, tables.reports
    query = (
        select(reports.c.body, entities.c.body)
        .join(entities, and_(entities.c.kind == "case", entities.c.id == reports.c.case))
        .where(reports.c.source == source, reports.c.at >= start, reports.c.at <= end)
        .order_by(reports.c.at.desc(), reports.c.id)
    )
    for report, case in reader.connection.execute(query, execution_options={"yield_per": 200}):
        yield wire.Report.model_validate_json(report), wire.CaseRow.model_validate_json(case)


# --- who brought how much --------------------------------------------------------------


def count_in(tx: Tx, report: wire.Report, party: str, *, joined: bool) -> None:
    """Keep who brought a report."""
    row = {"report": report.id, "at": tx.now, "source": report.source, "party": party[:PARTY]}
    tx.connection.execute(brought.insert().values(row | {"joined": int(joined)}))


def stats(reader: Reader, start: datetime, end: datetime) -> wire.IntakeStats:
    """Return how much each party brought, and how much of that has come to an end."""
    entities, reports = tables.entities, tables.reports
    rows = reader.connection.execute(
        select(
            brought.c.source,
            brought.c.party,
            func.count().label("reports"),
            func.sum(brought.c.joined).label("joined"),
            func.count(entities.c.rested).label("over"),
        )
        .join(reports, reports.c.id == brought.c.report)
        .join(entities, and_(entities.c.kind == "case", entities.c.id == reports.c.case))
        .where(brought.c.at >= start, brought.c.at < end)
        .group_by(brought.c.source, brought.c.party)
        .order_by(brought.c.source, brought.c.party)
    )
    parties = [
        wire.Party(
            source=row.source,
            name=row.party,
            reports=row.reports,
            joined=row.joined,
            over=row.over,
        )
        for row in rows
    ]
    return wire.IntakeStats(start=start, end=end, parties=parties)
