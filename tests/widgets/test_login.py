"""Signing in to a bureau's hub."""

from __future__ import annotations

import socket
import weakref

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console import wire
from console.process import free_ports
from widgets.login import LoginDialog, sign_in


def test_a_hub_that_is_not_there_is_said_in_words(qtbot: QtBot) -> None:
    (port,) = free_ports(1)
    dialog = LoginDialog(f"http://127.0.0.1:{port}")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.name, "li")
    QTest.keyClicks(dialog.password, "secret")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.trouble.text()))
    assert dialog.trouble.text() == "✕ The hub cannot be reached"
    assert dialog.session is None
    assert dialog.button.isEnabled()


def test_an_answer_that_comes_after_the_dialog_is_gone_touches_nothing(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as slow:
        slow.settimeout(10)
        dialog = LoginDialog(f"http://127.0.0.1:{slow.getsockname()[1]}")
        dialog.name.setText("li")
        dialog.password.setText("secret")
        dialog.button.click()
        gone = weakref.ref(dialog)
        peer, _ = slow.accept()
        dialog.reject()
        del dialog
        assert gone() is None, "the thread that asks holds the dialog"
        peer.close()


def test_nothing_is_asked_without_a_name(qtbot: QtBot) -> None:
    dialog = LoginDialog("http://127.0.0.1:9")
    qtbot.addWidget(dialog)
    dialog.button.click()
    assert dialog.button.isEnabled()


def test_an_address_that_is_none_is_unreachable() -> None:
    assert sign_in("nonsense", "li", "x") == wire.Problem(code="unreachable")
