"""What is near the place the officer looks at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from console import wire
from console.domain.geo import moved
from console.seat.mirror import Mirror
from console.seat.selection import sees, select

LAT, LON = 28.128, 121.231
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def camera(name: str, east: float, north: float, bearing: float) -> wire.Camera:
    lat, lon = moved(LAT, LON, east, north)
    at = wire.Point(lat=lat, lon=lon)
    return wire.Camera(id=name, name=name, at=at, bearing=bearing, main="", sub="")


def town() -> Mirror:
    mirror = Mirror()
    looks_away, looks_here = camera("away", 0, -10, 180), camera("here", 0, -40, 0)
    far = camera("far", 0, -400, 0)
    mirror.cameras.update({c.id: c for c in (far, looks_away, looks_here)})
    for name, east in (("loud", 100.0), ("near", 30.0)):
        lat, lon = moved(LAT, LON, east, 0)
        at = wire.Point(lat=lat, lon=lon)
        mirror.speakers[name] = wire.Speaker(id=name, name=name, at=at)
    return mirror


def test_a_camera_that_sees_the_place_comes_before_a_nearer_one_that_does_not() -> None:
    assert select(town(), None, LAT, LON).cameras == ["here", "away", "far"]


def test_the_nearest_speaker_comes_first() -> None:
    assert select(town(), None, LAT, LON).speakers == ["near", "loud"]


def test_what_the_hub_proposes_leads() -> None:
    case = wire.CaseRow(
        id="c",
        version=1,
        state="proposed",
        kind="matter",
        code="09001",
        name="",
        place="",
        at=wire.Point(lat=LAT, lon=LON),
        sources=["ai"],
        reports=1,
        opened=NOW,
        due=NOW + timedelta(hours=4),
        proposal=wire.Proposal(code="09001", camera="far", speaker="loud"),
    )
    selection = select(town(), case, LAT, LON)
    assert selection.cameras[0] == "far"
    assert selection.speakers[0] == "loud"


def test_a_camera_sees_its_own_foot_and_its_sector_across_north() -> None:
    here = camera("c", 0, 0, 350)
    assert sees(here, LAT, LON)
    north = moved(LAT, LON, 5, 40)
    assert sees(here, *north)
    behind = moved(LAT, LON, 0, -20)
    assert not sees(here, *behind)
