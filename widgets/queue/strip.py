"""The line between the views and the list: what is shown, where one stands, what is picked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.marks import tick_box
from widgets.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Standing:
    """The line's words. ``picked`` is how many rows are; ``warn`` that what is said is amiss."""

    text: str = ""
    place: str = ""
    picked: int = 0
    warn: bool = False


class Strip(QWidget):
    """Painted as one; it never asks for the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.standing = Standing()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, standing: Standing) -> None:
        """Show other words."""
        if standing != self.standing:
            self.standing = standing
            self.setAccessibleDescription(f"{standing.text}, {standing.place}")
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one small line."""
        return QSize(400, round(self.theme.row * 0.9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is picked or shown, and where one stands."""
        theme, now = self.theme, self.standing
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.select if now.picked else theme.panel)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.line)
        painter.setFont(theme.small)
        metrics = QFontMetricsF(theme.small)
        box = QRectF(self.rect()).adjusted(theme.gap, 0, -theme.gap, 0)
        painter.setPen(theme.text if now.picked else theme.faint)
        painter.drawText(box, _RIGHT, now.place)
        box.setRight(box.right() - metrics.horizontalAdvance(now.place) - theme.gap)
        if now.picked:
            size = metrics.height() * 0.85
            tick_box(painter, theme, QRectF(box.x(), box.center().y() - size / 2, size, size))
            box.setLeft(box.x() + size + theme.gap)
        painter.setPen(theme.warn if now.warn else theme.text if now.picked else theme.muted)
        text = metrics.elidedText(now.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, text)
        painter.end()
