"""What must not be missed about a case: who is at it, why it stands, where it went."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console import wire
from widgets.theme import Theme
from widgets.wording import level_text

Line = tuple[str, str]
"""Level, as a toast has it, and words."""


class Remarks(QObject):
    """Words what stands over a case's page."""

    def of(
        self, row: wire.CaseRow, me: str, present: Sequence[wire.Present], picked: int
    ) -> list[Line]:
        """Return the lines that hold for a case now, the gravest first."""
        return [
            *self._others(row, me, present, picked),
            *self._standing(row),
            *self._kin(row),
        ]

    def _others(
        self, row: wire.CaseRow, me: str, present: Sequence[wire.Present], picked: int
    ) -> list[Line]:
        lines: list[Line] = []
        if picked:
            lines.append(
                ("warn", self.tr("%n cases are picked: keys act on all of them", "", picked))
            )
        if row.claimed_by is not None:
            until = f"{row.claimed_until.astimezone():%H:%M}" if row.claimed_until else ""
            if row.claimed_by == me:
                lines.append(
                    ("ok", self.tr("Claimed by this seat until {time}").format(time=until))
                )
            else:
                text = self.tr("{name} is working on it until {time}")
                lines.append(("warn", text.format(name=row.claimed_name, time=until)))
        names = [p.name for p in present if p.case == row.id and p.officer != me]
        if names:
            text = self.tr("Also looking at it: {names}")
            lines.append(("info", text.format(names=", ".join(dict.fromkeys(names)))))
        return lines

    def _standing(self, row: wire.CaseRow) -> list[Line]:
        lines: list[Line] = []
        if row.supervised:
            text = self.tr("Supervised by: {who}")
            lines.append(("urgent", text.format(who=level_text(row.supervised))))
        if row.state == "suspended" and row.paused is not None:
            since = f"{row.paused.astimezone():%Y-%m-%d}"
            until = f"{row.resumes.astimezone():%Y-%m-%d}" if row.resumes else "…"
            text = self.tr("Suspended since {since}, resumes on {until}")
            lines.append(("info", text.format(since=since, until=until)))
        if row.state == "returned":
            lines.append(
                ("info", self.tr("Waits for what the reporter must add; its clocks stand"))
            )
        if row.provisional:
            text = self.tr(
                "Its due moment is provisional: that year's working days are not out yet"
            )
            lines.append(("info", text))
        return lines

    def _kin(self, row: wire.CaseRow) -> list[Line]:
        lines: list[Line] = []
        if row.merged_into:
            text = self.tr("Lives on in case {case}").format(case=row.merged_into)
            lines.append(("info", text))
        if row.parent:
            lines.append(("info", self.tr("Split off case {case}").format(case=row.parent)))
        if row.on_behalf:
            lines.append(("info", self.tr("Handled on behalf of a unit that is not known yet")))
        return lines


class Banners(QWidget):
    """The lines, one below the other; gone where there are none."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines: list[Line] = []
        self.hide()

    def show_lines(self, lines: list[Line]) -> None:
        """Show these."""
        if lines == self.lines:
            return
        self.lines = lines
        self.setAccessibleDescription("\n".join(text for _, text in lines))
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Change the look."""
        self.theme = theme
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(round(len(self.lines) * self._step()) if self.lines else 0)
        self.setVisible(bool(self.lines))
        self.update()

    def _step(self) -> float:
        return QFontMetricsF(self.theme.small).height() + 7

    def sizeHint(self) -> QSize:
        """Return the height of the lines."""
        return QSize(420, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each on a ground of its colour."""
        theme, step = self.theme, self._step()
        painter = QPainter(self)
        painter.setFont(theme.small)
        metrics = QFontMetricsF(theme.small)
        for place, (level, text) in enumerate(self.lines):
            colour: QColor = getattr(theme, level)
            ground = QColor(colour)
            ground.setAlphaF(0.16)
            box = QRectF(0, place * step, self.width(), step)
            painter.fillRect(box, theme.raised)
            painter.fillRect(box, ground)
            painter.fillRect(QRectF(0, box.y(), 3, step), colour)
            painter.setPen(theme.text)
            inner = box.adjusted(theme.gap * 1.5, 0, -theme.gap, 0)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.end()
