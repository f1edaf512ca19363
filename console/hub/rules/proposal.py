"""What the hub would do with a case: where it lies, who and what is near, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console import wire
from console.domain.classify import BASIS, Certainty, Guess
from console.domain.geo import EARTH_RADIUS, distance, distance_to_line, inside
from console.domain.nearest import nearest
from console.domain.view import View

if TYPE_CHECKING:
    from console.hub.store.live import Live

STREET_WITHIN = 80.0
CAMERA_WITHIN = 300.0
SPEAKER_WITHIN = 300.0
"""Metres beyond which a thing is of no use for a case."""

MAX_REASONS = 16


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


def propose(
    live: Live,
    fixes: Iterable[wire.Position],
    guess: Guess,
    lat: float,
    lon: float,
    camera: str | None = None,
) -> wire.Proposal:
    """Return class, camera, speaker and officer for a case, with one reason for each.

    ``fixes`` are positions fresh enough to be believed; ``camera`` is the one that saw it.
    """
    reasons = [wire.Reason(code=guess.basis or "unsorted", text=guess.text)]
    if camera is not None and camera in live.cameras:
        reasons.append(wire.Reason(code="seen", text=camera))
    else:
        camera = _camera(live.cameras, lat, lon, reasons)
    speaker = _speaker(live.speakers, lat, lon, reasons)
    unit = _unit(live.units, fixes, lat, lon, reasons)
    return wire.Proposal(
        code=guess.code, unit=unit, camera=camera, speaker=speaker, reasons=reasons
    )


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


def _unit(
    units: Mapping[str, wire.Unit],
    fixes: Iterable[wire.Position],
    lat: float,
    lon: float,
    reasons: list[wire.Reason],
) -> str | None:
    """Return the nearest free officer."""
    free = [
        (fix.unit, fix.lat, fix.lon)
        for fix in fixes
        if (unit := units.get(fix.unit)) and unit.kind == "officer" and unit.state == "free"
    ]
    found = nearest(lat, lon, free)
    if found is None:
        return None
    reasons.append(_near("unit", units[found[1]].name, found[0]))
    return found[1]


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


def based_on(proposal: wire.Proposal, guess: Guess) -> wire.Proposal:
    """Return a proposal of a surer class, whose reason is told first."""
    reasons = [wire.Reason(code=guess.basis, text=guess.text), *proposal.reasons]
    return proposal.model_copy(update={"code": guess.code, "reasons": reasons[:MAX_REASONS]})
