"""Everything at one number of the log, and the base map."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import groupby

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from console import wire
from console.hub.auth import HubHere, Seeing
from console.hub.refusal import Refused
from console.hub.scope import seen_texts
from console.hub.store import Reader

router = APIRouter(tags=["seat"])


@router.get("/api/snapshot", response_model=wire.Snapshot)
async def snapshot(hub: HubHere, officer: Seeing) -> Response:
    """Return every entity the officer may see, put together from the stored JSON."""
    now = hub.now()
    since = now - timedelta(hours=hub.settings.rested_hours)

    def read(reader: Reader) -> tuple[int, list[tuple[str, str]]]:
        return reader.log_span()[1], reader.bodies(wire.KINDS, since)

    seq, bodies = await hub.store.read(read)
    lists = dict.fromkeys(wire.KINDS, "")
    for kind, rows in groupby(bodies, key=lambda row: row[0]):
        lists[kind] = ",".join(seen_texts(hub.live, officer, kind, [body for _, body in rows]))
    entities = ",".join(f'"{kind}":[{rows}]' for kind, rows in lists.items())
    head = {
        "version": wire.API_VERSION,
        "seq": seq,
        "at": now.isoformat(),
        "town": hub.register.town,
        "officer": officer.model_dump(),
    }
    text = f'{json.dumps(head)[:-1]},"entities":{{{entities}}}}}'
    return Response(text, media_type="application/json")


@router.get(
    "/api/basemap",
    response_class=FileResponse,
    responses={200: {"content": {"application/geo+json": {}}}},
)
async def basemap(hub: HubHere, officer: Seeing) -> FileResponse:
    """Return the town's base map as GeoJSON."""
    path = hub.settings.data / "basemap.geojson"
    if not path.is_file():
        raise Refused("no_basemap", "no base map was imported", status=404)
    return FileResponse(path, media_type="application/geo+json")
