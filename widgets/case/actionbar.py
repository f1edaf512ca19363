"""What can be done with the case now, with its keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.seat.commands import Record
from widgets.actions import key_text
from widgets.case.words import button_text
from widgets.theme import Theme

_PAD = 6.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ActionBar(QWidget):
    """Keys and words side by side, in as many lines as they need; a click does the same.

    ``rarer`` counts what is possible besides, behind a prefix.
    """

    wanted = Signal(Record)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.records: list[Record] = []
        self._rarer = 0
        self._boxes: list[QRectF] = []

    def show_records(self, records: list[Record], *, rarer: int = 0) -> None:
        """Show what is possible now."""
        self.records, self._rarer = records, rarer
        said = [f"{key_text(r.key)} {button_text(r.id)}".strip() for r in records]
        self.setAccessibleDescription(", ".join(said))
        self.setVisible(bool(records))
        self._flow()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self._flow()

    def _buttons(self) -> list[tuple[str, str, bool]]:
        """Return key, word and whether it is confirmed apart, of each button."""
        found = [(key_text(r.key), button_text(r.id), r.confirm) for r in self.records]
        if self._rarer:
            found.append(("O", self.tr("%n more …", "", self._rarer), False))
        return found

    def _flow(self) -> None:
        """Lay the buttons out for the present width."""
        theme, gap = self.theme, self.theme.gap
        metrics = QFontMetricsF(theme.small)
        height = metrics.height() + 5
        x, y = gap * 1.0, gap * 0.6
        self._boxes = []
        for key, text, _ in self._buttons():
            width = metrics.horizontalAdvance(key + text) + 2 * _PAD + (5 if key else 0)
            if self._boxes and x + width > self.width() - gap * 0.5:
                x, y = gap * 1.0, y + height + gap * 0.4
            self._boxes.append(QRectF(x, y, width, height))
            x += width + gap * 0.4
        wanted = round(y + height + gap * 0.6)
        if wanted != self.height():
            self.setFixedHeight(wanted)
        self.update()

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
        for (key, text, confirm), box in zip(self._buttons(), self._boxes, strict=True):
            edge = box.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(theme.panel)
            painter.drawRoundedRect(edge, 4, 4)
            if confirm:
                painter.drawRoundedRect(edge.adjusted(2, 2, -2, -2), 3, 3)
            inner = box.adjusted(_PAD, 0, -_PAD / 2, 0)
            painter.setPen(theme.accent)
            painter.drawText(inner, _LEFT, key)
            painter.setPen(theme.text)
            offset = metrics.horizontalAdvance(key) + (5 if key else 0)
            painter.drawText(inner.adjusted(offset, 0, 0, 0), _LEFT, text)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the deed that was clicked."""
        for record, box in zip(self.records, self._boxes, strict=False):
            if box.contains(event.position()):
                self.wanted.emit(record)
