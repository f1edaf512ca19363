"""How every part of the program is: hub, doors, voice, pictures, this seat."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console import wire
from console.domain.case import Role
from console.seat.commands import Record
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.health.seatpart import seat_part
from widgets.health.trend import Trends, Vitals
from widgets.health.words import figure_text, note_text, part_state_text, part_text
from widgets.pane import Pane

LEARN = QT_TRANSLATE_NOOP("Command", "Learn classes from closed cases")
_STAYS = QT_TRANSLATE_NOOP("Command", "What was learned is learned anew, not forgotten")

_SIGNS = {"ok": "●", "warn": "▲", "fail": "✕", "off": "○"}
_TICK_MS = 1000
_FIGURES = 3


class HealthPane(Pane):
    """A table of parts with their figures, and charts of what matters most."""

    name = "health"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._parts: list[wire.Part] = []
        self.vitals = Vitals()
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trends = Trends(self)
        self.setFocusProxy(self.table)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(self.trends)
        split.setSizes([620, 420])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(split)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        desk.theme_changed.connect(self._show_parts)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Health")

    def commands(self) -> list[Record]:
        """Return what an administrator may have the hub do."""
        return [
            Record(
                id="learning.train",
                title=LEARN,
                run=self._learn,
                when=lambda: Role.ADMINISTRATOR in self.desk.mirror.officer.roles,
                undo=_STAYS,
            )
        ]

    def _learn(self) -> None:
        self.desk.submit("learning.train")

    def take_focus(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus()
        first = self.table.topLevelItem(0)
        if self.table.currentItem() is None and first is not None:
            self.table.setCurrentItem(first)

    def retranslate(self) -> None:
        """Put every visible word anew."""
        super().retranslate()
        self.table.setHeaderLabels(
            [self.tr("Part"), self.tr("State"), self.tr("Since"), self.tr("Figures")]
        )
        header = self.table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((190, 90, 84)):
            header.resizeSection(column, width)
        self._show_parts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_parts()

    def tick(self) -> None:
        """Take the figures of this second."""
        health = self.desk.mirror.health
        self._parts = [*(health.parts if health else []), seat_part(self.desk)]
        self.vitals.take(self._parts)
        self._show_parts()

    def _show_parts(self) -> None:
        """Write what changed into the lines that are there, so that nothing jumps."""
        if not self.isVisible():
            return
        with QSignalBlocker(self.table):
            while self.table.topLevelItemCount() > len(self._parts):
                self.table.takeTopLevelItem(self.table.topLevelItemCount() - 1)
            while self.table.topLevelItemCount() < len(self._parts):
                self.table.addTopLevelItem(QTreeWidgetItem())
            for place, part in enumerate(self._parts):
                item = self.table.topLevelItem(place)
                if item is not None:
                    self._write(item, part)
        self.trends.show_series(self.vitals.series, self.desk.theme)

    def _write(self, item: QTreeWidgetItem, part: wire.Part) -> None:
        theme = self.desk.theme
        said = [figure_text(*figure) for figure in part.figures.items()]
        note = note_text(part)
        state = f"{_SIGNS[part.state]} {part_state_text(part.state)}"
        # What is wrong comes before the figures, what is merely said after them.
        first = [note, *said] if part.state in ("warn", "fail") else [*said, note]
        line = "   ".join(word for word in first if word)
        for column, text in enumerate((part_text(part.name), state, _since(part.since), line)):
            item.setText(column, text)
        item.setToolTip(_FIGURES, "\n".join([*said, note]).strip())
        colours = {"ok": theme.ok, "warn": theme.warn, "fail": theme.urgent, "off": theme.faint}
        item.setForeground(1, colours[part.state])
        item.setForeground(_FIGURES, theme.muted)


def _since(at: datetime | None) -> str:
    return "" if at is None else at.astimezone().strftime("%H:%M:%S")
