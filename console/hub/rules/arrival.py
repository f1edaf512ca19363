"""Arrival seen by position, and clocks that ran out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

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

HIGHEST = 3
"""Priority beyond which a broken limit raises no case."""

Limit = Literal["arrival", "due"]


def is_there(position: wire.Position, unit: wire.Unit | None, row: wire.CaseRow | None) -> bool:
    """Tell whether a fix shows a tasked unit on the site of its case."""
    if unit is None or row is None or unit.state != "tasked" or row.state != State.DISPATCHED:
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


def broken(rows: Iterable[wire.CaseRow], now: datetime) -> list[tuple[str, Limit]]:
    """Return (case, limit) for every limit that ran out by ``now``."""
    late: list[tuple[str, Limit]] = []
    for row in rows:
        if row.state == State.DISPATCHED and row.stage_due is not None and row.stage_due < now:
            late.append((row.id, "arrival"))
        if row.due < now:
            late.append((row.id, "due"))
    return late


def breach(hub: Hub, tx: Tx, case: str, limit: Limit) -> wire.CaseRow | None:
    """Raise a case whose limit ran out and write it down, once for each time it is set."""
    row = tx.get(wire.CaseRow, case)
    if row is None or (case, limit) not in broken([row], tx.now):
        return None
    by = row.due if limit == "due" else row.stage_due
    data = {"breach": limit, "by": by.isoformat() if by else ""}
    if any(data.items() <= fact.data.items() for fact in tx.history(case)):
        return None
    raised = min(row.priority + 1, max(row.priority, HIGHEST))
    note = f"breach_{limit}"
    return step(hub, tx, row, Action.NOTE, SYSTEM, note=note, data=data, priority=raised)
