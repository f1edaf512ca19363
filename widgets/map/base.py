"""The base map: GeoJSON read once into painter paths on the sheet."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from widgets.map.projection import Floats, Sheet

ROAD_CLASSES = ("lane", "street", "main", "ring")
"""From the least to the greatest, the order of painting."""

AREA_LAYERS = ("field", "park", "square", "water")


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature. ``width`` and ``height`` are metres, ``line`` its vertices on the sheet."""

    path: QPainterPath
    line: Floats
    kind: str
    name: str = ""
    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class Layer:
    """Shapes with their boxes, so that those of a tile are found at once."""

    shapes: list[Shape] = field(default_factory=list)
    boxes: Floats = field(default_factory=lambda: np.empty((0, 4)))

    def seal(self) -> None:
        """Take the boxes of all shapes; roads reach beyond their line by half their width."""
        self.boxes = np.array(
            [
                [*(s.line.min(axis=0) - _reach(s)), *(s.line.max(axis=0) + _reach(s))]
                for s in self.shapes
            ]
        ).reshape(-1, 4)

    def within(self, box: QRectF) -> list[Shape]:
        """Return the shapes whose boxes touch a rectangle of the sheet, in their order."""
        b = self.boxes
        hit = (b[:, 0] <= box.right()) & (b[:, 2] >= box.left())
        hit &= (b[:, 1] <= box.bottom()) & (b[:, 3] >= box.top())
        return [self.shapes[i] for i in np.flatnonzero(hit)]


def _reach(shape: Shape) -> float:
    return shape.width / 2 + 4.0 + shape.height


@dataclass(slots=True)
class Base:
    """The base map on its sheet. ``bounds`` is what there is to see, in sheet metres."""

    sheet: Sheet
    areas: Layer = field(default_factory=Layer)
    pavements: Layer = field(default_factory=Layer)
    roads: Layer = field(default_factory=Layer)
    buildings: Layer = field(default_factory=Layer)
    bounds: QRectF = field(default_factory=lambda: QRectF(-2000, -1500, 4000, 3000))

    def layer_of(self, kind: str) -> Layer | None:
        """Return where features of a kind are kept; None for a kind the map does not draw."""
        if kind in AREA_LAYERS:
            return self.areas
        return {"pavement": self.pavements, "road": self.roads, "building": self.buildings}.get(
            kind
        )


def polygon(points: Floats) -> QPolygonF:
    """Return a Qt polygon of an (n, 2) array."""
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


def _lines(geometry: dict[str, Any]) -> tuple[bool, list[list[list[float]]]]:
    """Return whether a geometry is closed, and its rings or lines."""
    kind, data = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Polygon":
        return True, data
    if kind == "MultiPolygon":
        return True, [ring for part in data for ring in part]
    if kind == "LineString":
        return False, [data]
    if kind == "MultiLineString":
        return False, data
    return False, []


def path_of(lines: list[Floats], *, closed: bool) -> QPainterPath:
    """Return a path of rings (with holes) or of open lines."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for line in lines:
        path.addPolygon(polygon(line))
        if closed:
            path.closeSubpath()
    return path


def _shape(feature: dict[str, Any], sheet: Sheet) -> Shape | None:
    properties = feature.get("properties") or {}
    closed, raw = _lines(feature.get("geometry") or {})
    lines = []
    for points in raw:
        degrees = np.array(points, dtype=float).reshape(-1, len(points[0]) if points else 2)
        if len(degrees) >= 2:
            lines.append(sheet.many(degrees[:, 1], degrees[:, 0]))
    if not lines:
        return None
    layer = str(properties.get("layer", ""))
    kinds = {"road": "class", "building": "use"}
    kind = str(properties.get(kinds.get(layer, "layer")) or layer)
    return Shape(
        path=path_of(lines, closed=closed),
        line=lines[0],
        kind=kind,
        name=str(properties.get("name") or ""),
        width=float(properties.get("width") or 0.0),
        height=float(properties.get("height") or 0.0),
    )


def read(text: bytes) -> Base:
    """Read the hub's GeoJSON. Features without a known layer or geometry are passed over."""
    features = json.loads(text).get("features", [])
    base = Base(_sheet_of(features))
    for feature in features:
        layer = base.layer_of(str((feature.get("properties") or {}).get("layer", "")))
        shape = _shape(feature, base.sheet) if layer is not None else None
        if layer is not None and shape is not None:
            layer.shapes.append(shape)
    rank = {kind: place for place, kind in enumerate(ROAD_CLASSES)}
    base.roads.shapes.sort(key=lambda shape: rank.get(shape.kind, 0))
    order = {kind: place for place, kind in enumerate(AREA_LAYERS)}
    base.areas.shapes.sort(key=lambda shape: order[shape.kind])
    # Far buildings first, so that a near one's wall stands before them.
    base.buildings.shapes.sort(key=lambda shape: float(shape.line[:, 1].max()))
    layers = (base.areas, base.pavements, base.roads, base.buildings)
    for layer in layers:
        layer.seal()
    boxes = np.concatenate([layer.boxes for layer in layers])
    if len(boxes):
        (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        base.bounds = QRectF(QPointF(left, top), QPointF(right, bottom))
    return base


def _sheet_of(features: list[dict[str, Any]]) -> Sheet:
    """Put the origin into the middle of what the features cover."""
    low, high = [180.0, 90.0], [-180.0, -90.0]
    for feature in features:
        for line in _lines(feature.get("geometry") or {})[1]:
            for lon, lat, *_ in line:
                low = [min(low[0], lon), min(low[1], lat)]
                high = [max(high[0], lon), max(high[1], lat)]
    if low[0] > high[0]:
        return Sheet(28.85, 121.1)
    return Sheet((low[1] + high[1]) / 2, (low[0] + high[0]) / 2)
