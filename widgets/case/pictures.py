"""Photos of cases: fetched once, kept small for the page and whole for the viewer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QObject,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QImageReader, QPainter, QPixmap

KEPT_SMALL, KEPT_WHOLE = 200, 24
SMALL = QSize(480, 360)

Fetch = Callable[[str, Callable[[bytes], None]], None]


class Pictures(QObject):
    """Pictures by media id. ``came`` tells of one that can be shown now."""

    came = Signal(str)

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._asked: set[str] = set()
        self._small: OrderedDict[str, QPixmap] = OrderedDict()
        self._whole: OrderedDict[str, bytes] = OrderedDict()

    def small(self, media_id: str) -> QPixmap | None:
        """Return a picture for the page, or None and ask for it once."""
        known = self._small.get(media_id)
        if known is None:
            self.ask(media_id)
        return known

    def whole(self, media_id: str) -> QPixmap | None:
        """Return a picture as it was taken, or None and ask for it."""
        data = self._whole.get(media_id)
        if data is None:
            self._asked.discard(media_id)
            self.ask(media_id)
            return None
        self._whole.move_to_end(media_id)
        return decode(data, None)

    def ask(self, media_id: str) -> None:
        """Fetch a picture unless that was asked before."""
        if media_id not in self._asked:
            self._asked.add(media_id)
            self._fetch(media_id, lambda data: self._take(media_id, data))

    def _take(self, media_id: str, data: bytes) -> None:
        self._small[media_id] = decode(data, SMALL)
        self._whole[media_id] = data
        while len(self._small) > KEPT_SMALL:
            gone, _ = self._small.popitem(last=False)
            self._asked.discard(gone)
        while len(self._whole) > KEPT_WHOLE:
            self._whole.popitem(last=False)
        self.came.emit(media_id)


def covering(painter: QPainter, picture: QPixmap | None, box: QRectF) -> None:
    """Paint a picture so that it covers a box; what sticks out is cut off."""
    if picture is None or picture.isNull():
        return
    size = QSizeF(picture.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(box.center())
    painter.save()
    painter.setClipRect(box)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
    painter.restore()


def decode(data: bytes, bounds: QSize | None) -> QPixmap:
    """Return a picture, made no larger than ``bounds``; null where the bytes are no picture."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if bounds is not None and size.isValid() and size.width() > bounds.width():
        reader.setScaledSize(size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
