"""What this seat did: when, on what, how the hub answered, and whether it can be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from console import wire
from console.seat.history import Deed
from widgets.bridge import Desk
from widgets.overlay import Overlay
from widgets.wording import no_undo_text, problem_text


class DeedLog(Overlay):
    """The command log, newest first; it follows while it is open."""

    wide = 1000
    high = 620

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self.heading = QLabel(self)
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.list)
        desk.submitted.connect(self._follow)
        desk.answered.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Command log"))
        self.list.setAccessibleName(self.heading.text())
        self.list.setHeaderLabels(
            [self.tr("Time"), self.tr("Command"), self.tr("On"), self.tr("Answer"), self.tr("Undo")]
        )
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((90, 330, 170, 190)):
            header.resizeSection(column, width)
        self._follow()

    def open(self) -> None:
        """Open with what was done until now."""
        self._fill()
        super().open()

    def first_focus(self) -> QWidget:
        return self.list

    def _follow(self) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self.list.addTopLevelItems([self._line(d) for d in reversed(self._desk.history.deeds)])
        newest = self.list.topLevelItem(0)
        if newest is not None:
            self.list.setCurrentItem(newest)

    def _line(self, deed: Deed) -> QTreeWidgetItem:
        words = {"do": "", "undo": self.tr("Undo") + ": ", "redo": self.tr("Redo") + ": "}
        title = self._desk.command_title(deed.command)
        when = deed.at.astimezone().strftime("%H:%M:%S")
        target = deed.command.target or str(deed.command.args.get("speaker", ""))
        item = QTreeWidgetItem(
            [when, words[deed.way] + title, target, self._answer(deed), self._undo(deed)]
        )
        item.setData(0, Qt.ItemDataRole.UserRole, deed.command.key)
        return item

    def _answer(self, deed: Deed) -> str:
        match deed.result:
            case None:
                return "… " + self.tr("waiting for the hub")
            case wire.Problem():
                return "✕ " + problem_text(deed.result)
            case _:
                return "✓ " + self.tr("done")

    def _undo(self, deed: Deed) -> str:
        if not isinstance(deed.result, wire.CommandResult):
            return ""
        if deed.undone:
            return self.tr("undone")
        return self.tr("possible (Z)") if deed.result.undo else no_undo_text(deed.result.no_undo)
