"""Spoken warnings: filling the words, keeping the fact, the frames before and after."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Literal

from console import wire
from console.domain.case import Action, Role
from console.domain.nearest import nearest
from console.domain.permit import Deed
from console.domain.warning import fill
from console.hub.auth import permit
from console.hub.commands import Handler, Order
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.scope import thing_of
from console.hub.voice_link import begin, lease

if TYPE_CHECKING:
    from datetime import datetime

    from console.hub.context import Hub
    from console.hub.store import Tx

log = logging.getLogger(__name__)

MAX_TEXT = 500
NO_UNDO = "Spoken words cannot be taken back."

SPEAKING = frozenset({Role.SPEAKER, Role.DISPATCHER, Role.SHIFT_LEADER, Role.LEADER})


def words(
    hub: Hub,
    template: wire.Template,
    speaker: wire.Speaker,
    case: wire.CaseRow | None,
    now: datetime,
) -> str:
    """Return a template as it is spoken at a speaker, for a case where there is one."""
    id_ = (case.street if case else None) or speaker.street
    known = hub.live.streets.get(id_)
    street = known.name if known else id_
    place = case.place if case else ""
    return fill(template.text, street=street, place=place, town=hub.register.town, now=now)


def case_of(tx: Tx, id_: str | None) -> wire.CaseRow | None:
    """Return the case a call is for; raise :class:`Refused` for one that is not there."""
    if not id_:
        return None
    row = tx.get(wire.CaseRow, id_)
    if row is None:
        raise Refused("unknown_case", id_, status=404, field="case")
    return row


def start(
    hub: Hub,
    tx: Tx,
    officer: wire.Officer,
    speaker: wire.Speaker,
    case: wire.CaseRow | None,
    kind: Literal["warning", "talk"],
    text: str = "",
    template: str = "",
) -> wire.Call:
    """Put the call, the fact of the case, and have the frames taken after the commit."""
    if not hub.voice.ready:
        raise Refused("voice_away", "the voice process is being started", status=503)
    call = begin(tx, speaker, officer, case.id if case else None, kind, text)
    if case:
        data = {"call": call.id, "speaker": speaker.id, "name": speaker.name, "kind": kind}
        data |= {"template": template} if template else {}
        step(hub, tx, case, Action.WARN, officer, note=text, data=data, warnings=case.warnings + 1)
    tx.after(lambda: frames(hub, call, _camera_for(hub, case, speaker)))
    return call


def _camera_for(hub: Hub, case: wire.CaseRow | None, speaker: wire.Speaker) -> str | None:
    """Return the camera proposed for the case, which is kept warm, else the nearest."""
    cameras = hub.live.cameras
    if case and case.proposal and case.proposal.camera in cameras:
        return case.proposal.camera
    at = case.at if case else speaker.at
    placed = [(camera.id, camera.at.lat, camera.at.lon) for camera in cameras.values()]
    found = nearest(at.lat, at.lon, placed)
    return found[1] if found else None


async def frames(hub: Hub, call: wire.Call, camera: str | None) -> None:
    """Keep a frame now, and one later: what the warning changed."""
    if camera is None:
        return
    later = asyncio.sleep(hub.settings.look_again)
    await asyncio.gather(_frame(hub, call, camera, "before"), later)
    await _frame(hub, call, camera, "after")


async def _frame(hub: Hub, call: wire.Call, camera: str, role: Literal["before", "after"]) -> None:
    try:
        media = await hub.stills.grab(camera, role, call.case)
    except Refused as refused:
        log.warning("no frame %s call %s: %s", role, call.id, refused)
        return

    def write(tx: Tx) -> None:
        now = tx.get(wire.Call, call.id)
        if now is not None:
            tx.put("call", now.model_copy(update={role: media}))

    await hub.store.write(write)


def _argument(order: Order, name: str) -> str:
    value: Any = order.command.args.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Refused("bad_argument", f"{name} is no text of a sane length", field=name)
    return value.strip()


def _warn(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    speaker_id = _argument(order, "speaker")
    case = case_of(tx, _argument(order, "case") or order.command.target)
    speaker = lease(tx, speaker_id)
    permit(order.officer, Deed.ACT, thing_of(hub.live, speaker))
    text, template_id = _argument(order, "text"), _argument(order, "template")
    if template_id:
        template = tx.get(wire.Template, template_id)
        if template is None:
            raise Refused("unknown_template", template_id, status=404, field="template")
        text = words(hub, template, speaker, case, tx.now)
    if not text:
        raise Refused("argument_missing", "neither template nor text", field="text")
    # Sent before the frames are asked for: nothing may stand in the way of the sound.
    calls: list[wire.Call] = []
    tx.after(lambda: _open(hub, calls[0], text))
    calls.append(start(hub, tx, order.officer, speaker, case, "warning", text, template_id))
    data = {"call": calls[0].id, "text": text, "speaker": speaker.id}
    return wire.CommandResult(
        seq=tx.seq, target=case.id if case else speaker.id, no_undo=NO_UNDO, data=data
    )


async def _open(hub: Hub, call: wire.Call, text: str) -> None:
    hub.voice.open("warn", call, text=text, repeat=hub.settings.speech_repeat)


def _silence(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    speaker = _argument(order, "speaker")
    calls = [
        call.id for call in tx.all(wire.Call).values() if not speaker or call.speaker == speaker
    ]
    tx.after(lambda: _hush(hub, calls))
    return wire.CommandResult(
        seq=tx.seq, target=speaker or None, no_undo=NO_UNDO, data={"calls": calls}
    )


async def _hush(hub: Hub, calls: list[str]) -> None:
    for call in calls:
        hub.voice.send({"do": "silence", "call": call})


HANDLERS: dict[str, Handler] = {
    "voice.warn": Handler(_warn, SPEAKING),
    "voice.silence": Handler(_silence, SPEAKING),
}
