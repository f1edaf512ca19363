"""Which open case a new report belongs to, and which cases may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from console import wire
from console.domain.case import OVER, Action, Source, State
from console.domain.duplicate import LEAST, RECENT, Sighting, Trace, apart, find, likeness
from console.domain.view import View
from console.hub.rules.proposal import certainty_of, view_of
from console.hub.store import Reader, Tx
from console.hub.store.intake import hashes_of
from console.hub.words import words

_WINDOW = 0.004
"""Degrees: farther than any camera sees, so cheap to rule out."""


MOST = 9
"""Cases proposed as the same as one: as many as there are keys to merge them by."""

MANY = 20
"""Reports and photos of a case that are looked at: a hundred say no more."""

AFTERMATH = {Source.AI: timedelta(minutes=2), Source.SENSOR: timedelta(minutes=2)}
"""How long after an officer's feedback a machine still sees what he is just ending."""

STRAGGLERS = timedelta(minutes=30)
"""How long after it people still report what they saw before."""

_OVER = frozenset({State.HANDLED, State.CHECKED})


def case_of(tx: Tx, new: Sighting, source: Source) -> tuple[wire.CaseRow, float] | None:
    """Return the open case that ``new`` speaks of and the metres to it, or None.

    A case that was handled takes what comes shortly after. Later it has happened again, and a
    new case says so: a detector never repeats what it told, so it must not be lost in an old one.
    """
    cases = tx.all(wire.CaseRow)
    grace = AFTERMATH.get(source, STRAGGLERS)
    known = _sightings(cases.values(), tx, new, grace)
    found = find(new, known, words())
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


def _sighting(tx: Reader, row: wire.CaseRow) -> Sighting:
    first = row.proposal.code if row.proposal else row.code
    view, sure = _view(tx, row), certainty_of(row)
    return Sighting(row.code, sure, row.at.lat, row.at.lon, row.opened, view, first)


def _view(tx: Reader, row: wire.CaseRow) -> View | None:
    """Return the view in which a case was seen, where it was a camera that saw it first."""
    reasons = row.proposal.reasons if row.proposal else []
    seen = next((reason.text for reason in reasons if reason.code == "seen"), None)
    camera = tx.get(wire.Camera, seen) if seen else None
    return view_of(camera) if camera else None


# --- what is proposed ---------------------------------------------------------------------


def similar_to(
    reader: Reader, row: wire.CaseRow, cases: Iterable[wire.CaseRow]
) -> list[wire.Similar]:
    """Return the cases that may be the same as ``row``, the likest first, at most nine.

    ``cases`` are those to look among: the open ones, as the caller sees them.
    """
    return _Neighbours(reader, row, cases).similar_to(row)


def recount(tx: Tx, case_id: str) -> None:
    """Bring the number of similar cases up to date, of a case and of those around it.

    Call it when a case was opened, reclassified, moved, got a photo or came to an end.
    """
    row = tx.get(wire.CaseRow, case_id)
    if row is None:
        return
    around = _Neighbours(tx, row, tx.all(wire.CaseRow).values())
    found = around.similar_to(row)
    _count(tx, row, len(found))
    likely = {similar.case for similar in found}
    for other in around.rows:
        # Whoever counts somebody may have counted this one, which is alike no longer.
        if other.id != row.id and (other.id in likely or other.similar):
            _count(tx, other, len(around.similar_to(other)))


def recounted(tx: Tx, before: wire.CaseRow, after: wire.CaseRow) -> wire.CaseRow:
    """Recount where a step changed what a case may be like; return the case as it then is."""
    over = (State(before.state) in OVER) != (State(after.state) in OVER)
    if not over and (before.at, before.code) == (after.at, after.code):
        return after
    recount(tx, after.id)
    return tx.get(wire.CaseRow, after.id) or after


def _count(tx: Tx, row: wire.CaseRow, similar: int) -> None:
    if row.similar != similar:
        tx.put("case", row.model_copy(update={"similar": similar}))


class _Neighbours:
    """The open cases around one, with what speaks for them, each read once."""

    def __init__(self, reader: Reader, row: wire.CaseRow, cases: Iterable[wire.CaseRow]) -> None:
        self.rows = [other for other in cases if _boxed(row, other, 2 * _WINDOW)]
        self._reader = reader
        self._sightings: dict[str, Sighting] = {}
        self._traces: dict[str, Trace] = {}

    def similar_to(self, row: wire.CaseRow) -> list[wire.Similar]:
        if State(row.state) in OVER:
            return []
        near = [
            other
            for other in self.rows
            if other.id != row.id
            and _boxed(row, other, _WINDOW)
            and apart(self._sighting(row), self._sighting(other)) is not None
        ]
        found = [similar for other in near if (similar := self._similar(row, other))]
        return sorted(found, key=lambda like: (-like.score, like.metres, like.case))[:MOST]

    def _similar(self, row: wire.CaseRow, other: wire.CaseRow) -> wire.Similar | None:
        like = likeness(self._trace(row), self._trace(other), words())
        if like is None or like.score < LEAST:
            return None
        return wire.Similar(
            case=other.id,
            metres=like.metres,
            hours=like.hours,
            basis=like.basis,
            score=like.score,
        )

    def _sighting(self, row: wire.CaseRow) -> Sighting:
        if row.id not in self._sightings:
            self._sightings[row.id] = _sighting(self._reader, row)
        return self._sightings[row.id]

    def _trace(self, row: wire.CaseRow) -> Trace:
        if row.id not in self._traces:
            reports = self._reader.reports_of(row.id)[:MANY]
            looks = hashes_of(self._reader, [row.id]).get(row.id, [])[:MANY]
            texts = tuple(report.text for report in reports)
            self._traces[row.id] = Trace(self._sighting(row), texts, tuple(looks))
        return self._traces[row.id]


def _boxed(row: wire.CaseRow, other: wire.CaseRow, degrees: float) -> bool:
    """Rule out cheaply what lies too far away or long ago: most cases, for most."""
    return (
        abs(other.at.lat - row.at.lat) < degrees
        and abs(other.at.lon - row.at.lon) < degrees
        and abs(other.opened - row.opened) <= 2 * RECENT
    )
