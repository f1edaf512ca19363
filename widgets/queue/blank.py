"""What an empty list says, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from widgets.theme import Theme

_SIZE = 44.0


@dataclass(frozen=True, slots=True)
class Blank:
    """Why there are no rows: nothing waits, nothing matches, on its way, or not to be had."""

    sign: Literal["done", "none", "wait", "lost"] = "done"
    head: str = ""
    hint: str = ""


def paint_blank(painter: QPainter, theme: Theme, box: QRectF, blank: Blank) -> None:
    """Draw the sign, the sentence and the hint in the upper half of ``box``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sign = QRectF(box.center().x() - _SIZE / 2, box.height() * 0.3, _SIZE, _SIZE)
    _sign(painter, theme, sign, blank.sign)
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    text = box.adjusted(3 * theme.gap, 0, -3 * theme.gap, 0)
    text.setTop(sign.bottom() + 2 * theme.gap)
    painter.setFont(theme.strong)
    painter.setPen(theme.muted)
    used = painter.boundingRect(text, centred, blank.head)
    painter.drawText(text, centred, blank.head)
    text.setTop(used.bottom() + theme.gap)
    painter.setFont(theme.small)
    painter.setPen(theme.faint)
    painter.drawText(text, centred, blank.hint)


def _sign(painter: QPainter, theme: Theme, box: QRectF, sign: str) -> None:
    pen = QPen(theme.faint, 2.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def point(x: float, y: float) -> QPointF:
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height())

    match sign:
        case "done":
            painter.drawEllipse(box)
            painter.drawPolyline(
                QPolygonF([point(0.3, 0.52), point(0.45, 0.68), point(0.72, 0.34)])
            )
        case "none":
            painter.drawEllipse(QRectF(point(0.05, 0.05), point(0.72, 0.72)))
            painter.drawLine(point(0.63, 0.63), point(0.95, 0.95))
        case "wait":
            for x in (0.2, 0.5, 0.8):
                painter.drawPoint(point(x, 0.5))
        case _:
            painter.drawPolygon(QPolygonF([point(0.5, 0.08), point(0.98, 0.92), point(0.02, 0.92)]))
            painter.drawLine(point(0.5, 0.38), point(0.5, 0.62))
            painter.drawPoint(point(0.5, 0.77))
