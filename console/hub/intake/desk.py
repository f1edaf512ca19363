"""The one path of all reports: the same one again, one more of a case, or a new case."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain import clock
from console.domain.case import OPEN, Action, Role, Source, State
from console.domain.classify import UNSORTED, Certainty, Guess
from console.domain.duplicate import Sighting
from console.hub.auth import SYSTEM
from console.hub.intake.photos import Photo
from console.hub.rules import clocks
from console.hub.rules.case_flow import step
from console.hub.rules.duplicates import case_of, recount
from console.hub.rules.proposal import (
    Sight,
    certainty_of,
    propose,
    spot,
    surer,
    understand,
    view_of,
    with_reason,
)
from console.hub.scope import district_of
from console.hub.store import Tx
from console.hub.store.intake import count_in, put_hash
from console.hub.words import words

if TYPE_CHECKING:
    from console.hub.context import Hub

AHEAD = timedelta(minutes=2)
"""By how much a reporter's clock may be ahead of the hub's."""

URGENT, SEVERAL = 2, 1
"""Priorities: words of danger, and more than one source."""


@dataclass(frozen=True, slots=True)
class IncomingReport:
    """What a door makes of what it was told.

    ``door`` and ``external`` name it for ever: the same pair again is the same report. ``camera``
    is the one that saw it. ``photos`` are written but not yet in the index. ``urgent`` is
    the word of danger in it, or empty. ``by`` is the officer or collector who found it: he will
    neither check nor close it. ``party`` is who brought it, for the count: a client, a chat group.
    ``others`` are the classes it may be of as well.
    """

    door: str
    external: str
    source: Source
    at: datetime
    lat: float
    lon: float
    guess: Guess
    text: str = ""
    reporter: str = ""
    camera: str | None = None
    photos: tuple[Photo, ...] = ()
    urgent: str = ""
    priority: int = 0
    by: wire.Officer | None = None
    party: str = ""
    others: tuple[wire.Candidate, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a report. ``repeated`` means that it had been taken before."""

    report: str
    case: str
    joined: bool = False
    repeated: bool = False


def report_id(door: str, external: str) -> str:
    """Return the id under which a door's report is kept."""
    return "r" + hashlib.sha256(f"{door}\0{external}".encode()).hexdigest()[:24]


async def receive(hub: Hub, report: IncomingReport) -> Received:
    """Take a report: when this returns it is committed, whatever becomes of the hub."""
    return await hub.store.write(lambda tx: take(hub, tx, report))


def take(hub: Hub, tx: Tx, report: IncomingReport) -> Received:
    """Like :func:`receive`, within a transaction."""
    id_ = report_id(report.door, report.external)
    known = tx.get_report(id_)
    if known is not None:
        return Received(id_, known.case, repeated=True)
    guess, others = understand(hub, report.guess, report.text)
    report = replace(report, guess=guess, others=others)
    found = case_of(tx, _sighting(tx, report), report.source)
    row = _join(hub, tx, report, id_, *found) if found else _open(hub, tx, report, id_)
    _keep(tx, report, id_, row.id, joined=found is not None)
    recount(tx, row.id)
    return Received(id_, row.id, joined=found is not None)


def _sighting(tx: Tx, report: IncomingReport) -> Sighting:
    camera = tx.get(wire.Camera, report.camera) if report.camera else None
    view = view_of(camera) if camera else None
    guess = report.guess
    return Sighting(guess.code, guess.certainty, report.lat, report.lon, tx.now, view)


def _open(hub: Hub, tx: Tx, report: IncomingReport, id_: str) -> wire.CaseRow:
    """Open a case that an officer has yet to accept."""
    at = wire.Point(lat=report.lat, lon=report.lon)
    where = spot(hub.live, report.lat, report.lon)
    sight = Sight(at, report.guess, report.text, report.camera, report.others)
    proposed = propose(hub, tx, sight)
    proposal = proposed.proposal
    if report.urgent:
        proposal = with_reason(proposal, wire.Reason(code="urgent", text=report.urgent))
    day = clock.case_day(tx.now)
    row = wire.CaseRow(
        id=clock.case_number(day, tx.count(f"case/{day}")),
        version=0,
        state=State.PROPOSED,
        place=where.place,
        street=where.street.id if where.street else None,
        grid=where.grid.id if where.grid else None,
        grid_name=where.grid.name if where.grid else "",
        at=at,
        district=district_of(hub.live, at),
        sources=[report.source],
        reports=1,
        opened=tx.now,
        due=tx.now,
        priority=_priority(report),
        proposal=proposal,
        **proposed.fields,
    )
    row = tx.put("case", row.model_copy(update=clocks.opening(hub, row)))
    by = report.by or SYSTEM
    tx.fact(
        row.id,
        Action.PROPOSE,
        by.id,
        _reporting(by),
        row.state,
        report.text,
        [photo.media.id for photo in report.photos],
        _told(report, id_) | {"classed": proposed.classed},
    )
    return row


def _priority(report: IncomingReport) -> int:
    return max(report.priority, URGENT if report.urgent else 0)


def _reporting(by: wire.Officer) -> str:
    """Return in which of his roles somebody reports."""
    order = (Role.COLLECTOR, Role.PATROLLER, Role.ACCEPTOR)
    return next((role for role in order if role in by.roles), by.roles[0])


def _join(
    hub: Hub, tx: Tx, report: IncomingReport, id_: str, row: wire.CaseRow, metres: float
) -> wire.CaseRow:
    """Add a report to an open case; a surer class of it wins while nobody has decided."""
    data = _told(report, id_) | {"metres": round(metres)}
    sources = list(dict.fromkeys([*row.sources, report.source.value]))
    changes: dict[str, Any] = {"sources": sources, "reports": row.reports + 1}
    several = SEVERAL if len(sources) > 1 else 0
    changes["priority"] = max(row.priority, _priority(report), several)
    proposal = row.proposal
    if proposal is not None and certainty_of(row) < report.guess.certainty:
        surer_one = surer(hub, tx, row, proposal, report.guess, report.text)
        proposal = surer_one.proposal
        changes |= surer_one.fields
        if report.guess.code != row.code:
            data |= {
                "from": wire.class_id(row.scheme, row.kind, row.code),
                "to": _base_id(report.guess),
                "classed": surer_one.classed,
            }
    if proposal is not None and len(sources) > len(row.sources):
        said = f"{report.source} {metres:.0f} m"
        proposal = with_reason(proposal, wire.Reason(code="joined", text=said))
    changes["proposal"] = proposal
    return step(
        hub,
        tx,
        row,
        Action.JOIN,
        SYSTEM,
        note=report.text,
        media=[photo.media.id for photo in report.photos],
        data=data,
        **changes,
    )


def _base_id(guess: Guess) -> str:
    return wire.class_id(wire.BASE_SCHEME, "matter", guess.code)


def _told(report: IncomingReport, id_: str) -> dict[str, Any]:
    """Return what a fact says of a report."""
    guess = report.guess
    said = {} if guess.certainty is Certainty.NONE else {"code": guess.code, "basis": guess.basis}
    by = {"reporter": report.by.id} if report.by else {}
    return {"report": id_, "source": report.source.value, "door": report.door} | by | said


def _keep(tx: Tx, report: IncomingReport, id_: str, case: str, *, joined: bool) -> None:
    by = {"by": report.by.id} if report.by else {}
    kept = wire.Report(
        id=id_,
        case=case,
        source=report.source,
        at=report.at.astimezone(UTC) if report.at <= tx.now + AHEAD else tx.now,
        text=report.text,
        reporter=report.reporter,
        where=wire.Point(lat=report.lat, lon=report.lon),
        media=[photo.media.id for photo in report.photos],
        data={"door": report.door, "external": report.external} | by | report.data,
    )
    tx.report(kept)
    count_in(tx, kept, report.party or report.door, joined=joined)
    for photo in report.photos:
        keep_photo(tx, photo, id_, case)


def keep_photo(tx: Tx, photo: Photo, report: str, case: str) -> None:
    """Put a report's photo into the index, with what it looks like."""
    known = tx.get_media(photo.media.id)
    if known is not None and known.case not in (None, case):
        return  # it stands in another case: a report may not take it out of there
    tx.media(photo.media.model_copy(update={"case": case}))
    put_hash(tx, photo.media.id, report, photo.look)


def picture_came(
    hub: Hub, tx: Tx, report: str, photo: Photo, note: str, data: dict[str, Any]
) -> None:
    """Keep a picture that followed its report; the case says so while it is open."""
    known = tx.get_report(report)
    if known is None:
        return
    keep_photo(tx, photo, report, known.case)
    row = tx.get(wire.CaseRow, known.case)
    if row is not None and State(row.state) in OPEN:
        media = [photo.media.id]
        step(hub, tx, row, Action.NOTE, SYSTEM, note=note, media=media, data=data)
        recount(tx, row.id)


def guess_of(text: str, chosen: str = "", name: str = "") -> Guess:
    """Return the class of a citizen's report: what its words say, else what was picked."""
    said = words().read(text)
    if said.certainty >= Certainty.READ or not chosen or chosen == UNSORTED:
        return said
    return Guess(chosen, "service", name or chosen)
