"""A small register for the doors' tests: one street, two cameras, three grids, three units."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from console.domain.geo import moved

LAT, LON = 28.136, 121.231
"""The middle of the no-vending zone; camera 7 stands 30 m south of it and looks north."""


def at(east: float, north: float) -> tuple[float, float]:
    """Return (lat, lon) metres from the middle of the town."""
    return moved(LAT, LON, east, north)


def _ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [[lon, lat] for lat, lon in (at(*corner) for corner in corners)]


def _table(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def _features(folder: Path, name: str, kind: str, rows: list[tuple[Any, dict[str, Any]]]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": kind, "coordinates": shape},
        }
        for shape, properties in rows
    ]
    body = {"type": "FeatureCollection", "features": features}
    (folder / name).write_text(json.dumps(body, ensure_ascii=False), "utf-8")


def _placed(east: float, north: float, **fields: Any) -> dict[str, Any]:
    lat, lon = at(east, north)
    return fields | {"lat": lat, "lon": lon}


def write_register(folder: Path) -> Path:
    """Write the register and return its folder."""
    folder.mkdir()
    (folder / "town.json").write_text(json.dumps({"name": "石桥镇", "centre": [LAT, LON]}), "utf-8")
    camera = {"bearing": 0, "fov": 60, "reach": 80, "group": "", "url_main": "rtsp://127.0.0.1/m"}
    camera["url_sub"] = "rtsp://127.0.0.1/s"
    _table(
        folder,
        "cameras.csv",
        [
            _placed(0, -30, id="cam07", name="人民路口", street="r01", **camera),
            _placed(900, 0, id="cam08", name="城东", street="r02", **camera),
        ],
    )
    _table(
        folder,
        "speakers.csv",
        [
            _placed(5, -28, id="spk07", name="人民路口音柱", reach=60, street="r01", url="sip:1@a"),
            _placed(900, 5, id="spk08", name="城东音柱", reach=60, street="r02", url="rtp://a:1"),
        ],
    )
    unit = {"squad": "一中队", "phone": ""}
    _table(
        folder,
        "units.csv",
        [
            {"id": "u001", "kind": "officer", "name": "李伟", "protocol": "jt808",
             "terminal": "13800138001", **unit},
            {"id": "u002", "kind": "officer", "name": "陈静", "protocol": "osmand",
             "terminal": "phone-2", **unit},
            {"id": "u003", "kind": "vehicle", "name": "巡逻车", "protocol": "owntracks",
             "terminal": "team/car3", **unit},
        ],
    )  # fmt: skip
    _table(
        folder,
        "sensors.csv",
        [_placed(200, 0, id="s01", kind="bin", name="人民路果皮箱1号", street="r01")],
    )
    _table(
        folder,
        "ai.csv",
        [
            {"camera": "cam07", "label": "vendor", "zone": "z01", "code": "09001"},
            {"camera": "*", "label": "rubbish", "zone": "", "code": "06010"},
        ],
    )
    line = [[lon, lat] for lat, lon in (at(-500, 0), at(0, 0), at(500, 0))]
    far = [[lon, lat] for lat, lon in (at(900, -400), at(900, 400))]
    _features(
        folder,
        "streets.geojson",
        "LineString",
        [(line, {"id": "r01", "name": "人民路"}), (far, {"id": "r02", "name": "城东路"})],
    )
    _features(
        folder,
        "grids.geojson",
        "Polygon",
        [
            ([_ring(-1000, -1000, 1000, 1000)], {"id": "g1-1", "level": 1, "name": "城区"}),
            (
                [_ring(-500, -500, 500, 500)],
                {"id": "g3-1", "level": 3, "name": "石桥社区大网格", "parent": "g1-1"},
            ),
            (
                [_ring(-200, -200, 300, 200)],
                {"id": "g3-3", "level": 3, "name": "石桥社区第三网格", "parent": "g1-1"},
            ),
        ],
    )
    _features(
        folder,
        "zones.geojson",
        "Polygon",
        [
            (
                [_ring(-20, -10, 20, 10)],
                {"id": "z01", "kind": "no_vending", "name": "石桥小学禁摆区"},
            )
        ],
    )
    lat, lon = at(-100, 20)
    _features(
        folder,
        "places.geojson",
        "Point",
        [([lon, lat], {"id": "p1", "kind": "school", "name": "石桥小学"})],
    )
    return folder


def jpeg(width: int = 64, height: int = 48) -> bytes:
    """Return a small real photo."""
    picture = np.full((height, width, 3), 90, np.uint8)
    return bytes(cv2.imencode(".jpg", picture)[1])
