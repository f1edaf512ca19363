"""What the officer is looking at, and which devices are near it."""

from __future__ import annotations

from dataclasses import dataclass, field

from console import wire
from console.domain.geo import bearing, distance
from console.seat.mirror import Mirror


@dataclass(frozen=True, slots=True)
class Selection:
    """A case or a point. Without either ``lat`` and ``lon`` are None.

    ``cameras`` and ``speakers`` are ids: those that reach the point first, then the
    nearest. The camera or speaker the hub proposed for the case leads its list.
    """

    case: wire.CaseRow | None = None
    lat: float | None = None
    lon: float | None = None
    cameras: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)


def sees(camera: wire.Camera, lat: float, lon: float) -> bool:
    """Tell whether a point lies in a camera's sector, or at its very foot."""
    away = distance(camera.at.lat, camera.at.lon, lat, lon)
    if away < 1.0 or away > camera.reach:
        return away < 1.0
    turn = bearing(camera.at.lat, camera.at.lon, lat, lon) - camera.bearing
    return abs((turn + 180.0) % 360.0 - 180.0) <= camera.fov / 2


def select(mirror: Mirror, case: wire.CaseRow | None, lat: float, lon: float) -> Selection:
    """Return the selection of a point, or of a case at its place."""
    proposal = case.proposal if case else None
    camera = proposal.camera if proposal else None
    speaker = proposal.speaker if proposal else None

    def camera_rank(item: wire.Camera) -> tuple[bool, bool, float]:
        away = distance(item.at.lat, item.at.lon, lat, lon)
        return item.id != camera, not sees(item, lat, lon), away

    def speaker_rank(item: wire.Speaker) -> tuple[bool, bool, float]:
        away = distance(item.at.lat, item.at.lon, lat, lon)
        return item.id != speaker, away > item.reach, away

    return Selection(
        case=case,
        lat=lat,
        lon=lon,
        cameras=[c.id for c in sorted(mirror.cameras.values(), key=camera_rank)],
        speakers=[s.id for s in sorted(mirror.speakers.values(), key=speaker_rank)],
    )
