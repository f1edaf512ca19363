"""Names on the map: placed once per zoom for the whole town, so that tiles agree.

Street names follow the street. A Chinese name on a steep street runs from top to bottom
with upright characters, as Chinese maps set it. A name that would touch another one is left out.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from widgets.map import style as look
from widgets.map.base import Base, Shape
from widgets.map.projection import Floats
from widgets.map.style import Style

REPEAT = 460.0
"""Pixels of street between two settings of its name."""

BEND = math.radians(38)
"""Most that a name may turn between two characters."""

STEEP = math.radians(52)
CELL = 64.0


@dataclass(frozen=True, slots=True)
class Name:
    """Something to be named at a place on the sheet."""

    text: str
    x: float
    y: float
    kind: str
    dot: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name; ``box`` and ``path`` are in pixels of its zoom, from the sheet's origin."""

    box: QRectF
    path: QPainterPath
    kind: str


class Room:
    """Which pixels are taken, in cells so that a look is short."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def _cells_of(self, box: QRectF) -> Iterator[tuple[int, int]]:
        for i in range(int(box.left() // CELL), int(box.right() // CELL) + 1):
            for j in range(int(box.top() // CELL), int(box.bottom() // CELL) + 1):
                yield i, j

    def free(self, boxes: Iterable[QRectF]) -> bool:
        """Tell whether none of the boxes touches one that was taken."""
        return not any(
            box.intersects(other)
            for box in boxes
            for cell in self._cells_of(box)
            for other in self._cells.get(cell, ())
        )

    def take(self, boxes: Iterable[QRectF]) -> None:
        """Take the boxes."""
        for box in boxes:
            for cell in self._cells_of(box):
                self._cells.setdefault(cell, []).append(box)


class Letters:
    """Outlines of single characters around their middle, by size."""

    def __init__(self, font: QFont, size: float) -> None:
        self.font = QFont(font)
        self.font.setPixelSize(round(size))
        self.size = size
        self._metrics = QFontMetricsF(self.font)
        self._paths: dict[str, QPainterPath] = {}

    def advance(self, text: str) -> float:
        """Return the width of a text set in one line."""
        return self._metrics.horizontalAdvance(text)

    def line(self, text: str) -> QPainterPath:
        """Return a text around its middle."""
        known = self._paths.get(text)
        if known is None:
            known = QPainterPath()
            known.addText(
                QPointF(-self.advance(text) / 2, self._metrics.capHeight() / 2), self.font, text
            )
            self._paths[text] = known
        return known


class Placer:
    """Places the names of one zoom."""

    def __init__(self, base: Base, style: Style, zoom: float, scale: float) -> None:
        self._base = base
        self._zoom = zoom
        self._scale = scale
        size = float(style.theme.small.pixelSize())
        self._letters = {
            "ring": Letters(style.theme.strong, size + 0.0),
            "main": Letters(style.theme.strong, size),
            "street": Letters(style.theme.small, size),
            "lane": Letters(style.theme.small, size - 1),
            "water": Letters(style.theme.body, size + 2),
            "park": Letters(style.theme.small, size),
            "grid": Letters(style.theme.strong, size),
        }
        self._plain = Letters(style.theme.small, size - 1)
        self._room = Room()
        self.labels: list[Label] = []

    def place(self, names: Iterable[Name]) -> Generator[None, None, None]:
        """Place everything in steps: areas and great streets first, then ``names``, then lanes."""
        for shape in self._base.areas.shapes:
            if shape.kind == "water" and shape.name and self._zoom >= look.PLACE_FROM["water"]:
                self._along_middle(shape)
                yield
        waiting = sorted(names, key=lambda name: name.kind not in look.ZONE_KINDS)
        great = [r for r in self._base.roads.shapes if r.kind != "lane"]
        for road in reversed(great):
            if road.name and self._zoom >= look.LABEL_FROM.get(road.kind, 16.0):
                yield from self._along(road)
        for name in waiting:
            self._beside(name)
            yield
        for road in self._base.roads.shapes:
            if road.kind == "lane" and road.name and self._zoom >= look.LABEL_FROM["lane"]:
                yield from self._along(road)

    def _letters_of(self, kind: str) -> Letters:
        return self._letters.get(kind, self._plain)

    def _along_middle(self, shape: Shape) -> None:
        box = shape.path.boundingRect()
        middle = box.center()
        if not shape.path.contains(middle):
            inner = [p for p in _inside_points(shape) if shape.path.contains(p)]
            if not inner:
                return
            middle = inner[len(inner) // 2]
        self._beside(Name(shape.name, middle.x(), middle.y(), shape.kind, dot=False))

    def _beside(self, name: Name) -> None:
        """Set a name at its place, with a dot above it where it marks a point."""
        letters = self._letters_of(name.kind)
        x, y = name.x * self._scale, name.y * self._scale
        down = letters.size * 0.95 if name.dot else 0.0
        width = letters.advance(name.text)
        box = QRectF(x - width / 2, y + down - letters.size * 0.62, width, letters.size * 1.24)
        taken = [box, QRectF(x - 4, y - 4, 8, 8)] if name.dot else [box]
        if not self._room.free(taken):
            return
        self._room.take(taken)
        path = letters.line(name.text).translated(x, y + down)
        if name.dot:
            path.addEllipse(QPointF(x, y), 2.6, 2.6)
        whole = path.boundingRect().adjusted(-4, -4, 4, 4)
        self.labels.append(Label(whole, path, name.kind))

    def _along(self, road: Shape) -> Generator[None, None, None]:
        line = road.line * self._scale
        steps = np.hypot(*np.diff(line, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        letters = self._letters_of(road.kind)
        gap = letters.size * (1.5 if road.kind in ("ring", "main") else 1.22)
        need = gap * len(road.name)
        if along[-1] < need + letters.size:
            return
        count = max(1, int(along[-1] // REPEAT))
        for place in range(count):
            middle = along[-1] * (place + 0.5) / count
            for shift in (0.0, 0.14, -0.14, 0.28, -0.28):
                start = middle + shift * along[-1] / count - need / 2
                if self._set(road, line, along, start + gap / 2, gap, letters):
                    break
            yield

    def _set(
        self, road: Shape, line: Floats, along: Floats, start: float, gap: float, letters: Letters
    ) -> bool:
        """Try to set a street's name with its first character at ``start``."""
        spots = start + gap * np.arange(len(road.name))
        if spots[0] < 0 or spots[-1] > along[-1]:
            return False
        ahead = gap / 2
        xs, ys = (np.interp(spots, along, line[:, k]) for k in (0, 1))
        dx, dy = (
            np.interp(spots + ahead, along, line[:, k])
            - np.interp(spots - ahead, along, line[:, k])
            for k in (0, 1)
        )
        angles = np.arctan2(dy, dx)
        steep = bool(abs(_folded(float(np.median(angles)))) > STEEP)
        if (dy.sum() < 0) if steep else (dx.sum() < 0):
            xs, ys, angles = xs[::-1], ys[::-1], angles[::-1] + math.pi
        turns = (angles - (math.pi / 2 if steep else 0.0) + math.pi) % (2 * math.pi) - math.pi
        if np.abs(turns).max() > math.pi / 2.4 or np.abs(np.diff(turns)).max(initial=0.0) > BEND:
            return False
        half = letters.size * 0.62
        boxes = [
            QRectF(x - half, y - half, 2 * half, 2 * half) for x, y in zip(xs, ys, strict=True)
        ]
        if not self._room.free(boxes):
            return False
        self._room.take(boxes)
        path = QPainterPath()
        for letter, x, y, turn in zip(road.name, xs, ys, turns, strict=True):
            move = QTransform.fromTranslate(float(x), float(y)).rotateRadians(float(turn))
            path.addPath(move.map(letters.line(letter)))
        self.labels.append(Label(path.boundingRect().adjusted(-4, -4, 4, 4), path, road.kind))
        return True


def _folded(angle: float) -> float:
    """Return how far a direction is from level, up to a right angle."""
    return abs((angle + math.pi / 2) % math.pi - math.pi / 2)


def _inside_points(shape: Shape) -> list[QPointF]:
    """Guess places inside a long bent area: halfway between opposite vertices."""
    line = shape.line[:-1] if len(shape.line) > 3 else shape.line
    half = len(line) // 2
    middles = (line[:half] + line[::-1][:half]) / 2
    return [QPointF(x, y) for x, y in middles.tolist()]


def paint(painter: QPainter, style: Style, labels: Iterable[Label]) -> None:
    """Paint labels with their halo; the painter stands at the sheet's origin, in pixels."""
    pen = QPen(style.halo(), 3.4)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for label in labels:
        painter.strokePath(label.path, pen)
        painter.fillPath(label.path, style.label(label.kind))
