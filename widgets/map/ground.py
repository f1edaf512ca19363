"""Painting the ground of one tile: land, water, streets, buildings, in small steps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from widgets.map import style as look
from widgets.map.base import ROAD_CLASSES, Base, Shape
from widgets.map.style import Style

CHUNK = 24
"""Shapes painted between two looks at the clock."""


class Ground:
    """Paints the base map in the sheet's own coordinates; the painter carries the transform."""

    def __init__(self, base: Base, style: Style) -> None:
        self._base = base
        self._style = style

    def paint(self, painter: QPainter, box: QRectF, zoom: float, scale: float) -> Iterator[None]:
        """Paint what touches ``box`` (sheet metres) in steps; each step takes about 1 ms."""
        painter.fillRect(box, self._style.theme.map_land)
        yield from self._areas(painter, box, scale)
        if zoom >= look.PAVEMENTS_FROM:
            yield from self._pavements(painter, box)
        yield from self._roads(painter, box, zoom, scale)
        if zoom >= look.BUILDINGS_FROM:
            yield from self._buildings(painter, box, zoom, scale)

    def _areas(self, painter: QPainter, box: QRectF, scale: float) -> Iterator[None]:
        for shape in self._base.areas.within(box):
            water = shape.kind == "water"
            painter.setPen(QPen(self._style.shore(), 1.2 / scale) if water else Qt.PenStyle.NoPen)
            painter.setBrush(self._style.area(shape.kind))
            painter.drawPath(shape.path)
            yield

    def _pavements(self, painter: QPainter, box: QRectF) -> Iterator[None]:
        colour = self._style.pavement()
        for count, shape in enumerate(self._base.pavements.within(box)):
            if shape.width:
                painter.strokePath(shape.path, _pen(colour, shape.width))
            else:
                painter.fillPath(shape.path, colour)
            if count % CHUNK == 0:
                yield

    def _roads(self, painter: QPainter, box: QRectF, zoom: float, scale: float) -> Iterator[None]:
        style = self._style
        roads = [r for r in self._base.roads.within(box) if zoom >= _from(r)]
        widths = [max(r.width, look.ROAD_MINIMUM.get(r.kind, 1.0) / scale) for r in roads]
        edge = 2.0 / scale
        for road, width in zip(roads, widths, strict=True):
            painter.strokePath(road.path, _pen(style.casing(road.kind), width + edge))
            yield
        for kind in ROAD_CLASSES:
            for road, width in zip(roads, widths, strict=True):
                if road.kind == kind:
                    painter.strokePath(road.path, _pen(style.road(kind), width))
                    yield
        if zoom >= 16.4:
            pen = _pen(style.centre_line(), 1.1 / scale)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([7, 6])
            for road in roads:
                if road.kind in ("ring", "main"):
                    painter.strokePath(road.path, pen)
                    yield

    def _buildings(
        self, painter: QPainter, box: QRectF, zoom: float, scale: float
    ) -> Iterator[None]:
        style = self._style
        shapes = self._base.buildings.within(box)
        if zoom >= look.SHADOWS_FROM:
            shade = QPainterPath()
            shade.setFillRule(Qt.FillRule.WindingFill)
            for count, shape in enumerate(shapes):
                _add_sweep(shade, shape, shape.height * 0.4, shape.height * 0.28)
                if count % CHUNK == 0:
                    yield
            painter.fillPath(shade, style.shadow())
            yield
        rise = 0.3 if zoom >= look.HEIGHTS_FROM else 0.0
        for count, shape in enumerate(shapes):
            roof = shape.path
            if rise:
                side = QPainterPath()
                side.setFillRule(Qt.FillRule.WindingFill)
                _add_sweep(side, shape, 0.0, -shape.height * rise)
                painter.fillPath(side, style.wall(shape.kind))
                roof = roof.translated(0.0, -shape.height * rise)
            fine = zoom >= 15.2
            line = QPen(style.roof_line(shape.kind), 1.0 / scale) if fine else Qt.PenStyle.NoPen
            painter.setPen(line)
            painter.setBrush(style.building(shape.kind))
            painter.drawPath(roof)
            if count % CHUNK == 0:
                yield


def _from(road: Shape) -> float:
    return look.ROAD_FROM.get(road.kind, 14.0)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _add_sweep(path: QPainterPath, shape: Shape, dx: float, dy: float) -> None:
    """Add what a footprint covers while it moves by (dx, dy)."""
    points = shape.line.tolist()
    for (x1, y1), (x2, y2) in pairwise(points):
        turn = (x2 - x1) * dy - (y2 - y1) * dx
        quad = [(x1, y1), (x2, y2), (x2 + dx, y2 + dy), (x1 + dx, y1 + dy)]
        # All quads turn the same way, so that the winding rule joins them.
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in (quad if turn >= 0 else quad[::-1])]))
        path.closeSubpath()
