"""A bar across the top of the window while something is wrong that the officer must know."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from widgets.theme import Theme


class Banner(QLabel):
    """Says what happened, when, and what it means; takes neither clicks nor the keyboard."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, theme: Theme) -> None:
        """Show a text until :meth:`hide`."""
        self.setText("▲  " + text)
        self.setAccessibleName(text)
        self.setFont(theme.strong)
        colours = f"background: {theme.urgent.name()}; color: {theme.panel.name()};"
        self.setStyleSheet(f"{colours} border-radius: 6px; padding: 6px 18px;")
        self.setWordWrap(True)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        self.setFixedWidth(min(self._window.width() - 80, 1100))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move((self._window.width() - self.width()) // 2, 4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
