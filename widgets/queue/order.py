"""Which cases the queue shows, in which order, and where the cursor stands. No pixels here."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from console import wire
from console.domain.case import OPEN
from console.seat.mirror import urgency

Key = tuple[int, float, str]


@dataclass(frozen=True, slots=True)
class View:
    """A ready filter by state. ``name`` is stable; the pane words it."""

    name: str
    states: frozenset[str]


VIEWS: tuple[View, ...] = (
    View("decide", frozenset({"proposed", "filed"})),
    View("sent", frozenset({"dispatched", "on_site"})),
    View("check", frozenset({"handled", "checked"})),
    View("open", frozenset(state.value for state in OPEN)),
    View("closed", frozenset({"closed", "void"})),
)


def key_of(case: wire.CaseRow) -> Key:
    """Return the sort key of a case: the mirror's urgency, as plain numbers."""
    priority, due, case_id = urgency(case)
    return priority, due.timestamp(), case_id


class Order:
    """The ids of one view in order of urgency, kept sorted as cases change.

    ``cursor`` is the id of the current case. It stays with its case; when the case
    leaves the view, the next one takes its place, or the last where none follows.
    """

    def __init__(self, cases: Mapping[str, wire.CaseRow]) -> None:
        self._cases = cases
        self._keys: list[Key] = []
        self._by_id: dict[str, Key] = {}
        self.view = VIEWS[3]
        self.matches: Callable[[wire.CaseRow], bool] = lambda _: True
        self.cursor: str | None = None
        self.rebuild()

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, index: int) -> wire.CaseRow:
        return self._cases[self._keys[index][2]]

    def index(self, case_id: str | None) -> int | None:
        """Return where a case stands, or None when the view does not hold it."""
        key = self._by_id.get(case_id) if case_id is not None else None
        return None if key is None else bisect_left(self._keys, key)

    def _wanted(self, case: wire.CaseRow | None) -> bool:
        return case is not None and case.state in self.view.states and self.matches(case)

    def rebuild(self) -> None:
        """Sort everything anew, after the view, the filter or the whole mirror changed."""
        stood = self._cursor_key()
        self._keys = sorted(key_of(case) for case in self._cases.values() if self._wanted(case))
        self._by_id = {key[2]: key for key in self._keys}
        self._keep_cursor(stood)

    def update(self, ids: Iterable[str]) -> list[str]:
        """Take changed cases; return the ids that were not in the view before."""
        stood = self._cursor_key()
        new = []
        for case_id in sorted(ids):
            before = self._by_id.pop(case_id, None)
            if before is not None:
                del self._keys[bisect_left(self._keys, before)]
            case = self._cases.get(case_id)
            if case is not None and self._wanted(case):
                key = key_of(case)
                insort(self._keys, key)
                self._by_id[case_id] = key
                if before is None:
                    new.append(case_id)
        self._keep_cursor(stood)
        return new

    def _cursor_key(self) -> Key | None:
        return self._by_id.get(self.cursor) if self.cursor is not None else None

    def _keep_cursor(self, stood: Key | None) -> None:
        if self.cursor is None or self.cursor in self._by_id:
            return
        if not self._keys or stood is None:
            self.cursor = None
        else:
            after = bisect_left(self._keys, stood)
            self.cursor = self._keys[min(after, len(self._keys) - 1)][2]
