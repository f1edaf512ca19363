"""Several reports handed over at once: read first and shown, then taken, a few a transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console import wire
from console.hub.intake.desk import IncomingReport, take
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

AT_ONCE = 20
"""Reports in one transaction: an officer's command waits no longer than for these."""

PATIENCE = 3.0
"""Seconds after which an answer is due, with how much is left."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is shown, with the report it would be where it can be taken."""

    shown: wire.HandedRow
    report: IncomingReport | None = None


def shown(rows: Sequence[Row]) -> wire.Handed:
    """Return rows as they are read, before anything is kept."""
    refused = sum(bool(row.shown.problem) for row in rows)
    return wire.Handed(rows=[row.shown for row in rows], refused=refused)


async def take_all(hub: Hub, door: str, rows: Sequence[Row]) -> wire.TakenRows:
    """Take every row that can be, for as long as a seat waits for an answer.

    The same again does the rest, also after a fall of the hub: what was taken is known.
    """
    taken: list[wire.TakenRow] = []
    until = time.monotonic() + PATIENCE
    able = [(row.shown.number, row.report) for row in rows if row.report is not None]
    for first in range(0, len(able), AT_ONCE):
        if time.monotonic() > until:
            break
        some = able[first : first + AT_ONCE]

        def write(tx: Tx, some: Sequence[tuple[int, IncomingReport]] = some) -> list[wire.TakenRow]:
            return [_take(hub, tx, number, report) for number, report in some]

        taken += await hub.store.write(write)
    hub.doors[door].taken += sum(not row.repeated for row in taken)
    return wire.TakenRows(taken=taken, left=len(able) - len(taken))


def _take(hub: Hub, tx: Tx, number: int, report: IncomingReport) -> wire.TakenRow:
    done = take(hub, tx, report)
    return wire.TakenRow(
        number=number,
        report=done.report,
        case=done.case,
        joined=done.joined,
        repeated=done.repeated,
    )
