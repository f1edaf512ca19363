"""The door of officers' handsets: tasks out, acceptance and feedback in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request

from console import wire
from console.domain.case import Action, Role, State
from console.hub.auth import HubHere
from console.hub.intake import photos
from console.hub.intake.tasks import task_of
from console.hub.intake.web import FORM, PARTS, body_of, form_of, keyed, refusals
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.store import Tx
from console.protocols import fieldapp

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "fieldapp"
PROTOCOLS = ("jt808", "osmand", "owntracks")

router = APIRouter(prefix="/field/v1", tags=["doors"], dependencies=[Depends(keyed)])


@router.get("/tasks")
async def tasks(terminal: str, hub: HubHere) -> dict[str, Any]:
    """List the open tasks of whoever carries a terminal."""
    with refusals(hub, DOOR):
        found = task_of(hub, _unit(hub, terminal))
    return fieldapp.tasks([found] if found else [])


@router.post("/tasks/{case}/accept", openapi_extra=body_of(FORM, fields=("terminal",)))
async def accept(case: str, request: Request, hub: HubHere) -> dict[str, str]:
    """Take note that the officer goes. Saying so twice is saying it once."""
    with refusals(hub, DOOR):
        fields, _ = await form_of(request)
        unit = _unit(hub, fields.get("terminal", ""))
        state = await hub.store.write(lambda tx: _accept(tx, case, unit))
    hub.doors[DOOR].taken += 1
    return {"case": case, "state": state}


@router.post(
    "/tasks/{case}/feedback",
    openapi_extra=body_of(PARTS, fields=("terminal", "text"), files=("photo",)),
)
async def feedback(case: str, request: Request, hub: HubHere) -> dict[str, str]:
    """Take what the officer did, with a photo; the case is handled then."""
    with refusals(hub, DOOR):
        fields, files = await form_of(request)
        said = fieldapp.feedback(fields)
        unit = _unit(hub, said.terminal)
        data = files.get("photo", b"")
        if not data and not said.text:
            raise Refused("feedback_empty", "neither text nor photo", field="text")
        photo = (await photos.take(hub, data, "feedback", unit.id)).media if data else None
        state = await hub.store.write(lambda tx: _feedback(hub, tx, case, unit, said.text, photo))
    hub.doors[DOOR].taken += 1
    return {"case": case, "state": state}


def _unit(hub: Hub, terminal: str) -> wire.Unit:
    for protocol in PROTOCOLS:
        unit = hub.live.units.get(hub.register.unit_of(protocol, terminal) or "")
        if unit is not None:
            return unit
    raise Refused("unknown_terminal", terminal, status=404, field="terminal")


def _mine(tx: Tx, case: str, unit: wire.Unit) -> wire.CaseRow:
    """Return a case that was given to a unit; 404 for another's, as if there were none."""
    row = tx.get(wire.CaseRow, case)
    if row is None or row.unit != unit.id:
        raise Refused("unknown_case", case, status=404, field="case")
    return row


def _as_officer(unit: wire.Unit) -> wire.Officer:
    """What he handles is his; more he need not see."""
    return wire.Officer(id=unit.id, name=unit.name, roles=[Role.HANDLER])


def _accept(tx: Tx, case: str, unit: wire.Unit) -> str:
    row = _mine(tx, case, unit)
    sent = [fact.seq for fact in tx.history(case) if fact.action == Action.DISPATCH]
    data = {"accepted": sent[-1] if sent else 0, "unit": unit.id}
    if row.state == State.DISPATCHED and not any(
        data.items() <= fact.data.items() for fact in tx.history(case)
    ):
        # The row stays as it is: taking the dispatch back must still fit it.
        tx.fact(case, Action.NOTE, unit.id, Role.HANDLER, row.state, "accepted", data=data)
    return row.state


def _feedback(
    hub: Hub, tx: Tx, case: str, unit: wire.Unit, text: str, photo: wire.Media | None
) -> str:
    row = _mine(tx, case, unit)
    said = hashlib.sha256(f"{text}\0{photo.sha256 if photo else ''}".encode()).hexdigest()
    data = {"unit": unit.id, "digest": said}
    if row.state == State.HANDLED and any(
        data.items() <= fact.data.items() for fact in tx.history(case)
    ):
        return row.state
    if photo is not None:
        tx.media(photo.model_copy(update={"case": case}))
    media = [photo.id] if photo else []
    officer = _as_officer(unit)
    row = step(hub, tx, row, Action.FEEDBACK, officer, note=text, media=media, data=data)
    return row.state
