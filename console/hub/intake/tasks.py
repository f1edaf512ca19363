"""What a unit is told of its case, by whatever it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import wire
from console.protocols.fieldapp import Task

if TYPE_CHECKING:
    from console.hub.context import Hub


def task_of(hub: Hub, unit: wire.Unit | None) -> Task | None:
    """Return the open task of a unit, or None where it has none."""
    row = hub.live.cases.get(unit.case) if unit and unit.case else None
    if unit is None or row is None or row.unit != unit.id:
        return None
    return Task(
        case=row.id,
        code=row.code,
        name=row.name,
        place=row.place,
        lat=row.at.lat,
        lon=row.at.lon,
        state=row.state,
        due=row.due,
        arrive_by=row.stage_due,
    )
