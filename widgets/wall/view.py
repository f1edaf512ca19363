"""The wall itself: one opaque widget that paints pictures straight from shared memory."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from console import wire
from console.media import frames
from console.media.feeds import Feed, Feeds
from widgets.theme import Theme
from widgets.wall import grid, osd
from widgets.wall.osd import Caption, Sign
from widgets.wall.stage import Stage, View

FRAME_MS, QUICK_MS = 16, 8
"""From one look for new pictures to the next; quick where few tiles are steered by."""
FEW = 4
SLOW_S = 0.5
"""Seconds from one look at states, words and visibility to the next."""
LOST_AFTER = 3.0
"""Seconds without a picture after which a tile says so, whatever its worker believes."""
SETTLE_MS = 120
"""How long a size must last before pictures of it are asked for."""


@dataclass(slots=True)
class _Tile:
    """What the view remembers of one tile."""

    rect: QRect
    camera: wire.Camera | None = None
    stamp: tuple[int, int, int] = (0, 0, 0)
    caption: Caption | None = None
    strip: QPixmap = field(default_factory=QPixmap)
    lost: str = ""


class WallView(QWidget):
    """Tiles of cameras. Paints what changed, at most once a frame; never waits for a picture."""

    chosen = Signal(int)
    """A tile was clicked."""
    opened = Signal(int)
    """A tile was double-clicked."""
    looked_at = Signal(list)
    """The ids of the cameras that can be seen changed."""
    lived = Signal(int, int)
    """How many of the cameras that are shown give a picture, and how many are shown."""

    def __init__(self, theme: Theme, feeds: Feeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.painted = 0
        """Pictures painted since the start."""
        self._theme = theme
        self._feeds = feeds
        self._stage = Stage(feeds)
        self._cameras: list[wire.Camera | None] = [None]
        self._standby: set[str] = set()
        self._near: dict[str, str] = {}
        self._seen: list[str] = []
        self._selected = 0
        self._tiles: list[_Tile] = []
        self._slow_due = 0.0
        self.watching = False
        """Whether anybody can see the wall, so that it is decoded."""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._restage)
        self._timer.start()

    # --- what to show -----------------------------------------------------------------

    def show_cameras(
        self, cameras: list[wire.Camera | None], standby: set[str], near: dict[str, str]
    ) -> None:
        """Show one camera a tile; ``standby`` stay connected, ``near`` are marked with a text."""
        self._cameras, self._standby, self._near = cameras, standby, near
        self._timer.setInterval(QUICK_MS if len(cameras) <= FEW else FRAME_MS)
        self._lay_out()
        self._restage()

    def select(self, index: int) -> None:
        """Frame a tile."""
        self._selected = index
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self._theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Write every word anew."""
        for tile in self._tiles:
            tile.caption = None
        self._look()
        self.update()

    def _lay_out(self) -> None:
        rects = grid.tiles(self.size(), len(self._cameras))
        self._tiles = [_Tile(r, c) for r, c in zip(rects, self._cameras, strict=True)]
        self.update()

    def _restage(self) -> None:
        self.watching = self._is_seen()
        ratio = self.devicePixelRatioF()
        views = [
            View(tile.camera, round(tile.rect.width() * ratio), round(tile.rect.height() * ratio))
            for tile in self._tiles
            if tile.camera is not None and not tile.rect.isEmpty()
        ]
        seen = [view.camera.id for view in views] if self.watching else []
        if seen != self._seen:
            self._seen = seen
            self.looked_at.emit(seen)
        if self.watching:
            self._stage.show(views, self._standby)
        else:
            self._stage.show([], self._standby | {view.camera.id for view in views})
        self._look()

    def _is_seen(self) -> bool:
        window = self.window()
        if not self.isVisible() or window.isMinimized() or self.visibleRegion().isEmpty():
            return False
        return window.windowHandle().isExposed()

    # --- once a frame ---------------------------------------------------------------------

    def _tick(self) -> None:
        now = time.monotonic()
        if now >= self._slow_due:
            self._slow_due = now + SLOW_S
            self._feeds.tend()
            if self._is_seen() != self.watching:
                self._restage()
            self._stage.settle()
            self._look()
        if not self.watching:
            return
        changed = QRegion()
        for tile in self._tiles:
            if (found := self._found(tile)) is not None:
                feed, main = found
                stamp = (*feed.stamp, main)
                if stamp != tile.stamp:
                    tile.stamp = stamp
                    changed += tile.rect
        if not changed.isEmpty():
            self.update(changed)

    def _found(self, tile: _Tile) -> tuple[Feed, bool] | None:
        return self._stage.feed(tile.camera.id) if tile.camera is not None else None

    def _look(self) -> None:
        """See how the sources are doing and write the words that changed."""
        ratio = self.devicePixelRatioF()
        shown = live = 0
        for tile in self._tiles:
            if tile.camera is None:
                continue
            caption, lost = self._caption(tile, tile.camera)
            if caption != tile.caption:
                tile.caption = caption
                tile.strip = osd.paint(self._theme, caption, tile.rect.width(), ratio)
                self.update(tile.rect)
            if lost != tile.lost:
                tile.lost = lost
                self.update(tile.rect)
            shown += 1
            live += caption.sign is Sign.LIVE
        if self.watching:
            self.lived.emit(live, shown)

    def _caption(self, tile: _Tile, camera: wire.Camera) -> tuple[Caption, str]:
        found = self._found(tile)
        sign, age = Sign.CONNECTING, 0.0
        if found is not None:
            age = found[0].age()
            signal = found[0].status().signal
            if signal is frames.Signal.REFUSED:
                sign = Sign.REFUSED
            elif age > LOST_AFTER or signal is frames.Signal.LOST:
                sign = Sign.LOST
            elif found[0].stamp[1]:
                sign = Sign.LIVE
        stream = self.tr("main") if found is not None and found[1] else self.tr("sub")
        near = self._near.get(camera.id, "")
        lost = ""
        if sign in (Sign.LOST, Sign.REFUSED):
            lost = self.tr("no picture for {seconds} s").format(seconds=max(1, round(age)))
        return Caption(camera.name, sign, self._word(sign), stream, near), lost

    def _word(self, sign: Sign) -> str:
        words = {
            Sign.LIVE: self.tr("live"),
            Sign.CONNECTING: self.tr("connecting"),
            Sign.LOST: self.tr("signal lost"),
            Sign.REFUSED: self.tr("refused"),
        }
        return words[sign]

    def words(self, index: int) -> tuple[str, str]:
        """Return what a tile says of its source: its state, and over the picture."""
        tile = self._tiles[index]
        return tile.caption.state if tile.caption else "", tile.lost

    # --- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        region = event.region()
        covered = QRegion()
        for index, tile in enumerate(self._tiles):
            covered += tile.rect
            if region.intersects(tile.rect):
                self._paint_tile(painter, index, tile)
        _fill(painter, region.subtracted(covered), self._theme.window)
        if not any(self._cameras):
            painter.setPen(self._theme.muted)
            painter.setFont(self._theme.body)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No cameras yet"))
        painter.end()

    def _paint_tile(self, painter: QPainter, index: int, tile: _Tile) -> None:
        found = self._found(tile)
        frame = found[0].newest() if found is not None else None
        covered = self._paint_picture(painter, tile.rect, frame) if frame else QRect()
        _fill(painter, QRegion(tile.rect).subtracted(QRegion(covered)), self._theme.panel)
        if tile.camera is None:
            return
        if tile.lost:
            self._paint_loss(painter, tile)
        strip = tile.strip
        top = tile.rect.bottom() + 1 - osd.height(self._theme)
        painter.drawPixmap(QPointF(tile.rect.x(), top), strip)
        if index == self._selected and len(self._tiles) > 1:
            painter.setPen(QPen(self._theme.accent, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(tile.rect).adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_picture(self, painter: QPainter, rect: QRect, frame: frames.Frame) -> QRect:
        """Paint a picture in the middle of ``rect``; return where."""
        image = QImage(
            frame.pixels, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32
        )
        self.painted += 1
        ratio = self.devicePixelRatioF()
        size = QSize(frame.width, frame.height)
        fitted = size.scaled(rect.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        if abs(fitted.width() - size.width()) <= 1 and abs(fitted.height() - size.height()) <= 1:
            fitted = size
        place = QRect(QPoint(), fitted / ratio)
        place.moveCenter(rect.center())
        if fitted == size:
            image.setDevicePixelRatio(ratio)
            painter.drawImage(place.topLeft(), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        return place & rect

    def _paint_loss(self, painter: QPainter, tile: _Tile) -> None:
        veil = QColor(self._theme.window)
        veil.setAlphaF(0.6)
        painter.fillRect(tile.rect, veil)
        painter.setPen(self._theme.text)
        painter.setFont(self._theme.body)
        painter.drawText(tile.rect, Qt.AlignmentFlag.AlignCenter, tile.lost)

    # --- pointer and size ------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        self._settle.start()
        super().resizeEvent(event)

    def _tile_at(self, event: QMouseEvent) -> int | None:
        spot = event.position().toPoint()
        return next((i for i, tile in enumerate(self._tiles) if tile.rect.contains(spot)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (index := self._tile_at(event)) is not None:
            self.chosen.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (index := self._tile_at(event)) is not None:
            self.opened.emit(index)

    def close_feeds(self) -> None:
        """Stop decoding for good."""
        self._timer.stop()
        self._settle.stop()
        self._stage.clear()


def _fill(painter: QPainter, region: QRegion, colour: QColor) -> None:
    if region.isEmpty():
        return
    painter.save()
    painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
    painter.fillRect(region.boundingRect(), colour)
    painter.restore()
