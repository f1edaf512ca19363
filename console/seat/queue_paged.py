"""An order of cases that the hub pages out: millions of rows, of which a few blocks are held.

Rows are asked for in blocks around what is in sight and further in the direction of travel.
When the cases changed, a new sheet is put together behind the one that is shown, and takes its
place only when every row in sight is there: nothing jumps and nothing goes blank.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from console import wire
from console.seat.queue_sheet import BLOCK, Sheet

_AHEAD = 2
"""Blocks asked for beyond the one in sight, in the direction of travel; one the other way."""
_IN_FLIGHT = 2
_SCAN = 500
_SCANS = 20
"""Pages and their number in which the next good row is looked for."""
_ROUNDS = 4
"""Questions at most until a new sheet takes the old one's place with what it has."""
_PASSING = ("unreachable", "hub_error", "store_down", "unauthenticated")
_AROUND = (BLOCK // 2, BLOCK // 2)

Answer = wire.QueuePage | wire.Problem
Ask = Callable[[wire.QueueQuery, Callable[[Answer], None]], None]


class _Coming:
    """A sheet being put together around a case, or from where it stood when it is gone.

    With ``take`` the cursor goes to the case; when it is not there, nothing happens at all.
    """

    def __init__(
        self,
        sheet: Sheet,
        anchor: str | None,
        at: int,
        span: tuple[int, int],
        *,
        take: bool = False,
    ) -> None:
        self.sheet = sheet
        self.anchor = self.asked = anchor
        self.at = at
        self.span = span
        self.take = take
        self.rounds = 0


class PagedOrder:
    """Rows of one filter in one sort. ``told`` is called whenever rows came or moved.

    ``cases`` are the mirror's: a row of its that is as new stands in place of the hub's. ``took``
    is how many seconds the last sheet took the hub.
    """

    def __init__(
        self,
        ask: Ask,
        cases: Mapping[str, wire.CaseRow],
        filter_: wire.CaseFilter,
        sort: wire.Sort,
        told: Callable[[], None],
    ) -> None:
        self.filter = filter_
        self.sort: wire.Sort = sort
        self.problem: wire.Problem | None = None
        self.ready = False
        self.took = 0.0
        self.seeking = False
        self._ask, self._cases, self._told = ask, cases, told
        self._sheet = Sheet()
        self._coming: _Coming | None = None
        self._cursor: str | None = None
        self._at: int | None = None
        self._sight = (0, 0)
        self._down = True
        self._flying = 0
        self._begun = 0.0

    # --- what is here -----------------------------------------------------------------

    @property
    def cursor(self) -> str | None:
        """The id of the current case; None without one, or while its row is on its way."""
        return self._cursor

    @property
    def at(self) -> int | None:
        """Where the cursor stands."""
        if self._cursor is None:
            return self._at
        return self._sheet.places.get(self._cursor, self._at)

    @property
    def total(self) -> int | None:
        """How many rows there are, once that is known."""
        return self._sheet.total

    def set_total(self, total: int) -> None:
        """Take the count from elsewhere, where the pages do not tell it."""
        if self._sheet.total is None:
            self._sheet.total = max(total, max(self._sheet.rows, default=-1) + 1)
            self._told()

    def __len__(self) -> int:
        return len(self._sheet)

    def row(self, index: int) -> wire.CaseRow | None:
        """Return a row as new as it is known, or None while it is on its way."""
        row = self._sheet.rows.get(index)
        if row is None:
            return None
        newer = self._cases.get(row.id)
        return row if newer is None or newer.version < row.version else newer

    def index(self, case_id: str) -> int | None:
        """Return where a case stands, as far as its row is here."""
        return self._sheet.places.get(case_id)

    def holds_any(self, ids: set[str]) -> bool:
        """Tell whether one of these cases is among the rows here."""
        return not self._sheet.places.keys().isdisjoint(ids)

    # --- the cursor -------------------------------------------------------------------

    def go(self, index: int) -> None:
        """Put the cursor on a row, which may still be on its way."""
        self.seeking = False
        self._put(index)

    def _put(self, index: int) -> None:
        row = self.row(index)
        self._at, self._cursor = index, row.id if row else None

    def put(self, case_id: str | None) -> bool:
        """Put the cursor on a case; without it here there is no cursor."""
        at = self._sheet.places.get(case_id) if case_id is not None else None
        self._at, self._cursor = at, case_id if at is not None else None
        return at is not None

    def seek(self, by: int, good: Callable[[wire.CaseRow], bool]) -> None:
        """Move the cursor to the next good row, asking for pages of them where they end."""
        at = self.at
        start = (-1 if by > 0 else len(self)) if at is None else at
        self.seeking = True
        self._seek(start + by, by, good, _SCANS)

    def _seek(self, index: int, by: int, good: Callable[[wire.CaseRow], bool], left: int) -> None:
        while 0 <= index < len(self):
            row = self.row(index)
            if row is None:
                break
            if good(row):
                self.go(index)
                return
            index += by
        if not 0 <= index < len(self) or not left:
            self.seeking = False
            return
        sheet = self._sheet
        offset = index if by > 0 else max(0, index - _SCAN + 1)

        def answered(answer: Answer) -> None:
            if not self.seeking or sheet is not self._sheet or self._failed(answer):
                return
            assert isinstance(answer, wire.QueuePage)
            sheet.take(answer, _SCAN)
            self._seek(index, by, good, left - 1 if answer.rows else 0)
            self._told()

        self._ask(self._query(offset, _SCAN), answered)

    # --- asking -------------------------------------------------------------------------

    def _query(self, offset: int, limit: int = BLOCK, around: str | None = None) -> wire.QueueQuery:
        return wire.QueueQuery(
            filter=self.filter, sort=self.sort, offset=offset, limit=limit, around=around
        )

    def _failed(self, answer: Answer) -> bool:
        """Note a refusal; it is asked again by :meth:`again`."""
        if isinstance(answer, wire.Problem):
            self.problem = answer
            self.seeking = False
            self._told()
            return True
        self.problem = None
        return False

    def again(self) -> None:
        """Ask again for what failed, as when the hub is back; a bad question is not asked twice."""
        if self.problem is not None and self.problem.code in _PASSING:
            self.problem = None
            if self.ready:
                self._fill()
            else:
                self.open()

    def look(self, first: int, last: int) -> None:
        """Say which rows are in sight: they are asked for, and those behind them."""
        if (first, last) != self._sight:
            self._down = first >= self._sight[0]
            self._sight = (first, last)
        self._fill()

    def _fill(self) -> None:
        """Ask for the nearest block that is wanted and neither here nor asked for."""
        if not self.ready or self.problem is not None:
            return
        first, last = (place // BLOCK for place in self._sight)
        ahead = [last + n for n in range(1, _AHEAD + 1)]
        behind = [first - n for n in range(1, _AHEAD + 1)]
        further = [*ahead, behind[0]] if self._down else [*behind, ahead[0]]
        for block in [*range(first, last + 1), *further]:
            if self._flying >= _IN_FLIGHT:
                return
            start = block * BLOCK
            if block < 0 or block in self._sheet.asked:
                continue
            if self._sheet.missing(start, start + BLOCK - 1) is not None:
                self._fetch(block)

    def _fetch(self, block: int) -> None:
        sheet = self._sheet
        sheet.asked.add(block)
        self._flying += 1

        def answered(answer: Answer) -> None:
            self._flying -= 1
            sheet.asked.discard(block)
            if sheet is not self._sheet or self._failed(answer):
                return
            assert isinstance(answer, wire.QueuePage)
            sheet.take(answer, BLOCK)
            sheet.forget_far(self._sight[0])
            if self._cursor is None and self._at is not None and len(sheet):
                self._put(min(self._at, len(sheet) - 1))
            self._told()
            self._fill()

        self._ask(self._query(block * BLOCK), answered)

    # --- a new sheet behind the old one ----------------------------------------------------

    def open(self, around: str | None = None) -> None:
        """Ask for the first rows, or for those around a case if it is among them."""
        self._begin(_Coming(Sheet(), around, 0, _AROUND))

    def reach(self, case_id: str) -> None:
        """Put the cursor on a case that is further away, if it is among those of the filter."""
        if self.ready:
            self._begin(_Coming(Sheet(len(self)), case_id, 0, _AROUND, take=True))

    def touch(self) -> bool:
        """Cases of this order changed: put a new sheet together, unless one is on its way."""
        if not self.ready or self._coming is not None:
            return False
        first, last = self._sight
        at = self.at
        if at is None or not first <= at <= last:
            row = self._sheet.rows.get(first)
            self._begin(
                _Coming(Sheet(len(self)), row.id if row else None, first, (0, last - first))
            )
        else:
            self._begin(_Coming(Sheet(len(self)), self._cursor, at, (at - first, last - at)))
        return True

    def _begin(self, coming: _Coming) -> None:
        self._coming, self._begun = coming, time.monotonic()
        at = coming.at // BLOCK * BLOCK
        self._ask_for(coming, self._query(at, around=coming.anchor))

    def _ask_for(self, coming: _Coming, query: wire.QueueQuery) -> None:
        def answered(answer: Answer) -> None:
            if coming is not self._coming:
                return
            if isinstance(answer, wire.Problem):
                self._coming = None
                self._failed(answer)
                return
            self.problem = None
            self._came(coming, answer, query)

        self._ask(query, answered)

    def _came(self, coming: _Coming, page: wire.QueuePage, query: wire.QueueQuery) -> None:
        sheet = coming.sheet
        sheet.take(page, query.limit)
        if coming.anchor is not None:
            place = sheet.places.get(coming.anchor)
            if place is None and coming.take:
                self._coming = None
                return
            if place is None:
                coming.anchor = None
            else:
                coming.at = place
        above, below = coming.span
        wanted = sheet.missing(coming.at - above, coming.at + below)
        coming.rounds += 1
        if wanted is not None and coming.rounds < _ROUNDS:
            self._ask_for(coming, self._query(wanted // BLOCK * BLOCK))
            return
        self._turn(coming)

    def _turn(self, coming: _Coming) -> None:
        """Let the new sheet take the old one's place."""
        stood = self.at
        first = not self.ready
        self._coming, self._sheet, self.ready = None, coming.sheet, True
        if first or coming.take:
            if coming.anchor is not None:
                self._put(coming.at)
        elif stood is not None:
            self._stay(stood, coming.asked)
        self.took = time.monotonic() - self._begun
        self._told()
        self._fill()

    def _stay(self, stood: int, asked: str | None) -> None:
        """Keep the cursor with its case in a new sheet, which was made around ``asked``."""
        place = None if self._cursor is None else self._sheet.places.get(self._cursor)
        if place is not None:
            self._at = place
        elif self._cursor is None or self._cursor == asked:
            self._stand(stood)
        else:
            self._locate(stood)

    def _locate(self, stood: int) -> None:
        """Ask where the cursor's case stands now, which is out of sight."""
        sheet, cursor = self._sheet, self._cursor

        def answered(answer: Answer) -> None:
            if sheet is not self._sheet or cursor != self._cursor or self._failed(answer):
                return
            assert isinstance(answer, wire.QueuePage)
            sheet.take(answer, BLOCK)
            self._stay(stood, cursor)
            self._told()

        self._ask(self._query(stood // BLOCK * BLOCK, around=cursor), answered)

    def _stand(self, at: int) -> None:
        """Put the cursor where it stood, on whatever row is there now."""
        if len(self._sheet):
            self._put(min(at, len(self._sheet) - 1))
        else:
            self._at = self._cursor = None
