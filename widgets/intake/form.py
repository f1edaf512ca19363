"""What the forms for reports have in common: fields by Tab, Ctrl+Enter sends, Esc keeps it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from console import wire
from widgets.bridge import Desk
from widgets.intake.words import refusal_text
from widgets.overlay import Overlay

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Form(Overlay):
    """A panel with named fields. What is in them stays until it was taken.

    Enter goes to the next field, Ctrl+Enter sends; an error names its field and puts the
    keyboard there.
    """

    wide = 720

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self.desk = desk
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = QFormLayout()
        self.rows.setHorizontalSpacing(18)
        self.rows.setVerticalSpacing(8)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        self.hint.setWordWrap(True)
        self.column.addWidget(self.heading)
        self.column.addLayout(self.rows)
        self.build()
        self.column.addWidget(self.said)
        self.column.addWidget(self.hint)
        self.retranslate()

    # --- what each form says --------------------------------------------------------------

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def words(self) -> dict[str, str]:
        """Return field -> label, with ``heading`` and ``hint``."""
        raise NotImplementedError

    def send(self) -> None:
        """Send what is in the fields."""
        raise NotImplementedError

    # --- fields ---------------------------------------------------------------------------

    def add(self, name: str, field: QLineEdit | QPlainTextEdit) -> None:
        """Add a field of one or more lines."""
        label = QLabel(self)
        label.setBuddy(field)
        field.installEventFilter(self)
        if isinstance(field, QPlainTextEdit):
            field.setTabChangesFocus(True)
        self.fields[name], self._labels[name] = field, label
        self.rows.addRow(label, field)

    def text(self, name: str) -> str:
        """Return what is in a field."""
        field = self.fields[name]
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        return text.strip()

    def empty(self) -> None:
        """Clear every field: what was in them has been taken."""
        for field in self.fields.values():
            field.clear()
        self.say("")

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show how it goes, or what is wrong."""
        theme = self.desk.theme
        self.said.setStyleSheet(f"color: {(theme.urgent if bad else theme.ok).name()}")
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if self.isVisible():
            self._place()

    def refused(self, problem: wire.Problem) -> None:
        """Name what is wrong and put the keyboard into its field."""
        self.say(refusal_text(problem), bad=True)
        field = self.fields.get(problem.field or "")
        if field is not None:
            field.setFocus()

    def first_focus(self) -> QWidget:
        return next(iter(self.fields.values()))

    def retranslate(self) -> None:
        words = self.words()
        self.heading.setText(words["heading"])
        self.setAccessibleName(words["heading"])
        self.hint.setText(words["hint"])
        for name, label in self._labels.items():
            label.setText(words[name])
            self.fields[name].setAccessibleName(words[name])

    # --- keys -----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send by Ctrl+Enter; Enter goes on to the next field of one line."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
            and watched in self.fields.values()
        ):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.send()
                return True
            if isinstance(watched, QLineEdit):
                self.entered(watched)
                return True
        return super().eventFilter(watched, event)

    def entered(self, _field: QLineEdit) -> None:
        """Go on to the next field."""
        self.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send by Ctrl+Enter from anywhere in the form."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and control:
            self.send()
        else:
            super().keyPressEvent(event)
