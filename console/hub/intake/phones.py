"""The doors of phones and trackers: OsmAnd queries and OwnTracks messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from console.hub.auth import HubHere
from console.hub.intake.web import FORM, JSON, body_of, form_of, json_of, keyed, peer_of, refusals
from console.hub.refusal import Refused
from console.protocols import osmand, owntracks
from console.protocols.fix import Fix
from console.wire import Position

if TYPE_CHECKING:
    from console.hub.context import Hub

router = APIRouter(prefix="/intake", tags=["doors"], dependencies=[Depends(keyed)])


@router.get("/osmand")
@router.post("/osmand", openapi_extra=body_of(FORM, fields=("id", "lat", "lon", "timestamp")))
async def take_osmand(request: Request, hub: HubHere) -> Response:
    """Take a fix as an OsmAnd query or form."""
    with refusals(hub, "osmand"):
        fields, _ = await form_of(request)
        place(hub, "osmand", osmand.decode(fields), peer_of(request))
    return Response()


@router.post("/owntracks", openapi_extra=body_of(JSON))
async def take_owntracks(request: Request, hub: HubHere) -> Response:
    """Take an OwnTracks message; the answer is the list of commands for the phone: none."""
    query, headers = request.query_params, request.headers
    user = headers.get("x-limit-u") or query.get("u") or ""
    device = headers.get("x-limit-d") or query.get("d") or ""
    with refusals(hub, "owntracks"):
        message = await json_of(request)
        owntracks_message(hub, message, f"{user}/{device}".strip("/"), peer_of(request))
    return JSONResponse([])


def owntracks_message(hub: Hub, message: Any, terminal: str, peer: str) -> None:
    """Take one OwnTracks message that came by HTTP or MQTT."""
    fix = owntracks.decode(message, terminal)
    if fix is None:
        hub.doors["owntracks"].ignored += 1
    else:
        place(hub, "owntracks", fix, peer)


def place(hub: Hub, protocol: str, fix: Fix, peer: str) -> None:
    """Hand a fix on, or refuse a terminal that the register does not know.

    The client keeps what was refused and sends it again, so nothing is lost once the terminal is
    accepted. OwnTracks terminals may be registered as USER/DEVICE or by the device alone.
    """
    register = hub.register
    unit = register.unit_of(protocol, fix.terminal) or register.unit_of(
        protocol, fix.terminal.rpartition("/")[2]
    )
    if unit is None:
        hub.doors.quarantine.stranger(protocol, fix.terminal, peer)
        raise Refused("unknown_terminal", fix.terminal, status=404, field="id")
    now = hub.now()
    position = Position(
        unit=unit,
        lat=fix.lat,
        lon=fix.lon,
        speed=fix.speed,
        course=fix.course,
        at=fix.at or now,
    )
    hub.doors.tracks.take(hub.doors[protocol], position, now)
