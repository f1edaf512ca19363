"""The strip above the queue: its views with their counts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.seat.text import QT_TRANSLATE_NOOP
from widgets.queue.order import VIEWS, View
from widgets.theme import Theme

_WORDS = {
    "decide": QT_TRANSLATE_NOOP("QueueView", "To decide"),
    "sent": QT_TRANSLATE_NOOP("QueueView", "Sent"),
    "check": QT_TRANSLATE_NOOP("QueueView", "To check"),
    "open": QT_TRANSLATE_NOOP("QueueView", "All open"),
    "closed": QT_TRANSLATE_NOOP("QueueView", "Closed"),
}


def view_text(view: View) -> str:
    """Return the word for a view."""
    return QCoreApplication.translate("QueueView", _WORDS[view.name])


class ViewBar(QWidget):
    """The views side by side; the present one is bold and underlined."""

    chosen = Signal(View)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.current = VIEWS[3]
        self.counts: dict[str, int] = {}
        self.setMinimumWidth(200)

    def show_counts(self, current: View, counts: dict[str, int]) -> None:
        """Show the present view and how many cases each view holds."""
        if (current, counts) != (self.current, self.counts):
            self.current, self.counts = current, counts
            words = [f"{view_text(view)} {counts.get(view.name, 0)}" for view in VIEWS]
            self.setAccessibleDescription(", ".join(words))
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one row."""
        return QSize(400, round(self.theme.row * 1.2))

    def _boxes(self) -> list[QRectF]:
        """Share the width by the length of the words."""
        metrics = QFontMetricsF(self.theme.small)
        widths = [metrics.horizontalAdvance(view_text(view) + " 000") for view in VIEWS]
        spare = (self.width() - sum(widths)) / len(VIEWS)
        boxes, x = [], 0.0
        for width in widths:
            boxes.append(QRectF(x, 0, width + spare, self.height()))
            x += width + spare
        return boxes

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, the counts and the line under the present view."""
        theme = self.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.line)
        bold = theme.small
        for view, box in zip(VIEWS, self._boxes(), strict=True):
            here = view == self.current
            painter.setFont(bold)
            word, count = view_text(view), str(self.counts.get(view.name, 0))
            metrics = QFontMetricsF(bold)
            width = metrics.horizontalAdvance(word) + 5 + metrics.horizontalAdvance(count)
            x = box.center().x() - width / 2
            cell = QRectF(x, 0, width, self.height())
            painter.setPen(theme.text if here else theme.muted)
            painter.drawText(cell, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            painter.setPen(theme.accent if here else theme.faint)
            painter.drawText(
                cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count
            )
            if here:
                painter.fillRect(QRectF(x, self.height() - 3, width, 3), theme.accent)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the view that was clicked."""
        for view, box in zip(VIEWS, self._boxes(), strict=True):
            if box.contains(event.position()):
                self.chosen.emit(view)
