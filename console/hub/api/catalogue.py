"""Bringing a city's own classes and filing rules in as a table."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Query, Request

from console.hub.auth import Administering, HubHere
from console.hub.catalogue.imports import What, read_table, take_table
from console.wire.catalogue import CatalogueImport

router = APIRouter(tags=["office"])

_BODY: dict[str, object] = {"requestBody": {"content": {"application/octet-stream": {}}}}


@router.post("/api/catalogue/import", openapi_extra=_BODY)
async def import_table(
    hub: HubHere,
    officer: Administering,
    request: Request,
    what: What,
    name: str = Query(min_length=5, max_length=120),
    preview: bool = False,
) -> CatalogueImport:
    """Take a CSV or XLSX table of classes or rules in whole, or look at what it would change.

    A table with a bad row is refused with all its problems in ``current``; nothing of it is kept.
    """
    data = await request.body()
    standard = f"{hub.register.town}地方目录"
    table = await asyncio.to_thread(read_table, what, data, name, standard)
    return await hub.store.write(lambda tx: take_table(tx, table, officer.id, preview=preview))
