"""The head of the detail: what the case is, how it stands, and how much time is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console import wire
from widgets.clocks import Left, Urgency, left, left_text
from widgets.marks import (
    chip,
    chip_width,
    state_colour,
    state_mark,
    time_bar,
    time_font,
    urgency_colour,
    urgency_mark,
)
from widgets.theme import Theme
from widgets.wording import source_text, stage_text, state_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Header(QWidget):
    """Three lines that stay while the page scrolls."""

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.row: wire.CaseRow | None = None
        self._now = now
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self._fit()
        self.update()

    def show_row(self, row: wire.CaseRow | None) -> None:
        """Show a case, or nothing."""
        self.row = row
        self.setVisible(row is not None)
        self.update()

    def _fit(self) -> None:
        theme = self.theme
        lines = QFontMetricsF(theme.title).height() + 2 * QFontMetricsF(theme.small).height()
        self.setFixedHeight(round(lines + 4.2 * theme.gap))

    def sizeHint(self) -> QSize:
        """Return the height of three lines."""
        return QSize(420, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.raised)
        if self.row is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, self.row)
        painter.end()

    def _paint(self, painter: QPainter, row: wire.CaseRow) -> None:
        theme, gap = self.theme, self.theme.gap
        title, small = QFontMetricsF(theme.title), QFontMetricsF(theme.small)
        inner = QRectF(gap * 1.5, gap, self.width() - 3 * gap, title.height())
        mark = QRectF(inner.x(), 0, 17, 17)
        mark.moveTop(inner.center().y() - 8)
        state_mark(painter, theme, row.state, mark)
        state = state_text(row.state)
        room = inner.width() - 27 - title.horizontalAdvance(state) - gap
        painter.setFont(theme.title)
        painter.setPen(theme.text)
        name = title.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner.adjusted(27, 0, 0, 0), _LEFT, name)
        painter.setFont(theme.strong)
        painter.setPen(state_colour(theme, row.state))
        painter.drawText(inner, _RIGHT, state)
        second = QRectF(inner.x(), inner.bottom() + gap * 0.5, inner.width(), small.height())
        self._facts(painter, row, second)
        third = QRectF(inner.x(), second.bottom() + gap, inner.width(), small.height() + gap * 0.5)
        self._clocks(painter, row, third)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.line)

    def _facts(self, painter: QPainter, row: wire.CaseRow, box: QRectF) -> None:
        theme = self.theme
        small = QFontMetricsF(theme.small)
        painter.setFont(theme.small)
        painter.setPen(theme.muted)
        number = f"{row.code}   {row.id}"
        painter.drawText(box, _LEFT, number)
        words = [source_text(source) for source in row.sources]
        if row.reports > 1:
            words.append(f"×{row.reports}")
        if row.warnings:
            words.append(self.tr("warned ×%n", "", row.warnings))
        x = box.right()
        least = box.x() + small.horizontalAdvance(number) + 10
        for word in reversed(words):
            width = chip_width(theme.small, word)
            x -= width + 4
            if x < least:
                break
            chip(
                painter, theme, QRectF(x + 4, box.y(), width, small.height() - 1), word, theme.muted
            )

    def _clocks(self, painter: QPainter, row: wire.CaseRow, box: QRectF) -> None:
        """Draw the stage's clock, where one runs, beside that of the whole case."""
        now = self._now()
        whole = left(row.model_copy(update={"stage_due": None}), now)
        clocks = [(self.tr("In all"), whole)]
        if row.stage_due is not None:
            label = stage_text(row.stage)
            stage = left(row.model_copy(update={"due": max(row.due, row.stage_due)}), now)
            clocks.insert(0, (label, stage))
        gap = self.theme.gap
        width = (box.width() - 2 * gap * (len(clocks) - 1)) / len(clocks)
        for place, (label, time) in enumerate(clocks):
            cell = QRectF(box.x() + place * (width + 2 * gap), box.y(), width, box.height())
            self._clock(painter, label, time, cell)

    def _clock(self, painter: QPainter, label: str, time: Left, box: QRectF) -> None:
        theme = self.theme
        words = box.adjusted(0, 0, 0, -5)
        painter.setFont(theme.small)
        painter.setPen(theme.faint)
        painter.drawText(words, _LEFT, label)
        if time.urgency is not Urgency.DONE:
            text = left_text(time.seconds)
            font = time_font(theme, text)
            painter.setFont(font)
            painter.setPen(urgency_colour(theme, time.urgency))
            painter.drawText(words, _RIGHT, text)
            width = QFontMetricsF(font).horizontalAdvance(text)
            size = words.height() * 0.7
            sign = QRectF(words.right() - width - size - 5, words.y() + 2, size, size)
            urgency_mark(painter, theme, time.urgency, sign)
        time_bar(painter, theme, time, QRectF(box.x(), box.bottom() - 3, box.width(), 3))
