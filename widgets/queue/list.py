"""The queue's list: paints only the rows in sight, and holds the row under the cursor still."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
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

from console import wire
from console.seat.queue_order import Order
from widgets.clocks import Urgency, left
from widgets.queue.blank import Blank, paint_blank
from widgets.queue.row import RowPainter, Wear
from widgets.theme import Theme
from widgets.wording import state_text


class QueueList(QAbstractScrollArea):
    """A virtual list over an :class:`Order`.

    The offset may leave the natural range for a while: a row under the cursor keeps its
    place on the screen while rows come and go around it, until the officer moves. Where the
    cursor is out of sight, the first row in sight keeps its place instead.
    """

    current_changed = Signal(object)
    activated = Signal(str)
    painted = Signal()

    def __init__(
        self, order: Order, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.order = order
        self.blank = Blank()
        self.picked: Container[str] = ()
        self.mine = ""
        self.painted_rows = 0
        self._now = now
        self._offset = 0
        self._ranging = False
        self._new: set[str] = set()
        self._held: tuple[str | None, int] | None = None
        self._rows = RowPainter(theme, 400)
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
        before = self.row_height
        self._rows = RowPainter(theme, self.viewport().width())
        self._offset = self._offset * self.row_height // before
        self._clamp()
        self.viewport().update()

    def forget_words(self) -> None:
        """Lay out anew, as when the language changed."""
        self._rows = RowPainter(self._rows.theme, self.viewport().width())
        self.viewport().update()

    @property
    def cursor_y(self) -> int | None:
        """How far below the top the row under the cursor is, while it is in sight."""
        return self._held[1] if self._held is not None and self._held[0] is None else None

    def show_order(self, order: Order, y: int | None = None) -> None:
        """Show other rows, the cursor's at ``y`` or where the cursor was, or from the top."""
        if y is None:
            y = self.cursor_y
        self.order = order
        self._new.clear()
        self._offset = 0
        if order.at is not None:
            y = self.viewport().height() // 3 if y is None else y
            self._offset = order.at * self.row_height - y
        self._clamp()
        self.viewport().update()

    def sync(self, new: Iterable[str] = ()) -> None:
        """Follow the order after its rows changed; what is held keeps its place on the screen."""
        self._new.update(new)
        case_id, y = self._held or (None, 0)
        at = self.order.at if case_id is None else self.order.index(case_id)
        if self._held is None or at is None:
            self._clamp()
        else:
            self._offset = at * self.row_height - y
            self._range()
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
        before, stood = self.order.at, self.order.cursor
        index = min(max(index, 0), len(self.order) - 1)
        self.order.go(index)
        if not self._show(index):
            for row in (before, index):
                if row is not None:
                    self.viewport().update(self._row_rect(row))
        if before != index or stood != self.order.cursor:
            self.tell_current()

    def tell_current(self) -> None:
        """Say which case is current."""
        at = self.order.at
        case = None if at is None else self.order.row(at)
        if case is not None:
            self.setAccessibleDescription(f"{case.name}, {case.place}, {state_text(case.state)}")
        self.current_changed.emit(self.order.cursor)

    def step(self, by: int) -> None:
        """Move the cursor by rows; without one it starts at the first."""
        at = self.order.at
        if at is None:
            self.go(0 if by > 0 else len(self.order) - 1)
        else:
            self.go(at + by)

    def page(self, by: int) -> None:
        """Move the cursor by what the height holds, less one row."""
        self.step(by * max(1, self.viewport().height() // self.row_height - 1))

    def step_urgent(self, by: int) -> None:
        """Move to the next row whose time runs short or is over, wherever it is."""
        now, before = self._now(), self.order.cursor

        def urgent(case: wire.CaseRow) -> bool:
            return left(case, now).urgency >= Urgency.SOON

        self.order.seek(by, urgent)
        if self.order.cursor != before:
            self.show_cursor()
            self.tell_current()

    def show_cursor(self) -> None:
        """Bring the cursor's row into sight."""
        at = self.order.at
        if at is not None:
            self._show(at)
        self.viewport().update()

    def put_cursor(self, case_id: str | None) -> None:
        """Follow a selection made elsewhere, without telling of it again."""
        if case_id == self.order.cursor:
            return
        self.order.put(case_id)
        self.show_cursor()
        self._hold()

    # --- offset and range -----------------------------------------------------------

    def _hold(self) -> None:
        """Note what stands where: the cursor's row, else the first in sight but for the top."""
        at, height = self.order.at, self.viewport().height()
        y = None if at is None else at * self.row_height - self._offset
        if y is not None and -self.row_height < y < height:
            self._held = (None, y)
            return
        self._held = None
        first = self._offset // self.row_height
        if self._offset > 0 and first < len(self.order):
            case = self.order.row(first)
            if case is not None:
                self._held = (case.id, first * self.row_height - self._offset)

    def _natural(self) -> int:
        return max(0, len(self.order) * self.row_height - self.viewport().height())

    def _clamp(self) -> None:
        self._offset = min(max(self._offset, 0), self._natural())
        self._range()

    def _range(self) -> None:
        offset, bar = self._offset, self.verticalScrollBar()
        self._ranging = True
        bar.setRange(min(0, offset), max(self._natural(), offset))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.row_height)
        bar.setValue(offset)
        self._ranging = False
        self._hold()

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
        if self._ranging:
            return
        self._offset = value
        self._hold()
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
        self._clamp()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows the event touches, the empty state or the pill of new rows."""
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.setClipRect(area)
        painter.fillRect(area, self._rows.theme.panel)
        count, height = len(self.order), self.row_height
        bottom = self._offset + self.viewport().height() - 1
        self.order.look(max(0, self._offset // height), min(count - 1, bottom // height))
        first = max(0, (area.top() + self._offset) // height)
        last = min(count - 1, (area.bottom() + self._offset) // height)
        self._paint_rows(painter, first, last)
        self.painted_rows = max(0, last - first + 1)
        if not count:
            paint_blank(painter, self._rows.theme, QRectF(self.viewport().rect()), self.blank)
        elif self._new:
            self._paint_pill(painter)
        painter.end()
        self.painted.emit()

    def _paint_rows(self, painter: QPainter, first: int, last: int) -> None:
        now, at = self._now(), self.order.at
        for index in range(first, last + 1):
            case, y = self.order.row(index), index * self.row_height - self._offset
            if case is None:
                self._rows.paint_absent(painter, y, current=index == at)
                continue
            self._new.discard(case.id)
            wear = Wear(index == at, case.id in self.picked, case.claimed_by == self.mine)
            self._rows.paint(painter, case, y, wear, now)

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
