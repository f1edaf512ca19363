"""The map's canvas: it moves, it paints, it tells what was hit. It knows no desk."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from console.seat.mirror import Mirror
from console.seat.selection import Selection
from widgets.map import hud
from widgets.map.base import Base
from widgets.map.fleet import Fleet
from widgets.map.glimpse import Glimpse
from widgets.map.motion import Motion
from widgets.map.projection import Floats, Sheet, View, zoom_for
from widgets.map.scene import Hit, Moment, Scene
from widgets.map.signs import Signs
from widgets.map.stamps import UNIT, Stamps
from widgets.map.style import Style
from widgets.map.tiles import LEVELS, Tiles
from widgets.theme import Theme

FRAME_MS = 16
PULSE_MS = 100
"""Movement of units is looked at this often, and painted only when a pixel changed."""

NEAR_ZOOM = 16.5
"""Least zoom at which a chosen place is shown."""

LAYERS = ("units", "cases", "cameras", "speakers", "grids", "zones", "places")
IN_TILES = frozenset({"grids", "zones", "places"})


class MapCanvas(QWidget):
    """A slippy map over a base map, a mirror and a selection."""

    hit = Signal(Hit)
    pointed = Signal(float, float)
    moved = Signal()

    def __init__(
        self, mirror: Mirror, theme: Theme, now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._mirror = mirror
        self._now = now
        self.style_of = Style(theme)
        self.base = Base(Sheet(28.85, 121.1))
        self.view = View(self.base.sheet)
        self.motion = Motion(self.view)
        self.fleet = Fleet(self.base.sheet)
        self.layers = frozenset(LAYERS) - {"grids"}
        self.selection = Selection()
        self.unit: str | None = None
        self.source = ""
        self.frames = 0
        self._fitted = False
        self._painted = np.empty((0, 2))
        self._still = QPixmap()
        self._still_of: tuple[object, ...] = ()
        self._second = -1
        self._drag: deque[tuple[float, QPointF]] = deque(maxlen=6)
        self._pressed: QPointF | None = None
        self._dragging = False
        self._wheel = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._frame = QTimer(self)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._on_frame)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE_MS)
        self._pulse.timeout.connect(self._on_pulse)
        self._signs = Signs(self.base.sheet, self._mirror)
        self.glimpse = Glimpse(self)
        self.tiles = self._make_tiles()
        self.scene = self._make_scene()

    # --- what is shown ------------------------------------------------------------

    def _renew(self) -> None:
        """Make everything anew that hangs on the base, the theme, the layers or the screen."""
        before, self.tiles = self.tiles, self._make_tiles()
        if before.base is self.base:
            self.tiles.follow(before)
        else:
            before.stop()
            before.deleteLater()
        self.scene = self._make_scene()
        self.refresh()

    def _make_tiles(self) -> Tiles:
        ratio, layers = self.devicePixelRatioF(), self.layers & IN_TILES
        tiles = Tiles(self.base, self._signs, self.style_of, ratio, layers, self)
        tiles.ready.connect(self.refresh)
        return tiles

    def _make_scene(self) -> Scene:
        stamps = Stamps(self.style_of, self.devicePixelRatioF())
        return Scene(self._mirror, self.fleet, stamps)

    def set_base(self, base: Base) -> None:
        """Show another base map, whole at first."""
        self.base = base
        self.view = View(base.sheet, width=self.width(), height=self.height())
        self.motion = Motion(self.view)
        self.fleet = Fleet(base.sheet)
        self.fleet.take(self._mirror.positions, time.monotonic())
        self._signs = Signs(base.sheet, self._mirror)
        self._fitted = False
        self._fit_first()
        self._renew()
        self._renew_glimpse()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.style_of = Style(theme)
        self._renew()
        self._renew_glimpse()

    def set_layers(self, layers: frozenset[str]) -> None:
        """Show other layers."""
        before, self.layers = self.layers, layers
        if (before ^ layers) & IN_TILES:
            self._renew()
        self.refresh()

    def renew_signs(self) -> None:
        """Take grids, zones and places from the mirror again."""
        self._signs = Signs(self.base.sheet, self._mirror)
        self._renew()
        self._renew_glimpse()

    def _renew_glimpse(self) -> None:
        self.glimpse.renew(self.base, self._signs, self.style_of, self.devicePixelRatioF())

    def take_positions(self) -> None:
        """Take the mirror's newest fixes; painting waits for the next pulse."""
        self.fleet.take(self._mirror.positions, time.monotonic())

    # --- moving -----------------------------------------------------------------------

    def _fit_first(self) -> None:
        if not self._fitted and self.width() > 60 and self.height() > 60:
            self._fitted = True
            x, y, zoom = self._whole()
            self.view.x, self.view.y = x, y
            self.view.zoom = round(zoom * LEVELS) / LEVELS

    def _whole(self) -> tuple[float, float, float]:
        bounds = self.base.bounds
        across = zoom_for(self.base.sheet, bounds.width() * 1.02, self.width())
        down = zoom_for(self.base.sheet, bounds.height() * 1.02, self.height())
        zoom = int(min(across, down) * LEVELS) / LEVELS
        return bounds.center().x(), bounds.center().y(), zoom

    def fit(self) -> None:
        """Show the whole town."""
        self._fly(*self._whole())

    def go_to(self, lat: float, lon: float, *, least: float = NEAR_ZOOM) -> None:
        """Fly to a point, near enough to see what is there."""
        x, y = self.base.sheet.to_sheet(lat, lon)
        self._fly(x, y, max(self.motion.zoom, least))

    def in_sight(self, lat: float, lon: float) -> bool:
        """Tell whether a point is shown well: near enough, and not at the edge."""
        if self.motion.active or self.view.zoom < NEAR_ZOOM - 0.5:
            return False
        x, y = self.view.pixel_of(lat, lon)
        return abs(x / self.width() - 0.5) < 0.3 and abs(y / self.height() - 0.5) < 0.3

    def pan(self, across: float, down: float) -> None:
        """Fly by shares of the canvas."""
        scale = self.view.scale
        x = self.view.x + across * self.width() / scale
        self._fly(x, self.view.y + down * self.height() / scale, self.motion.zoom)

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom by steps around a pixel, or around the middle."""
        point = at or QPointF(self.width() / 2, self.height() / 2)
        zoom = self.motion.zoom + steps
        self.motion.zoom_at(zoom, point.x(), point.y(), time.monotonic())
        self._frame.start()

    def _fly(self, x: float, y: float, zoom: float) -> None:
        self.motion.fly(x, y, zoom, time.monotonic())
        if not self.isVisible():
            self.motion.finish()
        self._frame.start()

    def _on_frame(self) -> None:
        self.motion.step(time.monotonic())
        if not self.motion.active:
            self._frame.stop()
            self.moved.emit()
        self.update()

    def _on_pulse(self) -> None:
        """Repaint when a unit moved by a pixel or the second changed."""
        t = time.monotonic()
        second = int(t)
        if second == self._second and not self.fleet.moving(t):
            return
        if second != self._second or self._stepped(self._units(t)):
            self._second = second
            self.update()

    def _stepped(self, units: Floats) -> bool:
        """Tell whether a unit in sight is a pixel or more from where it was painted."""
        if len(units) != len(self._painted):
            return True
        seen = (units > -UNIT).all(axis=1) & (
            units < [self.width() + UNIT, self.height() + UNIT]
        ).all(axis=1)
        return bool((np.abs(units - self._painted)[seen] >= 1.0).any())

    # --- painting ------------------------------------------------------------------------

    def _units(self, t: float) -> Floats:
        return self.view.screen_many(self.fleet.at(t))

    def moment(self) -> Moment:
        """Return what a frame is painted from now."""
        units = self._units(time.monotonic())
        return Moment(self.view, units, self.selection, self.unit, self._now(), self.layers)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, what lives on it, and what lies over it."""
        if self.scene.stamps.ratio != self.devicePixelRatioF():
            self._renew()  # moved to a screen with other pixels
        painter = QPainter(self)
        moment = self.moment()
        self._painted = moment.units
        self._paint_still(painter, moment)
        self.scene.paint_living(painter, moment)
        hud.paint(painter, self.style_of.theme, self.view, self.source, moment.now)
        painter.end()
        self.frames += 1

    def _paint_still(self, painter: QPainter, moment: Moment) -> None:
        """Paint what stands still: one picture kept for all frames while the view rests."""
        view = self.view
        shown = (view.x, view.y, view.zoom, view.width, view.height)
        if self._still_of == shown and not self._still.isNull():
            painter.drawPixmap(0, 0, self._still)
            return
        resting = self._still_of == shown and not self.tiles.busy
        self._still_of = shown
        if not resting:
            self._still = QPixmap()
            self._paint_ground(painter, moment)
            return
        ratio = self.devicePixelRatioF()
        self._still = QPixmap(self.size() * ratio)
        self._still.setDevicePixelRatio(ratio)
        inner = QPainter(self._still)
        self._paint_ground(inner, moment)
        inner.end()
        painter.drawPixmap(0, 0, self._still)

    def _paint_ground(self, painter: QPainter, moment: Moment) -> None:
        self.tiles.paint(painter, self.view)
        self.scene.paint_devices(painter, moment)

    def refresh(self) -> None:
        """Paint everything anew, after something that stands still has changed."""
        self._still = QPixmap()
        self._still_of = ()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which a district is legible."""
        return QSize(1000, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle."""
        super().resizeEvent(event)
        self.view.width, self.view.height = self.width(), self.height()
        self._fit_first()

    def showEvent(self, event: QShowEvent) -> None:
        """Live while visible."""
        super().showEvent(event)
        self._pulse.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while hidden."""
        super().hideEvent(event)
        self._pulse.stop()
        self._frame.stop()
        self.motion.finish()
        self.tiles.stop()

    # --- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the map, or point at a place with the right button."""
        self.setFocus()
        if event.button() == Qt.MouseButton.RightButton:
            self.pointed.emit(*self.view.earth_at(event.position().x(), event.position().y()))
            return
        self.motion.stop()
        self._pressed = event.position()
        self._dragging = False
        self._drag.clear()
        self._drag.append((time.monotonic(), event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map."""
        if self._pressed is None:
            return
        if not self._dragging and (event.position() - self._pressed).manhattanLength() < 4:
            return
        self._dragging = True
        step = event.position() - self._drag[-1][1]
        self._drag.append((time.monotonic(), event.position()))
        self.view.pan(-step.x(), -step.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: a drag glides on, a click hits what is there."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if not self._dragging:
            found = self.scene.hit(self.moment(), event.position().x(), event.position().y())
            if found is not None:
                self.hit.emit(found)
            return
        (begin, origin), (end, place) = self._drag[0], self._drag[-1]
        now = time.monotonic()
        if now - end < 0.05 and end > begin:
            speed = (origin - place) / (end - begin)
            self.motion.glide(speed.x(), speed.y(), now)
            self._frame.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in where the mouse is."""
        self.zoom_by(1.0, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the mouse is, half a step a notch; a touchpad's small turns add up."""
        self._wheel += event.angleDelta().y() / 240
        steps = int(self._wheel * LEVELS) / LEVELS
        if steps:
            self._wheel -= steps
            self.zoom_by(steps, event.position())
        event.accept()
