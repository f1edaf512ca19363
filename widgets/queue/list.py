"""The queue's list: paints only the rows in sight, and holds the row under the cursor still."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from widgets.clocks import Urgency, left
from widgets.queue.order import Order
from widgets.queue.row import RowPainter
from widgets.theme import Theme
from widgets.wording import state_text


class QueueList(QAbstractScrollArea):
    """A virtual list over an :class:`Order`.

    The offset may leave the natural range for a while: a row under the cursor keeps its
    place on the screen while rows come and go around it, until the officer moves.
    """

    current_changed = Signal(object)
    activated = Signal(str)
    painted = Signal()

    def __init__(
        self, order: Order, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.order = order
        self.empty_text = ""
        self._now = now
        self._offset = 0
        self._new: set[str] = set()
        self._rows = RowPainter(theme, 400)
        self.painted_rows = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # --- what is shown -----------------------------------------------------------

    @property
    def row_height(self) -> int:
        """Height of a row in pixels."""
        return self._rows.height

    @property
    def above(self) -> int:
        """How many new rows wait unseen above the first row in sight."""
        first = self._offset / self.row_height
        places = (self.order.index(case_id) for case_id in self._new)
        return sum(1 for place in places if place is not None and place + 0.5 < first)

    def set_theme(self, theme: Theme) -> None:
        """Change the look; the layouts are made anew."""
        self._rows = RowPainter(theme, self.viewport().width())
        self._hold(self._cursor_y())
        self.viewport().update()

    def forget_words(self) -> None:
        """Lay out anew, as when the language changed."""
        self._rows = RowPainter(self._rows.theme, self.viewport().width())
        self.viewport().update()

    def rebuild(self) -> None:
        """Show another view or filter, from the cursor's row or from the top."""
        y = self._cursor_y()
        self.order.rebuild()
        self._new.clear()
        self._hold(y)
        self._clamp()
        self.viewport().update()

    def reload(self) -> None:
        """Sort anew after everything was replaced, and hold the row under the cursor."""
        y = self._cursor_y()
        self.order.rebuild()
        self._hold(y)
        self.viewport().update()

    def update_cases(self, ids: Iterable[str]) -> None:
        """Take changed cases without moving the row under the cursor."""
        y = self._cursor_y()
        self._new.update(self.order.update(ids))
        self._hold(y)
        self.viewport().update()

    def tick(self) -> None:
        """Let the clocks go on."""
        if self.isVisible() and len(self.order):
            self.viewport().update()

    # --- the cursor ---------------------------------------------------------------

    def go(self, index: int) -> None:
        """Put the cursor on a row, and the row into sight."""
        if not len(self.order):
            return
        before = self.order.index(self.order.cursor)
        index = min(max(index, 0), len(self.order) - 1)
        self.order.cursor = self.order[index].id
        if not self._show(index):
            for row in (before, index):
                if row is not None:
                    self.viewport().update(self._row_rect(row))
        if before != index:
            self._say(index)
            self.current_changed.emit(self.order.cursor)

    def _say(self, index: int) -> None:
        case = self.order[index]
        self.setAccessibleDescription(f"{case.name}, {case.place}, {state_text(case.state)}")

    def step(self, by: int) -> None:
        """Move the cursor by rows; without one it starts at the first."""
        at = self.order.index(self.order.cursor)
        if at is None:
            at = 0 if by > 0 else len(self.order) - 1
            self.go(at)
        else:
            self.go(at + by)

    def step_urgent(self, by: int) -> None:
        """Move to the next row whose time runs short or is over."""
        now = self._now()
        at = self.order.index(self.order.cursor)
        index = (-1 if by > 0 else len(self.order)) if at is None else at
        index += by
        while 0 <= index < len(self.order):
            if left(self.order[index], now).urgency >= Urgency.SOON:
                self.go(index)
                return
            index += by

    def put_cursor(self, case_id: str | None) -> None:
        """Follow a selection made elsewhere, without telling of it again."""
        if case_id == self.order.cursor:
            return
        at = self.order.index(case_id)
        self.order.cursor = case_id if at is not None else None
        if at is not None:
            self._show(at)
        self.viewport().update()

    # --- offset and range -----------------------------------------------------------

    def _cursor_y(self) -> int | None:
        at = self.order.index(self.order.cursor)
        return None if at is None else at * self.row_height - self._offset

    def _hold(self, y: int | None) -> None:
        """Choose the offset at which the cursor's row stands at ``y`` of the viewport."""
        at = self.order.index(self.order.cursor)
        visible = y is not None and -self.row_height < y < self.viewport().height()
        if y is None or at is None or not visible:
            self._clamp()
        else:
            self._offset = at * self.row_height - y
        self._range()

    def _natural(self) -> int:
        return max(0, len(self.order) * self.row_height - self.viewport().height())

    def _clamp(self) -> None:
        self._offset = min(max(self._offset, 0), self._natural())
        self._range()

    def _range(self) -> None:
        bar = self.verticalScrollBar()
        blocked = bar.blockSignals(True)
        bar.setRange(min(0, self._offset), max(self._natural(), self._offset))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.row_height)
        bar.setValue(self._offset)
        bar.blockSignals(blocked)

    def _show(self, index: int) -> bool:
        """Bring a row into sight; tell whether that moved the rows."""
        before = self._offset
        top, height = index * self.row_height, self.viewport().height()
        if top < self._offset:
            self._offset = top
        elif top + self.row_height > self._offset + height:
            self._offset = top + self.row_height - height
        self._clamp()
        if self._offset == before:
            return False
        self.viewport().update()
        return True

    def _scrolled(self, value: int) -> None:
        self._offset = value
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt calls it by name
        """Leave the scrolling to the offset."""

    # --- Qt ---------------------------------------------------------------------------

    def _row_rect(self, index: int) -> QRect:
        top = index * self.row_height - self._offset
        return QRect(0, top, self.viewport().width(), self.row_height)

    def _index_at(self, y: float) -> int | None:
        index = int((y + self._offset) // self.row_height)
        return index if 0 <= index < len(self.order) else None

    def sizeHint(self) -> QSize:
        """Return the width of two comfortable lines and the height of ten rows."""
        return QSize(420, 10 * self.row_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for the new width."""
        super().resizeEvent(event)
        if self.viewport().width() != self._rows.width:
            self._rows = RowPainter(self._rows.theme, self.viewport().width())
        self._hold(self._cursor_y())
        self._clamp()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows the event touches, the empty state or the pill of new rows."""
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.setClipRect(area)
        painter.fillRect(area, self._rows.theme.panel)
        now, height = self._now(), self.row_height
        first = max(0, (area.top() + self._offset) // height)
        last = min(len(self.order) - 1, (area.bottom() + self._offset) // height)
        for index in range(first, last + 1):
            case = self.order[index]
            self._new.discard(case.id)
            self._rows.paint(
                painter,
                case,
                index * height - self._offset,
                current=case.id == self.order.cursor,
                now=now,
            )
        self.painted_rows = max(0, last - first + 1)
        if not len(self.order):
            self._paint_empty(painter)
        elif self._new:
            self._paint_pill(painter)
        painter.end()
        self.painted.emit()

    def _paint_empty(self, painter: QPainter) -> None:
        theme = self._rows.theme
        box = QRectF(self.viewport().rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.faint)
        size = 44.0
        sign = QRectF(box.center().x() - size / 2, box.height() * 0.36, size, size)
        pen = painter.pen()
        pen.setWidthF(2.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(sign)
        x, y = sign.x(), sign.y()
        painter.drawLine(int(x + 13), int(y + 23), int(x + 20), int(y + 30))
        painter.drawLine(int(x + 20), int(y + 30), int(x + 32), int(y + 15))
        painter.setPen(theme.muted)
        painter.setFont(theme.body)
        box.setTop(sign.bottom() + 2 * theme.gap)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, self.empty_text)

    def _paint_pill(self, painter: QPainter) -> None:
        count = self.above
        if not count:
            return
        theme = self._rows.theme
        text = self.tr("%n new above", "", count)
        painter.setFont(theme.small)
        width = QFontMetricsF(theme.small).horizontalAdvance(text) + 36
        box = QRectF((self.viewport().width() - width) / 2, theme.gap, width, theme.row * 0.85)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.panel)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"↑ {text}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor on the row that was clicked."""
        self.setFocus()
        index = self._index_at(event.position().y())
        if index is not None:
            self.go(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        if self._index_at(event.position().y()) is not None and self.order.cursor:
            self.activated.emit(self.order.cursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll within the natural range; the cursor stays with its row."""
        pixels = event.pixelDelta().y() or event.angleDelta().y() // 2
        self._offset -= pixels
        self._clamp()
        self.viewport().update()
        event.accept()
