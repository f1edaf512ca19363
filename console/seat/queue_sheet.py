"""Rows that the hub paged out, by where they stand."""

from __future__ import annotations

from console import wire

BLOCK = 100
"""Rows of one question to the hub."""
KEEP = 4_000
"""Rows held at most, about 10 MB."""


class Sheet:
    """Rows by index, as far as they are known. ``guess`` is how many there may be meanwhile."""

    def __init__(self, guess: int = 0) -> None:
        self.rows: dict[int, wire.CaseRow] = {}
        self.places: dict[str, int] = {}
        self.total: int | None = None
        self.asked: set[int] = set()
        self._guess = guess
        self._inherited = guess > 0

    def __len__(self) -> int:
        return self._guess if self.total is None else self.total

    def take(self, page: wire.QueuePage, limit: int) -> None:
        """Take a page; a short one tells where the end is."""
        for index, row in enumerate(page.rows, page.offset):
            self.rows[index] = row
            self.places[row.id] = index
        end = page.offset + len(page.rows)
        if len(page.rows) < limit and (page.rows or page.offset == 0):
            self.total = end
        elif not page.rows:
            self.total = min(page.offset, len(self) if page.total is None else page.total)
        elif page.total is not None:
            self.total = page.total
        if not self._inherited or end > self._guess:
            self._guess = max(self._guess, end + BLOCK)

    def missing(self, first: int, last: int) -> int | None:
        """Return the first row from ``first`` to ``last`` that is not here, if any."""
        rows = self.rows
        return next(
            (i for i in range(max(0, first), min(last + 1, len(self))) if i not in rows), None
        )

    def forget_far(self, middle: int) -> None:
        """Keep the rows nearest to ``middle`` when there are too many."""
        if len(self.rows) > KEEP:
            near = sorted(self.rows, key=lambda index: abs(index - middle))[: KEEP * 3 // 4]
            self.rows = {index: self.rows[index] for index in near}
            self.places = {row.id: index for index, row in self.rows.items()}
