"""Plane geometry on small areas."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from console.domain import geo

LAT = st.floats(18.0, 53.0)
LON = st.floats(74.0, 135.0)
NEAR = st.floats(-5_000.0, 5_000.0)


@given(LAT, LON, NEAR, NEAR)
def test_moving_and_measuring_agree_within_a_millimetre(
    lat: float, lon: float, east: float, north: float
) -> None:
    back = geo.offset(lat, lon, *geo.moved(lat, lon, east, north))
    assert math.dist(back, (east, north)) < 1e-3


@given(LAT, LON, NEAR, NEAR)
def test_a_distance_is_the_same_both_ways(
    lat: float, lon: float, east: float, north: float
) -> None:
    to_lat, to_lon = geo.moved(lat, lon, east, north)
    there = geo.distance(lat, lon, to_lat, to_lon)
    assert math.isclose(there, geo.distance(to_lat, to_lon, lat, lon), rel_tol=1e-9, abs_tol=1e-9)


def test_one_degree_of_latitude_is_about_111_195_metres() -> None:
    assert abs(geo.distance(28.0, 121.0, 29.0, 121.0) - 111_195) < 1


def test_bearings_run_clockwise_from_north() -> None:
    points = [geo.moved(28.8, 121.1, *way) for way in ((0, 10), (10, 0), (0, -10), (-10, 0))]
    found = [geo.bearing(28.8, 121.1, lat, lon) for lat, lon in points]
    for bearing, expected in zip(found, (0.0, 90.0, 180.0, 270.0), strict=True):
        assert abs((bearing - expected + 180) % 360 - 180) < 0.01


def test_a_point_in_the_notch_of_a_ring_is_outside() -> None:
    ring = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 1.0), (0.0, 4.0)]
    assert geo.inside(0.5, 2.0, ring)
    assert not geo.inside(3.0, 2.0, ring)


def test_the_distance_to_a_line_is_to_its_nearest_segment() -> None:
    lat, lon = 28.8, 121.1
    corners = [geo.moved(lat, lon, *at) for at in ((-100.0, 30.0), (100.0, 30.0), (100.0, 200.0))]
    line = [(lon, lat) for lat, lon in corners]
    assert abs(geo.distance_to_line(lat, lon, line) - 30.0) < 0.05
    assert geo.distance_to_line(lat, lon, []) == math.inf
