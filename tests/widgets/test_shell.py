"""The window: keys, palette, questions, notices, languages, layouts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console import wire
from console.seat.commands import Record, Registry
from console.seat.layouts import Layouts
from tests.widgets.conftest import NOW, StandInClient
from widgets.bridge import Desk
from widgets.language import Language
from widgets.pane import Pane
from widgets.shell import Shell

CASE = "20261122-0007"


class Slate(Pane):
    """A pane with a text field and commands with and without prefix."""

    name = "map"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.done: list[str] = []
        self.allowed = True
        self.field, self.face = QLineEdit(self), QLabel(self)
        self.face.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.face)

    def title(self) -> str:
        return self.tr("Slate")

    def take_focus(self) -> None:
        self.face.setFocus()

    def commands(self) -> list[Record]:
        def run(name: str) -> Record:
            key = {"one": "., 1", "two": "., 2", "plus": "+", "here": "X"}[name]
            place = "map" if name in ("plus", "here") else "window"
            return Record(
                id=f"slate.{name}",
                title=QT_TRANSLATE_NOOP("Command", "Slate"),  # type: ignore[arg-type]  # stub
                run=lambda: self.done.append(name),
                key=key,
                place=place,
                when=lambda: self.allowed,
            )

        return [run(name) for name in ("one", "two", "plus", "here")]


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[Shell]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    shell = Shell(app, desk, Language(app), Layouts(tmp_path), "duty")
    qtbot.addWidget(shell.window)
    shell.window.resize(1600, 900)
    shell.window.show()
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow)
    yield shell
    shell.language.use("en")


@pytest.fixture
def slate(shell: Shell, desk: Desk) -> Slate:
    slate = Slate(desk)
    shell.add_pane(slate)
    shell.window.show_pane("map")
    return slate


def press(key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key wherever the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_a_sequence_runs_its_command_and_shows_what_may_follow(shell: Shell, slate: Slate) -> None:
    pending: list[tuple[str, int]] = []
    shell.window.keys.pending.connect(lambda key, records: pending.append((key, len(records))))
    press(Qt.Key.Key_Period)
    assert pending == [(".", 2)]
    press(Qt.Key.Key_2)
    assert slate.done == ["two"]
    assert pending[-1] == ("", 0)


def test_a_wrong_key_ends_a_sequence_and_does_nothing_else(shell: Shell, slate: Slate) -> None:
    press(Qt.Key.Key_Period)
    press(Qt.Key.Key_X)
    assert slate.done == []
    press(Qt.Key.Key_X)
    assert slate.done == ["here"]


def test_no_command_key_works_inside_a_text_field(shell: Shell, slate: Slate) -> None:
    slate.field.setFocus()
    for key in (Qt.Key.Key_X, Qt.Key.Key_A, Qt.Key.Key_Period, Qt.Key.Key_1):
        press(key)
    assert slate.done == []
    assert slate.field.text() == "xa.1"


def test_a_panes_key_counts_only_while_the_pane_has_the_keyboard(
    shell: Shell, slate: Slate
) -> None:
    shell.window.docks["wall"].widget().setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    shell.window.docks["wall"].widget().setFocus()
    press(Qt.Key.Key_X)
    assert slate.done == []
    shell.window.show_pane("map")
    press(Qt.Key.Key_X)
    assert slate.done == ["here"]


def test_a_command_that_is_not_possible_says_so(shell: Shell, slate: Slate) -> None:
    slate.allowed = False
    press(Qt.Key.Key_X)
    assert slate.done == []
    assert shell.window.toasts.texts() == ["Not possible now: Slate"]


def test_accepting_sends_an_officer_and_goes_to_the_next_case(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_A)
    assert [(c.id, c.target) for c in client.submitted] == [("case.dispatch", CASE)]
    following = shell.desk.selection.case
    assert following is not None
    assert following.id != CASE
    assert following.state in ("proposed", "filed")


def test_a_reason_is_asked_for_and_what_is_final_needs_control_enter(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    checked = next(c.id for c in shell.desk.mirror.cases.values() if c.state == "checked")
    shell.desk.select_case(checked)
    press(Qt.Key.Key_E)
    shell.asker.field.setText("已清理")
    press(Qt.Key.Key_Return)
    assert client.submitted == [], "Enter alone closes no case"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(c.id, c.args) for c in client.submitted] == [("case.close", {"reason": "已清理"})]
    assert QApplication.focusWidget() is slate.face, "the keyboard is back where it was"


def test_escape_leaves_everything_as_it_is(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Escape)
    assert not shell.asker.isVisible()
    assert client.submitted == []


def test_undo_sends_what_the_hub_named(shell: Shell, slate: Slate, client: StandInClient) -> None:
    back = wire.Command(id="case.recall", key="12345678", target=CASE, version=3)
    client.answers["case.file"] = wire.CommandResult(seq=1, target=CASE, undo=back)
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_F)
    shell.desk.drain()
    press(Qt.Key.Key_Z)
    assert [c.id for c in client.submitted] == ["case.file", "case.recall"]
    assert client.submitted[1].key != back.key
    assert client.submitted[1].version == shell.desk.mirror.cases[CASE].version, "as seen now"
    shell.log.open()
    assert shell.log.list.topLevelItemCount() == 2


def test_the_palette_finds_a_street_by_its_initials(shell: Shell, slate: Slate) -> None:
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(shell.palette.field, "xqj")
    press(Qt.Key.Key_Return)
    assert not shell.palette.isVisible()
    assert shell.desk.selection.lat is not None


def test_the_palette_runs_a_command_by_its_english_name(shell: Shell, slate: Slate) -> None:
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(shell.palette.field, "show all keys")
    press(Qt.Key.Key_Return)
    assert shell.help.isVisible()


def test_command_keys_rest_while_an_overlay_is_open(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    shell.log.open()
    press(Qt.Key.Key_F)
    assert client.submitted == []
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F)
    assert [c.id for c in client.submitted] == ["case.file"]


def test_a_notice_never_takes_the_keyboard(shell: Shell, slate: Slate) -> None:
    for number in range(9):
        shell.desk.toast.emit("warn", f"notice {number}")
    assert QApplication.focusWidget() is slate.face
    assert len(shell.window.toasts.texts()) == 5
    shell.desk.toast.emit("warn", "notice 8")
    assert len(shell.window.toasts.texts()) == 5, "the same text stands once"


def test_the_theme_changes_while_the_window_is_open(shell: Shell, slate: Slate) -> None:
    changes: list[str] = []
    shell.desk.theme_changed.connect(lambda: changes.append(shell.desk.theme.name))
    shell.next_theme()
    shell.next_theme()
    assert changes == ["day", "night"]
    assert shell.desk.seat.settings["theme"] == "night"


def test_every_pane_hears_of_a_change_of_language(shell: Shell, slate: Slate) -> None:
    heard: list[str] = []
    slate.retranslate = lambda: heard.append("slate")  # type: ignore[method-assign]  # to listen
    QApplication.sendEvent(shell.window, QEvent(QEvent.Type.LanguageChange))
    assert heard == ["slate"]


def test_panes_stand_where_the_officer_left_them(
    qtbot: QtBot, shell: Shell, slate: Slate, desk: Desk, tmp_path: Path
) -> None:
    shell.window.docks["voice"].hide()
    shell.window.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    fresh = Desk(desk.seat, desk.theme, Registry())
    again = Shell(app, fresh, shell.language, Layouts(tmp_path), "duty")
    qtbot.addWidget(again.window)
    again.show()
    assert again.window.docks["voice"].isVisible()
    again.settle()
    assert not again.window.docks["voice"].isVisible()
    again.window.reset_layout()
    assert again.window.docks["voice"].isVisible()


def test_one_pane_takes_the_whole_window_and_gives_it_back(shell: Shell, slate: Slate) -> None:
    press(Qt.Key.Key_F10)
    visible = [name for name, dock in shell.window.docks.items() if dock.isVisible()]
    assert visible == ["map"]
    press(Qt.Key.Key_F10)
    assert shell.window.docks["queue"].isVisible()


def test_keys_work_in_a_pane_on_another_monitor(
    qtbot: QtBot, shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.window.docks["map"].setFloating(True)
    shell.window.show_pane("map")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is slate.face)
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_F)
    press(Qt.Key.Key_Period)
    press(Qt.Key.Key_1)
    assert slate.done == ["here", "one"]
    assert [c.id for c in client.submitted] == ["case.file"]


def test_a_dead_hub_is_said_and_its_return_too(shell: Shell, slate: Slate) -> None:
    shell.desk.set_connection("live")
    shell.hub_stopped(NOW)
    shell.desk.set_connection("lost")
    clock = NOW.astimezone().strftime("%H:%M:%S")
    assert clock in shell.window.banner.text(), "the moment of death stays"
    assert shell.window.banner.isVisible()
    shell.desk.set_connection("live")
    assert not shell.window.banner.isVisible()
    assert shell.window.toasts.texts() == ["The hub is back; nothing is missing"]


def test_the_status_line_counts_what_is_open_and_late(shell: Shell) -> None:
    words = shell.window.line.accessibleName()
    assert "Open 12" in words
    assert "Officers free" in words
    assert isinstance(shell.desk.now(), datetime)


# --- keys of the case flow ------------------------------------------------------------------


def test_a_ready_reason_is_sent_by_its_number_alone(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_5)
    (command,) = client.submitted
    assert (command.id, command.args) == ("case.reject", {"reason": "AI 误报"})
    assert not shell.asker.isVisible()


def test_arrows_put_a_ready_line_into_the_field_to_be_changed(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    assert shell.asker.field.text() == "现场无此情况"
    shell.asker.field.setText("3号楼下无此情况")
    press(Qt.Key.Key_Return)
    assert client.submitted[0].args == {"reason": "3号楼下无此情况"}


def test_a_number_only_fills_the_field_where_the_step_is_final(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_1)
    assert client.submitted == []
    assert shell.asker.field.text()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [c.id for c in client.submitted] == ["case.settle"]


def test_a_closed_question_takes_a_number_and_nothing_else(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_P)
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_9)
    assert shell.asker.isVisible()
    press(Qt.Key.Key_2)
    assert client.submitted[0].args == {"priority": 2}


def test_rarer_commands_stand_behind_a_prefix(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_O)
    press(Qt.Key.Key_A)
    assert [c.id for c in client.submitted] == ["case.accept"]


def test_a_follower_with_shift_is_another_than_the_one_without(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    case = shell.desk.mirror.cases[CASE]
    shell.desk.mirror.officer.roles.append("shift_leader")
    shell.desk.mirror.cases[CASE] = case.model_copy(update={"supervised": 2})
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_O)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert [c.id for c in client.submitted] == ["case.unsupervise"]


def test_a_panes_own_key_wins_while_it_has_the_keyboard(
    qtbot: QtBot, shell: Shell, client: StandInClient
) -> None:
    class Own(Slate):
        def commands(self) -> list[Record]:
            return [Record("slate.f", "Slate", lambda: self.done.append("f"), "F", "map")]

    own = Own(shell.desk)
    shell.add_pane(own)
    shell.window.show_pane("map")
    shell.desk.select_case(CASE)
    for _ in range(3):
        press(Qt.Key.Key_F)
    assert own.done == ["f", "f", "f"]
    assert client.submitted == []
    wall = shell.window.docks["wall"].widget()
    wall.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    wall.setFocus()
    press(Qt.Key.Key_F)
    assert own.done == ["f", "f", "f"]
    assert [c.id for c in client.submitted] == ["case.file"]


def test_several_cases_are_one_command_whose_refusals_are_said(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    ids = [c.id for c in shell.desk.mirror.cases.values() if c.state == "proposed"][:3]
    refused = [{"target": ids[2], "code": "conflict"}]
    client.answers["case.bulk"] = wire.CommandResult(seq=1, data={"refused": refused})
    shell.desk.select_case(CASE)
    shell.desk.pick(ids)
    press(Qt.Key.Key_F)
    assert "3 cases" in shell.asker.heading.text()
    press(Qt.Key.Key_Return)
    (command,) = client.submitted
    assert command.id == "case.bulk"
    assert [item["target"] for item in command.args["items"]] == sorted(ids)
    assert all(item["id"] == "case.file" for item in command.args["items"])
    shell.desk.drain()
    (text,) = shell.window.toasts.texts()
    assert "2 cases" in text
    assert "Somebody else changed this case meanwhile" in text
    assert shell.desk.seat.picked == {ids[2]}


def test_the_map_is_shown_by_one_key(shell: Shell, slate: Slate) -> None:
    shell.desk.select_case(CASE)
    shell.window.docks["map"].hide()
    QTest.keyClick(shell.window, Qt.Key.Key_L)
    assert shell.window.current_pane() == "map"


def test_whom_to_send_is_chosen_in_two_keys(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_D)
    assert shell.units.isVisible()
    press(Qt.Key.Key_1)
    (command,) = client.submitted
    assert command.id == "case.dispatch"
    assert command.args["unit"] in shell.desk.mirror.units
    assert QApplication.focusWidget() is slate.face


def test_a_class_is_found_by_initials_and_the_case_accepted_with_it(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_T)
    QTest.keyClicks(shell.classes.field, "kmyy")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A)
    assert len(client.submitted) == 1, "the second waits until the first is seen"
    shell.desk.drain()
    assert [c.id for c in client.submitted] == ["case.reclassify", "case.dispatch"]
    assert client.submitted[0].args["code"] == "gb2026/matter/09002"


# --- all keys, and changing them --------------------------------------------------------------


def listed(shell: Shell) -> list[tuple[str, str]]:
    items = [shell.help.list.topLevelItem(n) for n in range(shell.help.list.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item is not None and item.text(0)]


def test_every_key_is_shown_and_found_by_its_name(shell: Shell, slate: Slate) -> None:
    press(Qt.Key.Key_Question)
    assert ("E", "Close the case") in listed(shell)
    QTest.keyClicks(shell.help.field, "rework")
    assert listed(shell) == [("W", "Rework: send the unit back")]


def rebind(shell: Shell, title: str, *keys: Qt.Key) -> None:
    if not shell.help.isVisible():
        press(Qt.Key.Key_Question)
    shell.help.field.setText(title)
    press(Qt.Key.Key_Return)
    for key in keys:
        press(key)


def test_a_key_is_changed_where_it_is_shown_and_works_at_once(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    rebind(shell, "File the case", Qt.Key.Key_F6)
    assert listed(shell) == [("F6", "File the case")]
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F)
    assert client.submitted == []
    press(Qt.Key.Key_F6)
    assert [c.id for c in client.submitted] == ["case.file"]


def test_a_key_that_is_taken_is_refused_by_name(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    shell.desk.select_case(CASE)
    rebind(shell, "File the case", Qt.Key.Key_E)
    assert "Close the case" in shell.help.hint.text()
    press(Qt.Key.Key_F7)
    assert listed(shell) == [("F7", "File the case")], "the next key counts"
    rebind(shell, "File the case", Qt.Key.Key_Delete)
    assert listed(shell) == [("F", "File the case")]


def test_a_key_behind_a_prefix_takes_two_presses(shell: Shell, slate: Slate) -> None:
    rebind(shell, "File the case", Qt.Key.Key_O, Qt.Key.Key_F12)
    assert listed(shell) == [("O F12", "File the case")]


def test_a_command_can_lose_its_key_and_keeps_its_place_in_the_palette(
    shell: Shell, slate: Slate, client: StandInClient
) -> None:
    rebind(shell, "File the case", Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Escape)
    shell.desk.select_case(CASE)
    press(Qt.Key.Key_F)
    assert client.submitted == []
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(shell.palette.field, "file the case")
    press(Qt.Key.Key_Return)
    assert [c.id for c in client.submitted] == ["case.file"]


def test_a_letter_after_g_goes_to_a_pane(shell: Shell, slate: Slate) -> None:
    shell.window.docks["map"].hide()
    QTest.keyClick(shell.window, Qt.Key.Key_G)
    QTest.keyClick(shell.window, Qt.Key.Key_M)
    assert shell.window.current_pane() == "map"


def test_an_input_method_is_asked_for_in_text_fields_alone(shell: Shell, slate: Slate) -> None:
    """Where no text is typed, Chinese input must leave single letters to the commands."""
    off = [
        widget
        for widget in (shell.window, slate.face, shell.window.docks["queue"])
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    ]
    assert off == []
    assert shell.palette.field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
