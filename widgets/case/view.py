"""The scrolling part of the detail: shows a page, keeps its place when the page is written anew."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from widgets.case.page import Page
from widgets.case.strip import Strip
from widgets.theme import Theme

STEP = 56


class CaseView(QAbstractScrollArea):
    """Paints the items of a page that are in sight."""

    resized = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, strip: Strip, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._strip = strip
        self._page: Page | None = None
        self.empty_text = ""
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(STEP)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    def show_page(self, page: Page | None, *, from_top: bool) -> None:
        """Show a page; unless ``from_top`` the place stays where it was."""
        self._page = page
        bar = self.verticalScrollBar()
        height = round(page.y) if page is not None else 0
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        if from_top:
            bar.setValue(0)
        self.setAccessibleDescription("\n".join(page.words) if page is not None else "")
        self.viewport().update()

    def scroll_by(self, pixels: int) -> None:
        """Move the page."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def reveal(self, box: QRectF) -> None:
        """Bring a part of the page into sight."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if box.top() < bar.value():
            bar.setValue(int(box.top()) - 8)
        elif box.bottom() > bar.value() + height:
            bar.setValue(int(box.bottom()) - height + 8)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt calls it by name
        """Leave the scrolling to the painting."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the page written for the new width."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        area = QRectF(event.rect())
        painter.fillRect(area, self.theme.panel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._page is None:
            painter.setFont(self.theme.body)
            painter.setPen(self.theme.faint)
            box = QRectF(self.viewport().rect())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.empty_text)
        else:
            top = self.verticalScrollBar().value()
            painter.translate(0, -top)
            area.translate(0, top)
            for item in self._page.items:
                if item.box.intersects(area):
                    item.paint(painter, item.box)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which picture the keys would open."""
        super().focusInEvent(event)
        self._set_focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self._set_focused(False)

    def _set_focused(self, focused: bool) -> None:
        self._strip.focused = focused
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the picture that was clicked."""
        place = event.position()
        place.setY(place.y() + self.verticalScrollBar().value())
        for index, box in self._strip.boxes.items():
            if box.contains(place):
                self._strip.chosen = index
                self.viewport().update()
                self.opened.emit()
