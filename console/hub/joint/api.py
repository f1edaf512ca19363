"""Asking for what is counted in joint work."""

from __future__ import annotations

from fastapi import APIRouter, Request

from console import wire
from console.hub.auth import HubHere, Seeing
from console.hub.intake import photos
from console.hub.intake.web import BYTES, body_of
from console.hub.joint.arguments import FIELD
from console.hub.refusal import Refused
from console.hub.scope import sees
from console.hub.store import Reader, joint

router = APIRouter(prefix="/api/joint", tags=["seat"])


@router.post("/photos", status_code=201, openapi_extra=body_of(BYTES))
async def photo(hub: HubHere, officer: Seeing, request: Request) -> wire.Media:
    """Take a photo for a campaign or an answer: its bytes are the whole body."""
    if FIELD.isdisjoint(officer.roles):
        raise Refused("forbidden", "joint.photo", status=403)
    taken = await photos.take(hub, await request.body(), "joint", officer.id)
    await hub.store.write(lambda tx: tx.media(taken.media))
    return taken.media


@router.post("/entries")
async def entries(hub: HubHere, officer: Seeing, query: wire.JointQuery) -> wire.CampaignEntries:
    """Return what a campaign did, newest first."""
    return await hub.store.read(lambda reader: joint.entries_of(reader, query))


@router.post("/cases")
async def cases(hub: HubHere, officer: Seeing, query: wire.JointQuery) -> wire.RoundCases:
    """Return the cases of a round that the officer may see, closed ones too."""

    def read(reader: Reader) -> wire.RoundCases:
        body = reader.get(wire.Round, query.of)
        if body is None:
            raise Refused("unknown_target", query.of, status=404, field="of")
        rows = (reader.get(wire.CaseRow, id_) for id_ in body.cases)
        return wire.RoundCases(
            cases=[row for row in rows if row is not None and sees(hub.live, officer, row)]
        )

    return await hub.store.read(read)


@router.post("/persuasions")
async def persuasions(hub: HubHere, officer: Seeing, query: wire.JointQuery) -> wire.Persuasions:
    """Return the persuasions of a time, newest first."""
    found = await hub.store.read(
        lambda reader: joint.records_of(reader, "persuasion", wire.Persuasion, query)
    )
    return wire.Persuasions(persuasions=found)


@router.post("/mediations")
async def mediations(hub: HubHere, officer: Seeing, query: wire.JointQuery) -> wire.Mediations:
    """Return the mediations of a time, newest first."""
    found = await hub.store.read(
        lambda reader: joint.records_of(reader, "mediation", wire.Mediation, query)
    )
    return wire.Mediations(mediations=found)


@router.post("/totals")
async def totals(hub: HubHere, officer: Seeing, query: wire.JointQuery) -> wire.JointTotals:
    """Return how many persuasions and mediations each month, kind and district brought."""
    return await hub.store.read(lambda reader: joint.totals(reader, query))
