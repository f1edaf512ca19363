"""A case in full, and the files kept with it."""

from __future__ import annotations

import re

from fastapi import APIRouter, Response

from console import wire
from console.domain.permit import Deed
from console.hub.auth import HubHere, Seeing
from console.hub.refusal import Refused
from console.hub.rules import clocks
from console.hub.rules.case_facts import classed_in, lineage
from console.hub.rules.duplicates import similar_to
from console.hub.scope import check_case, check_media
from console.hub.store import Reader

_TYPE = re.compile(r"(image|audio|video)/[a-z0-9.+-]{1,40}")

router = APIRouter(tags=["seat"])


@router.get("/api/cases/{case_id}")
async def case(hub: HubHere, officer: Seeing, case_id: str) -> wire.CaseDetail:
    """Return a case with its history, reports, files and calls; what merged into it included."""

    def read(reader: Reader) -> wire.CaseDetail:
        row = reader.get(wire.CaseRow, case_id)
        if row is None:
            raise Refused("unknown_case", case_id, status=404)
        check_case(officer, Deed.SEE, row, reader)
        history = reader.history(case_id)
        bound = lineage(reader, row)
        cases = [case_id, *bound.merged]
        return wire.CaseDetail(
            row=row,
            history=history,
            reports=[report for id_ in cases for report in reader.reports_of(id_)],
            media=[media for id_ in cases for media in reader.media_of(id_)],
            calls=reader.calls_of(case_id),
            clocks=clocks.detailed(hub, reader, row),
            similar=similar_to(reader, row, hub.live.cases.values()),
            classed=classed_in(history),
            merged=bound.merged,
            children=bound.children,
        )

    return await hub.store.read(read)


@router.get(
    "/api/media/{media_id}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
async def media(hub: HubHere, officer: Seeing, media_id: str) -> Response:
    """Return the bytes of a file; who looked is kept in the audit chain."""

    def find(reader: Reader) -> wire.Media:
        entry = reader.get_media(media_id)
        if entry is None:
            raise Refused("unknown_media", media_id, status=404)
        check_media(officer, Deed.SEE, entry, reader)
        return entry

    entry = await hub.store.read(find)
    data = await hub.media.read(entry)
    await hub.store.write(
        lambda tx: tx.audit(officer.id, "media.view", media_id, {"case": entry.case})
    )
    type_ = entry.type if _TYPE.fullmatch(entry.type) else "application/octet-stream"
    headers = {"X-Content-SHA256": entry.sha256, "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=type_, headers=headers)
