"""The locked seat: everything hidden, the stream running on, opened again by who sat there.

It is also where an officer signs in again when his session ended, so that he finds his place as he
left it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import wire
from console.seat.mirror import ChangeSet
from widgets.bridge import Desk
from widgets.login import SignIn
from widgets.window import Window
from widgets.wording import problem_text

_LOOK_MS = 5_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.Shortcut,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    }
)


@dataclass(frozen=True, slots=True)
class Entrance:
    """How one comes to a bureau's hub: its address, and who is told of a new session."""

    url: str
    admit: Callable[[wire.Session], None]


class Curtain(QWidget):
    """Hides all of a window. It stays on top and takes the window's every size."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        window.installEventFilter(self)
        self.hide()

    def draw(self) -> None:
        """Cover the window."""
        window = self.parentWidget()
        assert window is not None
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.desk.theme.window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and cover whatever is put into it meanwhile."""
        if self.isVisible() and watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize:
                self.draw()
            elif event.type() == QEvent.Type.ChildAdded:
                QTimer.singleShot(0, self.raise_)
        return False


class Card(QFrame):
    """What is to be seen of a locked seat: who sat here, and where his password goes."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("Overlay")
        self.setFixedWidth(440)
        form = QFormLayout(self)
        form.setContentsMargins(24, 20, 24, 20)
        form.setSpacing(12)
        self.heading, self.said = QLabel(self), QLabel(self)
        for label in (self.heading, self.said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.name, self.password = QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter, self.leave = QPushButton(self), QPushButton(self)
        form.addRow(self.heading)
        form.addRow(self.name)
        form.addRow(self.password)
        form.addRow(self.said)
        form.addRow(self.enter)
        form.addRow(self.leave)
        self.enter.clicked.connect(self._give)
        self.leave.clicked.connect(self.left)
        for field in (self.name, self.password):
            field.returnPressed.connect(self._give)

    def _give(self) -> None:
        if self.enter.isEnabled():
            self.given.emit(self.name.text().strip(), self.password.text())

    def fields(self) -> list[QWidget]:
        """Return what Tab goes through."""
        parts = (self.name, self.password, self.enter, self.leave)
        return [part for part in parts if part.isVisible() and part.isEnabled()]

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt calls it by name
        """Keep the keyboard in here: behind the curtain are fields as well."""
        fields = self.fields()
        if fields:
            focus = self.focusWidget()
            here = fields.index(focus) if focus in fields else -1
            fields[(here + (1 if forward else -1)) % len(fields)].setFocus()
        return True


class Lock(Curtain):
    """Locks the seat by a key or after idle minutes, and lets its officer back in."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window, desk)
        self.entrance: Entrance | None = None
        self.locked = False
        self._window = window
        self._over = False
        self._comes = ""
        self._before: QWidget | None = None
        self._curtains: list[Curtain] = []
        self._touched = time.monotonic()
        self.card = Card(self)
        column = QVBoxLayout(self)
        column.addWidget(self.card, alignment=Qt.AlignmentFlag.AlignCenter)
        self.card.given.connect(self._try)
        self.card.left.connect(self.sign_out)
        self._signing = SignIn(self)
        self._signing.answered.connect(self._signed_in)
        desk.changed.connect(self._loaded)
        application().focusChanged.connect(self._focus_moved)
        self._idle = QTimer(self)
        self._idle.setInterval(_LOOK_MS)
        self._idle.timeout.connect(self.look)
        self._idle.start()
        self._word()

    # --- locking ---------------------------------------------------------------------

    def lock(self) -> None:
        """Hide everything until the officer is back."""
        if not self.locked:
            self.desk.seat.client.lock()
            self._close()

    def session_ended(self) -> None:
        """Ask for the password again: the hub does not know this seat's session any more."""
        if self._over:
            return
        self._over = True
        self._close()

    def sign_out(self) -> None:
        """End the session on the hub; the next officer may sign in here."""
        if self.entrance is not None:
            self.desk.seat.client.sign_out()
            self.session_ended()
            self.card.name.setReadOnly(False)

    def _close(self) -> None:
        if not self.locked:
            self.locked = True
            self._before = QApplication.focusWidget()
            self._window.keys.pause()
            floating = [dock for dock in self._window.docks.values() if dock.isFloating()]
            self._curtains = [Curtain(dock, self.desk) for dock in floating]
            application().installEventFilter(self)
        self._word()
        for curtain in (*self._curtains, self):
            curtain.draw()
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        (self.card.enter if self._any_key() else self.card.password).setFocus()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep the keyboard while locked, whatever is behind the curtain wants it."""
        if self.locked and new is not None and not self.isAncestorOf(new):
            self._take_keyboard()

    def _open(self) -> None:
        self.locked = self._over = False
        self._comes = ""
        application().removeEventFilter(self)
        self.hide()
        for curtain in self._curtains:
            curtain.hide()
            curtain.deleteLater()
        self._curtains = []
        self._touched = time.monotonic()
        self._window.keys.resume()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    # --- unlocking -----------------------------------------------------------------------

    def _any_key(self) -> bool:
        """Whether there is no password to ask for: the hub is this seat's own."""
        return self.entrance is None

    def _try(self, name: str, password: str) -> None:
        if self._any_key():
            self.desk.seat.client.unlock("", lambda _said: None)
            self._open()
            return
        if not password or not name or not self.card.enter.isEnabled():
            return
        self.card.enter.setEnabled(False)
        self.card.said.clear()
        if self._over and self.entrance is not None:
            self._signing.ask(self.entrance.url, name, password)
            return
        post = self.desk.post
        self.desk.seat.client.unlock(password, lambda said: post(partial(self._answered, said)))

    def _answered(self, said: wire.Officer | wire.Problem) -> None:
        self.card.enter.setEnabled(True)
        self.card.password.clear()
        if isinstance(said, wire.Officer):
            self._open()
        elif said.code == "unauthenticated":
            self.session_ended()
        else:
            self.card.said.setText("✕ " + problem_text(said))
            self.card.password.setFocus()

    def _signed_in(self, said: wire.Session | wire.Problem) -> None:
        self.card.enter.setEnabled(True)
        self.card.password.clear()
        if isinstance(said, wire.Problem) or self.entrance is None:
            text = problem_text(said) if isinstance(said, wire.Problem) else ""
            self.card.said.setText("✕ " + text)
            return
        other = said.officer.id != self.desk.seat.officer.id
        self.entrance.admit(said)
        if other:
            self._comes = said.officer.id
        else:
            self._open()

    def _loaded(self, touched: ChangeSet) -> None:
        """Open for another officer once nothing of the one before him is left."""
        if touched.whole and self._comes == self.desk.seat.officer.id:
            self._open()

    # --- nobody there -----------------------------------------------------------------------

    def look(self) -> None:
        """Lock once nobody touched anything for the minutes of the setting."""
        minutes = self.desk.seat.settings["lock_minutes"]
        for window in application().topLevelWidgets():
            if (handle := window.windowHandle()) is not None:
                handle.installEventFilter(self)
        idle = time.monotonic() - self._touched
        if self.entrance is not None and minutes and idle >= 60 * minutes:
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; while locked let nothing through to what is hidden."""
        if event.type() in _INPUT:
            self._touched = time.monotonic()
            if not self.locked or not isinstance(watched, QWidget):
                return False
            if self._any_key() and isinstance(event, QKeyEvent):
                self._any_pressed(event)
                return True
            return watched is not self and not self.isAncestorOf(watched)
        if self.locked and event.type() == QEvent.Type.ZOrderChange:
            # Notices and the banner come to the front again by themselves.
            if watched is not self and watched.parent() is self.parent():
                self.raise_()
            return False
        return super().eventFilter(watched, event)

    def _any_pressed(self, event: QKeyEvent) -> None:
        """Open at a fresh key; the one that locked may still be held."""
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._try("", "")

    # --- words ----------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Put the words anew when the language changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)

    def _word(self) -> None:
        card, officer = self.card, self.desk.seat.officer
        who = officer.name or officer.id
        if self._over:
            card.heading.setText(self.tr("The session ended. Sign in to go on where you were"))
        elif self._any_key():
            card.heading.setText(self.tr("Locked. This seat has no password: press any key"))
        else:
            card.heading.setText(self.tr("Locked by {who}").format(who=who))
        card.name.setText(officer.id)
        card.name.setReadOnly(True)
        card.name.setVisible(self._over)
        card.name.setPlaceholderText(self.tr("Name"))
        card.name.setAccessibleName(self.tr("Name"))
        card.password.setPlaceholderText(self.tr("Password"))
        card.password.setAccessibleName(self.tr("Password"))
        card.password.setVisible(not self._any_key())
        card.enter.setText(self.tr("Sign in") if self._over else self.tr("Unlock"))
        card.leave.setText(self.tr("Sign out"))
        card.leave.setVisible(not self._any_key() and not self._over)
        card.said.clear()


def application() -> QApplication:
    """Return the one application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
