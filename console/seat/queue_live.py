"""The order of cases that the mirror holds: always whole, never asked for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping

from console import wire
from console.seat.queue_order import Key, key_of


class LiveOrder:
    """The mirror's cases in some states, kept sorted as they change."""

    def __init__(
        self,
        cases: Mapping[str, wire.CaseRow],
        states: frozenset[str],
        sort: wire.Sort = "urgency",
    ) -> None:
        self._cases = cases
        self._states = states
        self._sort: wire.Sort = sort
        self._keys: list[Key] = []
        self._by_id: dict[str, Key] = {}
        self._cursor: str | None = None
        self.rebuild()

    @property
    def cursor(self) -> str | None:
        """The id of the current case."""
        return self._cursor

    @property
    def at(self) -> int | None:
        """Where the cursor stands."""
        return None if self._cursor is None else self.index(self._cursor)

    def __len__(self) -> int:
        return len(self._keys)

    def row(self, index: int) -> wire.CaseRow | None:
        """Return a row; all of them are here."""
        return self._cases.get(self._keys[index][2])

    def index(self, case_id: str) -> int | None:
        """Return where a case stands, or None when it is not of this order."""
        key = self._by_id.get(case_id)
        return None if key is None else bisect_left(self._keys, key)

    def go(self, index: int) -> None:
        """Put the cursor on a row."""
        self._cursor = self._keys[index][2]

    def put(self, case_id: str | None) -> bool:
        """Put the cursor on a case; without it here there is no cursor."""
        self._cursor = case_id if case_id in self._by_id else None
        return self._cursor is not None

    def look(self, first: int, last: int) -> None:
        """Nothing to do: every row is here."""

    def seek(self, by: int, good: Callable[[wire.CaseRow], bool]) -> None:
        """Move the cursor to the next good row, or leave it."""
        at = self.at
        index = (-1 if by > 0 else len(self._keys)) if at is None else at
        index += by
        while 0 <= index < len(self._keys):
            if good(self._cases[self._keys[index][2]]):
                self.go(index)
                return
            index += by

    def rebuild(self) -> None:
        """Sort everything anew, after the whole mirror changed."""
        stood = self._cursor_key()
        wanted = (case for case in self._cases.values() if case.state in self._states)
        self._keys = sorted(key_of(case, self._sort) for case in wanted)
        self._by_id = {key[2]: key for key in self._keys}
        self._keep_cursor(stood)

    def update(self, ids: Iterable[str]) -> list[str]:
        """Take changed cases; return the ids that were not here before."""
        stood = self._cursor_key()
        new = []
        for case_id in sorted(ids):
            before = self._by_id.pop(case_id, None)
            if before is not None:
                del self._keys[bisect_left(self._keys, before)]
            case = self._cases.get(case_id)
            if case is not None and case.state in self._states:
                key = key_of(case, self._sort)
                insort(self._keys, key)
                self._by_id[case_id] = key
                if before is None:
                    new.append(case_id)
        self._keep_cursor(stood)
        return new

    def _cursor_key(self) -> Key | None:
        return self._by_id.get(self._cursor) if self._cursor is not None else None

    def _keep_cursor(self, stood: Key | None) -> None:
        if self._cursor is None or self._cursor in self._by_id:
            return
        if not self._keys or stood is None:
            self._cursor = None
        else:
            after = bisect_left(self._keys, stood)
            self._cursor = self._keys[min(after, len(self._keys) - 1)][2]
