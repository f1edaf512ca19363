"""What is written on a tile: painted once into a pixmap, anew only when a word changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from widgets.theme import Theme


class Sign(Enum):
    """State of a tile; each has a shape of its own."""

    LIVE = "live"
    CONNECTING = "connecting"
    LOST = "lost"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of one tile. ``near`` marks a camera of the selected case."""

    name: str
    sign: Sign
    state: str
    stream: str
    near: str = ""


def colour(theme: Theme, sign: Sign) -> QColor:
    """Return the colour that repeats a sign's shape."""
    match sign:
        case Sign.LIVE:
            return theme.ok
        case Sign.CONNECTING:
            return theme.info
        case Sign.LOST:
            return theme.urgent
        case Sign.REFUSED:
            return theme.warn


def height(theme: Theme) -> int:
    """Return the height of a caption in logical pixels."""
    return round(QFontMetricsF(theme.small).height()) + 6


def paint(theme: Theme, caption: Caption, width: int, ratio: float) -> QPixmap:
    """Return the caption's strip, ``width`` logical pixels wide."""
    size = QSize(width, height(theme))
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    ground = QColor(theme.panel)
    ground.setAlphaF(0.82)
    pixmap.fill(ground)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.small)
    right = _paint_state(painter, theme, caption, size)
    left = 6.0
    if caption.near:
        left = _paint_near(painter, theme, caption.near, size, right)
    box = QRectF(left, 0, max(0.0, right - left), size.height())
    metrics = QFontMetricsF(theme.small)
    name = metrics.elidedText(caption.name, Qt.TextElideMode.ElideRight, box.width())
    painter.setPen(theme.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
    painter.end()
    return pixmap


def _paint_state(painter: QPainter, theme: Theme, caption: Caption, size: QSize) -> float:
    """Draw stream, sign and state from the right edge; return where they begin."""
    metrics = QFontMetricsF(theme.small)
    right = size.width() - 6.0
    words = caption.state
    narrow = size.width() < 260
    if narrow and caption.sign is Sign.LIVE:
        words = ""
    if words:
        width = metrics.horizontalAdvance(words)
        painter.setPen(theme.text)
        box = QRectF(right - width, 0, width + 1, size.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        right -= width + 5
    side = metrics.capHeight() + 1
    paint_sign(
        painter, theme, caption.sign, QRectF(right - side, (size.height() - side) / 2, side, side)
    )
    right -= side + 8
    if caption.stream and not narrow:
        width = metrics.horizontalAdvance(caption.stream)
        painter.setPen(theme.muted)
        box = QRectF(right - width, 0, width + 1, size.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, caption.stream)
        right -= width + 8
    return right


def _paint_near(painter: QPainter, theme: Theme, near: str, size: QSize, right: float) -> float:
    """Draw the mark of a camera near the case; return where the name may begin."""
    width = QFontMetricsF(theme.small).horizontalAdvance(near) + 12
    width = min(width, max(0.0, right - 8))
    box = QRectF(3, 3, width, size.height() - 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(theme.window if theme.accent.lightnessF() > 0.45 else QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, near)
    return box.right() + 6


def paint_sign(painter: QPainter, theme: Theme, sign: Sign, box: QRectF) -> None:
    """Draw a sign: a disc is live, a ring connects, a cross is lost, a bar is refused."""
    tone = colour(theme, sign)
    pen = QPen(tone, max(1.8, box.width() / 5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match sign:
        case Sign.LIVE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            painter.drawEllipse(box)
        case Sign.CONNECTING:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        case Sign.LOST:
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.topRight(), box.bottomLeft())
        case Sign.REFUSED:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            middle = box.center().y()
            painter.drawPolyline(
                QPolygonF([QPointF(box.left() + 3, middle), QPointF(box.right() - 3, middle)])
            )
