"""The surroundings of a case: a piece of the map with the case, its unit and its duplicates."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console import wire
from widgets.bridge import Desk
from widgets.case.page import Page
from widgets.marks import state_colour
from widgets.theme import Theme

SHAPE = 0.36
"""Height to width."""

MOST = 190
"""Pixels; a wide pane needs no higher map."""

_DOT = 7.0


class MapBox(QObject):
    """Writes the box; until the map is there it shows the case's mark alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def write(self, page: Page, row: wire.CaseRow, detail: wire.CaseDetail | None) -> None:
        """Put the box on the page."""
        if self._desk.surroundings is None:
            return
        similar = detail.similar if detail is not None else []
        theme = page.theme

        def paint(painter: QPainter, box: QRectF) -> None:
            self._paint(painter, theme, box, row, similar)

        page.gap(0.6)
        page.add(min(round(page.room * SHAPE), MOST), paint)
        page.gap(0.4)

    def _paint(
        self,
        painter: QPainter,
        theme: Theme,
        box: QRectF,
        row: wire.CaseRow,
        similar: list[wire.Similar],
    ) -> None:
        painter.fillRect(box, theme.map_land)
        lender = self._desk.surroundings
        place = lender.paint(painter, box, row.at.lat, row.at.lon) if lender is not None else None
        painter.save()
        painter.setClipRect(box)
        if place is not None:
            cases = self._desk.mirror.cases
            for number, one in enumerate(similar[:9], start=1):
                other = cases.get(one.case)
                if other is not None:
                    colour = state_colour(theme, other.state)
                    _pin(painter, theme, place(other.at.lat, other.at.lon), colour, str(number))
            fix = self._desk.mirror.positions.get(row.unit) if row.unit else None
            if fix is not None:
                _pin(painter, theme, place(fix.lat, fix.lon), theme.ok, "")
        _target(painter, theme, box.center())
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.line, 1))
        painter.drawRect(box)


def _pin(painter: QPainter, theme: Theme, at: QPointF, colour: QColor, text: str) -> None:
    painter.setPen(QPen(theme.panel, 1.5))
    painter.setBrush(colour)
    painter.drawEllipse(at, _DOT, _DOT)
    painter.setPen(theme.panel)
    painter.setFont(theme.small)
    painter.drawText(QRectF(at.x() - 9, at.y() - 9, 18, 18), Qt.AlignmentFlag.AlignCenter, text)


def _target(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """Mark the case itself: a ring that leaves what is under it to be seen."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.panel, 6.0), (theme.urgent, 3.0)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, _DOT + 3, _DOT + 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.urgent)
    painter.drawEllipse(at, 2.5, 2.5)
