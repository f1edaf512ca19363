"""How every part of the program is: hub, doors, voice, pictures, this seat."""

from __future__ import annotations

from collections import deque
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
from widgets.bridge import Desk
from widgets.health.seatpart import seat_part
from widgets.health.trend import KEPT, Trends
from widgets.health.words import figure_text, part_state_text, part_text
from widgets.pane import Pane

_SIGNS = {"ok": "●", "warn": "▲", "fail": "✕", "off": "○"}
_TICK_MS = 1000


class HealthPane(Pane):
    """A table of parts with their figures, and charts of the one that is chosen."""

    name = "health"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._parts: list[wire.Part] = []
        self._past: dict[str, dict[str, deque[float]]] = {}
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.currentItemChanged.connect(self._draw)
        self.trends = Trends(self)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(self.trends)
        split.setSizes([700, 400])
        split.setStretchFactor(0, 1)
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

    def take_focus(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus()

    def retranslate(self) -> None:
        """Put every visible word anew."""
        super().retranslate()
        self.table.setAccessibleName(self.title())
        self.table.setHeaderLabels(
            [
                self.tr("Part"),
                self.tr("State"),
                self.tr("Since"),
                self.tr("Figures"),
                self.tr("Note"),
            ]
        )
        header = self.table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((110, 90, 80, 330)):
            header.resizeSection(column, width)
        self._show_parts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_parts()

    def tick(self) -> None:
        """Take the figures of this second."""
        self._parts = self._read()
        for part in self._parts:
            past = self._past.setdefault(part.name, {})
            for name, value in part.figures.items():
                past.setdefault(name, deque(maxlen=KEPT)).append(value)
        self._show_parts()

    def _read(self) -> list[wire.Part]:
        health = self.desk.mirror.health
        return [*(health.parts if health else []), seat_part(self.desk)]

    def _show_parts(self) -> None:
        if not self.isVisible():
            return
        chosen = self.table.currentItem()
        name = chosen.data(0, Qt.ItemDataRole.UserRole) if chosen else None
        with QSignalBlocker(self.table):
            self.table.clear()
            for part in self._parts:
                item = self._line(part)
                self.table.addTopLevelItem(item)
                if part.name == name:
                    self.table.setCurrentItem(item)
        self._draw()

    def _line(self, part: wire.Part) -> QTreeWidgetItem:
        theme = self.desk.theme
        figures = "   ".join(figure_text(*figure) for figure in part.figures.items())
        state = f"{_SIGNS[part.state]} {part_state_text(part.state)}"
        item = QTreeWidgetItem(
            [part_text(part.name), state, _since(part.since), figures, part.note]
        )
        item.setData(0, Qt.ItemDataRole.UserRole, part.name)
        colours = {"ok": theme.ok, "warn": theme.warn, "fail": theme.urgent, "off": theme.faint}
        item.setForeground(1, colours[part.state])
        item.setForeground(3, theme.muted)
        return item

    def _draw(self) -> None:
        item = self.table.currentItem()
        if item is not None and self.isVisible():
            name = item.data(0, Qt.ItemDataRole.UserRole)
            self.trends.show_figures(name, self._past.get(name, {}), self.desk.theme)


def _since(at: datetime | None) -> str:
    return "" if at is None else at.astimezone().strftime("%H:%M:%S")
