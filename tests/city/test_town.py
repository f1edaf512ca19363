from __future__ import annotations

import math

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon

from console.city.daytime import within
from console.city.geometry import Track, from_wgs84, inside, to_wgs84
from console.city.model import Town
from console.city.sight import Stage
from console.city.town import make_town


def test_the_same_seed_makes_the_same_town(town: Town) -> None:
    assert make_town(town.seed) == town


def test_another_seed_makes_another_town(town: Town) -> None:
    other = make_town(town.seed + 1)
    assert other.roads != town.roads
    assert other.buildings != town.buildings


def test_the_grid_has_three_nested_levels_of_12_94_and_368_cells(town: Town) -> None:
    levels = {level: [c for c in town.grids if c.level == level] for level in (1, 2, 3)}
    assert [len(cells) for cells in levels.values()] == [12, 94, 368]
    rings = {cell.id: Polygon(cell.ring) for cell in town.grids}
    for cell in levels[2] + levels[3]:
        assert cell.parent is not None
        assert rings[cell.parent].buffer(6).contains(rings[cell.id].representative_point())
    assert all(cell.leader and cell.phone for cell in town.grids)


def test_every_street_lies_in_the_grid(town: Town) -> None:
    covered = shapely.union_all([Polygon(c.ring).buffer(1) for c in town.grids if c.level == 3])
    outside = [r.name for r in town.roads if not covered.covers(LineString(r.line))]
    assert outside == []


@pytest.mark.parametrize("seed", [1, 7, 23])
def test_no_house_stands_in_a_street_in_the_river_or_in_another_house(seed: int) -> None:
    town = make_town(seed)
    houses = [Polygon(b.ring) for b in town.buildings]
    streets = shapely.union_all([LineString(r.line).buffer(r.width / 2) for r in town.roads])
    water = shapely.union_all([Polygon(a.ring) for a in town.areas if a.kind == "water"])
    assert not shapely.intersects(streets, houses).any()
    assert not shapely.intersects(water, houses).any()
    pairs = shapely.STRtree(houses).query(houses, predicate="overlaps")
    assert pairs.size == 0
    assert 700 <= len(houses) <= 1700


def test_cameras_look_along_their_street(town: Town) -> None:
    roads = {road.id: road for road in town.roads}
    for camera in town.cameras:
        track = Track(roads[camera.road].line)
        _, s = track.nearest(*camera.at)
        dx, dy = track.at(s)[2:]
        b = math.radians(camera.bearing)
        assert abs(dx * math.sin(b) + dy * math.cos(b)) > math.cos(math.radians(25)), camera.id


def test_camera_seven_looks_at_a_zone_without_vending_and_has_a_sip_speaker(town: Town) -> None:
    camera = next(c for c in town.cameras if c.id == "cam07")
    stage = Stage(town, camera)
    zone = next(z for z in town.zones if inside(*stage.spot(22, -4), z.ring))
    assert zone.kind == "no_vending"
    speaker = min(town.speakers, key=lambda s: math.dist(s.at, camera.at))
    assert speaker.protocol == "sip"
    assert math.dist(speaker.at, camera.at) < 5


def test_staff_have_their_own_terminals_and_most_speak_jt808(town: Town) -> None:
    assert len(town.staff) == 200
    assert len({s.terminal for s in town.staff}) == 200
    kinds = [s.protocol for s in town.staff]
    assert kinds.count("jt808") > 150
    assert {"osmand", "owntracks"} <= set(kinds)
    assert sum(s.kind == "officer" for s in town.staff) == 120


def test_places_lie_at_the_street_they_name(town: Town) -> None:
    lines = {road.id: LineString(road.line) for road in town.roads}
    shops = [s for s in town.sites if s.kind.startswith("shop_")]
    assert len(shops) > 100
    assert all(lines[s.road].distance(Point(s.at)) < 25 for s in shops)


def test_degrees_and_metres_are_each_others_inverse(town: Town) -> None:
    lat, lon = to_wgs84(town.origin, 1234.5, 2345.6)
    assert from_wgs84(town.origin, lat, lon) == pytest.approx((1234.5, 2345.6), abs=1e-6)


def test_hours_that_end_before_they_begin_reach_over_midnight() -> None:
    assert within("22:00-02:00", 23 * 3600)
    assert within("22:00-02:00", 1 * 3600)
    assert not within("22:00-02:00", 12 * 3600)
    assert within("", 0)
