"""What lies flat over the map: scale, north, time and source."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from widgets.map.projection import View
from widgets.theme import Theme
from widgets.wording import length_text

WIDEST = 140.0
"""Most pixels of the scale bar."""


def round_length(metres_at_most: float) -> float:
    """Return the longest of 1, 2, 5 × 10^n that is not above a length."""
    power = 1.0
    while power * 10 <= metres_at_most:
        power *= 10
    return max(step * power for step in (1, 2, 5) if step * power <= max(1.0, metres_at_most))


def paint(painter: QPainter, theme: Theme, view: View, source: str, now: datetime) -> None:
    """Draw the scale bar and the source line at the foot, the north arrow at the top right."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.small)
    metrics = QFontMetricsF(theme.small)
    length = round_length(WIDEST / view.scale)
    width = length * view.scale
    text, stamp = length_text(length), f"{source} · {now.astimezone():%H:%M:%S}"
    stamp_width = metrics.horizontalAdvance(stamp)
    height = metrics.height() + 4
    plate = QColor(theme.panel)
    plate.setAlphaF(0.78)
    base = view.height - 6.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    scale_width = width + metrics.horizontalAdvance(text) + 26
    painter.drawRoundedRect(QRectF(6, base - height, scale_width, height), 4, 4)
    right = QRectF(view.width - stamp_width - 18, base - height, stamp_width + 12, height)
    painter.drawRoundedRect(right, 4, 4)
    pen = QPen(theme.text, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    foot = base - height / 2 + 4
    bar = [(14, foot - 6), (14, foot), (14 + width, foot), (14 + width, foot - 6)]
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in bar]))
    place = QRectF(14 + width + 7, base - height, scale_width, height)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.setPen(theme.muted)
    painter.drawText(right, Qt.AlignmentFlag.AlignCenter, stamp)
    _north(painter, theme, QPointF(view.width - 24, 26), plate)


def _north(painter: QPainter, theme: Theme, middle: QPointF, plate: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    painter.drawEllipse(middle, 17, 17)
    painter.setBrush(theme.urgent)
    up = [(0, -14), (4.5, -1), (0, -3.5), (-4.5, -1)]
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in up]))
    painter.setPen(theme.text)
    painter.drawText(
        QRectF(middle.x() - 12, middle.y() - 3, 24, 18), Qt.AlignmentFlag.AlignCenter, "N"
    )
