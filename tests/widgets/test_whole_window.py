"""The window with every pane in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
from pytestqt.qtbot import QtBot

from console.resources import resource
from console.seat.layouts import Layouts
from tests.widgets.words import english_left, nameless, tree
from widgets import panes
from widgets.bridge import Desk
from widgets.finding import Finding
from widgets.keysdoc import document
from widgets.language import Language
from widgets.shell import Shell
from widgets.window import PANES


@pytest.fixture
def whole(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[Shell]:
    """Every pane, not shown: no camera is opened and no browser made."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    shell = Shell(app, desk, Language(app), Layouts(tmp_path), "duty")
    qtbot.addWidget(shell.window)
    for make in (panes.FIRST, *panes.REST):
        shell.add_pane(make(desk))
    yield shell
    shell.language.use("en")
    app.aboutToQuit.emit()


def test_every_pane_is_there_and_no_key_is_taken_twice(whole: Shell) -> None:
    assert {dock.pane.name for dock in whole.window.docks.values() if dock.pane} == set(PANES)
    assert whole.check_keys() == []


def test_whatever_takes_the_keyboard_has_a_name(whole: Shell) -> None:
    whole.desk.select_case("20261122-0007")
    assert "\n".join(nameless(whole.window)) == ""


@pytest.mark.skipif(
    not resource("i18n/zhihui_zh_CN.qm").exists(), reason="translations are made by ./dev"
)
def test_no_english_is_left_in_the_chinese_interface(whole: Shell) -> None:
    whole.language.use("zh_CN")
    QApplication.processEvents()
    whole.desk.select_case("20261122-0007")
    for open_overlay in (whole.palette.open, whole.log.open):
        open_overlay()
    assert "\n".join(sorted(english_left(whole.window))) == ""


def test_each_command_is_in_the_document_of_keys(whole: Shell) -> None:
    text = document(list(whole.desk.registry), whole.language)
    for record in whole.desk.registry:
        assert not record.key or record.title in text


def test_every_command_can_be_reached_and_taken_back_or_says_why_not(whole: Shell) -> None:
    found = {entry.also for entry in Finding(whole.desk, whole.window).entries()}
    for record in whole.desk.registry:
        assert record.title, record.id
        assert record.place in ("window", *PANES), record.id
        assert record.undo, f"{record.id} neither has an undo nor says why"
        assert f"{record.title} {record.id}" in found, f"{record.id} is not in the palette"


def test_chinese_input_is_asked_for_in_text_fields_alone(whole: Shell) -> None:
    """Elsewhere an input method would hold single letters back from the commands."""
    fields = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
    asking = [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in tree(whole.window)
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.window().windowType() != Qt.WindowType.Popup
        and not isinstance(widget, fields)
    ]
    assert asking == []
