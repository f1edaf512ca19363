"""What officers report from their seats: seen on a camera's picture, or told on the telephone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from console import wire
from console.domain.case import Role, Source
from console.domain.classify import Guess
from console.domain.permit import Deed, Kind
from console.hub.auth import HubHere, Seeing, permit
from console.hub.commands import Handler, Order, undo_of
from console.hub.intake import photos, places
from console.hub.intake.desk import IncomingReport, guess_of, picture_came, take
from console.hub.intake.web import BYTES, body_of
from console.hub.refusal import Refused
from console.hub.rules.proposal import view_of
from console.hub.store import Reader, Tx
from console.hub.store.intake import look_of, put_hash
from console.hub.words import words
from console.protocols.errors import ProtocolError
from console.protocols.fix import number

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

DOOR = "seat"
MAX_TEXT, MAX_WORDS, MAX_PHOTOS = 2000, 200, 9
ROLES = frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.SHIFT_LEADER, Role.LEADER, Role.PATROLLER})

router = APIRouter(prefix="/api/intake", tags=["intake"])


@router.post("/photos", status_code=201, openapi_extra=body_of(BYTES))
async def upload(hub: HubHere, officer: Seeing, request: Request) -> wire.Media:
    """Take a picture that an officer will report with: its bytes are the whole body."""
    permit(officer, Deed.ACT, Kind.REPORT)
    photo = await photos.take(hub, await request.body(), "report", officer.id)

    def keep(tx: Tx) -> None:
        tx.media(photo.media)
        put_hash(tx, photo.media.id, "", photo.look)

    await hub.store.write(keep)
    return photo.media


def pictures(reader: Reader, ids: list[str]) -> tuple[photos.Photo, ...]:
    """Return pictures that were uploaded to be reported with; refuse any other."""
    found = []
    for id_ in ids:
        media = reader.get_media(id_)
        if media is None or media.role != "report":
            raise Refused("unknown_media", id_, status=404, field="media")
        found.append(photos.Photo(media, look_of(reader, id_)))
    return tuple(found)


def report(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Take a report from a seat.

    Arguments: ``source`` patrol or hotline; ``text``; ``code`` a class, where the officer knows
    it; the place as ``lat`` and ``lon``, as ``camera``, in whose view it is, or as words in
    ``place``; ``name`` and ``phone`` of a caller; ``media``; ``urgent``.
    """
    args = order.command.args
    source = args.get("source")
    if source not in (Source.PATROL, Source.HOTLINE):
        raise Refused("bad_argument", "patrol or hotline", field="source")
    camera = _camera(tx, _text(args, "camera"))
    text = _text(args, "text", MAX_TEXT)
    guess = _guess(tx, text, _text(args, "code"))
    if not text and not guess.basis:
        raise Refused("argument_missing", "words or a class", field="text")
    lat, lon = _where(hub, args, camera)
    told = take(
        hub,
        tx,
        IncomingReport(
            door=DOOR,
            external=f"{order.officer.id}/{order.command.key}",
            source=Source(source),
            at=tx.now,
            lat=lat,
            lon=lon,
            guess=guess,
            text=text or guess.text,
            reporter=" ".join(p for p in (_text(args, "name"), _text(args, "phone")) if p),
            camera=camera.id if camera else None,
            photos=pictures(tx, _ids(args)),
            urgent=words().danger(text) or ("urgent" if args.get("urgent") is True else ""),
            by=order.officer if source == Source.PATROL else None,
            party=order.officer.name,
            data={"taken_by": order.officer.id} | ({"camera": camera.id} if camera else {}),
        ),
    )
    if camera is not None:
        tx.after(lambda: _look(hub, told.report, camera.id))
    row = tx.get(wire.CaseRow, told.case)
    undo = None
    if row is not None and not told.joined:
        reason = "undo of case.report"
        undo = undo_of(order, "case.reject", row.id, row.version, reason=reason)
    return wire.CommandResult(
        seq=tx.seq,
        target=told.case,
        undo=undo,
        no_undo="" if undo else "It joined a case of others; move the report out of it.",
        data={"report": told.report, "case": told.case, "joined": told.joined},
    )


async def _look(hub: Hub, report_id: str, camera: str) -> None:
    """Keep what the camera shows now with the report; without a picture the report stands."""
    try:
        media = await hub.stills.take(camera)
        photo = await photos.of(hub, media)
    except Refused as refused:
        hub.doors[DOOR].add("pictures_missing")
        log.info("no picture of %s for %s: %s", camera, report_id, refused)
        return
    data = {"camera": camera}
    await hub.store.write(lambda tx: picture_came(hub, tx, report_id, photo, "snapshot", data))


def _text(args: dict[str, Any], name: str, most: int = MAX_WORDS) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str) or len(value) > most:
        raise Refused("bad_argument", f"{name} is no text of at most {most}", field=name)
    return value.strip()


def _ids(args: dict[str, Any]) -> list[str]:
    ids = args.get("media") or []
    if not isinstance(ids, list) or len(ids) > MAX_PHOTOS:
        raise Refused("bad_argument", f"no list of at most {MAX_PHOTOS}", field="media")
    if not all(isinstance(id_, str) and len(id_) <= 64 for id_ in ids):
        raise Refused("bad_argument", "no ids", field="media")
    return list(dict.fromkeys(ids))


def _camera(tx: Tx, id_: str) -> wire.Camera | None:
    if not id_:
        return None
    camera = tx.get(wire.Camera, id_)
    if camera is None:
        raise Refused("unknown_camera", id_, status=404, field="camera")
    return camera


def _guess(tx: Tx, text: str, code: str) -> Guess:
    """Return what the officer said it is, else what his words say."""
    if not code:
        return guess_of(text)
    key = code if "/" in code else wire.class_id(wire.BASE_SCHEME, "matter", code)
    item = tx.get(wire.CatalogueItem, key)
    if item is not None and item.maps_to:
        item = tx.get(wire.CatalogueItem, item.maps_to)
    if item is None or (item.scheme, item.kind) != (wire.BASE_SCHEME, "matter"):
        raise Refused("unknown_class", f"{code} is no matter of the base list", field="code")
    return Guess(item.code, "officer", item.name)


def _where(hub: Hub, args: dict[str, Any], camera: wire.Camera | None) -> tuple[float, float]:
    """Return the place: a point, else the words, else the middle of the camera's view."""
    said = _text(args, "place")
    if args.get("lat") is None and args.get("lon") is None:
        if camera is not None and not said:
            return view_of(camera).middle_of([])
        return places.place(hub, None, None, said, "place")
    try:
        lat = number(args.get("lat"), "lat", -90, 90)
        lon = number(args.get("lon"), "lon", -180, 180)
    except ProtocolError as error:
        raise Refused("bad_argument", error.detail, field=error.field) from error
    return places.place(hub, lat, lon, said)


HANDLERS = {"case.report": Handler(report, ROLES)}
"""``case.report``: video patrol and the hotline's form."""
