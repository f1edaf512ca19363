"""Signing in to a bureau's hub."""

from __future__ import annotations

import queue
import threading

import requests
from pydantic import ValidationError
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QWidget

from console import wire
from widgets.wording import problem_text

_TIMEOUT = (3.0, 10.0)

Answers = queue.SimpleQueue[wire.Session | wire.Problem]


def sign_in(url: str, name: str, password: str) -> wire.Session | wire.Problem:
    """Ask a hub for a session; blocks."""
    login = wire.Login(name=name, password=password)
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                f"{url.rstrip('/')}/api/login",
                data=login.model_dump_json().encode(),
                headers={"Content-Type": "application/json"},
                timeout=_TIMEOUT,
            )
        if answer.ok:
            return wire.Session.model_validate_json(answer.content)
        return wire.Problem.model_validate_json(answer.content)
    except requests.RequestException:
        return wire.Problem(code="unreachable")
    except ValidationError:
        return wire.Problem(code="hub_error")


class SignIn(QObject):
    """Asks a hub for a session without holding anything up; ``answered`` tells what it said.

    The thread that asks holds the queue alone: were it the last to hold a widget, that would be
    destroyed on it.
    """

    answered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._answers: Answers = queue.SimpleQueue()
        self._look = QTimer(self, interval=30)
        self._look.timeout.connect(self._take)

    def ask(self, url: str, name: str, password: str) -> None:
        """Begin to ask."""
        asked = (self._answers, url, name, password)
        threading.Thread(target=_ask, args=asked, daemon=True).start()
        self._look.start()

    def _take(self) -> None:
        try:
            result = self._answers.get_nowait()
        except queue.Empty:
            return
        self._look.stop()
        self.answered.emit(result)


class LoginDialog(QDialog):
    """Asks for name and password until the hub gives a session, or the officer gives up."""

    def __init__(self, url: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = url
        self.session: wire.Session | None = None
        self.setWindowTitle(self.tr("Sign in"))
        self.setMinimumWidth(420)
        form = QFormLayout(self)
        form.setContentsMargins(24, 20, 24, 20)
        form.setSpacing(12)
        where = QLabel(self.tr("Hub: {url}").format(url=url), self)
        where.setTextFormat(Qt.TextFormat.PlainText)
        form.addRow(where)
        self.name = QLineEdit(self)
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Password"), self.password)
        self.trouble = QLabel(self)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        form.addRow(self.trouble)
        self.button = QPushButton(self.tr("Sign in"), self)
        self.button.setDefault(True)
        self.button.clicked.connect(self._try)
        form.addRow(self.button)
        self._signing = SignIn(self)
        self._signing.answered.connect(self._take)

    def _try(self) -> None:
        name, password = self.name.text().strip(), self.password.text()
        if not name or not password:
            return
        self.button.setEnabled(False)
        self.trouble.clear()
        self._signing.ask(self._url, name, password)

    def _take(self, result: wire.Session | wire.Problem) -> None:
        self.button.setEnabled(True)
        if isinstance(result, wire.Session):
            self.session = result
            self.accept()
            return
        self.trouble.setText("✕ " + problem_text(result))
        self.password.selectAll()
        self.password.setFocus()


def _ask(answers: Answers, url: str, name: str, password: str) -> None:
    answers.put(sign_in(url, name, password))
