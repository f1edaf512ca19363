"""Chat groups: what an officer copies out of one, each message a report, its pictures with it."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING

from fastapi import APIRouter

from console import wire
from console.domain.case import Source
from console.domain.permit import Deed, Kind
from console.hub.auth import HubHere, Seeing, permit
from console.hub.intake import handed, places
from console.hub.intake.desk import IncomingReport, guess_of
from console.hub.intake.handed import Row
from console.hub.intake.photos import Photo
from console.hub.intake.seat_reports import pictures
from console.hub.refusal import Refused
from console.hub.store import Reader
from console.hub.words import words
from console.protocols import chat
from console.protocols.chat import Said

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "chat"

router = APIRouter(prefix="/api/intake/chat", tags=["intake"])


@router.post("/read")
async def read(hub: HubHere, officer: Seeing, given: wire.ChatPaste) -> wire.Handed:
    """Tell how a paste is read, message by message, without keeping anything."""
    permit(officer, Deed.ACT, Kind.REPORT)
    return handed.shown(await hub.store.read(lambda reader: _rows(hub, reader, officer, given)))


@router.post("")
async def paste(hub: HubHere, officer: Seeing, given: wire.ChatPaste) -> wire.TakenRows:
    """Take the messages that are wanted; the same message of a group again is taken once.

    What cannot be placed is named in the answer, for the officer to say where it was.
    """
    permit(officer, Deed.ACT, Kind.REPORT)
    rows = await hub.store.read(lambda reader: _rows(hub, reader, officer, given))
    wanted = [row for row in rows if _wanted(given, row)]
    done = await handed.take_all(hub, DOOR, wanted)
    refused = [row.shown for row in wanted if row.shown.problem]
    if refused:
        hub.doors[DOOR].refuse(f"{given.group}: {len(refused)} without a place")
    return done.model_copy(update={"refused": refused})


def _wanted(given: wire.ChatPaste, row: Row) -> bool:
    return not row.shown.talk if given.take is None else row.shown.number in given.take


def _rows(hub: Hub, reader: Reader, officer: wire.Officer, given: wire.ChatPaste) -> list[Row]:
    """Read a paste; pictures go to the marks in their order, what is left to the last message."""
    messages = chat.read(given.text, hub.now())
    if not messages:
        raise Refused("empty", "no message in it", field="text")
    waiting = list(pictures(reader, given.media))
    rows = []
    for message in messages:
        last = message is messages[-1]
        count = len(waiting) if last else min(message.pictures, len(waiting))
        mine, waiting = waiting[:count], waiting[count:]
        rows.append(_row(hub, officer, given, message, tuple(mine)))
    return rows


def _row(
    hub: Hub,
    officer: wire.Officer,
    given: wire.ChatPaste,
    message: Said,
    photos: tuple[Photo, ...],
) -> Row:
    guess = guess_of(message.text)
    where = next(
        (spot for said in (message.text, given.place) if (spot := places.find(hub, said))), None
    )
    shown = wire.HandedRow(
        number=message.number,
        name=message.name,
        at=message.at.astimezone(UTC) if message.at else None,
        text=message.text,
        code=guess.code,
        where=wire.Point(lat=where[0], lon=where[1]) if where else None,
        pictures=len(photos),
        missing=max(0, message.pictures - len(photos)),
        talk=not guess.basis and not message.pictures and not photos,
        problem="" if where else "unknown_place",
        field="" if where else "place",
    )
    if where is None:
        return Row(shown)
    said = "\0".join((given.group, message.name, str(message.at or ""), message.text))
    looks = "\0".join(photo.media.sha256 for photo in photos)
    report = IncomingReport(
        door=DOOR,
        external=hashlib.sha256(f"{said}\0{looks}".encode()).hexdigest(),
        source=Source.CHAT,
        at=message.at or hub.now(),
        lat=where[0],
        lon=where[1],
        guess=guess,
        text=message.text or "图片",
        reporter=message.name,
        photos=photos,
        urgent=words().danger(message.text),
        party=given.group,
        data={"group": given.group, "taken_by": officer.id},
    )
    return Row(shown, report)
