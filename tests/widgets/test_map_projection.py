"""From the earth to the screen and back."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.geo import distance
from widgets.map.hud import round_length
from widgets.map.projection import MAX_ZOOM, MIN_ZOOM, Sheet, View, zoom_for

SHEET = Sheet(28.85, 121.1)
LATS = st.floats(28.0, 29.7)
LONS = st.floats(120.0, 122.2)


@given(lat=LATS, lon=LONS, zoom=st.floats(MIN_ZOOM, MAX_ZOOM))
def test_a_point_comes_back_from_the_screen_to_a_billionth_of_a_degree(
    lat: float, lon: float, zoom: float
) -> None:
    view = View(SHEET, x=350.0, y=-120.0, zoom=zoom, width=1000, height=520)
    back = view.earth_at(*view.pixel_of(lat, lon))
    assert back == pytest.approx((lat, lon), abs=1e-9)


@given(lat=LATS, lon=LONS)
def test_many_points_go_where_each_one_goes(lat: float, lon: float) -> None:
    together = SHEET.many(np.array([lat]), np.array([lon]))[0]
    assert tuple(together) == pytest.approx(SHEET.to_sheet(lat, lon), abs=1e-6)


def test_lengths_are_true_near_the_origin() -> None:
    x, y = SHEET.to_sheet(28.86, 121.11)
    true = distance(28.85, 121.1, 28.86, 121.11)
    assert math.hypot(x, y) == pytest.approx(true, rel=0.003)


@given(px=st.floats(0, 1000), py=st.floats(0, 520), zoom=st.floats(12, 19), to=st.floats(12, 19))
def test_zooming_leaves_what_is_under_the_pixel(
    px: float, py: float, zoom: float, to: float
) -> None:
    view = View(SHEET, zoom=zoom, width=1000, height=520)
    before = view.earth_at(px, py)
    view.zoom_to(to, px, py)
    assert view.earth_at(px, py) == pytest.approx(before, abs=1e-9)


def test_a_length_fills_the_pixels_it_was_fitted_to() -> None:
    view = View(SHEET, zoom=zoom_for(SHEET, 4000, 800), width=800, height=600)
    assert 4000 * view.scale == pytest.approx(800)


@pytest.mark.parametrize(
    ("most", "length"), [(1.4, 1), (7, 5), (180, 100), (250, 200), (4999, 2000)]
)
def test_the_scale_bar_is_a_round_length(most: float, length: float) -> None:
    assert round_length(most) == length
