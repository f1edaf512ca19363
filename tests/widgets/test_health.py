"""The health pane: each part with its state in words, its figures, this seat among them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from console import wire
from tests.widgets.conftest import NOW
from widgets.bridge import Desk, Frames
from widgets.health.pane import HealthPane
from widgets.health.seatpart import seat_part
from widgets.health.words import figure_text, figure_title, part_text


def rows(pane: HealthPane) -> list[list[str]]:
    table = pane.table
    items = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]
    return [[item.text(c) for c in range(table.columnCount())] for item in items if item]


def test_each_part_has_a_line_with_shape_and_word(qtbot: QtBot, desk: Desk) -> None:
    pane = HealthPane(desk)
    qtbot.addWidget(pane)
    pane.retranslate()
    pane.show()
    pane.tick()
    lines = rows(pane)
    assert [line[0] for line in lines] == ["Hub", "Store", "Voice", "This seat"]
    assert lines[0][1] == "● good"
    assert lines[2][1] == "▲ strained"
    assert "commits" not in lines[0][3]


def test_the_chart_follows_the_chosen_part(qtbot: QtBot, desk: Desk) -> None:
    pane = HealthPane(desk)
    qtbot.addWidget(pane)
    pane.retranslate()
    pane.show()
    for lag in (1.0, 2.0, 3.0):
        part = wire.Part(name="hub", state="ok", figures={"loop_lag_ms": lag})
        desk.mirror.health = wire.Health(at=NOW, parts=[part])
        pane.tick()
    hub = pane.table.topLevelItem(0)
    assert hub is not None
    pane.table.setCurrentItem(hub)
    assert pane.trends.drawn("loop_lag_ms") == [1.0, 2.0, 3.0]


def test_late_frames_are_counted_since_the_last_look(desk: Desk) -> None:
    frames = Frames()
    for now in (0.1, 0.116, 0.2, 0.216):
        frames.tick(now, 3)
    assert frames.take()[:2] == (3, 1)
    assert frames.take()[:2] == (0, 0)
    assert seat_part(desk).figures["memory_mb"] > 10


def test_a_figure_is_worded_with_its_unit() -> None:
    assert figure_text("loop_lag_ms", 1.25) == "loop lag 1.25 ms"
    assert figure_text("free_mb", 270_553.0) == "free 270553 MB"
    assert figure_text("unheard_of", 2.0) == "unheard_of 2"
    assert figure_title("frames_late_percent") == "late frames, %"
    assert part_text("door jt808") == "Door jt808"
