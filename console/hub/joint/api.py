"""Asking for what is counted in joint work."""

from __future__ import annotations

from fastapi import APIRouter

from console import wire
from console.hub.auth import HubHere, Seeing
from console.hub.refusal import Refused
from console.hub.scope import sees
from console.hub.store import Reader, joint

router = APIRouter(prefix="/api/joint", tags=["seat"])


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
