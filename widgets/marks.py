"""The signs a case wears everywhere: shapes for its state and its urgency, a bar for time.

Colour repeats what the shape says, so that the picture can be read without it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from widgets.clocks import Left, Urgency
from widgets.theme import Theme


def state_colour(theme: Theme, state: str) -> QColor:
    """Return the colour that repeats a state's shape."""
    match state:
        case "proposed" | "returned" | "accepted" | "verifying" | "verified":
            return theme.info
        case "filed" | "dispatched" | "taken" | "on_site":
            return theme.accent
        case "handled" | "checked":
            return theme.ok
        case "suspended":
            return theme.muted
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
_BACK = [(0.94, 0.08), (0.0, 0.5), (0.94, 0.92), (0.7, 0.5)]
_JOIN = [(0.0, 0.08), (0.5, 0.5), (1.0, 0.5), (0.5, 0.5), (0.0, 0.92)]
_AWAY = [(0.6, 0.14), (0.98, 0.5), (0.6, 0.86), (0.98, 0.5), (0.0, 0.5)]
_TRIANGLE = [(0.5, 0.04), (1.0, 0.94), (0.0, 0.94)]


def state_mark(painter: QPainter, theme: Theme, state: str, box: QRectF) -> None:
    """Draw a state: hollow while it waits, solid while somebody is at it."""
    colour = state_colour(theme, state)
    pen = QPen(colour, max(1.6, box.width() / 8))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = pen.widthF() / 2
    inner = box.adjusted(inset, inset, -inset, -inset)
    _SHAPES.get(state, _cross)(painter, theme, inner, pen)


Shape = Callable[[QPainter, Theme, QRectF, QPen], None]


def _hollow(points: list[tuple[float, float]]) -> Shape:
    def draw(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
        painter.drawPolygon(_polygon(box, points))

    return draw


def _solid(points: list[tuple[float, float]]) -> Shape:
    def draw(painter: QPainter, _theme: Theme, box: QRectF, pen: QPen) -> None:
        painter.setBrush(pen.color())
        painter.drawPolygon(_polygon(box, points))

    return draw


def _stroke(points: list[tuple[float, float]]) -> Shape:
    def draw(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
        painter.drawPolyline(_polygon(box, points))

    return draw


def _dot(painter: QPainter, box: QRectF, pen: QPen) -> None:
    painter.setBrush(pen.color())
    size = box.width() / 4.8
    painter.drawEllipse(box.center(), size, size)


def _dotted_diamond(painter: QPainter, _theme: Theme, box: QRectF, pen: QPen) -> None:
    painter.drawPolygon(_polygon(box, _DIAMOND))
    painter.setBrush(pen.color())
    size = box.width() / 7
    painter.drawEllipse(box.center(), size, size)


def _half_diamond(painter: QPainter, _theme: Theme, box: QRectF, pen: QPen) -> None:
    painter.drawPolygon(_polygon(box, _DIAMOND))
    painter.setBrush(pen.color())
    painter.drawPolygon(_polygon(box, [(0.5, 0.0), (0.5, 1.0), (0.0, 0.5)]))


def _ring(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
    painter.drawEllipse(box)


def _target(painter: QPainter, _theme: Theme, box: QRectF, pen: QPen) -> None:
    painter.drawEllipse(box)
    _dot(painter, box, pen)


def _square(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
    painter.drawRoundedRect(box, 2, 2)


def _ticked_square(painter: QPainter, theme: Theme, box: QRectF, pen: QPen) -> None:
    painter.setBrush(pen.color())
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(QPen(theme.panel, pen.widthF()))
    painter.drawPolyline(_polygon(box, _TICK))


def _bars(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
    for x in (0.28, 0.72):
        painter.drawPolyline(_polygon(box, [(x, 0.08), (x, 0.92)]))


def _shelved(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
    upper = QRectF(box.x(), box.y(), box.width(), box.height() * 0.8)
    painter.drawPolyline(_polygon(upper, _TICK))
    painter.drawLine(box.bottomLeft(), box.bottomRight())


def _cross(painter: QPainter, _theme: Theme, box: QRectF, _pen: QPen) -> None:
    painter.drawLine(box.topLeft(), box.bottomRight())
    painter.drawLine(box.topRight(), box.bottomLeft())


_SHAPES: dict[str, Shape] = {
    "proposed": _hollow(_DIAMOND),
    "returned": _hollow(_BACK),
    "accepted": _half_diamond,
    "verifying": _solid(_DIAMOND),
    "verified": _dotted_diamond,
    "filed": _ring,
    "dispatched": _hollow(_ARROW),
    "taken": _solid(_ARROW),
    "on_site": _target,
    "handled": _square,
    "checked": _ticked_square,
    "suspended": _bars,
    "closed": _stroke(_TICK),
    "archived": _shelved,
    "merged": _stroke(_JOIN),
    "transferred": _stroke(_AWAY),
}
"""Before filing diamonds, then a ring, arrows, a target, squares; what is over is thin."""


def pause_mark(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the sign of a clock that stands still."""
    pen = QPen(theme.muted, max(1.8, box.width() / 6))
    painter.setPen(pen)
    _bars(painter, theme, box, pen)


def tick_box(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the sign of a row that was picked."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawRoundedRect(box, 3, 3)
    pen = QPen(theme.panel, max(1.8, box.width() / 7))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_polygon(box.adjusted(2, 2, -2, -2), _TICK))


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
