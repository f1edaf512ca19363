"""Tiles of the ground: painted in idle slices, kept as pixmaps, never waited for."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Generator, Iterator

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap, QTransform

from widgets.map import labels
from widgets.map.base import Base
from widgets.map.ground import Ground
from widgets.map.projection import TILE, View, scale_at
from widgets.map.signs import Signs
from widgets.map.style import Style

LEVELS = 4
"""Tile levels per zoom step; a view at rest stands on one of them."""

SLICE = 0.004
"""Seconds that one idle slice may take."""

KEEP_BYTES = 96 << 20
"""Memory that tiles may take; one takes 256 KiB at one device pixel per pixel."""

LEAST_KEPT = 96
"""Tiles kept whatever they take: those of a large view and its margin."""

Key = tuple[int, int, int]


def level_of(zoom: float) -> int:
    """Return the level nearest to a zoom."""
    return round(zoom * LEVELS)


def settled(zoom: float) -> float:
    """Return the nearest zoom at which tiles are shown pixel by pixel."""
    return level_of(zoom) / LEVELS


class Tiles(QObject):
    """The pixmaps of one base map in one style. ``ready`` tells that there is more to show."""

    ready = Signal()

    def __init__(
        self,
        base: Base,
        signs: Signs,
        style: Style,
        ratio: float,
        layers: frozenset[str],
        parent: QObject | None = None,
        keep: int = KEEP_BYTES,
    ) -> None:
        super().__init__(parent)
        self._before: Tiles | None = None
        self.base, self._signs, self._style = base, signs, style
        self._ground = Ground(base, style)
        self._ratio = ratio
        self._layers = layers
        edge = round(TILE * ratio)
        self._keep_at_most = max(LEAST_KEPT, keep // (4 * edge * edge))
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._names: dict[int, labels.Placer] = {}
        self._wanted: list[Key] = []
        self._in_sight: frozenset[Key] = frozenset()
        self._work: Generator[None, None, None] | None = None
        self._working_on: Key | None = None
        self._shown_level: int | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._slice)
        self.worst_slice = 0.0
        self.painted = 0

    @property
    def busy(self) -> bool:
        """Tell whether tiles that were asked for are still to come."""
        return self._work is not None or bool(self._wanted)

    def follow(self, before: Tiles) -> None:
        """Show another set's tiles until these cover the view, when only the look changed."""
        before.stop()
        before.setParent(self)
        before._before = None
        self._before = before

    def stop(self) -> None:
        """Paint nothing more."""
        self._idle.stop()
        self._wanted.clear()
        if self._work is not None:
            self._work.close()
            self._work = None

    # --- showing ----------------------------------------------------------------

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw the ground of a view with what there is, and ask for the rest."""
        level = level_of(view.zoom)
        keys = self._keys(view, level, margin=0)
        missing = [key for key in keys if key not in self._kept]
        if missing:
            painter.fillRect(QRectF(0, 0, view.width, view.height), self._style.theme.map_land)
            if self._before is not None:
                self._before.draw(painter, view)
            for other in self._stand_ins(level):
                self._draw(painter, view, self._keys(view, other, margin=0))
        else:
            self._shown_level = level
            self._drop_before()
        self._draw(painter, view, keys)
        self._want(view, level, missing)

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw what there is of a view, and ask for nothing."""
        level = level_of(view.zoom)
        for other in (*self._stand_ins(level), level):
            self._draw(painter, view, self._keys(view, other, margin=0))

    def _drop_before(self) -> None:
        if self._before is not None:
            self._before.deleteLater()
            self._before = None

    def _stand_ins(self, level: int) -> list[int]:
        """Return the levels that may stand in, the coarsest first."""
        known = {key[0] for key in self._kept} - {level}
        near = sorted(known, key=lambda other: abs(other - level))[:3]
        if self._shown_level is not None and self._shown_level in known:
            near.append(self._shown_level)
        return sorted(set(near))

    def _edges(self, view: View, key: Key) -> tuple[int, int, int, int]:
        """Return a tile's pixels on the screen, rounded so that tiles meet without a seam."""
        level, i, j = key
        grow = view.scale / scale_at(view.sheet, level / LEVELS)
        left = view.width / 2 - view.x * view.scale
        top = view.height / 2 - view.y * view.scale
        return (
            round(left + i * TILE * grow),
            round(top + j * TILE * grow),
            round(left + (i + 1) * TILE * grow),
            round(top + (j + 1) * TILE * grow),
        )

    def _draw(self, painter: QPainter, view: View, keys: list[Key]) -> None:
        for key in keys:
            pixmap = self._kept.get(key)
            if pixmap is None:
                continue
            self._kept.move_to_end(key)
            left, top, right, bottom = self._edges(view, key)
            if right - left == TILE and bottom - top == TILE:
                painter.drawPixmap(left, top, pixmap)
            else:
                painter.drawPixmap(left, top, right - left, bottom - top, pixmap)

    def _keys(self, view: View, level: int, margin: int) -> list[Key]:
        """Return the tiles of a view, those nearest to its middle first."""
        span = TILE * view.scale / scale_at(view.sheet, level / LEVELS)
        across, down = view.x * view.scale, view.y * view.scale
        left, right = (across - view.width / 2) // span, (across + view.width / 2) // span
        top, bottom = (down - view.height / 2) // span, (down + view.height / 2) // span
        if (right - left) * (bottom - top) > self._keep_at_most:
            return []
        keys = [
            (level, i, j)
            for i in range(int(left) - margin, int(right) + 1 + margin)
            for j in range(int(top) - margin, int(bottom) + 1 + margin)
        ]
        middle_i, middle_j = across / span - 0.5, down / span - 0.5
        keys.sort(key=lambda k: (k[1] - middle_i) ** 2 + (k[2] - middle_j) ** 2)
        return keys

    # --- painting in idle time -----------------------------------------------------

    def _want(self, view: View, level: int, missing: list[Key]) -> None:
        self._in_sight = frozenset(missing)
        around = [k for k in self._keys(view, level, margin=1) if k not in self._kept]
        self._wanted = missing + [key for key in around if key not in missing]
        if self._working_on is not None and self._working_on[0] != level:
            self.stop()
            self._working_on = None
            self._wanted = missing or around
        if self.busy and not self._idle.isActive():
            self._idle.start()

    def _slice(self) -> None:
        start = time.perf_counter()
        finished = False
        while time.perf_counter() - start < SLICE:
            if self._work is None:
                if not self._next():
                    self._idle.stop()
                    break
                continue
            try:
                next(self._work)
            except StopIteration:
                finished = finished or self._working_on in self._in_sight
                self._work = None
                self._working_on = None
        self.worst_slice = max(self.worst_slice, time.perf_counter() - start)
        if finished:
            self.ready.emit()

    def _next(self) -> bool:
        while self._wanted:
            key = self._wanted.pop(0)
            if key not in self._kept:
                self._working_on = key
                self._work = self._make(key)
                return True
        return False

    def _make(self, key: Key) -> Generator[None, None, None]:
        level = key[0]
        zoom = level / LEVELS
        scale = scale_at(self.base.sheet, zoom)
        if level not in self._names:
            placer = labels.Placer(self.base, self._style, zoom, scale)
            yield from placer.place(self._signs.names(zoom, self._layers))
            self._names[level] = placer
        edge = round(TILE * self._ratio)
        image = QImage(edge, edge, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._ratio)
        painter = QPainter(image)
        try:
            yield from self._paint(painter, key, zoom, scale)
        finally:
            painter.end()
        self._keep(key, QPixmap.fromImage(image))

    def _paint(self, painter: QPainter, key: Key, zoom: float, scale: float) -> Iterator[None]:
        _, i, j = key
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels = QRectF(i * TILE, j * TILE, TILE, TILE)
        box = QRectF(pixels.topLeft() / scale, pixels.size() / scale)
        at_origin = QTransform.fromTranslate(-pixels.x(), -pixels.y())
        painter.setTransform(QTransform(at_origin).scale(scale, scale))
        yield from self._ground.paint(painter, box, zoom, scale)
        painter.setTransform(at_origin)
        yield from self._signs.paint(painter, self._style, box, zoom, scale, self._layers)
        for label in self._names[key[0]].labels:
            if label.box.intersects(pixels):
                labels.paint(painter, self._style, [label])
                yield

    def _keep(self, key: Key, pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        self.painted += 1
        while len(self._kept) > self._keep_at_most:
            self._kept.popitem(last=False)
