"""Who may bring reports: clients with a key of their own, collectors with a personal token."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import AwareDatetime

from console import wire
from console.domain.case import Role, Source
from console.hub.auth import Administering, HubHere, Seeing, same, token_digest
from console.hub.refusal import Refused
from console.hub.store import Tx, accounts
from console.hub.store.intake import (
    Client,
    all_keys,
    client_of,
    key_named,
    put_key,
    stats,
    switch_key,
)

if TYPE_CHECKING:
    from console.hub.context import Hub

BUREAU = Client("bureau", Source.CITIZEN)
"""Who holds the intake key itself."""

SOURCES = frozenset({Source.CITIZEN, Source.COLLECTOR, Source.HOTLINE, Source.PLATFORM})
"""What a client's reports may count as."""

MONTH, YEAR = timedelta(days=30), timedelta(days=366)

router = APIRouter(prefix="/api/intake", tags=["intake"])


async def client(hub: Hub, key: str | None) -> Client:
    """Return whose key this is; raise :class:`Refused` (403) for nobody's, as GeoReport says."""
    if not key:
        raise Refused("api_key", "missing", status=403, field="api_key")
    good = hub.secrets.intake_key
    if good and same(key, good):
        return BUREAU
    found = await hub.store.read(lambda reader: client_of(reader, token_digest(key)))
    if found is None:
        raise Refused("api_key", "wrong, or switched off", status=403, field="api_key")
    return found


@router.get("/keys")
async def keys(hub: HubHere, officer: Administering) -> list[wire.IntakeKey]:
    """List the clients that hold a key."""
    return await hub.store.read(all_keys)


@router.post("/keys", status_code=201)
async def make(hub: HubHere, officer: Administering, given: wire.IntakeKey) -> wire.NewKey:
    """Make a key for a new client, told only this once; or a collector's personal token."""
    if given.source not in SOURCES:
        raise Refused("unknown_source", given.source, field="source")
    if (given.account is not None) != (given.source == Source.COLLECTOR):
        raise Refused("bad_argument", "a collector's key names his account", field="account")
    key = secrets.token_urlsafe(32)

    def put(tx: Tx) -> None:
        if key_named(tx, given.name):
            raise Refused("key_exists", given.name, status=409, field="name")
        if given.account is not None:
            found = accounts.account(tx, given.account)
            if found is None or Role.COLLECTOR not in found[0].roles:
                raise Refused("unknown_account", given.account, status=404, field="account")
        put_key(tx, given, token_digest(key))
        detail = {"source": given.source, "account": given.account}
        tx.audit(officer.id, "intake_key.make", given.name, detail)

    await hub.store.write(put)
    return wire.NewKey(name=given.name, key=key)


@router.put("/keys/{name}", status_code=204)
async def switch(hub: HubHere, officer: Administering, name: str, given: wire.KeySwitch) -> None:
    """Switch a client's key off or on."""

    def put(tx: Tx) -> None:
        if not switch_key(tx, name, disabled=given.disabled):
            raise Refused("unknown_key", name, status=404, field="name")
        tx.audit(officer.id, "intake_key.switch", name, {"disabled": given.disabled})

    await hub.store.write(put)


@router.get("/stats")
async def counted(
    hub: HubHere,
    officer: Seeing,
    start: AwareDatetime | None = None,
    end: AwareDatetime | None = None,
) -> wire.IntakeStats:
    """Tell how much each party brought and how much of that is over; the last 30 days."""
    until = end or hub.now()
    if not 1970 <= until.year < 2200:
        raise Refused("bad_span", "no year of ours", field="end")
    since = start or until - MONTH
    if not timedelta(0) <= until - since <= YEAR:
        raise Refused("bad_span", "end is not within a year after start", field="end")
    return await hub.store.read(lambda reader: stats(reader, since, until))
