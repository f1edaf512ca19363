"""The line at the window's foot: how things stand, the connection, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import wire
from console.seat.deadlines import Deadlines
from console.seat.mirror import Mirror
from widgets.bridge import Desk

_GAP = 26


@dataclass(frozen=True, slots=True)
class Figures:
    """What the mirror counts for the status line."""

    open: int
    overdue: int
    officers: int
    free: int
    vehicles: int
    cameras: int


def figures(mirror: Mirror, deadlines: Deadlines, now: datetime) -> Figures:
    """Count what the status line shows; ``now`` is the hub's time."""
    units = [unit for unit in mirror.units.values() if unit.state != "off"]
    officers = [unit for unit in units if unit.kind == "officer"]
    return Figures(
        open=len(deadlines),
        overdue=deadlines.over(now),
        officers=len(officers),
        free=sum(unit.state == "free" for unit in officers),
        vehicles=sum(unit.kind == "vehicle" for unit in units),
        cameras=len(mirror.cameras),
    )


class StatusLine(QWidget):
    """Painted as one, so that a second's tick costs one small paint."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: list[tuple[str, str, QColor]] = []
        self._deadlines = Deadlines(desk.mirror.cases)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        desk.changed.connect(self._deadlines.update)
        desk.connection_changed.connect(self.refresh)
        desk.presence_changed.connect(self.refresh)
        desk.theme_changed.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(800, self._desk.theme.row)

    def refresh(self) -> None:
        """Count anew and paint."""
        theme = self._desk.theme
        now = figures(self._desk.mirror, self._deadlines, self._desk.now())
        live, shown = (self._desk.told.get(f"cameras_{one}") for one in ("live", "shown"))
        self._items = [
            (self.tr("Open"), str(now.open), theme.text),
            (self.tr("Overdue"), str(now.overdue), theme.urgent if now.overdue else theme.text),
            (self.tr("Officers free"), f"{now.free}/{now.officers}", theme.text),
            (self.tr("Vehicles"), str(now.vehicles), theme.text),
            (self.tr("Cameras"), str(now.cameras), theme.text),
        ]
        if (seats := len(self._desk.mirror.present)) > 1:
            self._items.append((self.tr("Seats"), str(seats), theme.text))
        if live is not None and shown:
            colour = theme.warn if live < shown else theme.text
            self._items.append((self.tr("Live pictures"), f"{live:g}/{shown:g}", colour))
        words = [f"{word} {value}" for word, value, _ in self._items]
        self.setAccessibleName(", ".join([*words, self.connection_words()]))
        self.setToolTip("\n".join(map(self._there, self._desk.mirror.present)))
        self.update()

    def _there(self, one: wire.Present) -> str:
        """Return who sits at a seat and what he looks at, as plain text."""
        case = self._desk.mirror.cases.get(one.case or "")
        words = f"{one.name} · {case.name} {case.place}" if case else one.name
        return escape(words)

    def connection_words(self) -> str:
        """Return the state of the way to the hub in words."""
        match self._desk.connection:
            case "live":
                return self.tr("Connected")
            case "lost":
                return self.tr("Connection lost, trying again")
            case "refused":
                return self.tr("The hub refuses this seat")
            case _:
                return self.tr("Connecting")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignVCenter
        x = 14.0
        for word, value, colour in self._items:
            x += self._text(painter, x, word, theme.muted, strong=False) + 7
            x += self._text(painter, x, value, colour, strong=True) + _GAP
        clock = datetime.now().astimezone().strftime("%Y-%m-%d  %H:%M:%S")
        painter.setFont(theme.mono)
        painter.setPen(theme.text)
        right = QRectF(0, 0, self.width() - 14, self.height())
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, clock)
        x = right.width() - painter.fontMetrics().horizontalAdvance(clock) - _GAP
        self._connection(painter, x)

    def _text(
        self, painter: QPainter, x: float, text: str, colour: QColor, *, strong: bool
    ) -> float:
        theme = self._desk.theme
        painter.setFont(theme.strong if strong else theme.small)
        painter.setPen(colour)
        width = float(painter.fontMetrics().horizontalAdvance(text))
        box = QRectF(x, 0, width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        return width

    def _connection(self, painter: QPainter, right: float) -> None:
        theme, words = self._desk.theme, self.connection_words()
        painter.setFont(theme.small)
        width = painter.fontMetrics().horizontalAdvance(words)
        self._text(painter, right - width, words, theme.muted, strong=False)
        sign = QRectF(right - width - 20, self.height() / 2 - 5.5, 11, 11)
        match self._desk.connection:
            case "live":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.ok)
                painter.drawEllipse(sign)
            case "connecting":
                painter.setPen(theme.warn)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(sign)
            case _:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.urgent)
                top = QPointF(sign.center().x(), sign.top())
                painter.drawPolygon(QPolygonF([top, sign.bottomRight(), sign.bottomLeft()]))
