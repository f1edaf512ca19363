"""A small plate over the map with a heading and rows of words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.theme import Theme

WIDEST = 340.0
PAD = 10.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign or a key in front, a text, a note at the right. ``faint`` is switched off."""

    text: str
    note: str = ""
    sign: QPixmap | None = None
    key: str = ""
    faint: bool = False


class Card(QWidget):
    """Shows rows; hidden while it has none. The mouse goes through it to the map."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.heading = ""
        self.rows: list[Row] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, heading: str, rows: list[Row]) -> None:
        """Show a heading and rows at the size they need."""
        self.heading, self.rows = heading, rows
        body, strong = QFontMetricsF(self.theme.small), QFontMetricsF(self.theme.strong)
        width = strong.horizontalAdvance(heading)
        for row in rows:
            front = self._front(row)
            note = body.horizontalAdvance(row.note) + 18 if row.note else 0
            width = max(width, front + body.horizontalAdvance(row.text) + note)
        self._row = body.height() + 5
        self._head = strong.height() + 6
        high = self._head + self._row * len(rows) + 2 * PAD - 4
        self.resize(round(min(width, WIDEST) + 2 * PAD), round(high))
        self.setAccessibleName(heading)
        self.setAccessibleDescription("; ".join(f"{r.text} {r.note}".strip() for r in rows))
        self.show()
        self.raise_()
        self.update()

    @staticmethod
    def _front(row: Row) -> float:
        return (26.0 if row.sign is not None else 0.0) + (20.0 if row.key else 0.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QColor(theme.panel)
        plate.setAlphaF(0.93)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(plate)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        inner = QRectF(self.rect()).adjusted(PAD, PAD - 4, -PAD, 0)
        painter.setFont(theme.strong)
        painter.setPen(theme.text)
        head = QRectF(inner.x(), inner.y(), inner.width(), self._head)
        painter.drawText(head, left, self.heading)
        painter.setFont(theme.small)
        metrics = QFontMetricsF(theme.small)
        y = head.bottom()
        for row in self.rows:
            box = QRectF(inner.x(), y, inner.width(), self._row)
            x = box.x()
            if row.key:
                painter.setPen(theme.accent)
                painter.drawText(box, left, row.key)
                x += 20
            if row.sign is not None:
                size = row.sign.deviceIndependentSize()
                painter.setOpacity(0.4 if row.faint else 1.0)
                middle = box.center().y() - size.height() / 2
                painter.drawPixmap(round(x + 10 - size.width() / 2), round(middle), row.sign)
                painter.setOpacity(1.0)
                x += 26
            note = metrics.horizontalAdvance(row.note) + 10 if row.note else 0.0
            room = QRectF(x, y, box.right() - x - note, self._row)
            text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, room.width() + 1)
            painter.setPen(theme.faint if row.faint else theme.text)
            painter.drawText(room, left, text)
            painter.setPen(theme.faint if row.faint else theme.muted)
            painter.drawText(box, right, row.note)
            y += self._row
        painter.end()
