"""Accounts and sessions as they are kept; tokens and passwords only as what tells them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from console import wire
from console.hub.store import tables
from console.hub.store.read import Reader
from console.hub.store.tx import Tx
from console.hub.store.upsert import upsert

_LISTS = ("roles", "districts", "departments")


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as it is kept: ``digest`` is of its token."""

    digest: str
    account: str
    peer: str
    opened: datetime
    expires: datetime


def _fields(row: Row[Any]) -> dict[str, Any]:
    lists = {name: json.loads(getattr(row, name)) for name in _LISTS}
    return {"id": row.id, "name": row.name} | lists


def accounts(reader: Reader) -> list[wire.AccountRow]:
    """Return every account, by id."""
    rows = reader.connection.execute(select(tables.accounts).order_by(tables.accounts.c.id))
    return [wire.AccountRow(**_fields(row), disabled=bool(row.disabled)) for row in rows]


def account(reader: Reader, id_: str) -> tuple[wire.AccountRow, str] | None:
    """Return (account, password hash), switched off or not."""
    table = tables.accounts
    row = reader.connection.execute(select(table).where(table.c.id == id_)).first()
    if row is None:
        return None
    return wire.AccountRow(**_fields(row), disabled=bool(row.disabled)), str(row.password)


def put_account(tx: Tx, given: wire.AccountRow, password: str) -> None:
    """Keep an account; ``password`` is an argon2 hash."""
    row: dict[str, Any] = {name: json.dumps(getattr(given, name)) for name in _LISTS}
    row |= {"id": given.id, "name": given.name, "password": password}
    upsert(tx.connection, tables.accounts, [row | {"disabled": int(given.disabled)}])


def session(reader: Reader, digest: str, now: datetime) -> tuple[wire.Officer, datetime] | None:
    """Return (whose session, its end) unless it ran out or the account is off."""
    kept, owner = tables.sessions, tables.accounts
    row = reader.connection.execute(
        select(owner, kept.c.expires)
        .join(kept, kept.c.account == owner.c.id)
        .where(kept.c.digest == digest, kept.c.expires > now, owner.c.disabled == 0)
    ).first()
    return None if row is None else (wire.Officer(**_fields(row)), row.expires)


def sessions(reader: Reader, now: datetime) -> list[Kept]:
    """Return the sessions that have not run out, the newest first."""
    table = tables.sessions
    rows = reader.connection.execute(
        select(table).where(table.c.expires > now).order_by(table.c.opened.desc(), table.c.digest)
    )
    return [Kept(r.digest, r.account, r.peer, r.opened, r.expires) for r in rows]


def open_session(tx: Tx, digest: str, account_id: str, peer: str, expires: datetime) -> None:
    """Keep a session by the digest of its token."""
    tx.connection.execute(
        tables.sessions.insert().values(
            digest=digest, account=account_id, peer=peer[:64], opened=tx.now, expires=expires
        )
    )


def end_sessions(tx: Tx, digests: Iterable[str]) -> None:
    """Forget sessions."""
    table = tables.sessions
    tx.connection.execute(delete(table).where(table.c.digest.in_(list(digests))))


def sessions_of(reader: Reader, account_id: str) -> list[str]:
    """Return the digests of an account's sessions, run out ones too."""
    table = tables.sessions
    return list(
        reader.connection.scalars(select(table.c.digest).where(table.c.account == account_id))
    )


def name_of(reader: Reader, id_: str) -> str:
    """Return what somebody is called: an account's or a unit's name, else the id itself."""
    name = reader.connection.scalar(
        select(tables.accounts.c.name).where(tables.accounts.c.id == id_)
    )
    if name is not None:
        return str(name)
    unit = reader.get(wire.Unit, id_)
    return unit.name if unit else id_
