"""Years of the working calendar that were published later: taken in, and due moments moved."""

from __future__ import annotations

import functools
import logging
from datetime import date
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain import workdays
from console.domain.case import Action, Role
from console.domain.stages import Stage
from console.hub.auth import SYSTEM
from console.hub.commands import Handler, Order
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.rules.clocks import limits_of, reckoned
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

MOST_TEXT = 200_000
AT_ONCE = 10
"""Cases moved in one transaction."""

_YEARS, _MOVING = "calendar/years", "calendar/moving"


async def load(hub: Hub) -> None:
    """Reckon with what was imported before; go on where moving due moments was cut off."""
    kept = await hub.store.read(lambda reader: reader.get_setting(_YEARS)) or {}
    hub.clocks.publish(_year(int(year), body) for year, body in kept.items())
    if await hub.store.read(lambda reader: reader.get_setting(_MOVING)):
        hub.spawn(move(hub), "moving due moments")


def _import(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Take in a year, as TOML or CSV in ``text``; nothing of a file with a bad row."""
    text = order.command.args.get("text")
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        raise Refused("bad_argument", "text is no text of a sane length", field="text")
    try:
        year = workdays.read(text)
    except workdays.CalendarError as error:
        raise Refused("bad_calendar", str(error), field="text") from error
    kept = tx.get_setting(_YEARS) or {}
    days = {day.isoformat(): works for day, works in sorted(year.days.items())}
    tx.setting(_YEARS, kept | {str(year.year): {"source": year.source, "days": days}})
    tx.setting(_MOVING, True)
    tx.after(lambda: _published(hub, year))
    return wire.CommandResult(
        seq=tx.seq,
        target=str(year.year),
        no_undo="A calendar is put right by importing it again.",
        data={"year": year.year, "source": year.source, "days": len(days)},
    )


def _year(year: int, body: dict[str, Any]) -> workdays.Year:
    days = {date.fromisoformat(day): works for day, works in body["days"].items()}
    return workdays.Year(year, body["source"], days)


async def _published(hub: Hub, year: workdays.Year) -> None:
    hub.clocks.publish([year])
    await move(hub)


async def move(hub: Hub) -> None:
    """Reckon the due moments of open cases anew where a limit counts working time."""
    stages = tuple(Stage)
    cases = [
        row.id
        for row in hub.live.cases.values()
        if any(limits_of(hub, row)[stage].working for stage in stages)
    ]
    moved = 0
    for begin in range(0, len(cases), AT_ONCE):
        part = cases[begin : begin + AT_ONCE]
        moved += await hub.store.write(functools.partial(_move, hub, part))
    await hub.store.write(lambda tx: tx.setting(_MOVING, False))
    log.info("by the calendar of now %d of %d due moments moved", moved, len(cases))


def _move(hub: Hub, cases: list[str], tx: Tx) -> int:
    """Move what the calendar moves; the old and the new moment stand in the history."""
    moved = 0
    for case in cases:
        row = tx.get(wire.CaseRow, case)
        if row is None:
            continue
        fields = reckoned(hub, tx, row)
        now = row.model_copy(update={name: fields[name] for name in _MOVED})
        if now == row:
            continue
        data = {
            name: [_text(getattr(row, name)), _text(getattr(now, name))]
            for name in _MOVED
            if getattr(row, name) != getattr(now, name)
        }
        after = {name: getattr(now, name) for name in _MOVED}
        step(hub, tx, row, Action.NOTE, SYSTEM, note="calendar", data={"moved": data}, **after)
        tx.audit(SYSTEM.id, "calendar.moved", row.id, data)
        moved += 1
    return moved


_MOVED = ("due", "stage_due", "provisional")


def _text(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


HANDLERS = {"calendar.import": Handler(_import, frozenset({Role.ADMINISTRATOR}))}
