"""Where a list of cases comes from: an order of rows with a cursor. No pixels here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console import wire
from console.seat.mirror import urgency

Key = tuple[float, float, str]

SORTS: tuple[wire.Sort, ...] = ("urgency", "newest", "oldest")


def key_of(case: wire.CaseRow, sort: wire.Sort = "urgency") -> Key:
    """Return a case's sort key as plain numbers; the hub sorts by the same."""
    if sort == "urgency":
        priority, due, case_id = urgency(case)
        return priority, due.timestamp(), case_id
    opened = case.opened.timestamp()
    return (0.0, -opened if sort == "newest" else opened, case.id)


class Order(Protocol):
    """Rows by index. A row may be None while it is on its way.

    The cursor stays with its case when rows come and go; when the case leaves, the next one
    takes its place, or the last where none follows.
    """

    @property
    def cursor(self) -> str | None:
        """The id of the current case; None without one, or while its row is on its way."""

    @property
    def at(self) -> int | None:
        """Where the cursor stands."""

    def __len__(self) -> int: ...

    def row(self, index: int) -> wire.CaseRow | None:
        """Return a row, or None while it is on its way."""

    def index(self, case_id: str) -> int | None:
        """Return where a case stands, or None when that is not known here."""

    def go(self, index: int) -> None:
        """Put the cursor on a row."""

    def put(self, case_id: str | None) -> bool:
        """Put the cursor on a case; without it here there is no cursor."""

    def look(self, first: int, last: int) -> None:
        """Say which rows are in sight, so that they are at hand."""

    def seek(self, by: int, good: Callable[[wire.CaseRow], bool]) -> None:
        """Move the cursor to the next good row, downwards or (``by`` < 0) upwards."""


_FURTHER = 5_000
"""Rows among which the next one is looked for."""


def following(order: Order, case_id: str, good: Callable[[wire.CaseRow], bool]) -> str | None:
    """Return the next good case after one, else the first before it, of those at hand."""
    at, count = order.index(case_id), len(order)
    start = 0 if at is None else at + 1
    for step in range(min(count, _FURTHER)):
        row = order.row((start + step) % count)
        if row is not None and row.id != case_id and good(row):
            return row.id
    return None
