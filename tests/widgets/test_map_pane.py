"""The map in the hands of an officer."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console import wire
from console.seat.commands import Registry
from console.seat.mirror import ChangeSet
from tests.widgets import town
from tests.widgets.conftest import NOW, StandInClient
from widgets.bridge import Desk
from widgets.map.canvas import LAYERS
from widgets.map.pane import MapPane
from widgets.map.scene import TAIL, Hit
from widgets.theme import load

CASE = "20261122-0001"


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, client: StandInClient) -> MapPane:
    client.skew = (NOW - datetime.now(UTC)).total_seconds()
    client.map_text = town.basemap()
    town.fill(desk.mirror, NOW)
    pane = MapPane(desk)
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    with qtbot.waitExposed(pane):
        pane.show()
    await_base(qtbot, pane, desk)
    rest(qtbot, pane)
    return pane


def await_base(qtbot: QtBot, pane: MapPane, desk: Desk) -> None:
    def there() -> bool:
        desk.drain()
        return bool(pane.canvas.base.roads.shapes)

    qtbot.waitUntil(there)


def rest(qtbot: QtBot, pane: MapPane) -> None:
    """Wait until the view stands still and every tile is there."""
    canvas = pane.canvas
    qtbot.waitUntil(lambda: not canvas.motion.active, timeout=20_000)
    canvas.repaint()
    qtbot.waitUntil(lambda: not canvas.tiles.busy, timeout=20_000)
    canvas.repaint()


def press(pane: MapPane, key: str) -> None:
    next(record for record in pane.commands() if record.key == key).run()


def pixel(pane: MapPane, at: wire.Point) -> QPointF:
    return QPointF(*pane.canvas.view.pixel_of(at.lat, at.lon))


def test_the_whole_town_is_shown_first(pane: MapPane) -> None:
    view, bounds = pane.canvas.view, pane.canvas.base.bounds
    for corner in (bounds.topLeft(), bounds.bottomRight()):
        x, y = view.to_screen(corner.x(), corner.y())
        assert -2 <= x <= view.width + 2
        assert -2 <= y <= view.height + 2


def test_the_map_goes_where_the_selected_case_is(pane: MapPane, desk: Desk, qtbot: QtBot) -> None:
    desk.select_case(CASE)
    assert pane.canvas.motion.active
    rest(qtbot, pane)
    spot = pixel(pane, desk.mirror.cases[CASE].at)
    assert (spot - QPointF(450, 250)).manhattanLength() < 3
    assert pane.canvas.view.zoom >= 16


def test_a_selection_in_good_sight_does_not_move_the_map(
    pane: MapPane, desk: Desk, qtbot: QtBot
) -> None:
    desk.select_case(CASE)
    rest(qtbot, pane)
    at = desk.mirror.cases[CASE].at
    desk.select_point(at.lat + 0.0002, at.lon)
    assert not pane.canvas.motion.active


def test_a_click_selects_the_case_under_it(pane: MapPane, desk: Desk, qtbot: QtBot) -> None:
    desk.select_case(CASE)
    rest(qtbot, pane)
    desk.select_case(None)
    spot = pixel(pane, desk.mirror.cases[CASE].at) - QPointF(0, TAIL)
    QTest.mouseClick(pane.canvas, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert desk.selection.case is not None
    assert desk.selection.case.id == CASE


def test_a_camera_that_is_hit_becomes_the_nearest_of_the_selection(
    pane: MapPane, desk: Desk
) -> None:
    pane.canvas.hit.emit(Hit("camera", "cam07"))
    assert desk.selection.cameras[0] == "cam07"
    assert pane.info.isVisible()
    press(pane, "Esc")
    assert not pane.info.isVisible()


def test_the_right_button_looks_at_a_place(pane: MapPane, desk: Desk) -> None:
    QTest.mouseClick(pane.canvas, Qt.MouseButton.RightButton, pos=QPoint(300, 200))
    assert desk.selection.case is None
    assert desk.selection.lat is not None
    assert desk.selection.lon is not None
    x, y = pane.canvas.view.pixel_of(desk.selection.lat, desk.selection.lon)
    assert (round(x), round(y)) == (300, 200)


def test_a_drag_moves_the_ground_with_the_hand(pane: MapPane) -> None:
    canvas = pane.canvas
    held = canvas.view.earth_at(400, 250)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 250))
    for step in range(1, 6):
        QTest.mouseMove(canvas, QPoint(400 + 12 * step, 250 - 6 * step))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(460, 220))
    canvas.motion.stop()
    assert canvas.view.earth_at(460, 220) == pytest.approx(held, abs=1e-6)


def test_arrows_and_signs_move_the_map_and_zero_shows_the_town(pane: MapPane, qtbot: QtBot) -> None:
    canvas = pane.canvas
    first = (canvas.view.x, canvas.view.y, canvas.view.zoom)
    press(pane, "+")
    press(pane, "+")
    rest(qtbot, pane)
    assert canvas.view.zoom == pytest.approx(first[2] + 1.0)
    press(pane, "Right")
    rest(qtbot, pane)
    assert canvas.view.x > first[0]
    press(pane, "0")
    rest(qtbot, pane)
    assert (canvas.view.x, canvas.view.y, canvas.view.zoom) == pytest.approx(first)


def test_u_goes_from_unit_to_unit_by_distance(pane: MapPane, desk: Desk) -> None:
    desk.select_case(CASE)
    seen = []
    for _ in range(3):
        press(pane, "]")
        seen.append(pane.canvas.unit)
    press(pane, "[")
    assert len(set(seen)) == 3
    assert pane.canvas.unit == seen[1]
    assert desk.selection.case is not None, "looking at units keeps the case"


def test_j_walks_the_queue_on_the_map(pane: MapPane, desk: Desk) -> None:
    queue = [case.id for case in desk.mirror.queue()]
    press(pane, "J")
    press(pane, "J")
    assert desk.selection.case is not None
    assert desk.selection.case.id == queue[1]


def test_the_nearest_units_are_listed_with_their_distance(pane: MapPane, desk: Desk) -> None:
    desk.select_case(CASE)
    press(pane, "Shift+O")
    assert pane.list.isVisible()
    assert 0 < len(pane.list.rows) <= 9
    assert all(row.note.endswith("m") for row in pane.list.rows)
    press(pane, "Shift+O")
    assert not pane.list.isVisible()


def test_layers_are_listed_and_switched_by_number(pane: MapPane) -> None:
    press(pane, "Shift+V")
    assert [row.key for row in pane.list.rows] == [str(n + 1) for n in range(len(LAYERS))]
    shown = pane.canvas.layers
    press(pane, "1")
    assert pane.canvas.layers == shown - {"units"}
    assert pane.list.rows[0].faint


def test_units_at_rest_repaint_the_map_once_a_second_at_most(
    pane: MapPane, desk: Desk, qtbot: QtBot
) -> None:
    del desk
    before, began = pane.canvas.frames, time.monotonic()
    qtbot.wait(1_000)
    assert pane.canvas.frames - before <= 2 + (time.monotonic() - began)


def test_a_moving_unit_repaints_the_map_at_most_ten_times_a_second(
    pane: MapPane, desk: Desk, qtbot: QtBot
) -> None:
    desk.select_case(CASE)
    rest(qtbot, pane)
    later = town.positions(NOW + timedelta(seconds=1))
    before, began = pane.canvas.frames, time.monotonic()
    desk.post(lambda: desk.receive(wire.Positions(positions=later)))
    desk.drain()
    qtbot.wait(1_000)
    assert 1 <= pane.canvas.frames - before <= 4 + 10 * (time.monotonic() - began)


def test_a_hidden_map_paints_nothing(pane: MapPane, desk: Desk, qtbot: QtBot) -> None:
    pane.hide()
    before = pane.canvas.frames
    desk.post(
        lambda: desk.receive(wire.Positions(positions=town.positions(NOW + timedelta(seconds=1))))
    )
    desk.drain()
    qtbot.wait(300)
    assert pane.canvas.frames == before


def test_a_new_snapshot_of_the_same_town_leaves_the_view_alone(
    pane: MapPane, desk: Desk, qtbot: QtBot
) -> None:
    desk.select_case(CASE)
    rest(qtbot, pane)
    view = (pane.canvas.view.x, pane.canvas.view.y, pane.canvas.view.zoom)
    desk.changed.emit(ChangeSet(whole=True))
    desk.drain()
    rest(qtbot, pane)
    assert (pane.canvas.view.x, pane.canvas.view.y, pane.canvas.view.zoom) == view


def test_old_tiles_are_shown_until_the_new_look_is_there(
    pane: MapPane, desk: Desk, qtbot: QtBot
) -> None:
    river = pane.canvas.grab().toImage()
    pane.canvas.set_layers(pane.canvas.layers ^ {"grids"})
    meanwhile = pane.canvas.grab().toImage()
    assert meanwhile.pixelColor(450, 280) == river.pixelColor(450, 280)
    rest(qtbot, pane)


def test_the_theme_changes_while_the_map_is_shown(pane: MapPane, desk: Desk, qtbot: QtBot) -> None:
    night = pane.canvas.grab().toImage().pixelColor(5, 250)
    desk.set_theme(load("day"))
    rest(qtbot, pane)
    assert pane.canvas.grab().toImage().pixelColor(5, 250).lightness() > night.lightness() + 60


def test_no_key_of_the_map_is_taken_twice(pane: MapPane) -> None:
    Registry().add(pane.commands())
