"""Rows picked for a deed to all of them at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from console import wire
from console.seat.queue_order import Order
from widgets.bridge import Desk
from widgets.queue.list import QueueList
from widgets.queue.telling import deeds

MOST = 500
"""Cases picked at most: what one command may carry."""
LOOK_MS = 120


class Picking(QObject):
    """Keeps ``desk.seat.picked`` by the list's cursor. The rows picked stay at hand, wherever
    they came from, until they are let go. ``deeds`` are the words for what can be done to them.
    """

    told = Signal()

    def __init__(self, desk: Desk, list_: QueueList) -> None:
        super().__init__(list_)
        self._desk = desk
        self._list = list_
        self._last: str | None = None
        list_.picked = desk.seat.picked
        self.deeds: list[str] = []
        # Looking through hundreds of picked cases must not hold up the next key.
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)
        desk.picked_changed.connect(self._show)
        desk.answered.connect(self._answered)

    @property
    def _order(self) -> Order:
        return self._list.order

    def toggle(self) -> None:
        """Pick the row under the cursor, or let it go."""
        case_id = self._order.cursor
        if case_id is None:
            return
        picked = self._desk.seat.picked ^ {case_id}
        self._last = case_id if case_id in picked else None
        self._put(picked)

    def extend(self) -> None:
        """Pick all rows from the one picked last to the cursor."""
        at = self._order.at
        last = None if self._last is None else self._order.index(self._last)
        if at is None or last is None:
            self.toggle()
            return
        low, high = min(at, last), max(at, last)
        rows = (self._order.row(index) for index in range(low, min(high + 1, low + MOST)))
        self._put(self._desk.seat.picked | {row.id for row in rows if row is not None})

    def everything(self) -> None:
        """Pick all rows at hand, and say how many that are of how many."""
        total = len(self._order)
        found: set[str] = set()
        for index in range(min(total, 20 * MOST)):
            row = self._order.row(index)
            if row is not None:
                found.add(row.id)
            if len(found) == MOST:
                break
        self._put(found)
        text = self.tr("{n} of {total} picked; at most {most} at once")
        if len(found) < total:
            self._desk.toast.emit(
                "info", text.format(n=len(self._desk.seat.picked), total=total, most=MOST)
            )

    def clear(self) -> None:
        """Let all rows go."""
        self._last = None
        self._put(set())

    def _put(self, picked: set[str]) -> None:
        seat = self._desk.seat
        picked = set(sorted(picked)[:MOST])
        for case_id in picked - seat.beyond.keys() - self._desk.mirror.cases.keys():
            at = self._order.index(case_id)
            row = None if at is None else self._order.row(at)
            if row is not None:
                seat.beyond[case_id] = row
        self._desk.pick(picked)

    def _show(self) -> None:
        self._list.picked = self._desk.seat.picked
        self._list.viewport().update()
        self._looking.start()

    def _look(self) -> None:
        self.deeds = deeds(self._desk) if self._desk.seat.picked else []
        self.told.emit()

    def _answered(self, command: wire.Command, result: object) -> None:
        """Let go what a deed was done to; what the hub refused stays picked."""
        if command.id != "case.bulk" or not isinstance(result, wire.CommandResult):
            return
        sent = {item.get("target") for item in command.args.get("items", ())}
        refused = {item.get("target") for item in result.data.get("refused", ())}
        left = self._desk.seat.picked - (sent - refused)
        if left != self._desk.seat.picked:
            self._put(left)
