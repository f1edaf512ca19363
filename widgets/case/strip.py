"""The pictures on a case's page: before and after side by side, the others below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from console import wire
from widgets.case import words
from widgets.case.page import Page
from widgets.case.pictures import Pictures

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
        self.boxes: list[QRectF] = []
        self.chosen = 0
        self.focused = False

    def write(self, page: Page, media: Sequence[wire.Media]) -> None:
        """Put the pictures on the page."""
        chosen = self.shown[self.chosen].id if self.chosen < len(self.shown) else None
        pictures = [item for item in media if is_picture(item)]
        pair = [last for role in ("before", "after") if (last := _last(pictures, role))]
        pair = pair if len(pair) == 2 else []
        rest = [item for item in pictures if item not in pair]
        self.shown, self.boxes = [*pair, *rest], []
        ids = [item.id for item in self.shown]
        self.chosen = ids.index(chosen) if chosen in ids else 0
        if not self.shown:
            return
        page.heading(self.tr("Pictures"), str(len(self.shown)))
        gap = page.theme.gap
        self._row(page, pair, (page.room - gap) / 2)
        across = max(2, int((page.room + gap) // (SMALL_WIDTH + gap)))
        width = (page.room - gap * (across - 1)) / across
        for start in range(0, len(rest), across):
            self._row(page, rest[start : start + across], width)

    def _row(self, page: Page, row: Sequence[wire.Media], width: float) -> None:
        top, height = page.y, width * SHAPE
        for place, item in enumerate(row):
            page.y = top
            index = len(self.boxes)
            x = place * (width + page.theme.gap)
            paint = self._painter(page, item, index)
            self.boxes.append(page.add(height, paint, x=x, width=width))
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
        picture = self._pictures.small(self._item.id)
        if picture is not None and not picture.isNull():
            size = QSizeF(picture.size()).scaled(box.size(), _COVER)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(box.center())
            painter.save()
            painter.setClipRect(box)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
            painter.restore()
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


_COVER = Qt.AspectRatioMode.KeepAspectRatioByExpanding


def _last(pictures: Sequence[wire.Media], role: str) -> wire.Media | None:
    found = [item for item in pictures if item.role == role]
    return max(found, key=lambda item: item.at) if found else None
