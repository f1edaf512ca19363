"""The simulated town as a seat would know it, for the map's tests."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from console import wire
from console.city.model import XY, Town
from console.city.town import make_town
from console.domain.geo import moved
from console.seat.mirror import Mirror


@lru_cache(maxsize=1)
def town() -> Town:
    """The town of seed 7."""
    return make_town(7)


def degrees(place: XY) -> tuple[float, float]:
    """A place of the town as (lon, lat)."""
    lat, lon = moved(*town().origin, *place)
    return lon, lat


def point(place: XY) -> wire.Point:
    lon, lat = degrees(place)
    return wire.Point(lat=lat, lon=lon)


def _feature(kind: str, places: tuple[XY, ...], **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {
            "type": kind,
            "coordinates": [[degrees(p) for p in (*places, places[0])]]
            if kind == "Polygon"
            else [degrees(p) for p in places],
        },
    }


@lru_cache(maxsize=1)
def basemap() -> bytes:
    """The base map as the hub would serve it."""
    made = town()
    features = [_feature("Polygon", a.ring, layer=a.kind, name=a.name) for a in made.areas]
    for road in made.roads:
        breadth = road.width + 2 * road.pavement
        features.append(_feature("LineString", road.line, layer="pavement", width=breadth))
        look = {"layer": "road", "name": road.name, "class": road.kind, "width": road.width}
        features.append(_feature("LineString", road.line, **look))
    features += [
        _feature("Polygon", b.ring, layer="building", use=b.use, height=b.height, name=b.name)
        for b in made.buildings
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def fill(mirror: Mirror, now: datetime) -> None:
    """Put the town's register, its units and a few cases into a mirror."""
    made = town()
    tables: dict[str, list[Any]] = {
        "grid": [
            wire.Grid(
                id=g.id,
                level=g.level,
                name=g.name,
                ring=[degrees(p) for p in g.ring],
                parent=g.parent,
                leader=g.leader,
                phone=g.phone,
            )
            for g in made.grids
        ],
        "zone": [
            wire.Zone(
                id=z.id, kind=z.kind, name=z.name, ring=[degrees(p) for p in z.ring], hours=z.hours
            )
            for z in made.zones
        ],
        "place": [
            wire.Place(id=s.id, kind=s.kind, name=s.name, at=point(s.at)) for s in made.sites
        ],
        "camera": [
            wire.Camera(
                id=c.id,
                name=c.name,
                at=point(c.at),
                bearing=c.bearing,
                fov=c.fov,
                main="rtsp://127.0.0.1:1/a",
                sub="rtsp://127.0.0.1:1/b",
            )
            for c in made.cameras
        ],
        "speaker": [
            wire.Speaker(id=s.id, name=s.name, at=point(s.at), reach=s.reach) for s in made.speakers
        ],
        "street": [
            wire.Street(
                id=r.id,
                name=r.name,
                line=[degrees(p) for p in r.line],
                chief=r.chief,
                phone=r.phone,
            )
            for r in made.roads
        ],
        "unit": [
            wire.Unit(
                id=u.id,
                kind=u.kind,
                name=u.name,
                squad=u.squad,
                phone=u.phone,
                state=("free", "free", "tasked", "on_site", "off")[n % 5],
            )
            for n, u in enumerate(made.staff)
        ],
    }
    for kind, bodies in tables.items():
        mirror.table(kind).clear()
        mirror.table(kind).update({body.id: body for body in bodies})
    mirror.positions.clear()
    mirror.move(positions(now))
    states = ["proposed", "filed", "dispatched", "on_site", "handled", "checked", "proposed"]
    mirror.cases.clear()
    for n, state in enumerate(states):
        row = _case(n, state, now)
        mirror.cases[row.id] = row


def positions(now: datetime) -> list[wire.Position]:
    """Where each unit would be at ``now``: along its way, at a walk, a drive or a flight."""
    found = []
    for n, staff in enumerate(town().staff):
        speed = {"officer": 1.3, "vehicle": 9.0, "drone": 12.0}[staff.kind]
        run = speed * (now.timestamp() % 60)
        east = staff.home[0] + (run if n % 2 else -run)
        lon, lat = degrees((east, staff.home[1]))
        course = 90.0 if n % 2 else 270.0
        found.append(
            wire.Position(unit=staff.id, lat=lat, lon=lon, speed=speed, course=course, at=now)
        )
    return found


def _case(n: int, state: str, now: datetime) -> wire.CaseRow:
    made = town()
    camera = next(c for c in made.cameras if c.id == "cam07")
    site = made.sites[5 * n].at if n else (camera.at[0] + 14.0, camera.at[1] + 8.0)
    left = timedelta(minutes=(6.9, 90, -1.5, 4, 300, 700, 2.2)[n])
    return wire.CaseRow(
        id=f"20261122-{n + 1:04d}",
        version=1,
        state=state,
        kind="matter",
        code="09001",
        name="无照经营游商",
        place="市场街实验小学门口",
        at=point(site),
        sources=["ai", "citizen"],
        reports=2,
        opened=now - timedelta(minutes=5),
        due=now + timedelta(hours=24),
        stage_due=now + left,
        unit="u001" if state in ("dispatched", "on_site", "handled", "checked") else None,
        unit_name="陈立" if state in ("dispatched", "on_site", "handled", "checked") else "",
    )
