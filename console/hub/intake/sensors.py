"""The sensors' door: readings are counted, alarms become reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request

from console.domain.case import Source
from console.domain.classify import UNSORTED, Guess
from console.hub.auth import HubHere
from console.hub.intake.desk import IncomingReport, receive
from console.hub.intake.web import JSON, body_of, json_of, keyed, peer_of, refusals
from console.hub.words import words
from console.protocols import sensors
from console.protocols.sensors import Reading

if TYPE_CHECKING:
    from console.hub.context import Hub

DANGEROUS = frozenset({"tilt", "open"})
"""Alarms that cannot wait: a tree that leans, an open manhole."""

NAMES = {"warn": "预警", "over": "超限", "tilt": "倾斜", "open": "开启", "fault": "故障"}

router = APIRouter(prefix="/intake", tags=["doors"], dependencies=[Depends(keyed)])


@router.post("/sensors", openapi_extra=body_of(JSON))
async def take_sensors(request: Request, hub: HubHere) -> dict[str, Any]:
    """Take readings; those of sensors that nobody knows are put aside and named."""
    peer = peer_of(request)
    with refusals(hub, "sensors"):
        return await take(hub, await json_of(request), peer)


async def take(hub: Hub, message: Any, peer: str) -> dict[str, Any]:
    """Take a message that came by HTTP or MQTT; tell how many readings and which cases."""
    readings = sensors.decode(message)
    unknown, cases = [], []
    for reading in readings:
        if reading.sensor not in hub.register.sensors:
            unknown.append(reading.sensor)
            hub.doors["sensors"].refuse(f"{reading.sensor} is not in the register")
            hub.doors.quarantine.stranger("sensor", reading.sensor, peer)
            continue
        hub.doors["sensors"].taken += 1
        if reading.alarm:
            received = await receive(hub, report_of(hub, reading))
            cases.append(received.case)
    return {"taken": len(readings) - len(unknown), "unknown": unknown, "cases": cases}


def report_of(hub: Hub, reading: Reading) -> IncomingReport:
    """Return the report that an alarm is."""
    sensor = hub.register.sensors[reading.sensor]
    at = reading.at or hub.now()
    value = "" if reading.value is None else f" {reading.value:g} {reading.unit}".rstrip()
    text = reading.text or f"{sensor.name}{NAMES[reading.alarm]}{value}"
    code = (words().sensors or {}).get(sensor.kind, UNSORTED)
    return IncomingReport(
        door="sensors",
        external=f"{sensor.id}/{reading.id or f'{reading.alarm}/{at.isoformat()}'}",
        source=Source.SENSOR,
        at=at,
        lat=sensor.lat,
        lon=sensor.lon,
        guess=Guess(code, "sensor", f"{sensor.name}{value}"),
        text=text,
        reporter=sensor.name,
        urgent=NAMES[reading.alarm] if reading.alarm in DANGEROUS else "",
        data={"sensor": sensor.id, "alarm": reading.alarm, "value": reading.value},
    )
