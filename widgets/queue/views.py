"""The strip above the queue: its views with their counts, and the officer's own below them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.seat.queue_views import DEFAULT, VIEWS, Saved, View
from widgets.queue.words import view_text
from widgets.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ViewBar(QWidget):
    """The ready views side by side, the saved ones with their numbers in a line below."""

    chosen = Signal(View)
    called = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.current = DEFAULT
        self.number: int | None = None
        self.counts: dict[str, int] = {}
        self.saved: list[Saved] = []
        self.setMinimumWidth(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_views(
        self, current: View, counts: dict[str, int], saved: list[Saved], number: int | None
    ) -> None:
        """Show the present view, how many cases each view holds, and the officer's own views."""
        shown = (current, counts, saved, number)
        if shown == (self.current, self.counts, self.saved, self.number):
            return
        if bool(saved) != bool(self.saved):
            self.updateGeometry()
        self.current, self.counts, self.saved, self.number = shown
        words = [f"{view_text(view)} {counts.get(view.name, '')}" for view in VIEWS]
        words += [f"{view.number} {view.name}" for view in saved]
        self.setAccessibleDescription(", ".join(words))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return round(self.theme.row * 1.2)

    def sizeHint(self) -> QSize:
        """Return the height of one line, or of two with views of the officer's own."""
        return QSize(400, self._line() + (self.theme.row if self.saved else 0))

    def _boxes(self) -> list[QRectF]:
        """Share the width by the length of the words."""
        metrics = QFontMetricsF(self.theme.small)
        widths = [metrics.horizontalAdvance(self._word(view) + " ") for view in VIEWS]
        spare = (self.width() - sum(widths)) / len(VIEWS)
        boxes, x = [], 0.0
        for width in widths:
            boxes.append(QRectF(x, 0, width + spare, self._line()))
            x += width + spare
        return boxes

    def _word(self, view: View) -> str:
        count = self.counts.get(view.name)
        return view_text(view) if count is None else f"{view_text(view)} {count_text(count)}"

    def _own(self) -> list[tuple[Saved, QRectF]]:
        metrics = QFontMetricsF(self.theme.small)
        found, x = [], float(self.theme.gap)
        for view in self.saved:
            width = metrics.horizontalAdvance(f"{view.number} {view.name}") + 2 * self.theme.gap
            found.append((view, QRectF(x, self._line(), width, self.theme.row)))
            x += width
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, the counts and the line under the present view."""
        theme, painter = self.theme, QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.line)
        painter.setFont(theme.small)
        metrics = QFontMetricsF(theme.small)
        for view, box in zip(VIEWS, self._boxes(), strict=True):
            width = metrics.horizontalAdvance(self._word(view))
            cell = QRectF(box.center().x() - width / 2, 0, width, self._line())
            count = self.counts.get(view.name)
            self._cell(
                painter,
                cell,
                view_text(view),
                "" if count is None else count_text(count),
                here=view == self.current and self.number is None,
            )
        for own, box in self._own():
            cell = box.adjusted(theme.gap, 0, -theme.gap, 0)
            self._cell(painter, cell, "", own.name, here=own.number == self.number)
            painter.setPen(theme.faint)
            painter.drawText(cell, _LEFT, str(own.number))
        painter.end()

    def _cell(self, painter: QPainter, cell: QRectF, word: str, tail: str, *, here: bool) -> None:
        theme = self.theme
        painter.setPen(theme.text if here else theme.muted)
        painter.drawText(cell, _LEFT, word)
        painter.setPen(theme.accent if here else theme.faint if word else theme.muted)
        painter.drawText(cell, _RIGHT, tail)
        if here:
            painter.fillRect(QRectF(cell.x(), cell.bottom() - 3, cell.width(), 3), theme.accent)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the view that was clicked."""
        for view, box in zip(VIEWS, self._boxes(), strict=True):
            if box.contains(event.position()):
                self.chosen.emit(view)
        for own, box in self._own():
            if box.contains(event.position()):
                self.called.emit(own.number)


def count_text(count: int) -> str:
    """Return a count in few letters: ``948``, ``12k``, ``3.4M``."""
    if count < 10_000:
        return str(count)
    if count < 1_000_000:
        return f"{count // 1000}k"
    return f"{count / 1e6:.1f}M"
