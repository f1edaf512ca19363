"""All doors together: what the hub's composition takes from this room."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from fastapi import APIRouter

from console.hub.intake import (
    accept,
    chat,
    clients,
    collector,
    fieldapp,
    frigate,
    mqtt,
    open311,
    phones,
    platforms,
    seat_reports,
    sensors,
    survey,
)
from console.hub.intake.jt808 import Terminals
from console.hub.rules import arrival
from console.wire import Position

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

TICK = 2.0
"""Seconds between two looks at the doors and the quarantine."""

ROUTERS: list[APIRouter] = [
    phones.router,
    sensors.router,
    frigate.router,
    open311.router,
    fieldapp.router,
    clients.router,
    collector.router,
    seat_reports.router,
    chat.router,
    survey.router,
    platforms.router,
]
HANDLERS = accept.HANDLERS | seat_reports.HANDLERS


def setup(hub: Hub) -> None:
    """Watch positions for arrivals."""
    arriving: set[str] = set()

    async def arrive(position: Position) -> None:
        try:
            await hub.store.write(lambda tx: arrival.arrive(hub, tx, position))
        finally:
            arriving.discard(position.unit)

    def moved(position: Position) -> None:
        unit = hub.live.units.get(position.unit)
        if unit is None or unit.state != "tasked" or unit.id in arriving:
            return
        row = hub.live.cases.get(unit.case or "")
        if arrival.is_there(position, unit, row):
            arriving.add(unit.id)
            hub.spawn(arrive(position), f"arrival of {unit.id}")

    hub.positions.listeners.append(moved)


async def terminals(hub: Hub) -> None:
    """Serve JT/T 808 from start to end."""
    door = Terminals(hub)
    hub.on_dispatch.append(door.dispatched)
    await accept.restore(hub)
    await door.serve()


async def watch(hub: Hub) -> None:
    """Look at doors and quarantine until cancelled; what is put aside is written last."""
    try:
        while True:
            try:
                hub.doors.tell(hub.health)
                await asyncio.to_thread(hub.doors.quarantine.flush)
            except Exception:
                log.exception("looking at the doors failed")
            await asyncio.sleep(TICK)
    finally:
        hub.doors.quarantine.flush()


SETUPS = [setup, platforms.setup]
SERVERS = [terminals, watch, mqtt.serve]
