"""What a wire message is to :mod:`console.domain.permit`: where it lies, whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console import wire
from console.domain.geo import inside
from console.domain.permit import Deed, Kind, Thing, may, sees_everything
from console.hub.refusal import Refused
from console.hub.store import LogLine, Reader
from console.hub.store.live import Live
from console.hub.store.read import change_text

SCOPED: dict[str, type[wire.Message]] = {
    "case": wire.CaseRow,
    "call": wire.Call,
    "camera": wire.Camera,
    "speaker": wire.Speaker,
    "order": wire.SupervisionOrder,
    "notice": wire.Notice,
}
"""Kinds of the mirror of which an officer may see some and not others."""


def case_thing(
    row: wire.CaseRow, kind: Kind = Kind.CASE, reports: Iterable[wire.Report] = ()
) -> Thing:
    """Return a case, or with ``kind`` something that belongs to it, as what is asked about."""
    departments = {row.department, *row.assisting} - {None}
    found = (report.data.get("by") for report in reports)
    people = {row.unit, row.claimed_by, *found} - {None, ""}
    return Thing(kind, row.district, frozenset(map(str, departments)), frozenset(map(str, people)))


def district_of(live: Live, at: wire.Point) -> str:
    """Return the first-level grid a point lies in, or nothing."""
    for grid in live.grids.values():
        if grid.level == 1 and inside(at.lat, at.lon, grid.ring):
            return grid.id
    return ""


def thing_of(live: Live, body: wire.Message) -> Thing:
    """Return an entity of the mirror as what is asked about."""
    match body:
        case wire.CaseRow():
            return case_thing(body)
        case wire.Call(case=case, operator=operator):
            row = live.cases.get(case) if case else None
            if row is not None:
                return case_thing(row, Kind.CALL)
            return Thing(Kind.CALL, people=frozenset({operator}))
        case wire.SupervisionOrder() | wire.Notice():
            people = frozenset({body.issued_by})
            return Thing(Kind.JOINT, departments=frozenset(body.departments), people=people)
        case wire.Camera(at=at):
            return Thing(Kind.CAMERA, district_of(live, at))
        case wire.Speaker(at=at):
            return Thing(Kind.SPEAKER, district_of(live, at))
        case _:
            return Thing(Kind.TOWN)


def sees(live: Live, officer: wire.Officer, body: wire.Message) -> bool:
    """Tell whether an officer may see an entity of the mirror."""
    return may(officer, Deed.SEE, thing_of(live, body))


def seen_texts(live: Live, officer: wire.Officer, kind: str, texts: Sequence[str]) -> Iterable[str]:
    """Return those of the JSON bodies of one kind that an officer may see."""
    model = SCOPED.get(kind)
    if model is None or sees_everything(officer):
        return texts
    return [text for text in texts if sees(live, officer, model.model_validate_json(text))]


def check_case(officer: wire.Officer, deed: Deed, row: wire.CaseRow, reader: Reader) -> None:
    """Raise :class:`Refused` (403) unless an officer may do a deed with a case.

    That he reported it is looked up only where nothing else lets him.
    """
    if may(officer, deed, case_thing(row)):
        return
    if not may(officer, deed, case_thing(row, reports=reader.reports_of(row.id))):
        raise Refused("out_of_scope", f"{deed} case {row.id}", status=403)


def check_media(officer: wire.Officer, deed: Deed, media: wire.Media, reader: Reader) -> None:
    """Raise :class:`Refused` (403) unless an officer may do a deed with a file."""
    row = reader.get(wire.CaseRow, media.case) if media.case else None
    if row is None:
        # What a campaign shows and what a department answers is the whole bureau's to see.
        thing = Thing(Kind.TOWN if media.role == "joint" else Kind.MEDIA)
    else:
        thing = case_thing(row, Kind.MEDIA)
        if not may(officer, deed, thing):
            thing = case_thing(row, Kind.MEDIA, reader.reports_of(row.id))
    if not may(officer, deed, thing):
        raise Refused("out_of_scope", f"{deed} file {media.id}", status=403)


def line_for(live: Live, officer: wire.Officer, line: LogLine) -> str | None:
    """Return a change as an officer may see it.

    What leaves his sight comes as removed; what never was in it does not come at all.
    """
    if line.body is None or line.kind not in SCOPED or sees(live, officer, line.body):
        return line.text
    if line.before is None or not sees(live, officer, line.before):
        return None
    return change_text(line.seq, line.at, line.kind, line.id, None)


def change_for(live: Live, officer: wire.Officer, change: wire.Change) -> str:
    """Return a change of the past as an officer may see it now.

    What he saw then is not known any more, so what he may not see comes as removed.
    """
    model = SCOPED.get(change.kind)
    if model is None or change.body is None:
        return change.model_dump_json()
    if not sees(live, officer, model.model_validate(change.body)):
        change = change.model_copy(update={"body": None})
    return change.model_dump_json()
