"""The emergency button of a terminal: one case, however long it stays pressed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from console import wire
from console.domain.case import Source
from console.domain.classify import Guess
from console.hub.intake.desk import IncomingReport, Received, take
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "emergency"
HIGHEST = 3
WORDS = "紧急报警"


async def pressed(
    hub: Hub, unit_id: str, terminal: str, at: datetime, where: tuple[float, float] | None
) -> None:
    """Open a case for a unit whose button is pressed, unless there is one that is open still.

    ``where`` None stands for a terminal without a fix: the unit was last seen somewhere.
    """
    unit = hub.live.units.get(unit_id)
    if unit is None:
        return
    known = hub.positions.get(unit_id)
    seen = (known.lat, known.lon) if known else hub.register.centre
    lat, lon = where or seen
    report = IncomingReport(
        door=DOOR,
        external=f"{terminal}/{at.isoformat()}",
        source=Source.EMERGENCY,
        at=at,
        lat=lat,
        lon=lon,
        guess=Guess(),
        text=f"{unit.name} {WORDS}",
        reporter=" ".join(part for part in (unit.name, unit.phone) if part),
        urgent=WORDS,
        priority=HIGHEST,
        party=unit.name,
        data={"unit": unit_id, "terminal": terminal, "fixed": where is not None},
    )
    if await hub.store.write(lambda tx: _once(hub, tx, unit_id, report)):
        hub.doors[DOOR].taken += 1


def _once(hub: Hub, tx: Tx, unit: str, report: IncomingReport) -> Received | None:
    for row in tx.all(wire.CaseRow).values():
        if Source.EMERGENCY in row.sources and any(
            told.data.get("unit") == unit for told in tx.reports_of(row.id)
        ):
            return None
    return take(hub, tx, report)
