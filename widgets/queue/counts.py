"""How many cases each view and each facet holds: counted from the mirror, or by the hub."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
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
FOLLOW_MS = 21_000
"""The facets in sight are counted anew so long after a change: the hub keeps a count for 20 s."""
AGAIN_S = 30.0
"""Seconds until an order is counted again whose pages still do not say how many rows there are."""

Take = Callable[[wire.Facets], None]


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
        self._facets = wire.Facets(total=0, facets={})
        self._todo: deque[tuple[wire.CaseFilter, Take]] = deque()
        self._turn = 0
        self._busy = False
        self._counted: PagedOrder | None = None
        self._counted_at = 0.0
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(WAIT_MS)
        self._waiting.timeout.connect(self._go)
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(FOLLOW_MS)
        self._following.timeout.connect(self._follow)
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
        seen = self._pane.paged is None and self._pane.facets.isVisible()
        if seen and not self._following.isActive():
            self._following.start()

    def _follow(self) -> None:
        """Count anew, unless an answer is still to come: that one would be thrown away."""
        if self._busy:
            self._following.start()
        else:
            self._go()

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
        """Put the questions anew: matches by state under a filter, and the facets in sight.

        One is on its way at a time: counting a million cases takes the hub a while, and pages
        must not wait behind it.
        """
        pane, wanted = self._pane, self._pane.wish.wanted
        self._turn += 1
        self._todo.clear()
        if wanted:
            every = case_filter(wanted.without("state"), frozenset(), self._desk.now())
            self._todo.append((every, self._if_still(self._match)))
        if pane.facets.isVisible():
            filter_ = pane.filter_now()
            late = filter_.model_copy(update={"late": True})
            self._todo += [
                (filter_, self._if_still(self._fill)),
                (late, self._if_still(self._fill_late)),
            ]
        self._next()

    def _next(self) -> None:
        if self._busy or not self._todo:
            return
        self._busy = True
        filter_, take = self._todo.popleft()

        def answered(facets: wire.Facets | wire.Problem) -> None:
            self._busy = False
            if isinstance(facets, wire.Facets):
                take(facets)
            else:
                self._counted = None
            self._next()

        self._desk.request(PATH, filter_, wire.Facets, answered, answered)

    def _if_still(self, take: Take) -> Take:
        """Return what takes an answer unless something else is shown by then."""
        turn = self._turn
        return lambda facets: take(facets) if turn == self._turn else None

    def _match(self, facets: wire.Facets) -> None:
        self._matches = {line.value: line.count for line in facets.facets.get("states", ())}
        self.changed.emit()

    def _fill(self, facets: wire.Facets) -> None:
        self._facets = facets
        self._pane.facets.show_facets(facets, self._pane.wish.wanted.tokens)

    def _fill_late(self, facets: wire.Facets) -> None:
        """Show how many are late as well, which is no value of the hub's facets."""
        lines = [wire.Facet(value="yes", count=facets.total)] if facets.total else []
        self._fill(
            self._facets.model_copy(update={"facets": {**self._facets.facets, "late": lines}})
        )

    def count(self, order: PagedOrder) -> None:
        """Have an order counted whose pages do not say how many rows there are."""
        now = time.monotonic()
        if not order.ready or order.total is not None:
            return
        if self._counted is order and now - self._counted_at < AGAIN_S:
            return
        self._counted, self._counted_at = order, now
        self._todo.append((order.filter, lambda facets: order.set_total(facets.total)))
        self._next()
