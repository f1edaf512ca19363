"""The settings dialog: it comes from the settings themselves and applies at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from console.seat.layouts import Layouts
from console.seat.settings import SETTINGS
from widgets.bridge import Desk
from widgets.language import Language
from widgets.settingscard import SettingsCard
from widgets.shell import Shell
from widgets.theme import load


@pytest.fixture
def card(qtbot: QtBot, desk: Desk, tmp_path: Path) -> SettingsCard:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    shell = Shell(app, desk, Language(app), Layouts(tmp_path), "duty")
    qtbot.addWidget(shell.window)
    shell.window.show()
    shell.settings.open()
    return shell.settings


def test_there_is_a_row_for_every_setting(card: SettingsCard) -> None:
    assert set(card.rows) == {setting.name for setting in SETTINGS}
    assert all(row.accessibleName() for row in card.rows.values())


def test_a_change_by_the_arrow_keys_applies_at_once(card: SettingsCard, desk: Desk) -> None:
    look = card.rows["theme"]
    assert isinstance(look, QComboBox)
    before = desk.theme.name
    QTest.keyClick(look, Qt.Key.Key_Down if look.currentIndex() == 0 else Qt.Key.Key_Up)
    assert desk.theme.name != before
    assert desk.seat.settings["theme"] == desk.theme.name


def test_letters_grow_with_the_scale(card: SettingsCard, desk: Desk) -> None:
    size = card.rows["scale"]
    assert isinstance(size, QSpinBox)
    size.setValue(150)
    assert desk.theme.row == load(desk.theme.name, 150).row


def test_escape_closes_it(card: SettingsCard) -> None:
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
