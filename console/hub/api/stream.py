"""The one stream of a seat: the log from a number on, positions, health, presence, the beat."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError
from starlette.responses import JSONResponse

from console import wire
from console.domain.permit import Deed, Kind
from console.hub.auth import hub_of, identify, permit, session_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.scope import change_for
from console.hub.store import Reader
from console.hub.stream import CHUNK, Batch, Outbox, changes_message

router = APIRouter(tags=["seat"])

RECHECK = 30.0
"""Seconds between looks at whether the session still holds."""
TRY_AGAIN = 1013
"""WebSocket close code of a seat that was cut off: come back with your number."""
OVER = 4401
"""WebSocket close code of a seat whose session was ended."""


@router.websocket("/api/stream")
async def stream(socket: WebSocket) -> None:
    """Send the changes after ``?since=N`` and go on with what happens."""
    hub = hub_of(socket)
    try:
        officer = await identify(hub, socket)
        permit(officer, Deed.SEE, Kind.TOWN)
        since = _number(socket.query_params.get("since", "0"))
    except Refused as refused:
        body = refused.problem.model_dump()
        await socket.send_denial_response(JSONResponse(body, status_code=refused.status))
        return
    await socket.accept()
    outbox = hub.stream.join(officer, session_of(socket))
    hub.presence.join(outbox)
    sending = asyncio.create_task(_send(hub, socket, outbox, since, hub.stream.seq))
    hearing = asyncio.create_task(_hear(hub, socket, outbox))
    guarding = asyncio.create_task(_guard(hub, socket))
    tasks = {sending, hearing, guarding}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.stream.leave(outbox)
        hub.presence.leave(outbox)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Refused("bad_argument", "since is no number", field="since")
    return int(text)


async def _hear(hub: Hub, socket: WebSocket, outbox: Outbox) -> None:
    """Take what the seat says until it goes; what is no message of ours is passed over."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (received := await socket.receive())["type"] != "websocket.disconnect":
            with contextlib.suppress(ValidationError):
                said = wire.Looking.model_validate_json(received.get("text") or "")
                hub.presence.look(outbox, said.case)


async def _guard(hub: Hub, socket: WebSocket) -> None:
    """Return once the session is closed or has run out."""
    with contextlib.suppress(Refused):
        while True:
            await asyncio.sleep(RECHECK)
            permit(await identify(hub, socket), Deed.SEE, Kind.TOWN)


async def _send(hub: Hub, socket: WebSocket, outbox: Outbox, since: int, upto: int) -> None:
    patience = hub.settings.seat_patience
    try:
        if await _catch_up(hub, socket, outbox, since, upto):
            while outbox.open:
                for message in await outbox.take():
                    async with asyncio.timeout(patience):
                        await socket.send_text(message)
            await socket.close(OVER if outbox.ended else TRY_AGAIN)
        else:
            await socket.close()
    except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
        return


async def _catch_up(hub: Hub, socket: WebSocket, outbox: Outbox, since: int, upto: int) -> bool:
    """Send since < number <= upto; False where the log does not reach back so far.

    ``upto`` is the log's number at the moment the outbox was opened: what is newer
    waits there already.
    """
    patience = hub.settings.seat_patience
    oldest, newest = await hub.store.read(lambda reader: reader.log_span())
    if since > newest or since < oldest - 1:
        await socket.send_text(wire.Pruned(oldest=oldest).model_dump_json())
        return False
    while since < upto:
        read = partial(Reader.changes, after=since, upto=upto, limit=CHUNK)
        found = await hub.store.read(read)
        if not found or found[0][0] != since + 1:
            await socket.send_text(wire.Pruned(oldest=oldest).model_dump_json())
            return False
        async with asyncio.timeout(patience):
            await socket.send_text(changes_message(_seen(hub, outbox, found)))
        since = found[-1][0]
    async with asyncio.timeout(patience):
        if positions := hub.positions.all():
            await socket.send_text(Batch(positions).message())
        await socket.send_text(hub.health.read().model_dump_json())
    return True


def _seen(hub: Hub, outbox: Outbox, found: list[tuple[int, str]]) -> list[str]:
    """Return logged changes as the seat's officer may see them."""
    texts = [text for _, text in found]
    if outbox.everything:
        return texts
    changes = map(wire.Change.model_validate_json, texts)
    return [change_for(hub.live, outbox.officer, change) for change in changes]
