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
    pause_mark,
    state_colour,
    state_mark,
    tick_box,
    time_bar,
    time_font,
    urgency_colour,
    urgency_mark,
)
from widgets.theme import Theme
from widgets.wording import source_text, state_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_KEPT = 2_000
_BETWEEN = 4.0


@dataclass(frozen=True, slots=True)
class Wear:
    """What a row wears for this seat: the cursor, a tick, or a claim of our own."""

    current: bool = False
    picked: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A small label behind the name. ``strong`` ones are filled: they ask for something."""

    text: str
    x: float
    width: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A case's words, cut to the width they have. Positions are relative to the row."""

    case: wire.CaseRow
    bangs: str
    name: str
    name_x: float
    chips: tuple[Chip, ...]
    where: str
    state: str
    state_x: float
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

    # --- laying out ---------------------------------------------------------------------

    def line(self, case: wire.CaseRow) -> Line:
        """Return the layout of a case, made anew when anything of it changed."""
        line = self._lines.get(case.id)
        if line is None or line.case is not case:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            line = self._lines[case.id] = self._layout(case)
        return line

    def _layout(self, case: wire.CaseRow) -> Line:
        room = self.width - self._left - self._right - 2 * self.theme.gap
        bangs = "!" * min(case.priority, 3)
        name_x = self._left + (self._strong.horizontalAdvance(bangs) + 5 if bangs else 0)
        words = _words(case)
        widths = [chip_width(self.theme.small, word) for word, _ in words]
        spare = room - (name_x - self._left)
        name_room = max(spare * 0.45, spare - sum(widths) - _BETWEEN * len(words) - 8)
        name = self._strong.elidedText(case.name, Qt.TextElideMode.ElideRight, name_room)
        x = name_x + self._strong.horizontalAdvance(name) + 8
        chips = []
        for (word, strong), width in zip(words, widths, strict=True):
            if x + width <= self._left + room:
                chips.append(Chip(word, x, width, strong))
                x += width + _BETWEEN
        state = state_text(case.state)
        who = _who(case)
        state_width = self._small.horizontalAdvance(state)
        who_room = max(0.0, room * 0.55 - state_width - 6)
        who = self._small.elidedText(who, Qt.TextElideMode.ElideRight, who_room)
        who_width = self._small.horizontalAdvance(who)
        state_x = self._left + room - who_width - (6 if who else 0) - state_width
        place = case.place
        if case.grid_name and case.grid_name not in place:
            place = f"{place} · {case.grid_name}"
        where = self._small.elidedText(
            place, Qt.TextElideMode.ElideRight, max(40.0, state_x - self._left - 10)
        )
        return Line(
            case, bangs, name, name_x, tuple(chips), where, state, state_x, who, _number(case)
        )

    # --- painting -------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, case: wire.CaseRow, y: int, wear: Wear, now: datetime
    ) -> None:
        """Draw a case with its top edge at ``y``."""
        theme, line = self.theme, self.line(case)
        time = left(case, now)
        first, second = self._ground(painter, y, time, wear)
        mark = QRectF(self._left - self._mark - theme.gap, 0, self._mark, self._mark)
        mark.moveTop(first.center().y() - self._mark / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        state_mark(painter, theme, case.state, mark)
        if wear.picked:
            mark.moveTop(second.center().y() - self._mark / 2)
            tick_box(painter, theme, mark.adjusted(-1, -1, 1, 1))
        self._first(painter, case, line, first, wear)
        if time.urgency is Urgency.DONE:
            self._ended(painter, case, first)
        else:
            self._time(painter, time, first)
        number = self._small.horizontalAdvance(line.number) + theme.gap
        right = self.width - theme.gap
        bar = QRectF(right - self._right, second.center().y() - 1, self._right - number, 3)
        time_bar(painter, theme, time, bar)
        self._second(painter, line, second, wear)

    def paint_absent(self, painter: QPainter, y: int, *, current: bool) -> None:
        """Draw a row that is on its way: quiet bars where its words will stand."""
        theme = self.theme
        first, second = self._ground(painter, y, None, Wear(current=current))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.line if not current else theme.faint)
        thick = self._small.height() * 0.34
        room = self.width - self._left - self._right - 2 * theme.gap
        for box, share in ((first, 0.4), (second, 0.62)):
            bar = QRectF(self._left, box.center().y() - thick / 2, room * share, thick)
            painter.drawRoundedRect(bar, thick / 2, thick / 2)

    def _ground(
        self, painter: QPainter, y: int, time: Left | None, wear: Wear
    ) -> tuple[QRectF, QRectF]:
        """Fill the row and its edge; return the boxes of its two lines."""
        theme = self.theme
        ground = theme.select if wear.current else theme.raised if wear.picked else theme.panel
        painter.fillRect(QRectF(0, y, self.width, self.height), ground)
        pressing = time is not None and time.urgency >= Urgency.SOON
        if time is not None and pressing:
            edge = urgency_colour(theme, time.urgency)
            painter.fillRect(QRectF(0, y, 4, self.height - 1), edge)
        elif wear.current or wear.picked:
            painter.fillRect(QRectF(0, y, 4, self.height - 1), theme.accent)
        painter.fillRect(QRectF(0, y + self.height - 1, self.width, 1), theme.line)
        first = QRectF(0, y + self._top, self.width, self._strong.height())
        return first, QRectF(0, first.bottom(), self.width, self._small.height())

    def _first(
        self, painter: QPainter, case: wire.CaseRow, line: Line, box: QRectF, wear: Wear
    ) -> None:
        theme = self.theme
        painter.setFont(theme.strong)
        if line.bangs:
            painter.setPen(theme.warn)
            painter.drawText(box.adjusted(self._left, 0, 0, 0), _LEFT, line.bangs)
        taken = case.claimed_by is not None and not wear.mine
        over = case.ended is not None
        painter.setPen(theme.muted if taken or over else theme.text)
        painter.drawText(box.adjusted(line.name_x, 0, 0, 0), _LEFT, line.name)
        painter.setFont(theme.small)
        height = self._small.height() - 1
        for label in line.chips:
            room = QRectF(label.x, box.center().y() - height / 2, label.width, height)
            if label.strong:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.warn)
                painter.drawRoundedRect(room, 3, 3)
                painter.setPen(theme.panel)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label.text)
            else:
                chip(painter, theme, room, label.text, theme.muted)

    def _time(self, painter: QPainter, time: Left, first: QRectF) -> None:
        theme = self.theme
        text = left_text(time.seconds)
        if time.provisional:
            text = f"~{text}"
        font = time_font(theme, text)
        painter.setFont(font)
        painter.setPen(urgency_colour(theme, time.urgency))
        painter.drawText(first.adjusted(0, 0, -theme.gap, 0), _RIGHT, text)
        size = self._mark
        width = QFontMetricsF(font).horizontalAdvance(text)
        sign = QRectF(self.width - theme.gap - width - size - 5, 0, size, size)
        sign.moveTop(first.center().y() - size / 2)
        if time.paused:
            pause_mark(painter, theme, sign)
        else:
            urgency_mark(painter, theme, time.urgency, sign)

    def _ended(self, painter: QPainter, case: wire.CaseRow, first: QRectF) -> None:
        if case.ended is None:
            return
        theme = self.theme
        painter.setFont(theme.small)
        painter.setPen(theme.faint)
        text = case.ended.astimezone().strftime("%m-%d %H:%M")
        painter.drawText(first.adjusted(0, 0, -theme.gap, 0), _RIGHT, text)

    def _second(self, painter: QPainter, line: Line, box: QRectF, wear: Wear) -> None:
        theme = self.theme
        plain = theme.text if wear.current else theme.muted
        painter.setFont(theme.small)
        painter.setPen(plain)
        painter.drawText(box.adjusted(self._left, 0, 0, 0), _LEFT, line.where)
        column = self._right + 2 * theme.gap
        painter.drawText(box.adjusted(0, 0, -column, 0), _RIGHT, line.who)
        painter.setPen(theme.text if wear.current else state_colour(theme, line.case.state))
        painter.drawText(box.adjusted(line.state_x, 0, 0, 0), _LEFT, line.state)
        painter.setPen(theme.muted if wear.current else theme.faint)
        painter.drawText(box.adjusted(0, 0, -theme.gap, 0), _RIGHT, line.number)


def _words(case: wire.CaseRow) -> list[tuple[str, bool]]:
    """Return what stands behind the name, the most pressing first, and whether it is filled."""
    words = []
    if case.supervised:
        text = QCoreApplication.translate("Queue", "supervised {n}")
        words.append((text.format(n=case.supervised), True))
    if case.similar:
        words.append((f"≈{case.similar}", True))
    if case.claimed_by is not None:
        words.append((f"@{case.claimed_name or case.claimed_by}", False))
    words += [(source_text(source), False) for source in case.sources]
    if case.reports > 1:
        words.append((f"×{case.reports}", False))
    if case.warnings:
        text = QCoreApplication.translate("Queue", "warned ×{n}")
        words.append((text.format(n=case.warnings), False))
    return words


def _who(case: wire.CaseRow) -> str:
    """Return who is at it: the unit, else the department, and how many assist."""
    who = case.unit_name or case.department_name
    return f"{who} +{len(case.assisting)}" if who and case.assisting else who


def _number(case: wire.CaseRow) -> str:
    """Return a case's number, with its day where that is not clear from the clock beside it."""
    day, _, number = case.id.rpartition("-")
    if case.ended is not None and len(day) >= 8 and day[-8:].isdigit():
        return f"{day[-4:]}-{number}"
    return number or case.id
