"""Short notices in a corner. They never take the keyboard and leave by themselves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.theme import Theme

_MOST = 5
_WIDE = 400
_SIGNS = {"urgent": "✕", "warn": "!", "ok": "✓", "info": "i"}


class Toast(QWidget):
    """One notice: a sign, a colour and a text of a few lines."""

    def __init__(self, window: QWidget, theme: Theme, level: str, text: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        self.level = level if level in _SIGNS else "info"
        self.text = text
        self._theme = theme
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        room = QRect(0, 0, _WIDE - 62, 400)
        metrics = self.fontMetrics()
        used = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.text)
        return QSize(_WIDE, max(46, used.height() + 24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        colour: QColor = getattr(theme, self.level)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(theme.line)
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        sign = QRect(14, (self.height() - 22) // 2, 22, 22)
        painter.drawEllipse(sign)
        painter.setPen(theme.panel)
        painter.setFont(theme.strong)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, _SIGNS[self.level])
        painter.setPen(theme.text)
        painter.setFont(theme.body)
        room = QRect(48, 0, self.width() - 62, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text)


class Toasts(QObject):
    """The pile of notices in the lower left corner, over the least urgent lines of the queue."""

    def __init__(
        self, window: QWidget, theme: Callable[[], Theme], seconds: Callable[[], float]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._seconds = seconds
        self._pile: list[Toast] = []
        window.installEventFilter(self)

    def show(self, level: str, text: str) -> None:
        """Show a notice; the same text again stays longer instead of standing twice."""
        for toast in self._pile:
            if toast.text == text:
                self._drop(toast)
                break
        toast = Toast(self._window, self._theme(), level, text)
        self._pile.append(toast)
        while len(self._pile) > _MOST:
            self._drop(self._pile[0])
        toast.show()
        self._arrange()
        stays = self._seconds() * (2 if level in ("urgent", "warn") else 1)
        QTimer.singleShot(round(stays * 1000), toast, lambda: self._drop(toast))

    def texts(self) -> list[str]:
        """Return what stands there now, oldest first."""
        return [toast.text for toast in self._pile]

    def _drop(self, toast: Toast) -> None:
        if toast in self._pile:
            self._pile.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._arrange()

    def _arrange(self) -> None:
        bottom = self._window.height() - 48
        for toast in reversed(self._pile):
            bottom -= toast.height() + 8
            toast.move(12, bottom)
            toast.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
