"""What stands on the ground and belongs to the bureau: management grids and zones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from console import wire
from console.seat.mirror import Mirror
from widgets.map import style as look
from widgets.map.base import path_of
from widgets.map.labels import Name
from widgets.map.projection import Floats, Sheet
from widgets.map.style import Style

_HATCH = {
    "no_vending": Qt.BrushStyle.BDiagPattern,
    "permitted_stall": Qt.BrushStyle.Dense6Pattern,
    "no_parking": Qt.BrushStyle.FDiagPattern,
    "loading_bay": Qt.BrushStyle.HorPattern,
}


def ring_on(sheet: Sheet, ring: wire.Ring) -> Floats:
    """Return a ring of (lon, lat) pairs on the sheet."""
    degrees = np.array(ring, dtype=float).reshape(-1, 2)
    return sheet.many(degrees[:, 1], degrees[:, 0])


class Signs:
    """Grids, zones and places of the mirror, laid out on a sheet."""

    def __init__(self, sheet: Sheet, mirror: Mirror) -> None:
        self._zones = [
            (zone, path_of([ring_on(sheet, zone.ring)], closed=True))
            for zone in mirror.zones.values()
            if len(zone.ring) >= 3
        ]
        self._grids = [
            (grid, path_of([ring_on(sheet, grid.ring)], closed=True))
            for grid in mirror.grids.values()
            if len(grid.ring) >= 3
        ]
        self._places = [
            (place, sheet.to_sheet(place.at.lat, place.at.lon)) for place in mirror.places.values()
        ]

    def names(self, zoom: float, layers: frozenset[str]) -> Iterator[Name]:
        """Return what is to be named at a zoom, the weightiest first."""
        if "zones" in layers and zoom >= 16.0:
            for zone, path in self._zones:
                middle = path.boundingRect().center()
                yield Name(zone.name, middle.x(), middle.y(), zone.kind, dot=False)
        if "grids" in layers:
            for grid, path in self._grids:
                if grid.level == look.grid_level(zoom):
                    middle = path.boundingRect().center()
                    yield Name(grid.name, middle.x(), middle.y(), "grid", dot=False)
        if "places" in layers:
            for place, (x, y) in self._places:
                least = look.PLACE_FROM.get(place.kind, look.SHOP_FROM)
                if zoom >= least and place.kind not in look.UNNAMED and place.kind != "water":
                    kind = place.kind if place.kind in look.PLACE_FROM else "shop"
                    yield Name(place.name, x, y, kind)

    def paint(
        self,
        painter: QPainter,
        style: Style,
        box: QRectF,
        zoom: float,
        scale: float,
        layers: frozenset[str],
    ) -> Iterator[None]:
        """Paint what touches ``box`` (sheet metres); the painter stands at the origin in pixels."""
        to_pixels = QTransform.fromScale(scale, scale)
        if "zones" in layers and zoom >= 13.5:
            for zone, path in self._zones:
                if path.boundingRect().intersects(box):
                    self._zone(painter, style, zone.kind, to_pixels.map(path))
                    yield
        if "grids" in layers:
            pen = QPen(style.grid(look.grid_level(zoom)), 1.4)
            pen.setDashPattern([6, 3])
            for grid, path in self._grids:
                if grid.level == look.grid_level(zoom) and path.boundingRect().intersects(box):
                    painter.strokePath(to_pixels.map(path), pen)
                    yield

    def _zone(self, painter: QPainter, style: Style, kind: str, path: QPainterPath) -> None:
        colour = style.zone(kind)
        wash = QColor(colour)
        wash.setAlphaF(0.12)
        painter.fillPath(path, wash)
        hatch = QColor(colour)
        hatch.setAlphaF(0.55)
        painter.setBrushOrigin(QPointF(0, 0))
        painter.fillPath(path, QBrush(hatch, _HATCH.get(kind, Qt.BrushStyle.BDiagPattern)))
        painter.strokePath(path, QPen(colour, 1.3))
