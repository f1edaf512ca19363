"""What the hub would do with a case: where it lies, who and what is near, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain.classify import BASIS, UNSORTED, Certainty, Guess, learned
from console.domain.geo import EARTH_RADIUS, distance, distance_to_line, inside
from console.domain.nearest import by_distance, nearest
from console.domain.view import View
from console.hub.rules.classing import Classed, classed
from console.hub.store import Tx
from console.hub.store.learning import recurred
from console.hub.words import words

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store.live import Live

STREET_WITHIN = 80.0
CAMERA_WITHIN = 300.0
SPEAKER_WITHIN = 300.0
"""Metres beyond which a thing is of no use for a case."""

SLIGHT, OTHERS = 0.02, 3
"""Share from which a class is worth naming, and how many of them are."""

NEAREST = 3
"""Free officers that a proposal names."""
RECENT_DAYS, OFTEN = 30, 3
"""So many cases of a class in one grid within so many days make it a trouble spot."""

MAX_REASONS = 16
UNSORTED_NAME = "待分类"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is, in the bureau's words."""

    street: wire.Street | None
    grid: wire.Grid | None
    place: str


def view_of(camera: wire.Camera) -> View:
    """Return what a camera sees."""
    return View(camera.at.lat, camera.at.lon, camera.bearing, camera.fov, camera.reach)


def spot(live: Live, lat: float, lon: float) -> Spot:
    """Return street, grid and words for a point, such as 人民路 · 石桥社区第三网格附近."""
    street = _street(live.streets, lat, lon)
    grid = _grid(live.grids, lat, lon)
    names = [found.name for found in (street, grid) if found]
    place = " · ".join(names) + "附近" if names else f"{lat:.5f}, {lon:.5f}"
    return Spot(street, grid, place)


def _street(streets: Mapping[str, wire.Street], lat: float, lon: float) -> wire.Street | None:
    near = [
        (distance_to_line(lat, lon, street.line), street.id)
        for street in streets.values()
        if _boxed(street.line, lat, lon)
    ]
    metres, id_ = min(near, default=(math.inf, ""))
    return streets[id_] if metres <= STREET_WITHIN else None


def _boxed(line: wire.Ring, lat: float, lon: float) -> bool:
    """Rule out cheaply what passes too far away: most streets, for most points."""
    if not line:
        return False
    margin = math.degrees(STREET_WITHIN / EARTH_RADIUS)
    lons, lats = [lon for lon, _ in line], [lat for _, lat in line]
    wide = margin / math.cos(math.radians(lat))
    return (
        min(lats) - margin <= lat <= max(lats) + margin
        and min(lons) - wide <= lon <= max(lons) + wide
    )


def _grid(grids: Mapping[str, wire.Grid], lat: float, lon: float) -> wire.Grid | None:
    """Return the grid of the finest level that holds the point, the smallest of several."""
    holding = [grid for grid in grids.values() if inside(lat, lon, grid.ring)]
    return min(holding, key=lambda grid: (-grid.level, _area(grid.ring), grid.id), default=None)


def _area(ring: wire.Ring) -> float:
    """Return twice the area in square degrees, good for comparing neighbours only."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs))


@dataclass(frozen=True, slots=True)
class Sight:
    """What a proposal is made from: where, what it seems to be, in which words, who saw it."""

    at: wire.Point
    guess: Guess
    text: str = ""
    camera: str | None = None
    others: tuple[wire.Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal, and what follows from its class for the case."""

    proposal: wire.Proposal
    fields: dict[str, Any]
    classed: dict[str, Any]
    """Class and rule as they stand now, for a fact to keep."""


def understand(hub: Hub, guess: Guess, text: str) -> tuple[Guess, tuple[wire.Candidate, ...]]:
    """Return what a report is of and the classes that are next.

    Words and source go first; where they say nothing plainly, closed cases teach. Next are the
    other classes that the report's words speak of, then what closed cases teach, without those the
    classes that people mix up with it.
    """
    shares = hub.learning.shares(text)
    guess = learned(guess, shares)
    likely = dict(shares)
    spoken = [other.code for other in words().readings(text)]
    known = [code for code, share in shares if share >= SLIGHT]
    near = dict.fromkeys([*spoken, *(known or words().mixed_up_with(guess.code))])
    others = [
        wire.Candidate(code=code, share=round(likely.get(code, 0.0), 3))
        for code in near
        if code != guess.code
    ]
    return guess, tuple(others[:OTHERS])


def propose(hub: Hub, tx: Tx, sight: Sight) -> Proposed:
    """Return what to do with a case, and for each part of it the reason."""
    lat, lon, live = sight.at.lat, sight.at.lon, hub.live
    reasons = [wire.Reason(code=sight.guess.basis or "unsorted", text=sight.guess.text)]
    found = class_of(hub, tx, sight.guess, sight.at, sight.text)
    where = spot(live, lat, lon)
    reasons += _why(hub, tx, found, where)
    camera = sight.camera
    if camera is not None and camera in live.cameras:
        reasons.append(wire.Reason(code="seen", text=camera))
    else:
        camera = _camera(live.cameras, lat, lon, reasons)
    speaker = _speaker(live.speakers, lat, lon, reasons)
    department = found.department if found else None
    free = _free(hub, tx, lat, lon)
    unit = None
    if free and (department is None or department.kind == "bureau"):
        metres, unit = free[0]
        reasons.append(_near("unit", live.units[unit].name, metres))
    officer, phone = _answering(where)
    proposal = wire.Proposal(
        code=sight.guess.code,
        unit=unit,
        camera=camera,
        speaker=speaker,
        reasons=reasons[:MAX_REASONS],
        rule=found.rule.id if found and found.rule else None,
        department=department.id if department else None,
        officer=officer,
        phone=phone,
        nearest=[id_ for _, id_ in free[:NEAREST]],
        others=list(sight.others),
    )
    return Proposed(proposal, class_fields(found), found.snapshot if found else {})


def class_of(hub: Hub, tx: Tx, guess: Guess, at: wire.Point, text: str) -> Classed | None:
    """Return what follows from a guess; None where it is no class of the catalogue."""
    item = tx.get(wire.CatalogueItem, wire.class_id(wire.BASE_SCHEME, "matter", guess.code))
    return classed(hub, tx, item, at, text=text) if item is not None else None


def class_fields(found: Classed | None) -> dict[str, Any]:
    """Return the fields of a proposed case: it is given to a department when it is dispatched."""
    if found is None:
        return {"kind": "matter", "code": UNSORTED, "name": UNSORTED_NAME, "rule": None}
    names = ("scheme", "kind", "code", "name", "rule")
    return {name: found.fields[name] for name in names}


def _why(hub: Hub, tx: Tx, found: Classed | None, where: Spot) -> list[wire.Reason]:
    """Return the reasons that lie in the class: its rule, its department, how often it came."""
    if found is None:
        return []
    reasons = []
    if found.rule is not None:
        reasons.append(wire.Reason(code="rule", text=found.rule.condition))
    if found.department is not None:
        reasons.append(wire.Reason(code="department", text=found.department.name))
    elif hub.register.routes:
        responsible = found.rule.responsible if found.rule else ""
        reasons.append(wire.Reason(code="no_department", text=responsible))
    if where.grid is not None:
        since = tx.now - timedelta(days=RECENT_DAYS)
        times = recurred(tx, wire.id_of(found.item), where.grid.id, since)
        if times >= OFTEN:
            reasons.append(wire.Reason(code="recurring", text=str(times)))
    return reasons


def _answering(where: Spot) -> tuple[str, str]:
    """Return (name, phone) of who answers for a spot: the street's chief, else the grid's."""
    if where.street is not None and where.street.chief:
        return where.street.chief, where.street.phone
    if where.grid is not None:
        return where.grid.leader, where.grid.phone
    return "", ""


def _near(code: str, name: str, metres: float) -> wire.Reason:
    return wire.Reason(code=code, text=f"{name} {metres:.0f} m")


def _camera(
    cameras: Mapping[str, wire.Camera], lat: float, lon: float, reasons: list[wire.Reason]
) -> str | None:
    """Return the nearest camera that has the point in view, else the nearest at all."""
    ranked = sorted(
        (not view_of(camera).sees(lat, lon), distance(lat, lon, camera.at.lat, camera.at.lon), id_)
        for id_, camera in cameras.items()
    )
    if not ranked or ranked[0][1] > CAMERA_WITHIN:
        return None
    _, metres, id_ = ranked[0]
    reasons.append(_near("camera", cameras[id_].name, metres))
    return id_


def _speaker(
    speakers: Mapping[str, wire.Speaker], lat: float, lon: float, reasons: list[wire.Reason]
) -> str | None:
    found = nearest(lat, lon, [(s.id, s.at.lat, s.at.lon) for s in speakers.values()])
    if found is None or found[0] > SPEAKER_WITHIN:
        return None
    reasons.append(_near("speaker", speakers[found[1]].name, found[0]))
    return found[1]


def _free(hub: Hub, tx: Tx, lat: float, lon: float) -> list[tuple[float, str]]:
    """Return (metres, id) of the free officers with a fresh position, nearest first."""
    fixes = hub.positions.fresh(tx.now, hub.settings.position_age).values()
    units = tx.all(wire.Unit)
    free = [
        (fix.unit, fix.lat, fix.lon)
        for fix in fixes
        if (unit := units.get(fix.unit)) and unit.kind == "officer" and unit.state == "free"
    ]
    return by_distance(lat, lon, free)


def certainty_of(row: wire.CaseRow) -> Certainty:
    """Return how sure a case's class is: past proposing, or corrected, an officer said so."""
    proposal = row.proposal
    if row.state != "proposed" or proposal is None or proposal.code != row.code:
        return Certainty.DECIDED
    found = [BASIS.get(reason.code, Certainty.NONE) for reason in proposal.reasons]
    return max(found, default=Certainty.NONE)


def with_reason(proposal: wire.Proposal, reason: wire.Reason) -> wire.Proposal:
    """Return a proposal with one more reason at its end."""
    reasons = [*proposal.reasons, reason][:MAX_REASONS]
    return proposal.model_copy(update={"reasons": reasons})


def surer(
    hub: Hub, tx: Tx, row: wire.CaseRow, proposal: wire.Proposal, guess: Guess, text: str
) -> Proposed:
    """Return a proposal put on a surer class, whose reason is told first."""
    found = class_of(hub, tx, guess, row.at, text)
    stale = {"rule", "department", "no_department", "recurring"}
    kept = [reason for reason in proposal.reasons if reason.code not in stale]
    reasons = [
        wire.Reason(code=guess.basis, text=guess.text),
        *_why(hub, tx, found, spot(hub.live, row.at.lat, row.at.lon)),
        *kept,
    ]
    department = found.department if found else None
    leads = department is None or department.kind == "bureau"
    changes = {
        "code": guess.code,
        "reasons": reasons[:MAX_REASONS],
        "rule": found.rule.id if found and found.rule else None,
        "department": department.id if department else None,
        "unit": (proposal.unit or next(iter(proposal.nearest), None)) if leads else None,
    }
    proposal = proposal.model_copy(update=changes)
    return Proposed(proposal, class_fields(found), found.snapshot if found else {})
