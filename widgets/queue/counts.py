"""How many cases each view and each facet holds: counted from the mirror, or by the hub."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console import wire
from console.seat.mirror import ChangeSet
from console.seat.queue_filter import case_filter
from console.seat.queue_paged import PagedOrder
from console.seat.queue_views import VIEWS
from widgets.bridge import Desk

if TYPE_CHECKING:
    from widgets.queue.pane import QueuePane

PATH = "/api/queue/facets"
WAIT_MS = 250
"""Counting is dearer than a page, so it waits until what is shown has stood so long."""


def _quiet(_problem: wire.Problem) -> None:
    """Leave the counts as they are: the list itself says that the hub is away."""


class Counts(QObject):
    """While something is filtered, each view says how many cases match in it."""

    changed = Signal()

    def __init__(self, desk: Desk, pane: QueuePane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._states: dict[str, str] = {}
        self._live: Counter[str] = Counter()
        self._matches: dict[str, int] | None = None
        self._turn = 0
        self._counting: PagedOrder | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(WAIT_MS)
        self._waiting.timeout.connect(self._go)
        self._recount()

    def update(self, touched: ChangeSet) -> None:
        """Follow the mirror's cases."""
        if touched.whole:
            self._recount()
            return
        for case_id in touched.kinds.get("case", ()):
            case = self._desk.mirror.cases.get(case_id)
            before = self._states.pop(case_id, None)
            if before is not None:
                self._live[before] -= 1
            if case is not None:
                self._states[case_id] = case.state
                self._live[case.state] += 1

    def _recount(self) -> None:
        self._states = {case.id: case.state for case in self._desk.mirror.cases.values()}
        self._live = Counter(self._states.values())

    def of_views(self) -> dict[str, int]:
        """Return how many cases the views hold, as far as that is known."""
        wanted = self._pane.wish.wanted
        if wanted:
            states = self._matches
            if states is None:
                return {}
            return {v.name: sum(states.get(s, 0) for s in v.states or states) for v in VIEWS}
        known = {v.name: sum(self._live[s] for s in v.states) for v in VIEWS if v.live}
        paged, view = self._pane.paged, self._pane.wish.view
        if paged is not None and paged.total is not None and not view.live:
            known[view.name] = paged.total
        return known

    def ask(self) -> None:
        """Ask for what is shown, once nobody types any more."""
        if not self._pane.wish.wanted:
            self._matches = None
        self._waiting.start()

    def _go(self) -> None:
        """Ask for matches by state while something is filtered, and for the facets in sight."""
        wanted = self._pane.wish.wanted
        self._turn += 1
        if wanted:
            turn = self._turn
            every = case_filter(wanted.without("state"), frozenset(), self._desk.now())

            def take(facets: wire.Facets) -> None:
                if turn == self._turn:
                    lines = facets.facets.get("states", ())
                    self._matches = {line.value: line.count for line in lines}
                    self.changed.emit()

            self._desk.request(PATH, every, wire.Facets, take, _quiet)
        if self._pane.facets.isVisible():
            self._fill(self._turn)

    def _fill(self, turn: int) -> None:
        """Ask for the facets, and how many of those cases are late, which is no value of theirs."""
        pane, filter_ = self._pane, self._pane.filter_now()

        def show(facets: wire.Facets, late: int | None = None) -> None:
            if turn != self._turn:
                return
            if late is not None:
                lines = [wire.Facet(value="yes", count=late)] if late else []
                facets = wire.Facets(total=facets.total, facets={**facets.facets, "late": lines})
            pane.facets.show_facets(facets, pane.wish.wanted.tokens)

        def first(facets: wire.Facets) -> None:
            show(facets)
            over = filter_.model_copy(update={"late": True})
            self._desk.request(PATH, over, wire.Facets, lambda f: show(facets, f.total), _quiet)

        self._desk.request(PATH, filter_, wire.Facets, first, _quiet)

    def count(self, order: PagedOrder) -> None:
        """Count an order once whose pages do not say how many rows there are."""
        if order.ready and order.total is None and self._counting is not order:
            self._counting = order
            self._desk.request(PATH, order.filter, wire.Facets, partial(self._count, order), _quiet)

    def _count(self, order: PagedOrder, facets: wire.Facets) -> None:
        self._counting = None
        order.set_total(facets.total)
