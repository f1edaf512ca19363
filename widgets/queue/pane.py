"""The queue: what waits for the desk, the most urgent first."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.seat.commands import Record
from console.seat.mirror import ChangeSet
from console.seat.selection import Selection
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.pane import Pane
from widgets.queue.list import QueueList
from widgets.queue.order import VIEWS, Order, View
from widgets.queue.search import Search
from widgets.queue.views import ViewBar

GO_TO_CASE = "pane.case"
TICK_MS = 1_000
FILTER_MS = 60
"""How long typing may pause before the list follows the filter."""


class QueuePane(Pane):
    """The list of cases with its views, its filter and its keys."""

    name = "queue"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.order = Order(desk.mirror.cases)
        self._search = Search()
        self.views = ViewBar(desk.theme, self)
        self.filter = QLineEdit(self)
        self.filter.setVisible(False)
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.list = QueueList(self.order, desk.theme, desk.now, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.views, self.filter, self.list):
            column.addWidget(part)
        self.setFocusProxy(self.list)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(FILTER_MS)
        self._typing.timeout.connect(self._apply_filter)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.list.tick)
        self._tick.start()
        self.views.chosen.connect(self.show_view)
        self.filter.textEdited.connect(lambda: self._typing.start())
        self.list.current_changed.connect(desk.select_case)
        self.list.activated.connect(lambda _: self._open())
        desk.changed.connect(self._changed)
        desk.selection_changed.connect(self._selected)
        desk.theme_changed.connect(self._look)
        self._look()
        self.retranslate()

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Queue")

    def retranslate(self) -> None:
        """Put every word anew."""
        super().retranslate()
        self.filter.setPlaceholderText(self.tr("Class, place, unit, number or pinyin initials"))
        self.filter.setAccessibleName(self.tr("Filter of the queue"))
        self.list.setAccessibleName(self.title())
        self.list.forget_words()
        self._tell()

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus()

    # --- what happens -------------------------------------------------------------

    def _changed(self, touched: ChangeSet) -> None:
        before = self.order.cursor
        if touched.whole:
            self.list.reload()
        elif "case" in touched.kinds:
            self.list.update_cases(touched.kinds["case"])
        else:
            return
        self._tell()
        if self.order.cursor != before:
            self.desk.select_case(self.order.cursor)

    def _selected(self, selection: Selection) -> None:
        self.list.put_cursor(selection.case.id if selection.case else None)

    def _tell(self) -> None:
        """Count each view and word the empty list."""
        states = Counter(case.state for case in self.desk.mirror.cases.values())
        counts = {view.name: sum(states[s] for s in view.states) for view in VIEWS}
        self.views.show_counts(self.order.view, counts)
        filtered = bool(self.filter.text().strip())
        self.list.empty_text = (
            self.tr("No case matches the filter") if filtered else self.tr("Nothing waits here")
        )

    def _look(self) -> None:
        theme = self.desk.theme
        self.views.set_theme(theme)
        self.list.set_theme(theme)
        self.filter.setFont(theme.body)
        palette = self.filter.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.raised)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.faint)
        self.filter.setPalette(palette)

    # --- views and filter -----------------------------------------------------------

    def show_view(self, view: View) -> None:
        """Show the cases of one view."""
        self.order.view = view
        self.list.rebuild()
        self._tell()
        if self.order.cursor != (self.desk.selection.case.id if self.desk.selection.case else None):
            self.desk.select_case(self.order.cursor)

    def cycle_view(self, by: int) -> None:
        """Show the next or the previous view."""
        self.show_view(VIEWS[(VIEWS.index(self.order.view) + by) % len(VIEWS)])

    def open_filter(self) -> None:
        """Show the filter field and give it the keyboard."""
        self.filter.setVisible(True)
        self.filter.setFocus()
        self.filter.selectAll()

    def close_filter(self) -> None:
        """Drop the filter and give the keyboard back to the list."""
        self.filter.clear()
        self.filter.setVisible(False)
        self._apply_filter()
        self.take_focus()

    def _apply_filter(self) -> None:
        self._typing.stop()
        self.order.matches = self._search.matcher(self.filter.text())
        self.list.rebuild()
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter field Enter goes to the list, Escape drops the filter."""
        if watched is self.filter and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OF_THE_FIELD:
                event.accept()
                return True
            if event.type() != QEvent.Type.KeyPress:
                return False
            if event.key() == Qt.Key.Key_Escape:
                self.close_filter()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._apply_filter()
                self.take_focus()
                if self.order.cursor is None:
                    self.list.go(0)
                return True
        return False

    # --- keys -------------------------------------------------------------------------

    def _open(self) -> None:
        """Give the keyboard to the case beside the queue, by the window's own command."""
        if self.order.cursor is not None and GO_TO_CASE in self.desk.registry:
            self.desk.registry[GO_TO_CASE].run()

    def commands(self) -> list[Record]:
        """Return the queue's own commands."""
        step, urgent, go = self.list.step, self.list.step_urgent, self.list.go

        def page(by: int) -> None:
            step(by * max(1, self.list.viewport().height() // self.list.row_height - 1))

        rows = [
            ("next", _NEXT, "J", lambda: step(1)),
            ("previous", _PREVIOUS, "K", lambda: step(-1)),
            ("down", _NEXT, "Down", lambda: step(1)),
            ("up", _PREVIOUS, "Up", lambda: step(-1)),
            ("page_down", _PAGE_DOWN, "PgDown", lambda: page(1)),
            ("page_up", _PAGE_UP, "PgUp", lambda: page(-1)),
            ("next_urgent", _NEXT_URGENT, "Shift+J", lambda: urgent(1)),
            ("previous_urgent", _PREVIOUS_URGENT, "Shift+K", lambda: urgent(-1)),
            ("first", _FIRST, "G, G", lambda: go(0)),
            ("last", _LAST, "Shift+G", lambda: go(len(self.order) - 1)),
            ("open", _OPEN, "Return", self._open),
            ("filter", _FILTER, "/", self.open_filter),
            ("next_view", _NEXT_VIEW, "]", lambda: self.cycle_view(1)),
            ("previous_view", _PREVIOUS_VIEW, "[", lambda: self.cycle_view(-1)),
        ]
        return [
            Record(id=f"queue.{verb}", title=title, run=run, key=key, place=self.name)
            for verb, title, key, run in rows
        ]


_OF_THE_FIELD = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})
"""Keys that mean something else in the field than in the list."""

_NEXT = QT_TRANSLATE_NOOP("Command", "Next case")
_PREVIOUS = QT_TRANSLATE_NOOP("Command", "Previous case")
_PAGE_DOWN = QT_TRANSLATE_NOOP("Command", "One page of cases down")
_PAGE_UP = QT_TRANSLATE_NOOP("Command", "One page of cases up")
_NEXT_URGENT = QT_TRANSLATE_NOOP("Command", "Next urgent case")
_PREVIOUS_URGENT = QT_TRANSLATE_NOOP("Command", "Previous urgent case")
_FIRST = QT_TRANSLATE_NOOP("Command", "First case")
_LAST = QT_TRANSLATE_NOOP("Command", "Last case")
_OPEN = QT_TRANSLATE_NOOP("Command", "Open the case beside the queue")
_FILTER = QT_TRANSLATE_NOOP("Command", "Filter the queue")
_NEXT_VIEW = QT_TRANSLATE_NOOP("Command", "Next view of the queue")
_PREVIOUS_VIEW = QT_TRANSLATE_NOOP("Command", "Previous view of the queue")
