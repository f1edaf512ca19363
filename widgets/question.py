"""Asking the officer for a line of text or a choice: a reason, a note, a level."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from widgets.bridge import Question
from widgets.overlay import Overlay

MOST = 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Asker(Overlay):
    """One question at a time. Enter answers; what is final needs Ctrl+Enter; Escape gives nothing.

    While the field is empty a number takes its ready line and answers with it at once; where the
    answer is final it only fills the field. Up and Down put the ready lines into the field, to be
    changed before they are sent.
    """

    wide = 620

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._question: Question | None = None
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.choices = QLabel(self)
        self.choices.setTextFormat(Qt.TextFormat.RichText)
        self.choices.setWordWrap(True)
        self.field = QLineEdit(self)
        self.field.setMaxLength(500)
        self.field.installEventFilter(self)
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        self.hint.setWordWrap(True)
        for part in (self.heading, self.choices, self.field, self.hint):
            self.column.addWidget(part)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setAccessibleName(self.tr("Answer"))

    def ask(self, question: Question) -> None:
        """Put a question; one that is open is given up."""
        self._question = question
        self.heading.setText(f"{question.title}  —  {question.prompt}")
        self.setAccessibleName(self.heading.text())
        ready = question.choices[:MOST]
        rows = "".join(
            f"<tr><td style='padding-right:12px'><b>{n}</b></td><td>{escape(text)}</td></tr>"
            for n, text in enumerate(ready, start=1)
        )
        self.choices.setText(f"<table cellspacing=3>{rows}</table>")
        self.choices.setVisible(bool(ready))
        self.field.setAccessibleName(question.prompt)
        self.field.clear()
        self.field.setVisible(not question.closed)
        self.hint.setText(self._how(question))
        self.open()

    def _how(self, question: Question) -> str:
        if question.closed:
            return self.tr("A number chooses, Enter takes the first, Esc leaves all as it is")
        if question.confirm:
            return self.tr("Ctrl+Enter confirms, Esc leaves everything as it is")
        if question.choices:
            return self.tr("A number sends, ↑ ↓ put a line into the field, Enter sends, Esc leaves")
        return self.tr("Enter sends, Esc leaves everything as it is")

    def first_focus(self) -> QWidget:
        closed = self._question is not None and self._question.closed
        return self if closed else self.field

    def _answer(self, text: str) -> None:
        question = self._question
        if question is None or not text.strip():
            return
        self._question = None
        self.dismiss()
        question.then(text.strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a choice where there is nothing to type."""
        question = self._question
        if question is None or not question.closed or not self._choose(event, question):
            super().keyPressEvent(event)

    def _choose(self, event: QKeyEvent, question: Question) -> bool:
        """Answer with the choice of a number key; Enter stands for the first."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER:
            if question.confirm and not control:
                return True
            number = 0
        else:
            number = event.key() - Qt.Key.Key_1
        if not 0 <= number < min(MOST, len(question.choices)):
            return False
        self._answer(question.choices[number])
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read Enter, the numbers of ready lines, and the arrows."""
        if watched is not self.field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() != QEvent.Type.KeyPress or self._question is None:
            return False
        question, key = self._question, event.key()
        if key in _ENTER:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control or not question.confirm:
                self._answer(self.field.text())
            return True
        ready = question.choices[:MOST]
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and ready:
            self._leaf(ready, 1 if key == Qt.Key.Key_Down else -1)
            return True
        number = key - Qt.Key.Key_1
        if self.field.text() or not 0 <= number < len(ready):
            return False
        if question.confirm:
            self.field.setText(ready[number])
        else:
            self._answer(ready[number])
        return True

    def _leaf(self, ready: list[str], by: int) -> None:
        """Put the next ready line into the field."""
        here = self.field.text()
        at = ready.index(here) + by if here in ready else (0 if by > 0 else -1)
        self.field.setText(ready[at % len(ready)])
