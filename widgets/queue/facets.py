"""How the cases of a filter fall: values with their counts, walked and toggled by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import wire
from console.seat.queue_filter import KINDS, LISTS, Token
from widgets.marks import tick_box
from widgets.queue.words import kind_text
from widgets.theme import Theme

SHOWN = 12
"""Values of a facet that are shown."""
_STEPS = {
    Qt.Key.Key_J: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_K: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_TOGGLE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_X)
_LEAVE = (Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Line:
    """A heading, or a value that can be toggled."""

    kind: str
    token: Token | None = None
    text: str = ""
    count: int = 0


class FacetList(QWidget):
    """Facets one below the other. Enter toggles a value, Escape goes back to the cases."""

    toggled = Signal(Token)
    left = Signal()

    def __init__(self, theme: Theme, text: Callable[[Token], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.chosen: tuple[Token, ...] = ()
        self._text = text
        self._lines: list[_Line] = []
        self._at = 0
        self._top = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_facets(self, facets: wire.Facets, chosen: tuple[Token, ...]) -> None:
        """Show counts; the cursor stays with its value."""
        held = self.current
        self.chosen = chosen
        lines: list[_Line] = []
        for kind in KINDS:
            values = [f for f in facets.facets.get(LISTS.get(kind, kind), ()) if f.value][:SHOWN]
            asked = [
                t for t in chosen if t.kind == kind and t.value not in {f.value for f in values}
            ]
            if values or asked:
                lines.append(_Line(kind, text=kind_text(kind)))
            for facet in values:
                token = Token(kind, facet.value)
                lines.append(_Line(kind, token, self._text(token), facet.count))
            lines += [_Line(kind, token, self._text(token)) for token in asked]
        self._lines = lines
        again = [n for n, line in enumerate(lines) if line.token is not None and line.token == held]
        self._at = again[0] if again else min(self._at, max(0, len(lines) - 1))
        self._step(0)
        self.update()

    @property
    def current(self) -> Token | None:
        """The value under the cursor."""
        return self._lines[self._at].token if self._lines else None

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    @property
    def _high(self) -> int:
        return round(self.theme.row * 0.9)

    def sizeHint(self) -> QSize:
        """Return the width of a name and a count, and the height of twelve lines."""
        return QSize(14 * self.theme.body.pixelSize(), 12 * self._high)

    # --- the cursor ---------------------------------------------------------------------

    def _step(self, by: int) -> None:
        """Move over values, never onto a heading, and keep the cursor in sight."""
        values = [n for n, line in enumerate(self._lines) if line.token is not None]
        if not values:
            return
        nearest = min(range(len(values)), key=lambda i: abs(values[i] - self._at))
        self._at = values[min(max(nearest + by, 0), len(values) - 1)]
        room = max(1, self.height() // self._high)
        top = 0 if self._at == values[0] else min(self._top, self._at)
        self._top = max(top, self._at - room + 1)
        self.setAccessibleDescription(self._lines[self._at].text)
        self.update()

    def _toggle(self) -> None:
        token = self.current
        if token is not None:
            self.toggled.emit(token)

    # --- Qt -----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the list's keys from the queue's own, which mean something else."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and Qt.Key(event.key()) in (*_STEPS, *_TOGGLE, *_LEAVE):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, toggle, leave."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _TOGGLE:
            self._toggle()
        elif key in _LEAVE:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, _event: object) -> None:
        """Show the cursor."""
        self._step(0)

    def focusOutEvent(self, _event: object) -> None:
        """Show it no more."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw headings, values and counts; a chosen value has a tick."""
        theme, painter = self.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.raised)
        high = self._high
        for n, line in enumerate(self._lines[self._top :], self._top):
            y = (n - self._top) * high
            if y > self.height():
                break
            box = QRectF(theme.gap, y, self.width() - 2 * theme.gap, high)
            self._paint_line(painter, line, box, here=n == self._at and self.hasFocus())
        painter.setPen(theme.line)
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()

    def _paint_line(self, painter: QPainter, line: _Line, box: QRectF, *, here: bool) -> None:
        theme = self.theme
        painter.setFont(theme.small)
        if line.token is None:
            painter.setPen(theme.faint)
            painter.drawText(box, _LEFT, line.text)
            return
        if here:
            painter.fillRect(box.adjusted(-theme.gap, 0, theme.gap, 0), theme.select)
            painter.fillRect(QRectF(0, box.y(), 4, box.height()), theme.accent)
        size = box.height() * 0.5
        if line.token in self.chosen:
            tick_box(painter, theme, QRectF(box.x() + 2, box.center().y() - size / 2, size, size))
        count = str(line.count)
        painter.setPen(theme.muted)
        painter.drawText(box, _RIGHT, count)
        words = box.adjusted(size + theme.gap, 0, 0, 0)
        words.setRight(box.right() - painter.fontMetrics().horizontalAdvance(count) - theme.gap)
        painter.setPen(theme.text)
        text = painter.fontMetrics().elidedText(
            line.text, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, _LEFT, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle the value that was clicked."""
        n = self._top + int(event.position().y() // self._high)
        if 0 <= n < len(self._lines) and self._lines[n].token is not None:
            self._at = n
            self._toggle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by lines."""
        room = max(1, self.height() // self._high)
        by = -1 if event.angleDelta().y() > 0 else 1
        self._top = min(max(0, self._top + 2 * by), max(0, len(self._lines) - room))
        self.update()
        event.accept()
