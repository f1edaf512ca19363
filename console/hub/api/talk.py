"""Live talk to one loudspeaker, and the preparing of warnings."""

from __future__ import annotations

import asyncio
import contextlib

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError
from starlette.responses import JSONResponse

from console import wire
from console.domain.permit import Deed, Kind
from console.hub.auth import HubHere, Seeing, hub_of, identify, permit
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules.warn import case_of, start, words
from console.hub.scope import check_case, thing_of
from console.hub.store import Tx
from console.hub.voice_link import lease

router = APIRouter(tags=["voice"])

FRAME = 640
"""Bytes of 20 ms: s16le, 16 kHz, mono."""
PATIENCE = 3.0
"""Seconds a seat has for saying what it wants."""
REFUSED = 4000
"""WebSocket close code after a :class:`wire.TalkState` that says why."""

_STATES: dict[str, str] = {
    "asked": "opening",
    "opening": "opening",
    "speaking": "talking",
    "done": "closed",
    "failed": "failed",
}


@router.post("/api/voice/prepare")
async def prepare(hub: HubHere, officer: Seeing, asked: wire.Prepare) -> wire.Prepared:
    """Return a template's words for a speaker and a case, and have them rendered in advance."""
    permit(officer, Deed.ACT, Kind.SPEAKER)
    speaker = hub.live.speakers.get(asked.speaker)
    template = hub.live.templates.get(asked.template)
    if speaker is None:
        raise Refused("unknown_speaker", asked.speaker, status=404, field="speaker")
    if template is None:
        raise Refused("unknown_template", asked.template, status=404, field="template")
    permit(officer, Deed.ACT, thing_of(hub.live, speaker))
    case = hub.live.cases.get(asked.case) if asked.case else None
    text = words(hub, template, speaker, case, hub.now())
    hub.voice.send({"do": "prepare", "text": text})
    return wire.Prepared(text=text)


@router.websocket("/api/talk")
async def talk(socket: WebSocket) -> None:
    """Carry a seat's voice to a speaker; however the socket ends, the speaker is closed."""
    hub = hub_of(socket)
    try:
        officer = await identify(hub, socket)
        permit(officer, Deed.ACT, Kind.SPEAKER)
    except Refused as refused:
        body = refused.problem.model_dump()
        await socket.send_denial_response(JSONResponse(body, status_code=refused.status))
        return
    await socket.accept()
    try:
        async with asyncio.timeout(PATIENCE):
            opening = wire.TalkOpen.model_validate_json(await socket.receive_text())
        call = await _begin(hub, officer, opening)
    except Refused as refused:
        problem = refused.problem
        await _refuse(socket, f"{problem.code}: {problem.detail}")
    except (ValidationError, KeyError):
        await _refuse(socket, "bad_input")
    except (TimeoutError, WebSocketDisconnect, RuntimeError):
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await socket.close(REFUSED)
    else:
        await _carry(hub, socket, call)


async def _refuse(socket: WebSocket, why: str) -> None:
    state = wire.TalkState(call="", state="failed", why=why)
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_text(state.model_dump_json())
        await socket.close(REFUSED)


async def _begin(hub: Hub, officer: wire.Officer, opening: wire.TalkOpen) -> wire.Call:
    def write(tx: Tx) -> wire.Call:
        case = case_of(tx, opening.case)
        if case is not None:
            check_case(officer, Deed.ACT, case, tx)
        speaker = lease(tx, opening.speaker)
        permit(officer, Deed.ACT, thing_of(hub.live, speaker))
        call = start(hub, tx, officer, speaker, case, "talk")
        tx.audit(officer.id, "voice.talk", speaker.id, {"call": call.id, "case": opening.case})
        return call

    return await hub.store.write(write)


async def _carry(hub: Hub, socket: WebSocket, call: wire.Call) -> None:
    states: asyncio.Queue[wire.Call] = asyncio.Queue()
    hub.voice.watch(call.id, states.put_nowait)
    hub.voice.open("talk", call)
    telling = asyncio.create_task(_tell(socket, states))
    hearing = asyncio.create_task(_hear(hub, socket, call.id))
    try:
        await asyncio.wait({telling, hearing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.voice.send({"do": "end", "call": call.id})
        hub.voice.unwatch(call.id)
        for task in (telling, hearing):
            task.cancel()
        await asyncio.gather(telling, hearing, return_exceptions=True)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await socket.close()


async def _tell(socket: WebSocket, states: asyncio.Queue[wire.Call]) -> None:
    """Pass the call's states on until it is over."""
    said = ""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while said not in ("closed", "failed"):
            call = await states.get()
            if _STATES[call.state] != said:
                said = _STATES[call.state]
                told = {"call": call.id, "state": said, "why": call.why}
                await socket.send_text(wire.TalkState.model_validate(told).model_dump_json())


async def _hear(hub: Hub, socket: WebSocket, call_id: str) -> None:
    """Pass frames on until the seat goes or sends what is no frame."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
        while len(frame := await socket.receive_bytes()) == FRAME:
            hub.voice.send({"do": "audio", "call": call_id}, frame)
