"""The queue: pages, facets, a month's figures."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response

from console import wire
from console.hub.asking import month, page_of, question
from console.hub.auth import HubHere, Seeing
from console.hub.store import QueueReader, Reader

router = APIRouter(tags=["seat"])


@router.post("/api/queue", response_model=wire.QueuePage)
async def page(hub: HubHere, officer: Seeing, query: wire.QueueQuery) -> Response:
    """Return a page of the cases an officer may see, put together from the stored JSON."""
    asked = page_of(hub, officer, query)

    def read(reader: Reader) -> str:
        found = QueueReader(reader, hub.store.shelf, asked).page(
            query.sort, query.offset, query.limit, query.around
        )
        total = "null" if found.total is None else str(found.total)
        rows = ",".join(found.bodies)
        return f'{{"offset":{found.offset},"rows":[{rows}],"total":{total},"seq":{found.seq}}}'

    return Response(await hub.store.read(read), media_type="application/json")


@router.post("/api/queue/facets")
async def facets(hub: HubHere, officer: Seeing, wanted: wire.CaseFilter) -> wire.Facets:
    """Return the commonest values among the cases of a filter, and how many these are."""
    asked = question(hub, officer, wanted)
    return await hub.store.count(lambda r: QueueReader(r, hub.store.shelf, asked).facets())


@router.get("/api/report")
async def report(hub: HubHere, officer: Seeing, start: datetime, end: datetime) -> wire.MonthReport:
    """Return what became of the cases that were opened from ``start`` to ``end``."""
    return await month(hub, officer, start, end)
