"""The health pane: each part with its state in words, its figures, this seat among them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from console import wire
from tests.widgets.conftest import NOW, StandInClient
from widgets.bridge import Desk
from widgets.frames import Frames
from widgets.health.pane import HealthPane
from widgets.health.seatpart import seat_part
from widgets.health.trend import COMMITS, FIXES, LAG, Vitals
from widgets.health.words import figure_text, note_text, part_text


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> HealthPane:
    pane = HealthPane(desk)
    qtbot.addWidget(pane)
    pane.retranslate()
    pane.show()
    return pane


def rows(pane: HealthPane) -> list[list[str]]:
    table = pane.table
    items = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]
    return [[item.text(c) for c in range(table.columnCount())] for item in items if item]


def test_each_part_has_a_line_with_shape_and_word(pane: HealthPane) -> None:
    pane.tick()
    lines = rows(pane)
    assert [line[0] for line in lines] == ["Hub", "Store", "Voice", "This seat"]
    assert lines[0][1] == "● good"
    assert lines[2][1] == "▲ strained"
    assert "commits" not in lines[0][3]


def test_the_chosen_line_stays_chosen_while_figures_change(pane: HealthPane) -> None:
    pane.tick()
    store = pane.table.topLevelItem(1)
    assert store is not None
    pane.table.setCurrentItem(store)
    pane.tick()
    assert pane.table.currentItem() is store


def test_the_charts_follow_the_vital_figures(pane: HealthPane, desk: Desk) -> None:
    for lag in (1.0, 2.0, 3.0):
        part = wire.Part(name="hub", state="ok", figures={"loop_lag_ms": lag})
        desk.mirror.health = wire.Health(at=NOW, parts=[part])
        pane.tick()
    assert pane.trends.drawn(LAG) == [1.0, 2.0, 3.0]


def test_commits_are_counted_by_the_minute_and_anew_after_the_hub() -> None:
    vitals = Vitals()
    for commits in (100, 102, 107, 3, 4):
        vitals.take([wire.Part(name="store", state="ok", figures={"commits": commits})])
    assert list(vitals.series[COMMITS]) == [0, 2, 7, 0, 1]
    assert not vitals.series[FIXES]


def test_late_frames_are_counted_since_the_last_look(desk: Desk) -> None:
    frames = Frames()
    for now in (0.1, 0.116, 0.2, 0.216):
        frames.tick(now, 3)
    assert frames.take()[:2] == (3, 1)
    assert frames.take()[:2] == (0, 0)
    assert seat_part(desk).figures["memory_mb"] > 10


def test_the_frames_of_the_start_do_not_strain_the_seat() -> None:
    frames = Frames()
    frames.tick(0.1, 0)
    frames.tick(1.9, 0)
    frames.forget()
    for place in range(60):
        frames.tick(2.0 + place * 0.016, 0)
    frames.take()
    assert frames.late_percent() < 2.0


def test_a_figure_is_worded_with_its_unit() -> None:
    assert figure_text("loop_lag_ms", 1.26) == "loop lag 1.3 ms"
    assert figure_text("free_mb", 270_553.0) == "free 264 GB"
    assert figure_text("stepped_s", -0.0) == "stepped 0.0 s"
    assert figure_text("commits", 12345) == "commits 12,345"
    assert figure_text("unheard_of", 2.0) == "unheard_of 2"


def test_a_door_is_named_by_who_comes_in_there() -> None:
    assert part_text("door jt808") == "Terminals (JT/T 808)"
    assert part_text("door new") == "Door new"


def test_the_hubs_own_notes_are_worded_and_errors_stay() -> None:
    voice = wire.Part(name="voice", state="ok", note="priority fifo 20, speech espeak-ng cmn 155")
    assert note_text(voice) == "priority fifo 20, voice espeak-ng"
    failed = wire.Part(name="mqtt", state="fail", note="connection refused")
    assert note_text(failed) == "connection refused"


def test_an_administrator_may_have_the_hub_learn_and_its_hits_stand_among_the_parts(
    pane: HealthPane, desk: Desk, client: StandInClient
) -> None:
    (learn,) = pane.commands()
    assert not learn.when()
    desk.mirror.officer = desk.mirror.officer.model_copy(update={"roles": ["administrator"]})
    assert learn.when()
    learn.run()
    assert client.submitted[-1].id == "learning.train"
    figures = {"examples": 150.0, "right_percent": 91.3}
    part = wire.Part(name="learning", state="ok", note="ready", figures=figures)
    desk.mirror.health = wire.Health(at=NOW, parts=[part])
    pane.tick()
    assert rows(pane)[0][0] == "Proposals"
    assert "right class 91.3 %" in rows(pane)[0][3]
