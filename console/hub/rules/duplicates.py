"""Which open case a new report belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from console import wire
from console.domain.case import Action, Source, State
from console.domain.classify import Keywords
from console.domain.duplicate import Sighting, find
from console.domain.view import View
from console.hub.rules.proposal import certainty_of, view_of
from console.hub.store import Tx

_WINDOW = 0.004
"""Degrees: farther than any camera sees, so cheap to rule out."""


AFTERMATH = {Source.AI: timedelta(minutes=2), Source.SENSOR: timedelta(minutes=2)}
"""How long after an officer's feedback a machine still sees what he is just ending."""

STRAGGLERS = timedelta(minutes=30)
"""How long after it people still report what they saw before."""

_OVER = frozenset({State.HANDLED, State.CHECKED})


def case_of(
    tx: Tx, new: Sighting, source: Source, keywords: Keywords
) -> tuple[wire.CaseRow, float] | None:
    """Return the open case that ``new`` speaks of and the metres to it, or None.

    A case that was handled takes what comes shortly after. Later it has happened again, and a
    new case says so: a detector never repeats what it told, so it must not be lost in an old one.
    """
    cases = tx.all(wire.CaseRow)
    grace = AFTERMATH.get(source, STRAGGLERS)
    known = _sightings(cases.values(), tx, new, grace)
    found = find(new, known, keywords)
    return None if found is None else (cases[found[0]], found[1])


def _sightings(
    cases: Iterable[wire.CaseRow], tx: Tx, new: Sighting, grace: timedelta
) -> Iterator[tuple[str, Sighting]]:
    for row in cases:
        near = abs(row.at.lat - new.lat) < _WINDOW and abs(row.at.lon - new.lon) < _WINDOW
        if near and not (row.state in _OVER and _handled(tx, row.id) < new.at - grace):
            yield row.id, _sighting(tx, row)


def _handled(tx: Tx, case: str) -> datetime:
    """Return when the officer's last feedback came."""
    told = (fact.at for fact in tx.history(case) if fact.action == Action.FEEDBACK)
    return max(told, default=tx.now)


def _sighting(tx: Tx, row: wire.CaseRow) -> Sighting:
    first = row.proposal.code if row.proposal else row.code
    view, sure = _view(tx, row), certainty_of(row)
    return Sighting(row.code, sure, row.at.lat, row.at.lon, row.opened, view, first)


def _view(tx: Tx, row: wire.CaseRow) -> View | None:
    """Return the view in which a case was seen, where it was a camera that saw it first."""
    reasons = row.proposal.reasons if row.proposal else []
    seen = next((reason.text for reason in reasons if reason.code == "seen"), None)
    camera = tx.get(wire.Camera, seen) if seen else None
    return view_of(camera) if camera else None
