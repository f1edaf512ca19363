"""Asking the officer for a line of text: a reason, a note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from widgets.bridge import Question
from widgets.overlay import Overlay


class Asker(Overlay):
    """One question at a time. Enter answers; what is final needs Ctrl+Enter; Escape gives nothing.

    A ready line is taken by its number while the field is empty.
    """

    wide = 560

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._question: Question | None = None
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.choices = QLabel(self)
        self.choices.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit(self)
        self.field.setMaxLength(500)
        self.field.installEventFilter(self)
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        for part in (self.heading, self.choices, self.field, self.hint):
            self.column.addWidget(part)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setAccessibleName(self.tr("Answer"))

    def ask(self, question: Question) -> None:
        """Put a question; one that is open is given up."""
        self._question = question
        self.heading.setText(question.title)
        lines = [f"{n}  {text}" for n, text in enumerate(question.choices[:9], start=1)]
        self.choices.setText("\n".join(lines))
        self.choices.setVisible(bool(lines))
        self.field.setPlaceholderText(question.prompt)
        self.field.setAccessibleName(question.prompt)
        self.field.clear()
        self.hint.setText(
            self.tr("Ctrl+Enter confirms, Esc leaves everything as it is")
            if question.confirm
            else self.tr("Enter sends, Esc leaves everything as it is")
        )
        self.open()

    def first_focus(self) -> QWidget:
        return self.field

    def _answer(self, text: str) -> None:
        question = self._question
        if question is None or not text.strip():
            return
        self._question = None
        self.dismiss()
        question.then(text.strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read Enter and the numbers of ready lines."""
        if watched is not self.field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() != QEvent.Type.KeyPress or self._question is None:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control or not self._question.confirm:
                self._answer(self.field.text())
            return True
        number = event.key() - Qt.Key.Key_1
        if not self.field.text() and 0 <= number < len(self._question.choices):
            self.field.setText(self._question.choices[number])
            return True
        return False
