"""The queue: what waits for the desk, the most urgent first, and every case there ever was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from console import wire
from console.seat.commands import Record
from console.seat.mirror import ChangeSet
from console.seat.queue_filter import EVERYTHING, Token, case_filter, may_match
from console.seat.queue_live import LiveOrder
from console.seat.queue_order import SORTS, Order
from console.seat.queue_paged import Answer, PagedOrder
from console.seat.queue_views import VIEWS, View, Wish
from console.seat.selection import Selection
from widgets.bridge import Desk
from widgets.pane import Pane
from widgets.queue import keys
from widgets.queue.counts import Counts
from widgets.queue.facets import FacetList
from widgets.queue.filter import FilterLine
from widgets.queue.list import QueueList
from widgets.queue.picking import Picking
from widgets.queue.saving import Saving
from widgets.queue.strip import Standing, Strip
from widgets.queue.takeout import Takeout
from widgets.queue.telling import blank, standing
from widgets.queue.views import ViewBar
from widgets.queue.words import value_text

GO_TO_CASE = "pane.case"
TICK_MS = 1_000
SETTLE_MS = 400
"""How long changes may gather before the hub's pages are asked for anew."""
RESTS = 4
"""How many times as long as it worked for them the hub rests between refreshed pages."""
BESIDE = 720
"""Width in pixels from which the facets stand beside the list, not above it."""


class QueuePane(Pane):
    """The list of cases with its views, its filter and its keys."""

    name = "queue"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.wish = Wish(desk.seat.views.last.view, EVERYTHING, desk.seat.views.last.sort)
        self.live = LiveOrder(desk.mirror.cases, self.wish.view.states, self.wish.sort)
        self.paged: PagedOrder | None = None
        self._left: tuple[str | None, int | None] = (
            None,
            None,
        )  # the live list's cursor, and its y
        self.views = ViewBar(desk.theme, self)
        self.filter = FilterLine(desk.theme, desk.mirror, self)
        self.strip = Strip(desk.theme, self)
        self.list = QueueList(self.live, desk.theme, desk.now, self)
        self.facets = FacetList(desk.theme, lambda token: value_text(token, desk.mirror), self)
        self.picking = Picking(desk, self.list)
        self.saving = Saving(desk, self)
        self.takeout = Takeout(desk, self.filter_now, self)
        self.counts = Counts(desk, self)
        self._lay_out()
        self._settling = self._timer(SETTLE_MS, self._refresh, single=True)
        self._timer(TICK_MS, self._tick).start()
        self._connect()
        self._look()
        self.retranslate()
        self.show_wish(desk.seat.views.last, desk.seat.views.number)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for layout in (column, self._body):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._body.addWidget(self.facets, 2)
        self._body.addWidget(self.list, 3)
        for part in (self.views, self.filter, self.strip):
            column.addWidget(part)
        column.addLayout(self._body, 1)
        self.setFocusProxy(self.list)

    def _timer(self, wait: int, call: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(wait)
        timer.timeout.connect(call)
        return timer

    def _connect(self) -> None:
        desk = self.desk
        self.views.chosen.connect(self.show_view)
        self.views.called.connect(self.saving.call)
        self.filter.changed.connect(self._filtered)
        self.filter.kept.connect(self._kept)
        self.filter.dropped.connect(self.take_focus)
        self.facets.toggled.connect(self.toggle_token)
        self.facets.left.connect(self.take_focus)
        self.list.current_changed.connect(self._current)
        self.list.activated.connect(lambda _: self.open_case())
        self.counts.changed.connect(self.tell)
        self.picking.told.connect(self.tell)
        desk.changed.connect(self._changed)
        desk.picked_changed.connect(self.tell)
        desk.selection_changed.connect(self._selected)
        desk.connection_changed.connect(self._connected)
        desk.theme_changed.connect(self._look)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Queue")

    def retranslate(self) -> None:
        """Put every word anew."""
        super().retranslate()
        self.filter.retranslate()
        self.facets.setAccessibleName(self.tr("Facets of the queue"))
        self.list.setAccessibleName(self.title())
        self.list.forget_words()
        self.counts.ask()
        self.tell()

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus()

    def resizeEvent(self, _event: object) -> None:
        """Put the facets beside the list where there is room, else above it."""
        wide = self.width() >= BESIDE
        self._body.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self.facets.setMaximumWidth(BESIDE * 2 // 5 if wide else self.width())

    def _look(self) -> None:
        theme = self.desk.theme
        self.filter.look(theme)
        for part in (self.views, self.strip, self.facets, self.list):
            part.set_theme(theme)

    # --- what is shown ----------------------------------------------------------------------

    def show_wish(self, wish: Wish, number: int | None = None) -> None:
        """Show what is wished for; ``number`` says which saved view that is."""
        same = wish.wanted == self.wish.wanted
        if not same or wish.view != self.wish.view:
            self.picking.clear()
        self.wish = wish
        if wish.wanted != self.filter.wanted:
            self.filter.set_wanted(wish.wanted)
        self.desk.seat.views.show(wish, number)
        if wish.live:
            self._show_live()
        else:
            self._open(self.list.order.cursor if same else None)
        self.counts.ask()
        self.tell()

    def _show_live(self) -> None:
        self.paged = None
        self.live = LiveOrder(self.desk.mirror.cases, self.wish.view.states, self.wish.sort)
        chosen = self.desk.selection.case
        self.live.put(chosen.id if chosen else None)
        (case_id, y), self._left = self._left, (None, None)
        self._show(self.live, y if case_id == self.live.cursor else None)

    def _show(self, order: Order, y: int | None = None) -> None:
        if self.list.order is self.live:
            self._left = self.live.cursor, self.list.cursor_y
        self.desk.seat.order = order
        self.list.show_order(order, y)

    def filter_now(self) -> wire.CaseFilter:
        """Return what the hub would be asked for now."""
        return case_filter(self.wish.wanted, self.wish.view.states, self.desk.now())

    def _open(self, around: str | None) -> None:
        """Ask the hub for pages; the old rows stay until the first of them is there."""
        desk = self.desk

        def ask(query: wire.QueueQuery, then: Callable[[Answer], None]) -> None:
            desk.request("/api/queue", query, wire.QueuePage, then, then)

        order = PagedOrder(
            ask, desk.mirror.cases, self.filter_now(), self.wish.sort, lambda: self._came(order)
        )
        self.paged = order
        order.open(around)

    def _came(self, order: PagedOrder) -> None:
        """Rows of pages came or moved."""
        if order is not self.paged:
            return
        if self.list.order is not order:
            self._show(order)
        else:
            self.list.sync()
        self.counts.count(order)
        self._follow_cursor()
        self.tell()

    def _follow_cursor(self) -> None:
        """Let the desk look at the case under the cursor."""
        chosen = self.desk.selection.case
        cursor = self.list.order.cursor
        if self.list.order.at is not None and cursor != (chosen.id if chosen else None):
            self.list.tell_current()

    # --- what happens -------------------------------------------------------------

    def _changed(self, touched: ChangeSet) -> None:
        if not touched.touches("case"):
            return
        ids = touched.kinds.get("case", set())
        self.counts.update(touched)
        if self.paged is None:
            before = self.live.cursor
            if touched.whole:
                self.live.rebuild()
            self.list.sync(() if touched.whole else self.live.update(ids))
            if self.live.cursor != before:
                self.desk.select_case(self.live.cursor)
        else:
            if touched.whole or self._concerns(self.paged, ids):
                self._settling.start()
            self.list.viewport().update()
        self.tell()

    def _concerns(self, order: PagedOrder, ids: set[str]) -> bool:
        """Tell whether changed cases may be among those of the filter."""
        if self._settling.isActive():
            return False
        cases = (self.desk.mirror.cases.get(case_id) for case_id in ids)
        return order.holds_any(ids) or any(
            case is not None and may_match(order.filter, case) for case in cases
        )

    def _refresh(self) -> None:
        """Ask for the pages anew; where changes never end, the hub has rest in between."""
        if self.paged is None:
            return
        if self.paged.touch():
            self.counts.ask()
            self._settling.setInterval(max(SETTLE_MS, round(RESTS * 1000 * self.paged.took)))
        elif self.paged.ready:
            self._settling.start()

    def _tick(self) -> None:
        self.list.tick()
        if self.paged is not None and self.desk.connection == "live":
            self.paged.again()
            self.counts.count(self.paged)

    def _connected(self, state: str) -> None:
        if state == "live" and self.paged is not None:
            self.paged.again()
        self.tell()

    def _current(self, case_id: str | None) -> None:
        """Look at the case under the cursor, which the mirror need not hold."""
        beyond, at = self.desk.seat.beyond, self.list.order.at
        for other in beyond.keys() - self.desk.seat.picked - {case_id}:
            del beyond[other]
        if case_id is not None and at is not None and case_id not in self.desk.mirror.cases:
            row = self.list.order.row(at)
            if row is not None:
                beyond[case_id] = row
        self.desk.select_case(case_id)
        self.tell()

    def _selected(self, selection: Selection) -> None:
        case_id = selection.case.id if selection.case else None
        self.list.put_cursor(case_id)
        if self.paged is not None and case_id is not None and case_id != self.paged.cursor:
            self.paged.reach(case_id)
        self.tell()

    def tell(self) -> None:
        """Say what is shown, where one stands, and what an empty list means."""
        views = self.desk.seat.views
        saved = [views.saved[number] for number in sorted(views.saved)]
        self.views.show_views(self.wish.view, self.counts.of_views(), saved, views.number)
        self.strip.say(self._standing())
        self.list.mine = self.desk.mirror.officer.id
        if not len(self.list.order):
            self.list.blank = blank(self.desk, self.wish, self.paged)

    def _standing(self) -> Standing:
        return standing(self.desk, self.wish, self.list.order, self.paged, self.picking.deeds)

    # --- views and filter -----------------------------------------------------------

    def show_view(self, view: View) -> None:
        """Show the cases of one view."""
        self.show_wish(Wish(view, self.wish.wanted, self.wish.sort))
        if self.paged is None:
            chosen = self.desk.selection.case
            if self.live.cursor != (chosen.id if chosen else None):
                self.desk.select_case(self.live.cursor)

    def cycle_view(self, by: int) -> None:
        """Show the next or the previous view."""
        self.show_view(VIEWS[(VIEWS.index(self.wish.view) + by) % len(VIEWS)])

    def cycle_sort(self) -> None:
        """Sort in the next way; the row under the cursor stays current."""
        sort = SORTS[(SORTS.index(self.wish.sort) + 1) % len(SORTS)]
        self.show_wish(Wish(self.wish.view, self.wish.wanted, sort), self.desk.seat.views.number)

    def toggle_token(self, token: Token) -> None:
        """Filter by a token, or no more."""
        self.show_wish(Wish(self.wish.view, self.wish.wanted.toggled(token), self.wish.sort))

    def toggle_facets(self) -> None:
        """Show the facets with the keyboard in them, or hide them."""
        if self.facets.isVisible() and self.facets.hasFocus():
            self.facets.hide()
            self.take_focus()
        else:
            self.facets.show()
            self.facets.setFocus()
            self.counts.ask()

    def clear(self) -> None:
        """Let picked rows go, else drop the filter."""
        if self.desk.seat.picked:
            self.picking.clear()
        elif self.wish.wanted:
            self.filter.drop()

    def _filtered(self) -> None:
        self.show_wish(Wish(self.wish.view, self.filter.wanted, self.wish.sort))

    def _kept(self) -> None:
        self.take_focus()
        if self.list.order.at is None:
            self.list.go(0)

    # --- keys -------------------------------------------------------------------------

    def open_case(self) -> None:
        """Give the keyboard to the case beside the queue, by the window's own command."""
        if self.list.order.cursor is not None and GO_TO_CASE in self.desk.registry:
            self.desk.registry[GO_TO_CASE].run()

    def commands(self) -> list[Record]:
        """Return the queue's own commands."""
        return keys.commands(self)
