"""The collectors' door: what they are asked to verify or check, and what they found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from console import wire
from console.domain import flow
from console.domain.case import Action, Role, State
from console.domain.permit import Deed, may
from console.hub.auth import HubHere
from console.hub.intake import photos
from console.hub.intake.clients import client
from console.hub.intake.desk import keep_photo
from console.hub.intake.web import PARTS, body_of, form_of, key_of, refusals
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.scope import case_thing
from console.hub.store import Reader, Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "collector"
MAX_TEXT = 2000
MOST = 200
"""Tasks that one collector is shown."""

ASKED = {State.VERIFYING: Action.CONFIRM, State.HANDLED: Action.CHECK}
"""State in which somebody is to look -> what it is when he found it so."""

router = APIRouter(prefix="/collector/v1", tags=["doors"])


async def _collector(hub: Hub, request: Request, key: str | None = None) -> wire.Officer:
    """Return whose personal token this is."""
    who = await client(hub, key or key_of(request))
    if who.officer is None:
        raise Refused("forbidden", "the key is no collector's", status=403, field="api_key")
    return who.officer


@router.get("/tasks")
async def tasks(request: Request, hub: HubHere) -> dict[str, list[dict[str, Any]]]:
    """List what a collector is to look at: cases to verify before filing, to check afterwards."""
    with refusals(hub, DOOR):
        officer = await _collector(hub, request)
        found = await hub.store.read(lambda reader: list(_tasks(hub, reader, officer)))
    return {"tasks": found}


def _tasks(hub: Hub, reader: Reader, officer: wire.Officer) -> Iterator[dict[str, Any]]:
    shown = 0
    for row in sorted(hub.live.cases.values(), key=lambda row: row.stage_due or row.due):
        if State(row.state) not in ASKED or not _for(reader, officer, row):
            continue
        yield {
            "case": row.id,
            "task": "verify" if row.state == State.VERIFYING else "check",
            "code": row.code,
            "name": row.name,
            "place": row.place,
            "lat": row.at.lat,
            "lon": row.at.lon,
            "due": (row.stage_due or row.due).isoformat(),
            "text": next((report.text for report in reader.reports_of(row.id)), ""),
        }
        shown += 1
        if shown == MOST:
            return


def _for(reader: Reader, officer: wire.Officer, row: wire.CaseRow) -> bool:
    """Tell whether a case is for this collector: in his districts, found by somebody else."""
    if not may(officer, Deed.ACT, case_thing(row)):
        return False
    return all(report.data.get("by") != officer.id for report in reader.reports_of(row.id))


@router.post(
    "/tasks/{case}",
    openapi_extra=body_of(PARTS, fields=("api_key", "found", "text"), files=("photo",)),
)
async def result(case: str, request: Request, hub: HubHere) -> dict[str, str]:
    """Take what a collector found: ``found`` yes or no, words, and the photo that shows it."""
    with refusals(hub, DOOR):
        fields, files = await form_of(request)
        officer = await _collector(hub, request, fields.get("api_key"))
        found, text = fields.get("found", ""), fields.get("text", "").strip()
        if found not in ("yes", "no"):
            raise Refused("bad_value", "yes or no", field="found")
        if len(text) > MAX_TEXT:
            raise Refused("too_long", f"over {MAX_TEXT}", field="text")
        data = files.get("photo", b"")
        if not data:
            raise Refused("missing", "a photo of it", field="photo")
        photo = await photos.take(hub, data, "after", officer.id)
        state = await hub.store.write(
            lambda tx: _found(hub, tx, case, officer, found == "yes", text, photo)
        )
    hub.doors[DOOR].taken += 1
    return {"case": case, "state": state}


def _found(
    hub: Hub,
    tx: Tx,
    case: str,
    officer: wire.Officer,
    so: bool,
    text: str,
    photo: photos.Photo,
) -> str:
    """Take the step where it is so and the table lets him; else it is a note for the desk."""
    row = tx.get(wire.CaseRow, case)
    if row is None or not may(officer, Deed.ACT, case_thing(row)):
        raise Refused("unknown_case", case, status=404, field="case")
    said = hashlib.sha256(f"{so}{text}\0{photo.media.sha256}".encode()).hexdigest()
    data = {"found": so, "digest": said}
    if any(data.items() <= fact.data.items() for fact in tx.history(case)):
        return row.state
    if State(row.state) not in ASKED:
        raise Refused("illegal_step", f"nothing to look at in {row.state}", status=409)
    if not _for(tx, officer, row):
        raise Refused("guard_collector", "who found a case does not look again", status=403)
    action = ASKED[State(row.state)]
    if not so or flow.rule(State(row.state), action, map(Role, officer.roles)) is None:
        action = Action.NOTE
    keep_photo(tx, photo, "", case)
    media = [photo.media.id]
    return step(hub, tx, row, action, officer, note=text, media=media, data=data).state
