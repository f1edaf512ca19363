"""Joint work: supervision orders, early warnings, campaigns, rounds, what is counted."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QSplitter,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console import wire
from console.seat.commands import Record
from console.seat.mirror import ChangeSet
from console.seat.papers import Letterhead, order
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.actions import key_text
from widgets.bridge import Desk
from widgets.joint.deeds import Deeds
from widgets.joint.page import Page
from widgets.joint.sections import SECTIONS, WIDTHS, Line, columns, lines, name_of
from widgets.pane import Pane
from widgets.wording import command_text

_ID = Qt.ItemDataRole.UserRole
_TICK_MS = 10_000
_YEAR = timedelta(days=366)
_KINDS = frozenset({"order", "notice", "campaign", "round", "case", "department"})

_SECTION_TITLES = {
    "order": QT_TRANSLATE_NOOP("Command", "Supervision orders"),
    "notice": QT_TRANSLATE_NOOP("Command", "Early warnings"),
    "campaign": QT_TRANSLATE_NOOP("Command", "Campaigns"),
    "round": QT_TRANSLATE_NOOP("Command", "Supervision rounds"),
    "count": QT_TRANSLATE_NOOP("Command", "Persuasions and mediations"),
}
_NEXT = QT_TRANSLATE_NOOP("Command", "Next line")
_BEFORE = QT_TRANSLATE_NOOP("Command", "Line before")
_NEW = QT_TRANSLATE_NOOP("Command", "Something new in this list")
_MEDIATE = QT_TRANSLATE_NOOP("Command", "Record a mediation")
_RECEIVE = QT_TRANSLATE_NOOP("Command", "Give the receipt")
_ANSWER = QT_TRANSLATE_NOOP("Command", "Answer the order")
_CLOSE = QT_TRANSLATE_NOOP("Command", "Close it or end it")
_ADD = QT_TRANSLATE_NOOP("Command", "Count a piece, or add the selected case")
_OPEN = QT_TRANSLATE_NOOP("Command", "Go to its first case")
_PRINT = QT_TRANSLATE_NOOP("Command", "Make it a paper")


class JointPane(Pane):
    """A list of one section and what the chosen line says in full."""

    name = "joint"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.section = SECTIONS[0]
        self._totals: list[wire.JointLine] = []
        self._known = {*desk.mirror.orders, *desk.mirror.notices}
        self.tabs = QTabBar(self)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in SECTIONS:
            self.tabs.addTab("")
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setStyleSheet("QTreeView::item { padding: 4px 2px; }")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusProxy(self.table)
        self.page = Page(desk, self)
        self.hints = QLabel(self)
        self.hints.setTextFormat(Qt.TextFormat.PlainText)
        self.hints.setWordWrap(True)  # in one line it would push the other panes aside
        self.deeds = Deeds(self, desk, self.refresh)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(self.page)
        split.setSizes([620, 420])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.tabs)
        column.addWidget(split, 1)
        column.addWidget(self.hints)
        self.tabs.currentChanged.connect(lambda place: self.show_section(SECTIONS[place]))
        self.table.currentItemChanged.connect(lambda *_: self._show_page())
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_lines)
        self._timer.start()
        desk.changed.connect(self._on_changed)
        desk.theme_changed.connect(self._show_lines)
        desk.selection_changed.connect(lambda _: self._show_page())

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Joint work")

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus()

    def retranslate(self) -> None:
        """Put every visible word anew."""
        super().retranslate()
        for place, section in enumerate(SECTIONS):
            self.tabs.setTabText(place, f"{place + 1} {name_of(section)}")
        self.tabs.setAccessibleName(self.title())
        self._show_heads()
        self._show_lines()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # --- lists ---------------------------------------------------------------------------

    def show_section(self, section: str) -> None:
        """Show another list."""
        self.section = section
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(SECTIONS.index(section))
        self._show_heads()
        self.refresh()

    def refresh(self) -> None:
        """Show the list anew; what is counted is asked for."""
        self._show_lines()
        if self.section == "count" and self.isVisible():
            query = wire.JointQuery(start=self.desk.now() - _YEAR)
            self.desk.request("/api/joint/totals", query, wire.JointTotals, self._take_totals)
        self.page.renew()

    def _take_totals(self, totals: wire.JointTotals) -> None:
        self._totals = sorted(
            totals.lines, key=lambda line: (line.month, line.topic, line.count), reverse=True
        )
        self._show_lines()

    def _on_changed(self, touched: ChangeSet) -> None:
        self._tell(touched)
        if touched.whole or not _KINDS.isdisjoint(touched.kinds):
            self._show_lines()
            if self.section in touched.kinds:
                self.page.renew()

    def _tell(self, touched: ChangeSet) -> None:
        """Say that a paper came in for a department of this officer."""
        mirror = self.desk.mirror
        papers: dict[str, wire.SupervisionOrder | wire.Notice] = {**mirror.orders, **mirror.notices}
        mine = set(mirror.officer.departments)
        for id_ in papers.keys() - self._known if not touched.whole else ():
            paper = papers[id_]
            if not mine.isdisjoint(paper.departments):
                text = self.tr("{number} came in: {title}")
                self.desk.toast.emit("info", text.format(number=paper.number, title=paper.title))
        self._known = set(papers)

    def _show_heads(self) -> None:
        self.table.setColumnCount(len(columns(self.section)))
        self.table.setHeaderLabels(columns(self.section))
        header = self.table.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(WIDTHS[self.section]):
            stretch, fixed = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, fixed if width else stretch)
            header.resizeSection(column, width)

    def _show_lines(self) -> None:
        """Show the lines as they are; the chosen one stays chosen."""
        if not self.isVisible():
            return
        chosen = self.chosen()
        found = lines(self.section, self.desk.mirror, self._totals, self.desk.now())
        with QSignalBlocker(self.table):
            while self.table.topLevelItemCount() > len(found):
                self.table.takeTopLevelItem(self.table.topLevelItemCount() - 1)
            while self.table.topLevelItemCount() < len(found):
                self.table.addTopLevelItem(QTreeWidgetItem())
            place = 0
            for row, line in enumerate(found):
                item = self.table.topLevelItem(row)
                if item is not None:
                    self._write(item, line)
                if line.id == chosen:
                    place = row
            now = self.table.topLevelItem(place)
            if now is not None:
                self.table.setCurrentItem(now)
        self._show_page()

    def _write(self, item: QTreeWidgetItem, line: Line) -> None:
        theme = self.desk.theme
        moods = {
            "urgent": theme.urgent,
            "warn": theme.warn,
            "ok": theme.ok,
            "faint": theme.faint,
        }
        item.setData(0, _ID, line.id)
        last = len(line.cells) - 1
        for column, text in enumerate(line.cells):
            item.setText(column, text)
            item.setToolTip(column, text)
            colour = moods.get(line.mood, theme.text) if column == last else theme.text
            item.setForeground(column, theme.faint if line.mood == "faint" else colour)

    def chosen(self) -> str:
        """Return the id of the chosen line, or an empty string."""
        item = self.table.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def _show_page(self) -> None:
        self.page.show_thing(self.section, self.chosen())
        told = [
            f"{key_text(record.key)}\N{NO-BREAK SPACE}{command_text(record.title)}"
            for record in self._deeds()
            if record.when()
        ]
        self.hints.setText("     ".join(told))
        self.hints.setStyleSheet(f"color: {self.desk.theme.faint.name()};")

    def _move(self, by: int) -> None:
        place = self.table.currentIndex().row() + by
        item = self.table.topLevelItem(max(0, min(place, self.table.topLevelItemCount() - 1)))
        if item is not None:
            self.table.setCurrentItem(item)

    # --- commands ------------------------------------------------------------------------------

    def commands(self) -> list[Record]:
        """Return the commands of joint work."""
        sections = [
            Record(
                f"joint.{section}s",
                _SECTION_TITLES[section],
                partial(self.show_section, section),
                str(place),
                self.name,
            )
            for place, section in enumerate(SECTIONS, 1)
        ]
        here = self.name
        return [
            *sections,
            Record("joint.next", _NEXT, partial(self._move, 1), "J", here),
            Record("joint.before", _BEFORE, partial(self._move, -1), "K", here),
            *self._deeds(),
        ]

    def _deeds(self) -> list[Record]:
        deeds, here = self.deeds, self.name
        made = partial(Record, place=here, undo="hub")
        return [
            made("joint.new", _NEW, self._new, "N", when=self._may_new),
            made("joint.mediate", _MEDIATE, deeds.record_mediation, "M"),
            made("joint.receive", _RECEIVE, self._receive, "R", when=self._may_receive),
            made("joint.answer", _ANSWER, self._answer, "A", when=self._may_answer),
            made("joint.close", _CLOSE, self._close, "X", when=self._may_close),
            made("joint.add", _ADD, self._add, "E", when=self._may_add),
            Record("joint.open", _OPEN, self._open, "Return", here, self._may_open),
            Record(
                "joint.print", _PRINT, self._print, "P", here, lambda: self._paper() is not None
            ),
        ]

    def _paper(self) -> wire.SupervisionOrder | wire.Notice | None:
        mirror, id_ = self.desk.mirror, self.chosen()
        if self.section == "order":
            return mirror.orders.get(id_)
        return mirror.notices.get(id_) if self.section == "notice" else None

    def _may_print(self) -> bool:
        return self._paper() is not None

    def _print(self) -> None:
        """Show the chosen order or warning as the paper that goes out."""
        mirror, sheet = self.desk.mirror, self._paper()
        if sheet is not None:
            paper = order(sheet, mirror, Letterhead.of(mirror, self.desk.now()))
            self.desk.paper_wanted.emit(paper)

    def _running(self) -> wire.Campaign | wire.Round | None:
        """Return the chosen campaign or round while it is open."""
        mirror, id_ = self.desk.mirror, self.chosen()
        found: wire.Campaign | wire.Round | None = None
        if self.section == "campaign":
            found = mirror.campaigns.get(id_)
        elif self.section == "round":
            found = mirror.rounds.get(id_)
        return found if found is not None and found.state == "open" else None

    def _may_new(self) -> bool:
        return self.section in ("count", "round") or self.deeds.may_lead()

    def _new(self) -> None:
        {
            "order": self.deeds.issue_order,
            "notice": self.deeds.issue_notice,
            "campaign": self.deeds.start_campaign,
            "round": self.deeds.start_round,
            "count": self.deeds.count_persuasion,
        }[self.section]()

    def _may_receive(self) -> bool:
        paper = self._paper()
        return (
            paper is not None
            and paper.state != "closed"
            and len(paper.receipts) < len(paper.departments)
        )

    def _receive(self) -> None:
        if (paper := self._paper()) is not None:
            self.deeds.receive(self.section, paper)

    def _may_answer(self) -> bool:
        paper = self._paper()
        return isinstance(paper, wire.SupervisionOrder) and paper.state in ("issued", "received")

    def _answer(self) -> None:
        paper = self._paper()
        if isinstance(paper, wire.SupervisionOrder):
            self.deeds.answer(paper)

    def _may_close(self) -> bool:
        paper = self._paper()
        closing = isinstance(paper, wire.SupervisionOrder) and paper.state != "closed"
        return (closing and self.deeds.may_lead()) or self._running() is not None

    def _close(self) -> None:
        paper, running = self._paper(), self._running()
        if isinstance(paper, wire.SupervisionOrder):
            self.deeds.close_order(paper)
        elif running is not None:
            self.deeds.end(self.section, running.id, running.title)

    def _may_add(self) -> bool:
        running = self._running()
        selected = self.desk.selection.case
        if isinstance(running, wire.Round):
            return selected is not None and selected.id not in running.cases
        return running is not None

    def _add(self) -> None:
        running = self._running()
        if isinstance(running, wire.Round):
            self.deeds.add_case(running)
        elif running is not None:
            self.deeds.add_entry(running)

    def _cases(self) -> list[str]:
        if (paper := self._paper()) is not None:
            return paper.cases
        round_ = self.desk.mirror.rounds.get(self.chosen())
        return round_.cases if round_ is not None else []

    def _may_open(self) -> bool:
        return any(self.desk.row(id_) is not None for id_ in self._cases())

    def _open(self) -> None:
        id_ = next(id_ for id_ in self._cases() if self.desk.row(id_) is not None)
        self.desk.select_case(id_)
        self.desk.look_in("case")
