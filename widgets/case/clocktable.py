"""The clocks of a case: each stage's limit, what of it was used, and whether it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from console import wire
from widgets.case.page import Page
from widgets.clocks import left_text
from widgets.theme import Theme
from widgets.wording import limit_text, stage_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ClockTable(QObject):
    """Writes a line a clock: the whole first, then the stages as they came."""

    def write(
        self, page: Page, row: wire.CaseRow, clocks: Sequence[wire.StageClock], now: datetime
    ) -> None:
        """Write the table, or nothing where no clock is known yet."""
        if not clocks:
            return
        page.heading(self.tr("Clocks"), self.tr("Provisional ≈") if row.provisional else "")
        ordered = sorted(clocks, key=lambda clock: (clock.stage != "whole", clock.started))
        for clock in ordered:
            self._line(page, clock, row.paused, now)

    def _line(
        self, page: Page, clock: wire.StageClock, standing: datetime | None, now: datetime
    ) -> None:
        theme = page.theme
        small = QFontMetricsF(theme.small)
        moment = clock.stopped or standing or now
        whole = (clock.due - clock.started).total_seconds() - clock.paused
        used = (moment - clock.started).total_seconds() - clock.paused
        share = min(1.0, max(0.0, used / whole)) if whole > 0 else 1.0
        stage, limit = stage_text(clock.stage), limit_text(clock.limit)
        verdict = self._verdict(clock, standing, moment, used)
        colour = _colour(theme, clock, share)
        column = page.room * 0.17
        bar = page.room * 0.2

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.setFont(theme.small)
            painter.setPen(theme.text if clock.stopped is None else theme.muted)
            painter.drawText(box, _LEFT, stage)
            painter.setPen(theme.faint)
            room = QRectF(box.x() + column, box.y(), page.room * 0.3, box.height())
            cut = small.elidedText(limit, Qt.TextElideMode.ElideRight, room.width() - 6)
            painter.drawText(room, _LEFT, cut)
            middle = box.center().y()
            track = QRectF(room.right(), middle - 3, bar, 6)
            painter.fillRect(track, theme.line)
            painter.fillRect(QRectF(track.x(), track.y(), bar * share, 6), colour)
            painter.setPen(theme.urgent if clock.late else theme.muted)
            painter.drawText(box, _RIGHT, verdict)

        page.words.append(f"{stage} {limit} {verdict}")
        page.add(small.height() + 4, paint)

    def _verdict(
        self, clock: wire.StageClock, standing: datetime | None, moment: datetime, used: float
    ) -> str:
        """Return how a clock stands: time left, time taken, or by how much it was late."""
        about = "≈ " if clock.provisional else ""
        over = (moment - clock.due).total_seconds()
        if clock.late:
            return self.tr("late by {time}").format(time=left_text(max(0.0, over)))
        if clock.stopped is not None:
            return self.tr("in {time}").format(time=left_text(used))
        if standing is not None:
            return f"‖ {left_text(-over)}"
        return about + self.tr("{time} left").format(time=left_text(-over))


def _colour(theme: Theme, clock: wire.StageClock, share: float) -> QColor:
    if clock.late:
        return theme.urgent
    if clock.stopped is not None:
        return theme.ok
    return theme.warn if share > 0.7 else theme.accent
