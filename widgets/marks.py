"""The signs a case wears everywhere: shapes for its state and its urgency, a bar for time.

Colour repeats what the shape says, so that the picture can be read without it.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from widgets.clocks import Left, Urgency
from widgets.theme import Theme


def state_colour(theme: Theme, state: str) -> QColor:
    """Return the colour that repeats a state's shape."""
    match state:
        case "proposed":
            return theme.info
        case "filed" | "dispatched" | "on_site":
            return theme.accent
        case "handled" | "checked":
            return theme.ok
        case _:
            return theme.faint


def urgency_colour(theme: Theme, urgency: Urgency) -> QColor:
    """Return the colour of time left."""
    match urgency:
        case Urgency.LATE:
            return theme.urgent
        case Urgency.SOON:
            return theme.warn
        case Urgency.CALM:
            return theme.muted
        case _:
            return theme.faint


def _polygon(box: QRectF, points: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF(
        [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points]
    )


_DIAMOND = [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)]
_ARROW = [(0.06, 0.08), (1.0, 0.5), (0.06, 0.92), (0.3, 0.5)]
_TICK = [(0.14, 0.54), (0.4, 0.8), (0.88, 0.2)]
_TRIANGLE = [(0.5, 0.04), (1.0, 0.94), (0.0, 0.94)]


def state_mark(painter: QPainter, theme: Theme, state: str, box: QRectF) -> None:
    """Draw a state: hollow while the desk must act, solid while somebody does."""
    colour = state_colour(theme, state)
    pen = QPen(colour, max(1.6, box.width() / 8))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = pen.widthF() / 2
    inner = box.adjusted(inset, inset, -inset, -inset)
    match state:
        case "proposed":
            painter.drawPolygon(_polygon(inner, _DIAMOND))
        case "filed":
            painter.drawEllipse(inner)
        case "dispatched":
            painter.setBrush(colour)
            painter.drawPolygon(_polygon(inner, _ARROW))
        case "on_site":
            painter.drawEllipse(inner)
            painter.setBrush(colour)
            dot = inner.width() / 4
            painter.drawEllipse(inner.center(), dot / 1.2, dot / 1.2)
        case "handled":
            painter.drawRoundedRect(inner, 2, 2)
        case "checked":
            painter.setBrush(colour)
            painter.drawRoundedRect(inner, 2, 2)
            painter.setPen(QPen(theme.panel, pen.widthF()))
            painter.drawPolyline(_polygon(inner, _TICK))
        case "closed":
            painter.drawPolyline(_polygon(inner, _TICK))
        case _:
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())


def urgency_mark(painter: QPainter, theme: Theme, urgency: Urgency, box: QRectF) -> None:
    """Draw a warning sign: hollow when time runs short, solid when it is over, else nothing."""
    if urgency not in (Urgency.SOON, Urgency.LATE):
        return
    colour = urgency_colour(theme, urgency)
    late = urgency is Urgency.LATE
    pen = QPen(colour, 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour if late else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_polygon(box.adjusted(0.75, 0.75, -0.75, -0.75), _TRIANGLE))
    x, y, h = box.center().x(), box.top(), box.height()
    pen = QPen(theme.panel if late else colour, 1.7)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, y + h * 0.38), QPointF(x, y + h * 0.66))
    painter.drawLine(QPointF(x, y + h * 0.74), QPointF(x, y + h * 0.85))


def time_bar(painter: QPainter, theme: Theme, time: Left, box: QRectF) -> None:
    """Draw time left as a bar that empties to the left; when it is over, a full hatched one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(box, theme.line)
    colour = urgency_colour(theme, time.urgency)
    if time.urgency is Urgency.LATE:
        painter.fillRect(box, colour)
    elif time.urgency is not Urgency.DONE:
        painter.fillRect(QRectF(box.x(), box.y(), box.width() * time.share, box.height()), colour)


def time_font(theme: Theme, text: str) -> QFont:
    """Return the font of time left: even digits, but no wide letters where there are words."""
    return theme.mono if text.isascii() else theme.small


def chip_width(font: QFont, text: str) -> float:
    """Return how wide :func:`chip` draws a text."""
    return QFontMetricsF(font).horizontalAdvance(text) + 10


def chip(painter: QPainter, theme: Theme, box: QRectF, text: str, colour: QColor) -> None:
    """Draw a small outlined label; the painter's font is used."""
    edge = QColor(colour)
    edge.setAlphaF(0.55)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
