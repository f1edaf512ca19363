"""How many cases are open, and how many of those are over their time: kept, not counted anew."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from datetime import datetime

from console import wire
from console.seat.mirror import OPEN_STATES, ChangeSet


class Deadlines:
    """The nearest deadline of every open case of the mirror, in order."""

    def __init__(self, cases: Mapping[str, wire.CaseRow]) -> None:
        self._cases = cases
        self._by_id: dict[str, datetime] = {}
        self._sorted: list[datetime] = []
        self.update(ChangeSet(whole=True))

    def __len__(self) -> int:
        return len(self._sorted)

    def over(self, now: datetime) -> int:
        """Return how many open cases are over their time."""
        return bisect_left(self._sorted, now)

    def update(self, touched: ChangeSet) -> None:
        """Follow the mirror."""
        if touched.whole:
            known = ((id_, _deadline(case)) for id_, case in self._cases.items())
            self._by_id = {id_: due for id_, due in known if due is not None}
            self._sorted = sorted(self._by_id.values())
            return
        for case_id in touched.kinds.get("case", ()):
            before = self._by_id.pop(case_id, None)
            if before is not None:
                del self._sorted[bisect_left(self._sorted, before)]
            due = _deadline(self._cases.get(case_id))
            if due is not None:
                self._by_id[case_id] = due
                insort(self._sorted, due)


def _deadline(case: wire.CaseRow | None) -> datetime | None:
    """Return when an open case's time is over; None for any other."""
    if case is None or case.state not in OPEN_STATES:
        return None
    return case.due if case.stage_due is None else min(case.due, case.stage_due)
