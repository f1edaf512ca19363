"""The queue pane: what it shows, what its keys do, and that the row under the cursor stays."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console import wire
from console.search_text import initials
from console.seat.commands import Record
from console.seat.mirror import Fresh, fresh, urgency
from console.seat.queue_live import LiveOrder
from console.seat.queue_views import DEFAULT, VIEWS
from tests.widgets.conftest import NOW, StandInClient, at, sample_snapshot
from widgets.bridge import Desk
from widgets.clocks import Urgency, left, left_text
from widgets.queue.list import QueueList
from widgets.queue.pane import QueuePane
from widgets.queue.row import RowPainter
from widgets.theme import load


def case(
    number: int, *, minutes: float = 60, state: str = "proposed", version: int = 1
) -> wire.CaseRow:
    return wire.CaseRow(
        id=f"20261122-{number:04d}",
        version=version,
        state=state,
        kind="matter",
        code="09001",
        name="无照经营游商",
        place=f"珠城东路{number}号",
        at=at(0, 0),
        sources=["ai"],
        reports=1,
        opened=NOW - timedelta(hours=1),
        due=NOW + timedelta(minutes=minutes),
    )


def change(row: wire.CaseRow, seq: int) -> wire.Change:
    return wire.Change(seq=seq, at=NOW, kind="case", id=row.id, body=row.model_dump(mode="json"))


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, client: StandInClient) -> QueuePane:
    client.skew = (NOW - datetime.now(UTC)).total_seconds()
    pane = QueuePane(desk)
    qtbot.addWidget(pane)
    pane.resize(420, 500)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def press(pane: QueuePane, key: str) -> None:
    record = next(record for record in pane.commands() if record.key == key)
    record.run()


def receive(desk: Desk, *rows: wire.CaseRow) -> None:
    seq = desk.mirror.seq
    changes = [change(row, seq + n) for n, row in enumerate(rows, start=1)]
    desk.post(lambda: desk.receive(wire.Changes(changes=changes)))
    desk.drain()


def nothing() -> Fresh:
    """A snapshot of a town without cases."""
    snapshot = sample_snapshot()
    return fresh(snapshot.model_copy(update={"entities": snapshot.entities | {"case": []}}))


def until(qtbot: QtBot, desk: Desk, true: Callable[[], bool]) -> None:
    """Wait until something is so, while the desk's mailbox is emptied."""

    def now() -> bool:
        desk.drain()
        return true()

    qtbot.waitUntil(now)


def listed(pane: QueuePane) -> list[wire.CaseRow]:
    order = pane.list.order
    rows = [order.row(index) for index in range(len(order))]
    assert None not in rows
    return [row for row in rows if row is not None]


def test_the_most_urgent_open_case_is_first(pane: QueuePane, desk: Desk) -> None:
    open_cases = desk.mirror.queue()
    assert [row.id for row in listed(pane)] == [c.id for c in open_cases]


def test_j_and_k_walk_the_list_and_the_desk_follows(pane: QueuePane, desk: Desk) -> None:
    press(pane, "J")
    assert desk.selection.case == listed(pane)[0]
    press(pane, "J")
    assert desk.selection.case == listed(pane)[1]
    press(pane, "K")
    press(pane, "K")
    assert desk.selection.case == listed(pane)[0]


def test_g_g_and_shift_g_go_to_the_ends(pane: QueuePane, desk: Desk) -> None:
    press(pane, "Shift+G")
    assert desk.selection.case == listed(pane)[-1]
    press(pane, "G, G")
    assert desk.selection.case == listed(pane)[0]


def test_shift_j_stops_only_at_cases_whose_time_runs_short(pane: QueuePane, desk: Desk) -> None:
    press(pane, "G, G")
    for _ in range(3):
        press(pane, "Shift+J")
        chosen = desk.selection.case
        assert chosen is not None
        assert left(chosen, desk.now()).urgency >= Urgency.SOON


def test_brackets_go_round_the_views(pane: QueuePane, desk: Desk, client: StandInClient) -> None:
    client.pages.put(*desk.mirror.cases.values())
    seen = [pane.wish.view]
    for _ in VIEWS:
        press(pane, "]")
        desk.drain()
        view = pane.wish.view
        seen.append(view)
        assert listed(pane)
        assert all(row.state in view.states or not view.states for row in listed(pane))
    assert seen[0] == seen[-1] == DEFAULT
    assert set(seen) == set(VIEWS)


def test_return_gives_the_keyboard_to_the_case(pane: QueuePane, desk: Desk) -> None:
    gone: list[str] = []
    desk.registry.add([Record("pane.case", "Go to the case", lambda: gone.append("case"))])
    press(pane, "Return")
    assert not gone
    press(pane, "J")
    press(pane, "Return")
    assert gone == ["case"]


def test_the_filter_finds_by_pinyin_initials_and_escape_drops_it(
    pane: QueuePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    client.pages.put(*desk.mirror.cases.values())
    whole = len(pane.list.order)
    press(pane, "/")
    QTest.keyClicks(pane.filter.field, "ljmy")
    until(qtbot, desk, lambda: 0 < len(pane.list.order) < whole)
    assert {row.name for row in listed(pane)} == {"垃圾满溢"}
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Escape)
    assert len(pane.list.order) == whole
    assert not pane.filter.isVisible()


def test_initials_are_those_of_each_character() -> None:
    assert initials("无照经营 A7") == "wzjy a7"


def test_a_new_case_above_does_not_move_the_current_row(pane: QueuePane, desk: Desk) -> None:
    press(pane, "J")
    current = desk.selection.case
    receive(desk, *(case(n, minutes=-500).model_copy(update={"priority": 9}) for n in (900, 901)))
    assert desk.selection.case == current
    assert pane.list.order.at == 2
    assert pane.list.above == 2
    press(pane, "G, G")
    pane.list.viewport().repaint()
    assert pane.list.above == 0


def test_when_the_current_case_leaves_the_view_the_next_is_selected(
    pane: QueuePane, desk: Desk
) -> None:
    press(pane, "J")
    press(pane, "J")
    current, following = listed(pane)[1], listed(pane)[2]
    receive(desk, current.model_copy(update={"state": "closed", "version": 99}))
    assert desk.selection.case == following


def test_a_case_that_only_changed_stays_current(pane: QueuePane, desk: Desk) -> None:
    press(pane, "J")
    current = listed(pane)[0]
    later = current.model_copy(update={"version": 99, "due": current.due + timedelta(days=3)})
    receive(desk, later)
    assert desk.selection.case == later
    assert pane.list.order.cursor == later.id


def test_only_rows_in_sight_are_painted(qtbot: QtBot) -> None:
    cases = {row.id: row for row in (case(n, minutes=n) for n in range(5000))}
    view = QueueList(LiveOrder(cases, DEFAULT.states), load("night"), lambda: NOW)
    qtbot.addWidget(view)
    view.resize(420, 900)
    with qtbot.waitExposed(view):
        view.show()
    view.go(2500)
    view.viewport().repaint()
    assert view.painted_rows <= 900 // view.row_height + 2


def test_an_empty_view_says_so(pane: QueuePane, desk: Desk) -> None:
    desk.mirror.cases.clear()
    desk.post(lambda: desk.receive(nothing()))
    desk.drain()
    pane.list.viewport().repaint()
    assert pane.list.blank.head
    press(pane, "J")
    assert desk.selection.case is None


STEP = st.tuples(
    st.sampled_from(["add", "remove", "change", "close"]), st.integers(0, 60), st.integers(-90, 90)
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, max_size=40), start=st.integers(0, 29))
def test_whatever_comes_and_goes_the_row_under_the_cursor_stays(
    qtbot: QtBot, steps: list[tuple[str, int, int]], start: int
) -> None:
    cases = {row.id: row for row in (case(n, minutes=3 * n) for n in range(30))}
    order = LiveOrder(cases, DEFAULT.states)
    view = QueueList(order, load("night"), lambda: NOW)
    qtbot.addWidget(view)
    view.resize(420, 480)
    view.go(start)
    chosen = view.order.cursor
    assert chosen is not None
    y = view.order.at or 0
    place = y * view.row_height - view.verticalScrollBar().value()
    for kind, number, minutes in steps:
        row = case(number, minutes=minutes, version=random.randrange(1_000_000))
        if row.id == chosen:
            continue
        if kind == "remove":
            cases.pop(row.id, None)
        elif kind == "close":
            cases[row.id] = row.model_copy(update={"state": "closed"})
        else:
            cases[row.id] = row
        view.sync(order.update({row.id}))
        index = view.order.index(chosen)
        assert view.order.cursor == chosen
        assert index is not None
        assert index * view.row_height - view.verticalScrollBar().value() == place
    shown = [view.order.row(i) for i in range(len(view.order))]
    assert shown == sorted((c for c in cases.values() if c.state == "proposed"), key=urgency)
    view.deleteLater()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (581, "9:41"),
        (-130, "-2:10"),
        (3 * 3600 + 300, "3 h 05 m"),
        (6 * 86400 + 4 * 3600, "6 d 4 h"),
    ],
)
def test_time_left_is_said_in_few_letters(seconds: float, text: str) -> None:
    assert left_text(seconds) == text


def test_a_second_source_stands_in_the_row_at_once() -> None:
    painter = RowPainter(load("night"), 420)
    first = case(1)
    joined = first.model_copy(update={"sources": ["ai", "citizen"], "reports": 2})
    assert joined.version == first.version
    before = [chip.text for chip in painter.line(first).chips]
    after = [chip.text for chip in painter.line(joined).chips]
    assert len(after) > len(before)
