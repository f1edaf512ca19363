"""The pinned PySide6 does not lose references to None, as 6.12.0 did under Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 20_000


class Bell(QObject):
    rung = Signal(int)


def test_void_calls_and_emits_lose_no_reference_to_none(qtbot: QtBot) -> None:
    widget, bell = QWidget(), Bell()
    qtbot.addWidget(widget)
    heard: list[int] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        widget.setMinimumWidth(number % 100)
        bell.rung.emit(number)
    assert len(heard) == CALLS
    assert abs(sys.getrefcount(None) - before) < 200
