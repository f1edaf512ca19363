"""The pictures on a case's page: before and after side by side, the others in one row below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from console import wire
from widgets.case import words
from widgets.case.page import Page
from widgets.case.pictures import Pictures, covering

SMALL_WIDTH = 132.0
SHAPE = 9 / 16
"""Height of a picture's frame to its width; cameras deliver this."""


def is_picture(media: wire.Media) -> bool:
    """Tell whether something kept with a case can be looked at."""
    return media.type.startswith("image/")


class Strip(QObject):
    """Lays out a case's pictures and knows which one is chosen."""

    def __init__(self, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.shown: list[wire.Media] = []
        self.boxes: dict[int, QRectF] = {}
        self.chosen = 0
        self.focused = False
        self._first = 0  # of the small ones, the first in sight

    def write(self, page: Page, media: Sequence[wire.Media]) -> None:
        """Put the pictures on the page."""
        chosen = self.shown[self.chosen].id if self.chosen < len(self.shown) else None
        pictures = [item for item in media if is_picture(item)]
        pair = [last for role in ("before", "after") if (last := _last(pictures, role))]
        pair = pair if len(pair) == 2 else []
        rest = [item for item in pictures if item not in pair]
        self.shown, self.boxes = [*pair, *rest], {}
        ids = [item.id for item in self.shown]
        self.chosen = ids.index(chosen) if chosen in ids else 0
        if not self.shown:
            return
        gap = page.theme.gap
        across = max(2, int((page.room + gap) // (SMALL_WIDTH + gap)))
        row = self._in_sight(rest, across)
        hidden = len(rest) - len(row)
        page.heading(self.tr("Pictures"), f"{len(self.shown)}  ← →" if hidden else str(len(ids)))
        self._row(page, pair, (page.room - gap) / 2)
        width = (page.room - gap * (across - 1)) / across
        self._row(page, row, width)

    def _in_sight(self, rest: list[wire.Media], across: int) -> list[wire.Media]:
        """Return as many as stand in one row, the chosen one among them."""
        at = self.chosen - (len(self.shown) - len(rest))
        self._first = max(min(self._first, at), at - across + 1, 0) if at >= 0 else 0
        self._first = max(0, min(self._first, len(rest) - across))
        return rest[self._first : self._first + across]

    def _row(self, page: Page, row: Sequence[wire.Media], width: float) -> None:
        top, height = page.y, width * SHAPE
        for place, item in enumerate(row):
            page.y = top
            index = self.shown.index(item)
            x = place * (width + page.theme.gap)
            paint = self._painter(page, item, index)
            self.boxes[index] = page.add(height, paint, x=x, width=width)
            page.words.append(words.media_text(item.role))
        if row:
            page.gap(0.75)

    def _painter(self, page: Page, item: wire.Media, index: int) -> _Paint:
        return _Paint(self, self._pictures, page, item, index)

    def step(self, by: int) -> None:
        """Choose another picture."""
        if self.shown:
            self.chosen = min(max(self.chosen + by, 0), len(self.shown) - 1)


class _Paint:
    """Paints one picture in its frame; asks for it when it is first seen."""

    def __init__(
        self, strip: Strip, pictures: Pictures, page: Page, item: wire.Media, index: int
    ) -> None:
        self._strip, self._pictures, self._index = strip, pictures, index
        self._theme, self._item = page.theme, item

    def __call__(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        painter.fillRect(box, theme.window)
        covering(painter, self._pictures.small(self._item.id), box)
        chosen = self._strip.focused and self._strip.chosen == self._index
        painter.setPen(QPen(theme.accent if chosen else theme.line, 2.5 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        self._label(painter, box)

    def _label(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        when = self._item.at.astimezone()
        text = f"{words.media_text(self._item.role)}  {when:%H:%M:%S}"
        metrics = QFontMetricsF(theme.small)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 8)
        band = QRectF(box.x(), box.bottom() - metrics.height(), box.width(), metrics.height())
        painter.fillRect(band, QColor(0, 0, 0, 150))
        painter.setFont(theme.small)
        painter.setPen(QColor("white"))
        painter.drawText(band.adjusted(5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _last(pictures: Sequence[wire.Media], role: str) -> wire.Media | None:
    found = [item for item in pictures if item.role == role]
    return max(found, key=lambda item: item.at) if found else None
