"""Panels that lie over the window for a moment: palette, questions, key help, the log."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

_MARGIN = 48
"""Pixels of the window that stay free above and below a panel."""


class Overlay(QFrame):
    """A panel in the middle of the window that holds the keyboard until it is closed.

    It is a child of the window, not a window of its own, so opening it never takes the focus from
    another program. Escape closes it and gives the keyboard back to where it was.
    """

    opened = Signal()
    closed = Signal()
    wide: ClassVar[int] = 640
    high: ClassVar[int] = 0
    """Height in pixels, or 0 for as much as the content needs."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("Overlay")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAutoFillBackground(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 16)
        self.column.setSpacing(10)
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the panel and take the keyboard."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.opened.emit()
        self._place()
        self.show()
        self.raise_()
        self.first_focus().setFocus()

    def retranslate(self) -> None:
        """Put the panel's words anew; called when the language changes."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def first_focus(self) -> QWidget:
        """Return the widget that takes the keyboard."""
        return self

    def dismiss(self) -> None:
        """Close the panel and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
        self.closed.emit()

    def _place(self) -> None:
        window = self.parentWidget()
        assert window is not None
        width = min(self.wide, window.width() - 40)
        self.setFixedWidth(width)
        height = self.high or self.sizeHint().height()
        height = min(height, window.height() - 2 * _MARGIN)
        self.setFixedHeight(height)
        # a tall one moves up, so that its last line never lies below the window
        top = min(max(_MARGIN, window.height() // 9), window.height() - height - _MARGIN)
        self.move((window.width() - width) // 2, top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
