"""Which open case a new report belongs to, and which cases may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from console import wire
from console.domain.case import OVER, Action, Source, State
from console.domain.duplicate import LEAST, RECENT, Sighting, Trace, apart, find, likeness
from console.domain.view import View
from console.hub.rules.proposal import certainty_of, view_of
from console.hub.store import Reader, Tx
from console.hub.store.intake import alike_of, hashes_of, mark_alike, texts_of
from console.hub.words import words

_WINDOW = 0.004
"""Degrees: farther than any camera sees, so cheap to rule out."""


MOST = 9
"""Cases proposed as the same as one: as many as there are keys to merge them by."""

MANY = 20
"""Neighbours, and of each the reports and photos, that are looked at: a hundred say no more."""

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
    return _alike(reader, row, cases)[:MOST]


def recount(tx: Tx, case_id: str) -> None:
    """Bring the number of similar cases up to date, of a case and of those it is or was like.

    Call it when a case was opened, reclassified, moved, got a report or came to an end.
    """
    row = tx.get(wire.CaseRow, case_id)
    if row is None:
        return
    before = alike_of(tx, row.id)
    over = State(row.state) in OVER
    cases = () if over else tx.all(wire.CaseRow).values()
    now = {like.case for like in _alike(tx, row, cases)}
    for other in sorted(before ^ now):
        mark_alike(tx, row.id, other, alike=other in now)
        _count(tx, other, 1 if other in now else -1)
    _count(tx, row.id, len(now) - row.similar)


def recounted(tx: Tx, before: wire.CaseRow, after: wire.CaseRow) -> wire.CaseRow:
    """Recount where a step changed what a case may be like; return the case as it then is."""
    over = (State(before.state) in OVER) != (State(after.state) in OVER)
    if not over and (before.at, before.code) == (after.at, after.code):
        return after
    recount(tx, after.id)
    return tx.get(wire.CaseRow, after.id) or after


def _count(tx: Tx, case_id: str, by: int) -> None:
    row = tx.get(wire.CaseRow, case_id)
    if row is not None and by:
        tx.put("case", row.model_copy(update={"similar": max(0, row.similar + by)}))


def _alike(reader: Reader, row: wire.CaseRow, cases: Iterable[wire.CaseRow]) -> list[wire.Similar]:
    """Return all cases that may be the same, of the nearest that may be so at all."""
    if State(row.state) in OVER:
        return []
    mine = _sighting(reader, row)
    boxed = [other for other in cases if other.id != row.id and _boxed(row, other)]
    near = [
        (metres, other.id, other)
        for other in boxed
        if (metres := apart(mine, _sighting(reader, other))) is not None
    ]
    nearest = [other for *_, other in sorted(near, key=lambda one: one[:2])[:MANY]]
    if not nearest:
        return []
    traces = _traces(reader, [row, *nearest])
    found = [
        wire.Similar(
            case=other.id,
            metres=like.metres,
            hours=like.hours,
            basis=like.basis,
            score=like.score,
        )
        for other in nearest
        if (like := likeness(traces[row.id], traces[other.id], words())) and like.score >= LEAST
    ]
    return sorted(found, key=lambda like: (-like.score, like.metres, like.case))


def _traces(reader: Reader, rows: Sequence[wire.CaseRow]) -> dict[str, Trace]:
    ids = [row.id for row in rows]
    texts, looks = texts_of(reader, ids), hashes_of(reader, ids)
    return {
        row.id: Trace(
            _sighting(reader, row),
            tuple(texts.get(row.id, ())[:MANY]),
            tuple(looks.get(row.id, ())[:MANY]),
        )
        for row in rows
    }


def _boxed(row: wire.CaseRow, other: wire.CaseRow) -> bool:
    """Rule out cheaply what lies too far away or long ago: most cases, for most."""
    return (
        abs(other.at.lat - row.at.lat) < _WINDOW
        and abs(other.at.lon - row.at.lon) < _WINDOW
        and abs(other.opened - row.opened) <= RECENT
    )
