"""Clocks that run out: a word before it, the raw fact when it happens, cases that run on again.

A heap holds for each open case when to look at it next, so that a second in which nothing is due
costs nothing however many cases are open.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain import limit
from console.domain.case import OPEN, Action
from console.domain.stages import Clock, Stage
from console.hub.auth import SYSTEM
from console.hub.rules.case_flow import step
from console.hub.rules.clocks import clocks_in, limits_of
from console.hub.store import LogLine, Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at the heap: the most by which an alarm comes late."""

LEFT = 0.2
"""Share of a limit that is left when it is warned of."""

AT_ONCE = 3
"""Cases looked at in one transaction: a command waits for some milliseconds at most."""

PAUSE = 0.02
"""Seconds between two such transactions, in which commands go first."""

HIGHEST = 3
"""Priority beyond which a limit that ran out raises no case."""

_Marks = tuple[datetime, datetime | None, datetime | None]


class Alarms:
    """When to look at which case."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._heap: list[tuple[datetime, str]] = []
        self._marks: dict[str, _Marks] = {}

    def changed(self, lines: Iterable[LogLine]) -> None:
        """Take note of what a commit did to cases; a change that moves no clock costs nothing."""
        for line in lines:
            if isinstance(line.body, wire.CaseRow):
                self.watch(line.body)

    def watch(self, row: wire.CaseRow) -> None:
        """Look at a case when the first of its clocks asks for it."""
        if row.state not in OPEN or (row.paused and row.resumes is None):
            self._marks.pop(row.id, None)
            return
        marks = (row.due, row.stage_due, row.resumes if row.paused else None)
        if self._marks.get(row.id) != marks:
            self._marks[row.id] = marks
            heappush(self._heap, (self._first(row), row.id))

    def _first(self, row: wire.CaseRow) -> datetime:
        if row.paused and row.resumes:
            return row.resumes
        limits = limits_of(self._hub, row)
        calendar = self._hub.clocks.calendar
        first = limit.before(row.due, LEFT, limits[Stage.WHOLE], calendar)
        if row.stage_due is None:
            return first
        return min(first, limit.before(row.stage_due, LEFT, limits[Stage(row.stage)], calendar))

    def again(self, case: str, moment: datetime) -> None:
        """Look at a case once more at a moment."""
        heappush(self._heap, (moment, case))

    def due(self, now: datetime) -> Iterator[str]:
        """Yield the cases whose moment has come; what is no longer watched is left out."""
        seen: set[str] = set()
        while self._heap and self._heap[0][0] <= now:
            case = heappop(self._heap)[1]
            if case in self._marks and case not in seen:
                seen.add(case)
                yield case


async def serve(hub: Hub) -> None:
    """Ring until cancelled."""
    alarms = Alarms(hub)
    hub.on_change.append(alarms.changed)
    for row in hub.live.cases.values():
        alarms.watch(row)
    while True:
        waiting = list(alarms.due(hub.now()))
        for begin in range(0, len(waiting), AT_ONCE):
            cases = waiting[begin : begin + AT_ONCE]
            try:
                looked = await hub.store.write(functools.partial(_look, hub, cases))
            except Exception:
                log.exception("looking at the clocks of %d cases failed", len(cases))
                continue
            for case, moment in looked.items():
                alarms.again(case, moment)
            await asyncio.sleep(PAUSE)
        await asyncio.sleep(TICK)


def _look(hub: Hub, cases: list[str], tx: Tx) -> dict[str, datetime]:
    """Look at cases and return when to look at each again."""
    again: dict[str, datetime] = {}
    for case in cases:
        row = tx.get(wire.CaseRow, case)
        if row is None or row.state not in OPEN:
            continue
        if row.paused:
            if row.resumes is not None and row.resumes <= tx.now:
                step(hub, tx, row, Action.RESUME, SYSTEM, resumes=None)
            continue
        if moment := look(hub, tx, row):
            again[case] = moment
    return again


def look(hub: Hub, tx: Tx, row: wire.CaseRow) -> datetime | None:
    """Warn of the clocks of a case that run short, write down those that ran out, once a run.

    Returns when the next of them asks for it, or None.
    """
    moments: list[datetime] = []
    late: list[dict[str, Any]] = []
    history = tx.history(row.id)
    said = {
        (fact.action, fact.data.get("stage"), fact.data.get("started"))
        for fact in history
        if fact.action in (Action.TIMEOUT, Action.NOTE)
    }
    for clock in clocks_in(hub, row, history):
        if clock.stopped is not None:
            continue
        by = _shown(row, clock)
        warn = limit.before(by, LEFT, clock.limit, hub.clocks.calendar)
        data = {
            "stage": clock.stage.value,
            "limit": str(clock.limit),
            "started": clock.started.isoformat(),
            "by": by.isoformat(),
        }
        run = (data["stage"], data["started"])
        if by <= tx.now:
            if (Action.TIMEOUT, *run) not in said:
                late.append(data)
            continue
        moments.append(by)
        if warn > tx.now:
            moments.append(warn)
        elif (Action.NOTE, *run) not in said:
            row = step(hub, tx, row, Action.NOTE, SYSTEM, note="clock_warning", data=data)
            tx.audit(SYSTEM.id, "clock.warning", row.id, data)
    raised = min(row.priority + 1, max(row.priority, HIGHEST))
    for data in late:
        row = step(hub, tx, row, Action.TIMEOUT, SYSTEM, data=data, priority=raised)
        tx.audit(SYSTEM.id, "clock.timeout", row.id, data)
    return min(moments, default=None)


def _shown(row: wire.CaseRow, clock: Clock) -> datetime:
    """Return when a clock ends as the case's row shows it: what everybody goes by."""
    if clock.stage is Stage.WHOLE:
        return row.due
    if clock.stage == row.stage and row.stage_due is not None:
        return row.stage_due
    return clock.due
