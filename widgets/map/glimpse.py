"""A small piece of the map for another pane, painted in idle time as the map itself is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter

from widgets.map.base import Base
from widgets.map.projection import View
from widgets.map.signs import Signs
from widgets.map.style import Style
from widgets.map.tiles import Tiles

ZOOM = 16.5
"""About 1 m a pixel: the crossing, the buildings around it, the streets' names."""

LAYERS = frozenset({"zones", "places"})


class Glimpse(QObject):
    """Paints the surroundings of a point wherever it is asked to. ``ready`` tells of more."""

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tiles: Tiles | None = None

    def renew(self, base: Base, signs: Signs, style: Style, ratio: float) -> None:
        """Take another base map or another look."""
        if self._tiles is not None:
            self._tiles.stop()
            self._tiles.deleteLater()
        self._tiles = Tiles(base, signs, style, ratio, LAYERS, self, keep=0)
        self._tiles.ready.connect(self.ready)
        self.ready.emit()

    def paint(
        self, painter: QPainter, box: QRectF, lat: float, lon: float
    ) -> Callable[[float, float], QPointF] | None:
        """Paint the surroundings of a point; return where other points lie, None without a map."""
        if self._tiles is None:
            return None
        sheet = self._tiles.base.sheet
        x, y = sheet.to_sheet(lat, lon)
        view = View(sheet, x, y, ZOOM, round(box.width()), round(box.height()))
        painter.save()
        painter.setClipRect(box)
        painter.translate(round(box.x()), round(box.y()))
        self._tiles.paint(painter, view)
        painter.restore()
        return lambda lat, lon: QPointF(*view.pixel_of(lat, lon)) + box.topLeft()
