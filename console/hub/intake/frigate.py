"""The AI boxes' door: Frigate's events become reports, snapshots follow after the commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from console import wire
from console.domain.case import OPEN, Action, Source, State
from console.domain.classify import Guess
from console.hub.auth import SYSTEM, HubHere
from console.hub.intake import photos
from console.hub.intake.desk import IncomingReport, Received, picture_came, receive, report_id
from console.hub.intake.web import JSON, body_of, json_of, keyed, refusals
from console.hub.refusal import Refused
from console.hub.register import AiRule
from console.hub.rules.case_flow import step
from console.hub.rules.proposal import view_of
from console.hub.store import Tx
from console.protocols import frigate
from console.protocols.frigate import Event

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

DOOR = "frigate"
PATIENCE = (3.0, 5.0)
"""Seconds to wait for Frigate to answer, and between two pieces of a snapshot."""

router = APIRouter(prefix="/intake", tags=["doors"], dependencies=[Depends(keyed)])


@router.post("/frigate", openapi_extra=body_of(JSON))
async def take_frigate(request: Request, hub: HubHere) -> Response:
    """Take an event as Frigate publishes it; 202 tells what became of it."""
    with refusals(hub, DOOR):
        return JSONResponse(await take(hub, await json_of(request)), status_code=202)


async def take(hub: Hub, message: Any) -> dict[str, Any]:
    """Take an event that came by HTTP or MQTT.

    A detection that no rule of the register calls a violation is counted and let go. An object
    already reported is never reported twice, whatever follows of it.
    """
    event = frigate.decode(message)
    camera = hub.live.cameras.get(event.camera)
    if camera is None:
        raise Refused("unknown_camera", event.camera, field="after.camera")
    rule = rule_of(hub.register.ai, event)
    id_ = report_id(DOOR, event.id)
    known = await hub.store.read(lambda reader: reader.get_report(id_))
    if known is None and (rule is None or event.false_positive):
        hub.doors[DOOR].ignored += 1
        return {"result": "ignored"}
    if known is None:
        assert rule is not None
        received = await receive(hub, report_of(hub, event, camera, rule))
        hub.doors[DOOR].taken += 1
        result = "joined" if received.joined else "opened"
    else:
        received = Received(id_, known.case, repeated=True)
        hub.doors[DOOR].add("updates")
        result = "known"
    if event.kind == "end":
        await hub.store.write(lambda tx: gone(hub, tx, id_, event))
    if event.has_snapshot or not _base(hub):
        ask_picture(hub, event, received)
    return {"result": result, "case": received.case, "report": received.report}


def rule_of(rules: Iterable[AiRule], event: Event) -> AiRule | None:
    """Return the register's rule for what was detected; one for a zone before one for any."""
    zones = {*event.zones, *event.entered}
    fitting = [
        rule
        for rule in rules
        if rule.camera in (event.camera, "*")
        and rule.label in (event.label, event.sub_label)
        and (not rule.zone or rule.zone in zones)
    ]
    return max(fitting, key=lambda rule: (bool(rule.zone), rule.camera != "*"), default=None)


def report_of(hub: Hub, event: Event, camera: wire.Camera, rule: AiRule) -> IncomingReport:
    """Return the report of a detection: it lies in the middle of what is seen of the zone."""
    zone = hub.live.zones.get(rule.zone)
    lat, lon = view_of(camera).middle_of([zone.ring] if zone else [])
    where = f" · {zone.name}" if zone else ""
    said = f"{event.label} {event.score:.2f}{where}"
    return IncomingReport(
        door=DOOR,
        external=event.id,
        source=Source.AI,
        at=event.start,
        lat=lat,
        lon=lon,
        guess=Guess(rule.code, "label", said),
        text=f"{camera.name}：{said}",
        reporter=camera.name,
        camera=camera.id,
        data={
            "event": event.id,
            "camera": camera.id,
            "label": event.label,
            "sub_label": event.sub_label,
            "score": event.score,
            "box": list(event.box) if event.box else None,
            "zones": list(event.zones),
        },
    )


def gone(hub: Hub, tx: Tx, report: str, event: Event) -> None:
    """Write that the object left, and whether others of the case are still there."""
    known = tx.get_report(report)
    row = tx.get(wire.CaseRow, known.case) if known else None
    if row is None or State(row.state) not in OPEN:
        return
    told = {fact.data.get("gone") for fact in tx.history(row.id)}
    if event.id in told:
        return
    seen = {r.data["event"] for r in tx.reports_of(row.id) if "event" in r.data}
    there = len(seen - told - {event.id})
    end = event.end or event.frame
    data = {
        "gone": event.id,
        "there": there,
        "seconds": round((end - event.start).total_seconds()),
        "camera": event.camera,
    }
    note = "gone_some" if there else "gone"
    step(hub, tx, row, Action.NOTE, SYSTEM, note=note, data=data)


def ask_picture(hub: Hub, event: Event, received: Received) -> None:
    """Begin to fetch the picture of an event unless it is here, on its way or too many wait."""
    if hub.doors.fetches.begin(event.id):
        hub.spawn(_picture(hub, event, received), f"snapshot of {event.id}")


async def _picture(hub: Hub, event: Event, received: Received) -> None:
    """Fetch, check and keep one picture; what fails is counted, the report stands anyway."""
    async with hub.doors.fetches.slot():
        try:
            photo = await _fetched(hub, event)
        except (Refused, OSError) as error:
            hub.doors.fetches.forget(event.id)
            hub.doors[DOOR].add("pictures_missing")
            log.info("no picture of %s: %s", event.id, error)
            return
    data = {"snapshot": event.id, "camera": event.camera}
    await hub.store.write(
        lambda tx: picture_came(hub, tx, received.report, photo, "snapshot", data)
    )
    hub.doors[DOOR].add("pictures")


async def _fetched(hub: Hub, event: Event) -> photos.Photo:
    """Return Frigate's own snapshot, or where it has no address a frame of the camera."""
    base = _base(hub)
    if not base:
        return await photos.of(hub, await hub.stills.take(event.camera, "snapshot"))
    url = f"{base}/api/events/{event.id}/snapshot.jpg"
    data = await asyncio.to_thread(_download, url)
    return await photos.take(hub, data, "snapshot", event.camera, event.frame)


def _base(hub: Hub) -> str:
    return (hub.settings.frigate_url or hub.register.frigate).rstrip("/")


def _download(url: str) -> bytes:
    """Return the bytes at ``url``, or raise before they become too many.

    What the library raises is an :class:`OSError`.
    """
    import requests  # at the first picture: every start would wait for it

    with requests.get(url, timeout=PATIENCE, stream=True, allow_redirects=False) as answer:
        if answer.status_code != requests.codes.ok:
            raise Refused("no_snapshot", f"status {answer.status_code}", status=502)
        data = b""
        for piece in answer.iter_content(1 << 16):
            data += piece
            if len(data) > photos.MAX_BYTES:
                raise Refused("photo_too_large", "the snapshot is too large", status=502)
        return data
