"""What can be done with the case now, with its keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.seat.commands import Record
from widgets.case.words import button_text
from widgets.theme import Theme


def key_text(key: str) -> str:
    """Return a key as the officer's keyboard names it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class ActionBar(QWidget):
    """Keys and words side by side, in as many lines as they need; a click does the same."""

    wanted = Signal(Record)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.records: list[Record] = []
        self._boxes: list[QRectF] = []

    def show_records(self, records: list[Record]) -> None:
        """Show what is possible now."""
        self.records = records
        said = [f"{key_text(r.key)} {button_text(_verb(r))}".strip() for r in records]
        self.setAccessibleDescription(", ".join(said))
        self.setVisible(bool(records))
        self._flow()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self._flow()

    def _flow(self) -> None:
        """Lay the buttons out for the present width."""
        theme, gap = self.theme, self.theme.gap
        metrics = QFontMetricsF(theme.small)
        height = metrics.height() + 9
        x, y = gap * 1.0, gap * 0.75
        self._boxes = []
        for record in self.records:
            width = self._width(metrics, record)
            if self._boxes and x + width > self.width() - gap:
                x, y = gap * 1.0, y + height + gap * 0.6
            self._boxes.append(QRectF(x, y, width, height))
            x += width + gap * 0.6
        wanted = round(y + height + gap * 0.75)
        if wanted != self.height():
            self.setFixedHeight(wanted)
        self.update()

    @staticmethod
    def _width(metrics: QFontMetricsF, record: Record) -> float:
        key = metrics.horizontalAdvance(key_text(record.key))
        return key + (14 if key else 0) + metrics.horizontalAdvance(button_text(_verb(record))) + 16

    def resizeEvent(self, _event: object) -> None:
        """Flow anew."""
        self._flow()

    def sizeHint(self) -> QSize:
        """Return the height the buttons need."""
        return QSize(400, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the buttons; one that is confirmed apart has a double edge."""
        theme = self.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.small)
        metrics = QFontMetricsF(theme.small)
        for record, box in zip(self.records, self._boxes, strict=True):
            edge = box.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(theme.panel)
            painter.drawRoundedRect(edge, 4, 4)
            if record.confirm:
                painter.drawRoundedRect(edge.adjusted(2, 2, -2, -2), 3, 3)
            key = key_text(record.key)
            inner = box.adjusted(8, 0, -8, 0)
            painter.setPen(theme.accent)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, left, key)
            painter.setPen(theme.text)
            offset = metrics.horizontalAdvance(key) + (7 if key else 0)
            painter.drawText(inner.adjusted(offset, 0, 0, 0), left, button_text(_verb(record)))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the deed that was clicked."""
        for record, box in zip(self.records, self._boxes, strict=True):
            if box.contains(event.position()):
                self.wanted.emit(record)


def _verb(record: Record) -> str:
    return record.id.split(".", 1)[1]
