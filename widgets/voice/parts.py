"""The painted parts of the panel: the mark of a state, the talk button, the list of calls."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console import wire
from widgets.theme import Theme
from widgets.voice.microphone import CLIPPED, SILENT
from widgets.voice.words import state_word, why_words
from widgets.wording import plain_tip

_FLOOR = -60.0
"""The level, dBFS, at which the meter is empty."""


def state_colour(theme: Theme, state: str) -> QColor:
    """Return the colour that repeats the shape of a state."""
    return {
        "idle": theme.ok,
        "done": theme.ok,
        "opening": theme.warn,
        "asked": theme.warn,
        "talking": theme.accent,
        "speaking": theme.accent,
        "failed": theme.urgent,
    }.get(state, theme.faint)


def state_mark(painter: QPainter, theme: Theme, state: str, box: QRectF) -> None:
    """Draw a state: ring ready, dots opening, waves speaking, tick done, cross failed."""
    colour = state_colour(theme, state)
    painter.setPen(QPen(colour, max(1.6, box.width() / 9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre, size = box.center(), box.width()
    if state == "idle":
        painter.drawEllipse(box.adjusted(2, 2, -2, -2))
    elif state in ("opening", "asked"):
        painter.setBrush(colour)
        for step in (-0.32, 0.0, 0.32):
            painter.drawEllipse(centre + QPointF(step * size, 0), size / 12, size / 12)
    elif state in ("talking", "speaking"):
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(box.left() + size * 0.2, centre.y()), size / 9, size / 9)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for reach in (0.35, 0.65):
            arc = QRectF(0, 0, size * reach * 1.6, size * reach * 1.6)
            arc.moveCenter(QPointF(box.left() + size * 0.2, centre.y()))
            painter.drawArc(arc, -45 * 16, 90 * 16)
    elif state == "done":
        tick = [(0.14, 0.54), (0.4, 0.8), (0.88, 0.2)]
        points = [QPointF(box.x() + x * size, box.y() + y * size) for x, y in tick]
        painter.drawPolyline(QPolygonF(points))
    else:
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())


class StateLine(QWidget):
    """The chosen speaker's state as a shape and words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.state = ""
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_state(self, state: str, text: str) -> None:
        """Show a state; an unknown one draws nothing."""
        if (state, text) != (self.state, self.text):
            self.state, self.text = state, text
            self.setAccessibleName(text)
            self.setToolTip(plain_tip(text))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, round(QFontMetricsF(self._theme.strong).height()) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.height() * 0.62
        box = QRectF(2, (self.height() - side) / 2, side, side)
        if self.state:
            state_mark(painter, self._theme, self.state, box)
        painter.setFont(self._theme.strong)
        painter.setPen(state_colour(self._theme, self.state))
        room = QRectF(box.right() + 10, 0, self.width() - box.right() - 12, self.height())
        metrics = QFontMetricsF(self._theme.strong)
        text = metrics.elidedText(self.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class TalkButton(QAbstractButton):
    """Hold to talk; the microphone's level fills it from the left."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = SILENT
        self.talking = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(QFontMetricsF(self._theme.title).height()) + 22)

    def set_level(self, level: float) -> None:
        """Show a peak level in dBFS; it falls slower than it rises."""
        shown = max(level, self._level - 1.5)
        if abs(shown - self._level) > 0.2:
            self._level = shown
            self.update()

    def set_talking(self, talking: bool) -> None:
        if talking != self.talking:
            self.talking = talking
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.accent if self.talking else theme.line, 2 if self.talking else 1))
        painter.setBrush(theme.select if self.talking or self.isDown() else theme.raised)
        painter.drawRoundedRect(box, 6, 6)
        share = max(0.0, min(1.0, 1 - self._level / _FLOOR))
        if self.isEnabled() and share > 0:
            over = self._level >= CLIPPED
            bar = QRectF(8, self.height() - 9, (self.width() - 16) * share, 4)
            painter.fillRect(bar, theme.urgent if over else theme.ok)
        painter.setFont(theme.title)
        painter.setPen(theme.text if self.isEnabled() else theme.faint)
        painter.drawText(box.adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignCenter, self.text())


class CallList(QWidget):
    """The newest calls of a case or a speaker; a click on one that has sound plays it."""

    play = Signal(str)
    """The media id of the sound."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calls: list[wire.Call] = []
        self.playable = False
        self.empty_text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setMinimumHeight(round(self._row_height()))
        self.update()

    def show_calls(self, calls: list[wire.Call]) -> None:
        if calls != self._calls:
            self._calls = calls
            self.update()

    @property
    def calls(self) -> list[wire.Call]:
        """What is listed, newest first."""
        return self._calls

    def _row_height(self) -> float:
        return QFontMetricsF(self._theme.small).height() + 8

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.small)
        metrics, height = QFontMetricsF(theme.small), self._row_height()
        if not self._calls:
            painter.setPen(theme.faint)
            painter.drawText(QRectF(4, 0, self.width(), height), 0x80, self.empty_text)
        for row, call in enumerate(self._calls):
            top = row * height
            if top + height > self.height():
                break
            state_mark(painter, theme, call.state, QRectF(4, top + height / 2 - 6, 12, 12))
            play = self.playable and call.audio is not None
            clock = call.asked.astimezone().strftime("%H:%M:%S")
            head = f"{clock}  {call.operator}  "
            rest = why_words(call.why) if call.state == "failed" else call.text
            rest = rest or state_word(call.state)
            painter.setPen(theme.muted)
            painter.drawText(QPointF(24, top + height / 2 + metrics.ascent() / 2 - 1), head)
            left = 24 + metrics.horizontalAdvance(head)
            room = self.width() - left - (30 if play else 6)
            painter.setPen(theme.text)
            text = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(left, top + height / 2 + metrics.ascent() / 2 - 1), text)
            if play:
                self._triangle(painter, QPointF(self.width() - 16, top + height / 2))

    def _triangle(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.accent)
        corners = [QPointF(-4, -6), QPointF(6, 0), QPointF(-4, 6)]
        painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._row_height())
        if self.playable and 0 <= row < len(self._calls) and self._calls[row].audio:
            self.play.emit(self._calls[row].audio)
