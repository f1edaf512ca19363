"""Arrival seen by position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import wire
from console.domain.case import Action, State
from console.domain.geo import distance
from console.hub.auth import SYSTEM
from console.hub.rules.case_flow import step
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

ARRIVED_WITHIN = 50.0
"""Metres from the case at which a unit counts as on site."""

SENT = frozenset({State.DISPATCHED, State.TAKEN})
"""States in which a unit is on its way."""


def is_there(position: wire.Position, unit: wire.Unit | None, row: wire.CaseRow | None) -> bool:
    """Tell whether a fix shows a tasked unit on the site of its case."""
    if unit is None or row is None or unit.state != "tasked" or row.state not in SENT:
        return False
    metres = distance(position.lat, position.lon, row.at.lat, row.at.lon)
    return row.unit == unit.id and metres <= ARRIVED_WITHIN


def arrive(hub: Hub, tx: Tx, position: wire.Position) -> wire.CaseRow | None:
    """Write that a unit is on site, or return None where that is no longer so."""
    unit = tx.get(wire.Unit, position.unit)
    row = tx.get(wire.CaseRow, unit.case) if unit and unit.case else None
    if unit is None or row is None or not is_there(position, unit, row):
        return None
    data = {
        "unit": unit.id,
        "metres": round(distance(position.lat, position.lon, row.at.lat, row.at.lon)),
        "fix": position.at.isoformat(),
        "in_time": row.stage_due is None or position.at <= row.stage_due,
    }
    return step(hub, tx, row, Action.ARRIVE, SYSTEM, data=data)
