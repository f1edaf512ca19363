"""Writes the town's register: CSV and GeoJSON files as a bureau would hand them over.

All UTF-8 and WGS-84; ``street`` is always a street's id. Buildings, water and pavements go to
the base map; who leads a grid cell or answers for a street stands in its feature.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from console.city import office
from console.city.geometry import Track, inside, to_wgs84
from console.city.model import XY, CameraSite, Road, Town, Zone
from console.city.sight import Stage
from console.city.sites import SENSOR_KINDS
from console.city.story import CODES

REACH = 60.0
"""Metres to which a camera shows what the bureau wants to see."""

LABELS = {
    "vendor": "流动摊贩",
    "overreach": "店外经营",
    "parked": "机动车违停",
    "rubbish": "暴露垃圾",
}
"""What the AI box calls each kind of trouble."""

_ZONED = {"vendor": "no_vending", "parked": "no_parking"}


def zone_kind(kind: str) -> str | None:
    """Return the kind of zone inside which alone this trouble is one, None for anywhere."""
    return _ZONED.get(kind)


def write_register(
    folder: Path,
    town: Town,
    cameras: Mapping[str, tuple[str, str]],
    speakers: Mapping[str, str],
    frigate: str = "",
) -> None:
    """Write all files. ``cameras`` are (main, sub) addresses by id, ``speakers`` addresses.

    ``frigate`` is the base address from which the AI boxes' snapshots are fetched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "town.json", _town(town, frigate))
    _table(
        folder / "cameras.csv",
        "id,name,lat,lon,bearing,fov,reach,street,group,url_main,url_sub",
        (
            (c.id, c.name, *_at(town, c.at), c.bearing, c.fov, REACH, c.road, c.group,
             *cameras[c.id])
            for c in town.cameras
        ),
    )  # fmt: skip
    _table(
        folder / "speakers.csv",
        "id,name,lat,lon,reach,street,url",
        (
            (s.id, s.name, *_at(town, s.at), s.reach, s.road, speakers[s.id])
            for s in town.speakers
            if s.id in speakers
        ),
    )
    _table(
        folder / "units.csv",
        "id,kind,name,squad,phone,protocol,terminal",
        ((u.id, u.kind, u.name, u.squad, u.phone, u.protocol, u.terminal) for u in town.staff),
    )
    _table(
        folder / "sensors.csv",
        "id,kind,name,lat,lon,street",
        (
            (s.id, s.kind, s.name, *_at(town, s.at), s.road)
            for s in town.sites
            if s.kind in SENSOR_KINDS
        ),
    )
    _table(folder / "ai.csv", "camera,label,zone,code", _detections(town))
    for name, header, rows in (
        ("departments.csv", office.DEPARTMENTS_HEADER, office.DEPARTMENTS),
        ("routing.csv", office.ROUTING_HEADER, office.ROUTING),
        ("classes.csv", office.CLASSES_HEADER, office.CLASSES),
        ("rules.csv", office.RULES_HEADER, office.RULES),
    ):
        _table(folder / name, header, rows)
    for name, features in _maps(town).items():
        _write(folder / name, {"type": "FeatureCollection", "features": list(features)})


def _town(town: Town, frigate: str) -> dict[str, Any]:
    centre = to_wgs84(town.origin, town.size[0] / 2, town.size[1] / 2)
    found: dict[str, Any] = {"name": town.name, "centre": [round(v, 6) for v in centre]}
    return found | ({"frigate": frigate} if frigate else {})


def _detections(town: Town) -> Iterable[tuple[str, str, str, str]]:
    """Vendors and parked cars offend inside a zone only, the rest anywhere."""
    for camera in town.cameras:
        for kind, code in CODES.items():
            if kind not in _ZONED:
                yield camera.id, LABELS[kind], "", code
                continue
            for zone in zones_of(town, camera):
                if zone.kind == _ZONED[kind]:
                    yield camera.id, LABELS[kind], zone.id, code


def zones_of(town: Town, camera: CameraSite) -> list[Zone]:
    """Return the zones in a camera's scene."""
    stage = Stage(town, camera)
    spots = [
        stage.spot(min(ahead, stage.front), side * (stage.road.width / 2 - 1.0))
        for ahead in (16.0, 24.0, 32.0)
        for side in (-1, 1)
    ]
    return [zone for zone in town.zones if any(inside(*spot, zone.ring) for spot in spots)]


def _maps(town: Town) -> dict[str, Iterable[dict[str, Any]]]:
    return {
        "streets.geojson": (_street(town, road) for road in town.roads),
        "grids.geojson": (
            _feature(
                _polygon(town, cell.ring), id=cell.id, level=cell.level, name=cell.name,
                parent=cell.parent, leader=cell.leader, phone=cell.phone,
            )
            for cell in town.grids
        ),
        "zones.geojson": (
            _feature(
                _polygon(town, zone.ring), id=zone.id, kind=zone.kind, name=zone.name,
                hours=zone.hours,
            )
            for zone in town.zones
        ),
        "places.geojson": (
            _feature(
                {"type": "Point", "coordinates": _lonlat(town, site.at)}, id=site.id,
                kind=site.kind, name=site.name, street=site.road, phone=site.phone,
            )
            for site in town.sites
            if site.kind not in SENSOR_KINDS
        ),
        "basemap.geojson": _basemap(town),
    }  # fmt: skip


def _street(town: Town, road: Road) -> dict[str, Any]:
    return _feature(
        _line(town, road.line), id=road.id, name=road.name, width=road.width, chief=road.chief,
        phone=road.phone, **{"class": road.kind},
    )  # fmt: skip


def _basemap(town: Town) -> Iterable[dict[str, Any]]:
    for area in town.areas:
        yield _feature(_polygon(town, area.ring), layer=area.kind, name=area.name)
    for road in town.roads:
        track = Track(road.line)
        for side in (-1, 1):
            line = track.shifted(side * (road.width + road.pavement) / 2)
            yield _feature(_line(town, line), layer="pavement", width=road.pavement)
    for road in town.roads:
        yield _feature(
            _line(town, road.line), layer="road", name=road.name, width=road.width,
            **{"class": road.kind},
        )  # fmt: skip
    for house in town.buildings:
        yield _feature(
            _polygon(town, house.ring), layer="building", name=house.name, use=house.use,
            height=house.height,
        )  # fmt: skip


# --- writing --------------------------------------------------------------------------


def _at(town: Town, spot: XY) -> tuple[float, float]:
    lat, lon = to_wgs84(town.origin, *spot)
    return round(lat, 7), round(lon, 7)


def _lonlat(town: Town, spot: XY) -> list[float]:
    lat, lon = _at(town, spot)
    return [lon, lat]


def _line(town: Town, line: Sequence[XY]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [_lonlat(town, spot) for spot in line]}


def _polygon(town: Town, ring: Sequence[XY]) -> dict[str, Any]:
    """GeoJSON wants the ring closed and counter-clockwise."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    turned = ring if sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) > 0 else ring[::-1]
    points = [_lonlat(town, spot) for spot in turned]
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    kept = {key: value for key, value in properties.items() if value not in (None, "")}
    return {"type": "Feature", "properties": kept, "geometry": geometry}


def _write(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", "utf-8")


def _table(path: Path, header: str, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
