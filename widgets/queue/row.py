"""One line of the queue: what it says, laid out once, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from console import wire
from widgets.clocks import Left, Urgency, left, left_text
from widgets.marks import (
    chip,
    chip_width,
    state_mark,
    time_bar,
    time_font,
    urgency_colour,
    urgency_mark,
)
from widgets.theme import Theme
from widgets.wording import source_text, state_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """A case's words, cut to the width they have. Positions are relative to the row."""

    case: wire.CaseRow
    name: str
    chips: tuple[tuple[str, float, float], ...]
    where: str
    who: str
    number: str


class RowPainter:
    """Paints rows of one width in one theme, and remembers their layout by case."""

    def __init__(self, theme: Theme, width: int) -> None:
        self.theme = theme
        self.width = width
        self._small = QFontMetricsF(theme.small)
        self._strong = QFontMetricsF(theme.strong)
        self._mark = round(self._strong.height() * 0.6)
        self._left = theme.gap + 6 + self._mark + theme.gap
        widest = left_text(-(47 * 60 + 59) * 60)
        metrics = QFontMetricsF(time_font(theme, widest))
        self._right = round(metrics.horizontalAdvance(widest)) + self._mark + 5
        self._top = theme.gap * 0.75
        self.height = round(self._strong.height() + self._small.height() + 2 * self._top + 1)
        self._lines: dict[str, Line] = {}

    def line(self, case: wire.CaseRow) -> Line:
        """Return the layout of a case, made anew when anything of it changed."""
        line = self._lines.get(case.id)
        if line is None or line.case is not case:
            if len(self._lines) > 2000:
                self._lines.clear()
            line = self._lines[case.id] = self._layout(case)
        return line

    def _layout(self, case: wire.CaseRow) -> Line:
        room = self.width - self._left - self._right - 2 * self.theme.gap
        words = [source_text(source) for source in case.sources]
        if case.reports > 1:
            words.append(f"×{case.reports}")
        if case.warnings:
            said = QCoreApplication.translate("Queue", "warned ×{n}")
            words.append(said.format(n=case.warnings))
        widths = [chip_width(self.theme.small, word) for word in words]
        name_room = max(room * 0.45, room - sum(widths) - 4 * len(words) - 8)
        name = self._strong.elidedText(case.name, Qt.TextElideMode.ElideRight, name_room)
        x = self._left + self._strong.horizontalAdvance(name) + 8
        chips = []
        for word, width in zip(words, widths, strict=True):
            if x + width > self._left + room:
                continue
            chips.append((word, x, width))
            x += width + 4
        who = case.unit_name or state_text(case.state)
        if case.unit_name:
            who = f"{state_text(case.state)} {case.unit_name}"
        who_width = self._small.horizontalAdvance(who)
        place = case.place
        if case.grid_name and case.grid_name not in place:
            place = f"{place} · {case.grid_name}"
        where = self._small.elidedText(
            place, Qt.TextElideMode.ElideRight, max(40.0, room - who_width - 10)
        )
        number = case.id.rsplit("-", 1)[-1]
        return Line(case, name, tuple(chips), where, who, number)

    def paint(
        self, painter: QPainter, case: wire.CaseRow, y: int, *, current: bool, now: datetime
    ) -> None:
        """Draw a case with its top edge at ``y``."""
        theme, line = self.theme, self.line(case)
        time = left(case, now)
        box = QRectF(0, y, self.width, self.height)
        painter.fillRect(box, theme.select if current else theme.panel)
        edge = urgency_colour(theme, time.urgency)
        if current or time.urgency >= Urgency.SOON:
            colour = edge if time.urgency >= Urgency.SOON else theme.accent
            painter.fillRect(QRectF(0, y, 4, self.height - 1), colour)
        painter.fillRect(QRectF(0, y + self.height - 1, self.width, 1), theme.line)
        first = QRectF(0, y + self._top, self.width, self._strong.height())
        second = QRectF(0, first.bottom(), self.width, self._small.height())
        mark = QRectF(self._left - self._mark - theme.gap, 0, self._mark, self._mark)
        mark.moveTop(first.center().y() - self._mark / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        state_mark(painter, theme, case.state, mark)
        self._first(painter, case, line, first)
        self._time(painter, time, first, second)
        self._second(painter, line, second, current=current)

    def _first(self, painter: QPainter, case: wire.CaseRow, line: Line, box: QRectF) -> None:
        theme = self.theme
        painter.setFont(theme.strong)
        painter.setPen(theme.text if case.state not in ("closed", "void") else theme.muted)
        painter.drawText(box.adjusted(self._left, 0, 0, 0), _LEFT, line.name)
        painter.setFont(theme.small)
        height = self._small.height() - 1
        for word, x, width in line.chips:
            chip_box = QRectF(x, box.center().y() - height / 2, width, height)
            chip(painter, theme, chip_box, word, theme.muted)

    def _time(self, painter: QPainter, time: Left, first: QRectF, second: QRectF) -> None:
        theme = self.theme
        right = self.width - theme.gap
        if time.urgency is not Urgency.DONE:
            text = left_text(time.seconds)
            font = time_font(theme, text)
            painter.setFont(font)
            painter.setPen(urgency_colour(theme, time.urgency))
            painter.drawText(first.adjusted(0, 0, -theme.gap, 0), _RIGHT, text)
            size = self._mark
            sign = QRectF(
                right - QFontMetricsF(font).horizontalAdvance(text) - size - 5, 0, size, size
            )
            sign.moveTop(first.center().y() - size / 2)
            urgency_mark(painter, theme, time.urgency, sign)
        number = self._small.horizontalAdvance("0000") + theme.gap
        bar = QRectF(right - self._right, second.center().y() - 1, self._right - number, 3)
        time_bar(painter, theme, time, bar)

    def _second(self, painter: QPainter, line: Line, box: QRectF, *, current: bool) -> None:
        theme = self.theme
        painter.setFont(theme.small)
        painter.setPen(theme.text if current else theme.muted)
        painter.drawText(box.adjusted(self._left, 0, 0, 0), _LEFT, line.where)
        column = self._right + 2 * theme.gap
        painter.drawText(box.adjusted(0, 0, -column, 0), _RIGHT, line.who)
        painter.setPen(theme.muted if current else theme.faint)
        painter.drawText(box.adjusted(0, 0, -theme.gap, 0), _RIGHT, line.number)
