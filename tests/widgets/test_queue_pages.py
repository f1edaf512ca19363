"""The queue over pages of the hub: filter, facets, saved views, picked rows, and no jumps."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console import wire
from console.seat.case_deeds import DEEDS
from console.seat.commands import Record
from console.seat.keymap import chords
from console.seat.queue_filter import Token, Wanted
from console.seat.queue_order import Order
from console.seat.queue_views import Saved, Wish, view_named
from tests.widgets.conftest import NOW, StandInClient, at
from tests.widgets.test_queue_pane import case, listed, press, receive, until
from widgets.actions import Keys
from widgets.bridge import Desk
from widgets.queue.pane import QueuePane
from widgets.queue.row import RowPainter
from widgets.theme import load

CLOSED = 2_000


def closed(number: int, **more: object) -> wire.CaseRow:
    opened = NOW - timedelta(hours=number)
    row = case(number, state="closed").model_copy(update={"opened": opened, "ended": opened})
    return row.model_copy(update=more)


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, client: StandInClient) -> Iterator[QueuePane]:
    client.skew = (NOW - datetime.now(UTC)).total_seconds()
    client.pages.put(*desk.mirror.cases.values(), *(closed(n) for n in range(100, 100 + CLOSED)))
    desk.set_connection("live")
    pane = QueuePane(desk)
    qtbot.addWidget(pane)
    pane.resize(420, 500)
    with qtbot.waitExposed(pane):
        pane.show()
    yield pane
    desk.seat.views.settle()


def over(pane: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    """Show what is over, and wait for its first rows."""
    pane.show_view(view_named("closed"))
    until(qtbot, desk, lambda: pane.list.order is pane.paged)


def typed(pane: QueuePane, desk: Desk, qtbot: QtBot, text: str) -> None:
    """Type into the filter, and wait until the hub has answered."""
    press(pane, "/")
    QTest.keyClicks(pane.filter.field, text)
    until(qtbot, desk, lambda: pane.list.order is pane.paged and pane.paged.ready)


def write(field: QLineEdit, text: str) -> None:
    """Write as an input method does."""
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(field, commit)


def chosen(desk: Desk) -> str:
    assert desk.selection.case is not None
    return desk.selection.case.id


# --- moving ---------------------------------------------------------------------------


def test_cases_beyond_the_mirror_are_walked_and_looked_at(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    over(pane, desk, qtbot)
    assert len(pane.list.order) == CLOSED + 2
    press(pane, "G, G")
    press(pane, "J")
    press(pane, "J")
    assert chosen(desk) not in desk.mirror.cases
    assert desk.selection.case == pane.list.order.row(2)
    press(pane, "Home")
    assert pane.list.order.at == 0


def test_the_last_case_is_shown_quietly_until_it_comes_and_is_current_then(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    over(pane, desk, qtbot)
    press(pane, "J")
    press(pane, "End")
    pane.list.viewport().repaint()
    assert pane.list.order.at == CLOSED + 1
    assert desk.selection.case is None, "a key must not reach the case that was left"
    until(qtbot, desk, lambda: desk.selection.case is not None)
    assert chosen(desk) == pane.list.order.cursor


def test_pages_are_walked_through_by_page_down(pane: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    over(pane, desk, qtbot)
    press(pane, "G, G")
    for _ in range(60):
        press(pane, "PgDown")
        pane.list.viewport().repaint()
        desk.drain()
        assert desk.selection.case is not None, "what is ahead is at hand before it is needed"
    at = pane.list.order.at
    assert at is not None
    assert at > 300


def place_of(pane: QueuePane) -> int:
    at = pane.list.order.at
    assert at is not None
    return at * pane.list.row_height - pane.list.verticalScrollBar().value()


def moved(order: Order, before: int | None) -> bool:
    return order.at != before


def test_whatever_comes_and_goes_at_the_hub_the_row_under_the_cursor_stays(
    pane: QueuePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    over(pane, desk, qtbot)
    pane.list.go(700)
    until(qtbot, desk, lambda: desk.selection.case is not None)
    for _ in range(3):
        press(pane, "K")
    current, place = chosen(desk), place_of(pane)
    order = pane.list.order
    rng = random.Random(5)
    for step in range(8):
        before = order.at
        if step % 2:
            above = [row for row in client.pages.rows if NOW - row.opened < timedelta(hours=600)]
            gone = rng.sample([row for row in above if row.id not in desk.mirror.cases], 4)
            client.pages.rows = [row for row in client.pages.rows if row not in gone]
        new = closed(rng.randrange(3_000, 9_000), opened=NOW - timedelta(minutes=step))
        client.pages.put(new)
        receive(desk, new.model_copy(update={"version": 50 + step}))
        until(qtbot, desk, partial(moved, order, before))
        assert chosen(desk) == current
        assert place_of(pane) == place


def test_the_next_urgent_case_is_asked_for_when_it_is_far_away(
    pane: QueuePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    late = case(7000, minutes=-30).model_copy(update={"opened": NOW - timedelta(hours=1_600)})
    client.pages.put(late)
    pane.show_wish(Wish(view_named("all"), sort="newest"))
    until(qtbot, desk, lambda: pane.list.order is pane.paged)
    pane.list.go(40)
    press(pane, "Shift+J")
    until(qtbot, desk, lambda: pane.list.order.cursor == late.id)
    assert chosen(desk) == late.id


def test_a_case_chosen_elsewhere_is_found_among_the_pages(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    over(pane, desk, qtbot)
    far = "20261122-1800"
    desk.seat.beyond[far] = closed(1800)
    desk.select_case(far)
    until(qtbot, desk, lambda: pane.list.order.cursor == far)


def test_the_sort_is_changed_and_the_case_stays_current(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    press(pane, "J")
    current = chosen(desk)
    for sort in ("newest", "oldest", "urgency"):
        press(pane, "Shift+S")
        opened = [row.opened for row in listed(pane)]
        assert pane.wish.sort == sort
        assert chosen(desk) == current == pane.list.order.cursor
        if sort != "urgency":
            assert opened == sorted(opened, reverse=sort == "newest")
    over(pane, desk, qtbot)
    pane.list.go(50)
    current = chosen(desk)
    press(pane, "Shift+S")
    press(pane, "Shift+S")
    until(qtbot, desk, lambda: pane.list.order is pane.paged and pane.list.order.at == CLOSED - 49)
    assert chosen(desk) == current


# --- filter -----------------------------------------------------------------------------


def test_a_token_is_completed_and_taken_away_by_backspace(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    whole = len(pane.list.order)
    press(pane, "/")
    QTest.keyClicks(pane.filter.field, "state:hand")
    assert pane.filter.list.isVisible()
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Return)
    assert pane.filter.wanted.tokens == (Token("state", "handled"),)
    assert not pane.filter.field.text()
    until(qtbot, desk, lambda: pane.list.order is pane.paged)
    assert {row.state for row in listed(pane)} == {"handled"}
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Backspace)
    assert not pane.wish.wanted
    assert len(pane.list.order) == whole


def test_a_chinese_word_and_its_reading_name_a_token_too(pane: QueuePane) -> None:
    press(pane, "/")
    for text in ("street:县前", "street:xqj", "street：xianqian"):
        pane.filter.field.clear()
        write(pane.filter.field, text)
        assert [c.token for c in pane.filter.list.choices] == [Token("street", "s04")]


def test_a_bare_word_offers_what_it_may_mean_but_enter_keeps_it_a_word(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    typed(pane, desk, qtbot, "late")
    assert Token("late", "yes") in [choice.token for choice in pane.filter.list.choices]
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Return)
    assert pane.wish.wanted == Wanted(text="late")
    assert not pane.filter.list.isVisible()
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Tab)


def test_down_chooses_among_what_is_offered(pane: QueuePane) -> None:
    press(pane, "/")
    QTest.keyClicks(pane.filter.field, "today")
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Down)
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Return)
    assert pane.wish.wanted.tokens == (Token("opened", "today"),)


def test_enter_keeps_the_filter_and_goes_to_the_first_case(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    typed(pane, desk, qtbot, "1500")
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Return)
    assert pane.wish.wanted.text == "1500"
    assert pane.filter.isVisible()
    assert pane.focusWidget() is pane.list
    assert not listed(pane)
    pane.show_view(view_named("closed"))
    until(qtbot, desk, lambda: pane.list.order is pane.paged)
    assert [row.id for row in listed(pane)] == ["20261122-1500"]


def test_escape_drops_the_filter_and_the_case_is_where_it_was(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(4):
        press(pane, "J")
    current, place = chosen(desk), place_of(pane)
    typed(pane, desk, qtbot, "nothing like it")
    assert not len(pane.list.order)
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Escape)
    assert (chosen(desk), pane.list.order.cursor) == (current, current)
    assert place_of(pane) == place
    assert not pane.filter.isVisible()


def test_the_newest_answer_wins(
    pane: QueuePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    pane.show_wish(Wish(wanted=Wanted(text="ljmy")))
    first = pane.paged
    pane.show_wish(Wish(wanted=Wanted(text="dlps")))
    until(qtbot, desk, lambda: pane.list.order is pane.paged)
    assert first is not pane.paged
    assert {row.name for row in listed(pane)} == {"道路破损"}
    assert [query.filter.text for query in client.pages.asked] == ["ljmy", "dlps"]


def test_an_empty_list_says_which_filter_found_nothing_and_how_to_drop_it(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    typed(pane, desk, qtbot, "nothing like it")
    assert "nothing like it" in pane.list.blank.head
    assert "Esc" in pane.list.blank.hint


def test_without_the_hub_the_filter_says_so_and_goes_on_when_it_is_back(
    pane: QueuePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    client.pages.away = True
    typed_text = "ljmy"
    press(pane, "/")
    QTest.keyClicks(pane.filter.field, typed_text)
    until(qtbot, desk, lambda: pane.strip.standing.warn)
    assert pane.list.blank.sign == "lost"
    client.pages.away = False
    until(qtbot, desk, lambda: len(pane.list.order) > 0)
    assert not pane.strip.standing.warn


def test_a_counted_view_says_how_many_match_in_it(
    pane: QueuePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    pane.show_wish(Wish(wanted=Wanted(text="游商")))
    until(qtbot, desk, lambda: pane.views.counts.get("closed", 0) > 0)
    assert pane.views.counts["closed"] == sum(
        row.state == "closed" and "游商" in row.name for row in client.pages.rows
    )


def test_a_chinese_input_method_writes_into_the_filter_and_nowhere_else(
    pane: QueuePane, qtbot: QtBot
) -> None:
    press(pane, "/")
    composing = QInputMethodEvent("shi", [])
    QApplication.sendEvent(pane.filter.field, composing)
    assert not pane.filter.list.isVisible()
    write(pane.filter.field, "市民")
    assert pane.filter.field.text() == "市民"
    qtbot.waitUntil(lambda: pane.wish.wanted.text == "市民")
    attribute = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not pane.list.testAttribute(attribute)
    assert not pane.facets.testAttribute(attribute)


def test_keys_of_the_queue_write_letters_in_the_filter_and_move_in_the_facets(
    qtbot: QtBot, pane: QueuePane, desk: Desk
) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    keys = Keys(root)
    pane.setParent(root)
    keys.bind(pane.commands(), {"queue": pane})
    pane.show()
    root.resize(420, 500)
    root.show()
    root.activateWindow()
    qtbot.waitUntil(root.isActiveWindow)
    pane.take_focus()
    QTest.keyClick(pane.list, Qt.Key.Key_Slash)
    QTest.keyClicks(pane.filter.field, "jkxo*")
    assert pane.filter.field.text() == "jkxo*"
    assert not desk.seat.picked
    QTest.keyClick(pane.filter.field, Qt.Key.Key_Escape)
    QTest.keyClick(pane.list, Qt.Key.Key_J)
    current = pane.list.order.cursor
    assert current is not None
    QTest.keyClick(pane.list, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    until(qtbot, desk, lambda: pane.facets.current is not None)
    first = pane.facets.current
    QTest.keyClick(pane.facets, Qt.Key.Key_J)
    assert pane.facets.current != first
    assert pane.list.order.cursor == current
    QTest.keyClick(pane.facets, Qt.Key.Key_X)
    assert pane.wish.wanted.tokens == (pane.facets.current,)
    assert not desk.seat.picked
    pane.setParent(None)


def test_no_key_of_the_queue_hides_one_that_works_on_the_case(pane: QueuePane) -> None:
    everywhere = {chords(r.key)[0] for r in DEEDS if r.key}
    own = {chords(r.key)[0] for r in pane.commands() if r.key and r.place == pane.name}
    assert not own & everywhere


# --- facets -----------------------------------------------------------------------------


def test_facets_count_and_enter_filters_by_one(pane: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    press(pane, "Shift+F")
    until(qtbot, desk, lambda: pane.facets.current is not None)
    token = pane.facets.current
    assert token is not None
    assert token.kind == "state"
    QTest.keyClick(pane.facets, Qt.Key.Key_Return)
    until(qtbot, desk, lambda: pane.list.order is pane.paged)
    assert {row.state for row in listed(pane)} == {token.value}
    until(qtbot, desk, lambda: pane.facets.chosen == (token,))
    assert pane.facets.current == token
    QTest.keyClick(pane.facets, Qt.Key.Key_Return)
    assert not pane.wish.wanted
    QTest.keyClick(pane.facets, Qt.Key.Key_Escape)
    assert pane.focusWidget() is pane.list


# --- saved views ------------------------------------------------------------------------


def test_a_view_is_saved_under_a_number_and_shown_again_by_it(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    pane.show_wish(Wish(wanted=Wanted((Token("late", "yes"),), "夜市"), sort="newest"))
    wish = pane.wish
    desk.asked.connect(lambda question: question.then("3 夜市"))
    press(pane, "Ctrl+S")
    assert desk.seat.views.saved == {3: Saved(3, "夜市", wish)}
    press(pane, "]")
    assert not desk.seat.views.number
    desk.registry.add([Record("pane.queue", "Go to the queue", pane.take_focus)])
    press(pane, "G, 3")
    assert (pane.wish, desk.seat.views.number) == (wish, 3)
    assert pane.filter.field.text() == "夜市"
    forget = next(r for r in pane.commands() if r.id == "queue.forget_view")
    assert forget.when()
    forget.run()
    assert (desk.seat.views.saved, forget.when()) == ({}, False)


def test_a_name_without_a_number_takes_the_first_free_one(pane: QueuePane, desk: Desk) -> None:
    for name in ("one", "two", "5 five", "three"):
        pane.saving.save(name)
    assert {n: v.name for n, v in desk.seat.views.saved.items()} == {
        1: "one",
        2: "two",
        5: "five",
        3: "three",
    }
    record = {record.key: record for record in pane.commands()}
    assert record["G, 5"].when()
    assert not record["G, 9"].when()


def test_a_seat_starts_with_the_view_it_showed_last(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    pane.show_wish(Wish(view_named("closed"), sort="oldest"))
    again = QueuePane(desk)
    qtbot.addWidget(again)
    assert (again.wish.view.name, again.wish.sort) == ("closed", "oldest")
    until(qtbot, desk, lambda: again.list.order is again.paged)


# --- picking ----------------------------------------------------------------------------


def test_rows_are_picked_one_by_one_and_in_a_stretch(pane: QueuePane, desk: Desk) -> None:
    rows = [row.id for row in listed(pane)]
    press(pane, "J")
    press(pane, "X")
    for _ in range(3):
        press(pane, "J")
    press(pane, "Shift+X")
    assert desk.seat.picked == set(rows[:4])
    assert pane.strip.standing.picked == 4
    press(pane, "X")
    assert desk.seat.picked == set(rows[:3])
    press(pane, "Esc")
    assert not desk.seat.picked
    assert not pane.strip.standing.picked


def test_all_rows_at_hand_are_picked_up_to_what_one_command_carries(
    pane: QueuePane, desk: Desk, qtbot: QtBot
) -> None:
    over(pane, desk, qtbot)
    said: list[str] = []
    desk.toast.connect(lambda _level, text: said.append(text))
    pane.list.viewport().repaint()
    desk.drain()
    press(pane, "*")
    assert 100 <= len(desk.seat.picked) <= 500
    assert desk.seat.picked <= desk.seat.beyond.keys() | desk.mirror.cases.keys()
    assert str(CLOSED + 2) in said[0]


def test_what_a_bulk_command_did_is_let_go_and_what_was_refused_stays(
    pane: QueuePane, desk: Desk, client: StandInClient
) -> None:
    press(pane, "J")
    press(pane, "*")
    picked = sorted(desk.seat.picked)
    refused = [{"target": picked[0], "code": "illegal_step"}]
    client.answers["case.bulk"] = wire.CommandResult(seq=1, data={"refused": refused})
    items = [{"id": "case.file", "target": case_id} for case_id in picked]
    desk.submit("case.bulk", args={"items": items})
    desk.drain()
    assert desk.seat.picked == {picked[0]}


def test_another_view_lets_picked_rows_go(pane: QueuePane, desk: Desk) -> None:
    press(pane, "J")
    press(pane, "X")
    press(pane, "[")
    assert not desk.seat.picked


# --- the row ----------------------------------------------------------------------------


def test_a_row_says_what_presses() -> None:
    painter = RowPainter(load("night"), 1000)
    row = case(1).model_copy(
        update={
            "priority": 2,
            "supervised": 1,
            "similar": 2,
            "claimed_by": "li",
            "claimed_name": "李强",
            "department_name": "玉城中队",
            "assisting": ["d2"],
            "reports": 3,
            "warnings": 1,
        }
    )
    line = painter.line(row)
    words = [chip.text for chip in line.chips]
    assert line.bangs == "!!"
    assert words[:3] == ["supervised 1", "≈2", "@李强"]
    assert {"×3", "warned ×1"} <= set(words)
    assert line.who == "玉城中队 +1"
    assert line.number == "0001"


def test_what_is_over_wears_its_day() -> None:
    assert RowPainter(load("day"), 420).line(closed(12)).number == "1122-0012"


@pytest.mark.parametrize("name", ["night", "day"])
def test_every_row_in_every_state_can_be_painted(
    name: str, qtbot: QtBot, desk: Desk, pane: QueuePane
) -> None:
    from console.domain.case import State

    desk.set_theme(load(name))
    rows = [
        case(300 + n, state=state.value, minutes=n - 5).model_copy(
            update={
                "paused": NOW if state is State.SUSPENDED else None,
                "provisional": n % 2 == 0,
                "at": at(n, n),
            }
        )
        for n, state in enumerate(State)
    ]
    desk.seat.picked = {row.id for row in rows[::2]}
    receive(desk, *rows)
    pane.resize(420, 3_000)
    pane.grab()
    assert pane.list.painted_rows >= len(listed(pane))
