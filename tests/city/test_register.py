from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from console.city.geometry import to_wgs84
from console.city.model import Town
from console.city.register import write_register
from console.hub.catalogue import base
from console.hub.register_files import read_folder


@pytest.fixture
def register(town: Town, tmp_path: Path) -> Path:
    cameras = {
        c.id: (f"rtsp://[::1]/{c.id}/main", f"rtsp://[::1]/{c.id}/sub") for c in town.cameras
    }
    speakers = {s.id: f"sip:{s.id}@127.0.0.1" for s in town.speakers}
    write_register(tmp_path, town, cameras, speakers, "http://127.0.0.1:5000")
    return tmp_path


def _features(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return found


def _points(geometry: Any) -> list[tuple[float, float]]:
    if isinstance(geometry[0], float):
        return [(geometry[0], geometry[1])]
    return [point for part in geometry for point in _points(part)]


def test_everything_lies_inside_the_town(register: Path, town: Town) -> None:
    south, west = to_wgs84(town.origin, -60, -60)
    north, east = to_wgs84(town.origin, town.size[0] + 60, town.size[1] + 60)
    for name in ("cameras.csv", "speakers.csv", "sensors.csv"):
        with (register / name).open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert rows
        assert all(south < float(r["lat"]) < north and west < float(r["lon"]) < east for r in rows)
    for name in ("streets", "grids", "zones", "places", "basemap"):
        for feature in _features(register / f"{name}.geojson"):
            for lon, lat in _points(feature["geometry"]["coordinates"]):
                assert south < lat < north
                assert west < lon < east


def test_the_base_map_has_every_layer(register: Path) -> None:
    layers = {f["properties"]["layer"] for f in _features(register / "basemap.geojson")}
    assert layers == {"water", "park", "square", "field", "road", "building", "pavement"}


def test_the_hub_reads_it_without_a_complaint(register: Path, town: Town) -> None:
    folder = read_folder(register)
    assert folder.town == town.name
    counts = {kind: len(rows) for kind, rows in folder.entities.items()}
    assert counts["camera"] == counts["speaker"] == 16
    assert (counts["unit"], counts["grid"], counts["street"]) == (200, 474, len(town.roads))
    assert len(folder.terminals) == 200


def test_a_vendor_before_camera_seven_is_an_offence_of_its_zone_only(register: Path) -> None:
    rules = [r for r in read_folder(register).ai if r["camera"] == "cam07"]
    vendor = [r for r in rules if r["label"] == "流动摊贩"]
    assert [(r["zone"] != "", r["code"]) for r in vendor] == [(True, "09001")]


def test_the_town_has_its_offices_and_kinds_of_case_of_its_own(register: Path) -> None:
    folder = read_folder(register)
    assert len(folder.entities["department"]) == 15
    assert len(folder.classes.bodies) == 13
    named = {rule.responsible for rule in base.rules()}
    routed = {line["responsible"] for line in folder.routes} - {""}
    assert named - routed == {"邮政企业", "气象部门"}
    assert routed <= named
