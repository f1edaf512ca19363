"""The clocks of a case on the hub: its limits, what its row shows of them, all of them in full."""

from __future__ import annotations

import functools
import logging
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain import limit, stages, workdays
from console.domain.case import OVER, Action, State
from console.domain.stages import Stage, Step
from console.hub.settings import SettingsError
from console.hub.store import Reader, Tx
from console.resources import resource

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

_MOVING = frozenset({Action.EXTEND, Action.ASSIGN})
"""Steps that set clocks even where they leave the state as it is."""

_SENDING = frozenset({Action.DISPATCH, Action.ASSIGN, Action.REWORK})


@functools.cache
def bundled() -> tuple[workdays.Year, ...]:
    """Return the years that ship with the program."""
    files = sorted(resource("calendars").glob("[0-9]*.toml"))
    return tuple(workdays.read(file.read_text("utf-8")) for file in files)


@functools.cache
def profiles() -> Mapping[str, stages.Profile]:
    """Return the profiles that ship with the program, by name."""
    table = tomllib.loads(resource("calendars/profiles.toml").read_text("utf-8"))
    return {name: stages.profile(entry) for name, entry in table.items()}


class Clocks:
    """By what the hub reckons: the calendar with its published years, and the profile."""

    def __init__(self, hours: str, profile: str) -> None:
        self._hours = hours
        if profile not in profiles():
            raise SettingsError(f"clock_profile: there is no {profile!r}")
        self.profile = profiles()[profile]
        self.calendar = workdays.Calendar(bundled(), hours)

    def publish(self, years: Iterable[workdays.Year]) -> None:
        """Reckon with further years, and with corrected ones."""
        known = {year.year: year for year in (*self.calendar.years.values(), *years)}
        self.calendar = workdays.Calendar(known.values(), self._hours)


def limits_of(
    hub: Hub, row: wire.CaseRow, told: Iterable[Mapping[str, Any]] = ()
) -> dict[Stage, limit.Limit]:
    """Return the limits of a case: those of its rule, else of its class, else of the profile.

    The rule counts as it stood when it was chosen, where the data of the case's facts (``told``,
    oldest first) keeps it.
    """
    given = None
    if row.rule:
        kept = [rule for data in told if (rule := (data.get("classed") or {}).get("rule"))]
        texts = [rule["limit"] for rule in reversed(kept) if rule["id"] == row.rule]
        live = hub.live.rules.get(row.rule)
        text = next(iter(texts), live.limit if live else "")
        try:
            given = limit.parse(text)
        except ValueError as error:
            log.warning("rule %s: %s", row.rule, error)
    if given is None:
        item = hub.live.catalogue.get(wire.class_id(row.scheme, row.kind, row.code))
        if item is not None and item.hours > 0:
            given = limit.Limit("natural_hours", item.hours)
    return hub.clocks.profile.limits(row.kind, given)


def opening(hub: Hub, row: wire.CaseRow) -> dict[str, Any]:
    """Return the fields by which the clocks of a new case begin."""
    steps = [Step(row.opened, Action.PROPOSE, State(row.state))]
    return _fields(hub, row, steps, limits_of(hub, row))


def entering(
    hub: Hub,
    tx: Tx,
    before: wire.CaseRow,
    after: wire.CaseRow,
    action: Action,
    data: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return the clock fields that a step changes: stage, stage_due, due, provisional, paused.

    ``after`` is the case as it will be, ``data`` what its fact will say. The whole's ``due`` is
    only moved by what moves it: an extension, another class or rule, running on after a pause.
    """
    other = _subject(before) != _subject(after)
    if after.state == before.state and action not in _MOVING and not other:
        return {}
    said = data or {}
    history = tx.history(before.id)
    steps = [*_steps(before, history), _step(tx.now, action, after.state, said)]
    limits = limits_of(hub, after, [*(fact.data for fact in history), said])
    fields = _fields(hub, after, steps, limits)
    stood = State(before.state) in stages.PAUSED | OVER
    if not (stood or other or action is Action.EXTEND):
        del fields["due"]
    return fields


def _subject(row: wire.CaseRow) -> tuple[str | None, ...]:
    return row.rule, row.scheme, row.kind, row.code


def reckoned(hub: Hub, tx: Tx, row: wire.CaseRow) -> dict[str, Any]:
    """Return the clock fields of a case as they are by the calendar of now."""
    history = tx.history(row.id)
    limits = limits_of(hub, row, (fact.data for fact in history))
    return _fields(hub, row, _steps(row, history), limits)


def clocks_of(hub: Hub, reader: Reader, row: wire.CaseRow) -> list[stages.Clock]:
    """Return every clock that ran or runs for a case, in the order in which they started."""
    return clocks_in(hub, row, reader.history(row.id))


def clocks_in(hub: Hub, row: wire.CaseRow, history: Sequence[wire.Fact]) -> list[stages.Clock]:
    """Like :func:`clocks_of`, of a history that was read already."""
    limits = limits_of(hub, row, (fact.data for fact in history))
    return stages.clocks(_steps(row, history), limits, hub.clocks.calendar)


def detailed(hub: Hub, reader: Reader, row: wire.CaseRow) -> list[wire.StageClock]:
    """Return the clocks of a case as the seat shows them."""
    return [
        wire.StageClock(
            stage=clock.stage,
            limit=str(clock.limit),
            started=clock.started,
            due=clock.due,
            stopped=clock.stopped,
            paused=clock.paused,
            late=clock.late(hub.now()),
            provisional=clock.provisional,
        )
        for clock in clocks_of(hub, reader, row)
    ]


def _fields(
    hub: Hub, row: wire.CaseRow, steps: list[Step], limits: Mapping[Stage, limit.Limit]
) -> dict[str, Any]:
    found = stages.clocks(steps, limits, hub.clocks.calendar)
    state = State(row.state)
    paused = state in stages.PAUSED
    shown = stages.standing(found) if paused else stages.shown(found, state)
    whole = next(clock for clock in found if clock.stage is Stage.WHOLE)
    return {
        "stage": shown.stage.value if shown else row.stage,
        "stage_due": shown.due if shown else None,
        "due": whole.due,
        "provisional": whole.provisional or (shown is not None and shown.provisional),
        "paused": whole.standing if paused else None,
    }


def _steps(row: wire.CaseRow, history: Iterable[wire.Fact]) -> list[Step]:
    """Return the steps of a case; one without a history is as if it had been opened as it is."""
    steps = [_step(fact.at, fact.action, fact.state, fact.data) for fact in history]
    return steps or [Step(row.opened, Action.PROPOSE, State(row.state), row.unit is not None)]


def _step(at: datetime, action: str, state: str, data: Mapping[str, Any]) -> Step:
    hours = float(data.get("hours", 0)) if action == Action.EXTEND else 0.0
    sent = bool(data.get("unit")) if action in _SENDING else None
    return Step(at, Action(action), State(state), sent, hours)
