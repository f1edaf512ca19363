"""Base map, names, fleet and motion, each by itself."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from console import wire
from tests.widgets import town
from tests.widgets.conftest import NOW
from widgets.map import base
from widgets.map.fleet import Fleet
from widgets.map.labels import Placer, Room
from widgets.map.motion import Motion
from widgets.map.projection import MAX_ZOOM, Sheet, View, scale_at
from widgets.map.style import Style
from widgets.map.tiles import level_of, settled
from widgets.theme import load

SHEET = Sheet(28.85, 121.1)


def fix(unit: str, lon: float, seconds: float) -> wire.Position:
    return wire.Position(unit=unit, lat=28.85, lon=lon, at=NOW + timedelta(seconds=seconds))


def test_every_feature_of_the_town_is_on_the_base_map() -> None:
    ground, made = base.read(town.basemap()), town.town()
    assert len(ground.buildings.shapes) == len(made.buildings)
    assert len(ground.roads.shapes) == len(made.roads)
    assert len(ground.areas.shapes) == len(made.areas)
    assert ground.bounds.width() > 3000


def test_great_roads_are_painted_over_small_ones() -> None:
    kinds = [road.kind for road in base.read(town.basemap()).roads.shapes]
    assert kinds == sorted(kinds, key=base.ROAD_CLASSES.index)


@pytest.mark.parametrize(
    "feature",
    [
        {},
        {"properties": None, "geometry": None},
        {"properties": {"layer": "road"}, "geometry": {"type": "Point", "coordinates": [121, 28]}},
        {"properties": {"layer": "moon"}, "geometry": {"type": "LineString", "coordinates": []}},
        {"properties": {"layer": "road"}, "geometry": {"type": "LineString", "coordinates": []}},
    ],
)
def test_a_feature_that_cannot_be_drawn_is_passed_over(feature: object) -> None:
    ground = base.read(json.dumps({"features": [feature]}).encode())
    assert not ground.roads.shapes


def test_a_tile_is_given_only_what_touches_it() -> None:
    roads = base.read(town.basemap()).buildings
    near = roads.within(QRectF(-50, -50, 100, 100))
    assert 0 < len(near) < len(roads.shapes) / 10


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("zoom", [15.25, 16.0, 17.5])
def test_no_name_touches_another(zoom: float) -> None:
    ground = base.read(town.basemap())
    placer = Placer(ground, Style(load("night")), zoom, scale_at(ground.sheet, zoom))
    for _ in placer.place([]):
        pass
    boxes = [label.path.boundingRect() for label in placer.labels if label.kind == "street"]
    level = [box for box in boxes if box.width() > 3 * box.height()]
    assert boxes
    assert not any(a.intersects(b) for n, a in enumerate(level) for b in level[:n])


def test_room_that_is_taken_is_not_free() -> None:
    room = Room()
    room.take([QRectF(100, 100, 200, 20)])
    assert not room.free([QRectF(290, 110, 40, 40)])
    assert room.free([QRectF(290, 125, 40, 40)])


def test_a_unit_glides_from_fix_to_fix_and_never_beyond() -> None:
    fleet = Fleet(SHEET)
    fleet.take({"u1": fix("u1", 121.1, 0)}, 10.0)
    assert not fleet.moving(10.0)
    fleet.take({"u1": fix("u1", 121.101, 1)}, 11.0)
    start, end = (SHEET.to_sheet(28.85, lon)[0] for lon in (121.1, 121.101))
    assert fleet.at(11.0)[0, 0] == pytest.approx(start)
    assert fleet.at(11.5)[0, 0] == pytest.approx((start + end) / 2)
    assert fleet.at(60.0)[0, 0] == pytest.approx(end)
    assert not fleet.moving(12.1)


def test_a_fix_that_comes_early_does_not_make_a_unit_jump() -> None:
    fleet = Fleet(SHEET)
    fleet.take({"u1": fix("u1", 121.1, 0)}, 10.0)
    fleet.take({"u1": fix("u1", 121.101, 1)}, 11.0)
    half_way = fleet.at(11.4)
    fleet.take({"u1": fix("u1", 121.102, 2)}, 11.4)
    assert np.allclose(fleet.at(11.4), half_way)


def test_a_unit_that_appears_is_there_at_once() -> None:
    fleet = Fleet(SHEET)
    fleet.take({"u1": fix("u1", 121.1, 0)}, 10.0)
    fleet.take({"u1": fix("u1", 121.1, 0), "u2": fix("u2", 121.2, 0)}, 11.0)
    assert fleet.ids == ["u1", "u2"]
    assert fleet.at(11.0)[1] == pytest.approx(SHEET.to_sheet(28.85, 121.2))


def test_a_flight_ends_at_its_goal_on_a_zoom_with_sharp_tiles() -> None:
    view = View(SHEET, zoom=14.0, width=800, height=600)
    motion = Motion(view)
    motion.fly(500.0, -200.0, 16.13, t=0.0)
    motion.step(0.1)
    assert 14.0 < view.zoom < 16.2
    motion.step(5.0)
    assert not motion.active
    assert (view.x, view.y, view.zoom) == (500.0, -200.0, settled(16.13))
    assert level_of(view.zoom) / 4 == view.zoom


def test_a_glide_slows_down_and_stops() -> None:
    view = View(SHEET, width=800, height=600)
    motion = Motion(view)
    motion.glide(600.0, 0.0, t=0.0)
    last = view.x
    steps = []
    for frame in range(1, 200):
        motion.step(frame / 60)
        steps.append(view.x - last)
        last = view.x
    assert not motion.active
    assert steps[0] > steps[20] > steps[40] >= 0


def test_no_flight_goes_beyond_the_least_and_the_greatest_zoom() -> None:
    view = View(SHEET, zoom=19.5, width=800, height=600)
    motion = Motion(view)
    motion.zoom_at(23.0, 100, 100, t=0.0)
    assert motion.zoom == MAX_ZOOM
    motion.finish()
    assert view.zoom == MAX_ZOOM


def test_a_slow_release_does_not_glide() -> None:
    motion = Motion(View(SHEET))
    motion.glide(20.0, 5.0, t=0.0)
    assert not motion.active


def test_style_can_be_made_of_each_theme(qtbot: QtBot) -> None:
    del qtbot
    assert Style(load("night")).night
    assert not Style(load("day")).night
