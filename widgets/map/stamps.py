"""Small pictures put on the map again and again: units, cases, cameras; drawn once each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from widgets.clocks import Urgency
from widgets.map.style import Style
from widgets.marks import state_mark, urgency_colour

UNIT = 26
CASE = 30
DEVICE = 20
COURSES = 24
"""Headings a unit's tick can take."""


class Stamps:
    """Pictures by what they mean, for one style and one device pixel ratio."""

    def __init__(self, style: Style, ratio: float) -> None:
        self.style = style
        self.ratio = ratio
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def _stamp(
        self,
        key: tuple[object, ...],
        width: float,
        height: float,
        draw: Callable[[QPainter], None],
    ) -> QPixmap:
        known = self._kept.get(key)
        if known is None:
            known = QPixmap(round(width * self.ratio), round(height * self.ratio))
            known.setDevicePixelRatio(self.ratio)
            known.fill(Qt.GlobalColor.transparent)
            painter = QPainter(known)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            if len(self._kept) > 3000:
                self._kept.clear()
            self._kept[key] = known
        return known

    # --- units ------------------------------------------------------------------

    def unit_colour(self, state: str) -> QColor:
        """Return the colour that repeats a unit's fill."""
        theme = self.style.theme
        return {"free": theme.ok, "tasked": theme.accent, "on_site": theme.warn}.get(
            state, theme.faint
        )

    def unit(self, kind: str, state: str, course: float | None, *, size: float = 1.0) -> QPixmap:
        """Return a unit: shape by kind, fill by state, a tick where it heads when it moves."""
        heading = None if course is None else round(course * COURSES / 360) % COURSES

        def draw(painter: QPainter) -> None:
            middle = QPointF(UNIT / 2, UNIT / 2)
            colour = self.unit_colour(state)
            edge = self.style.theme.panel
            painter.translate(middle)
            painter.scale(size, size)
            painter.translate(-middle)
            if heading is not None:
                painter.save()
                painter.translate(middle)
                painter.rotate(heading * 360 / COURSES)
                painter.setPen(QPen(edge, 1))
                painter.setBrush(colour)
                tip = [QPointF(0, -12.5), QPointF(4, -6), QPointF(-4, -6)]
                painter.drawPolygon(QPolygonF(tip))
                painter.restore()
            hollow = state == "free"
            self._body(painter, kind, middle, 7.4, edge, edge)
            self._body(painter, kind, middle, 5.2, colour, edge if hollow else colour)
            if state == "on_site":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(edge)
                painter.drawEllipse(middle, 2.0, 2.0)

        return self._stamp(("unit", kind, state, heading, size), UNIT, UNIT, draw)

    def _body(
        self, painter: QPainter, kind: str, middle: QPointF, size: float, line: QColor, fill: QColor
    ) -> None:
        pen = QPen(line, 2.2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(fill)
        if kind == "vehicle":
            box = QRectF(middle.x() - size, middle.y() - size * 0.82, 2 * size, 1.64 * size)
            painter.drawRoundedRect(box, 2, 2)
        elif kind == "drone":
            up, wide = size * 1.15, size * 1.1
            points = [(0, -up), (wide, size * 0.8), (-wide, size * 0.8)]
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in points]))
        else:
            painter.drawEllipse(middle, size, size)

    # --- cases and devices ----------------------------------------------------------

    def case(self, state: str, urgency: Urgency) -> QPixmap:
        """Return a case's flag: the state's mark on a plate edged by its urgency."""

        def draw(painter: QPainter) -> None:
            theme = self.style.theme
            plate = QRectF(3, 1, CASE - 6, CASE - 8)
            urgent = urgency in (Urgency.SOON, Urgency.LATE)
            line = urgency_colour(theme, urgency) if urgent else theme.faint
            pen = QPen(line, 2.4 if urgent else 1.4)
            painter.setPen(pen)
            painter.setBrush(theme.panel)
            foot = [
                (CASE / 2 - 4, plate.bottom()),
                (CASE / 2 + 4, plate.bottom()),
                (CASE / 2, CASE - 1.5),
            ]
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in foot]))
            painter.drawRoundedRect(plate, 5, 5)
            painter.fillRect(QRectF(CASE / 2 - 2.6, plate.bottom() - 1.6, 5.2, 3.2), theme.panel)
            state_mark(painter, theme, state, plate.adjusted(5.5, 4.5, -5.5, -4.5))

        return self._stamp(("case", state, urgency), CASE, CASE, draw)

    def camera(self) -> QPixmap:
        """Return a camera's sign."""

        def draw(painter: QPainter) -> None:
            theme = self.style.theme
            middle = QPointF(DEVICE / 2, DEVICE / 2)
            painter.setPen(QPen(theme.info, 1.4))
            painter.setBrush(theme.panel)
            painter.drawEllipse(middle, 8, 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.info)
            painter.drawRoundedRect(QRectF(5.2, 7.2, 6.2, 5.6), 1, 1)
            painter.drawPolygon(QPolygonF([QPointF(11.8, 10), QPointF(15, 7.4), QPointF(15, 12.6)]))

        return self._stamp(("camera",), DEVICE, DEVICE, draw)

    def speaker(self, state: str) -> QPixmap:
        """Return a loudspeaker's sign; it is solid while it talks and crossed when it failed."""

        def draw(painter: QPainter) -> None:
            theme = self.style.theme
            colour = {"talking": theme.accent, "opening": theme.accent, "failed": theme.urgent}.get(
                state, theme.muted
            )
            solid = state == "talking"
            painter.setPen(QPen(colour, 1.4))
            painter.setBrush(colour if solid else theme.panel)
            painter.drawRoundedRect(QRectF(2, 2, 16, 16), 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.panel if solid else colour)
            horn = [(5, 8), (8, 8), (11.5, 5), (11.5, 15), (8, 12), (5, 12)]
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in horn]))
            painter.setPen(QPen(theme.panel if solid else colour, 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if state == "failed":
                painter.drawLine(QPointF(4, 16), QPointF(16, 4))
            else:
                painter.drawArc(QRectF(9.5, 6.5, 6, 7), -60 * 16, 120 * 16)

        return self._stamp(("speaker", state), DEVICE, DEVICE, draw)

    # --- words -------------------------------------------------------------------------

    def tag(self, text: str, colour: QColor, *, solid: bool = False) -> QPixmap:
        """Return a text on a small plate: ``solid`` in the colour, else the colour on the panel."""
        font = self.style.theme.small
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 1

        def draw(painter: QPainter) -> None:
            theme = self.style.theme
            plate = QColor(colour if solid else theme.panel)
            plate.setAlphaF(1.0 if solid else 0.86)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(plate)
            painter.drawRoundedRect(QRectF(0, 0, width, height), 3, 3)
            painter.setPen(theme.panel if solid else colour)
            painter.setFont(font)
            painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)

        return self._stamp(("tag", text, colour.rgba(), solid), width, height, draw)
