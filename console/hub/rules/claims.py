"""Claims: a case in one officer's hands, by a lease that he renews by working on it.

The one writer thread gives and takes them, so that two officers never have the same case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console import wire
from console.domain import claim
from console.domain.case import Action, Role
from console.hub.commands import Handler, Order, claimed, undo_of
from console.hub.housekeeping import every
from console.hub.refusal import Refused
from console.hub.rules.case_flow import row_of, step
from console.hub.store import LogLine

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx

_MAY = frozenset(Role) - {Role.AUDITOR, Role.SYSTEM}
_LEADS = frozenset({Role.SHIFT_LEADER, Role.LEADER})

PERIOD = 5.0
"""Seconds between two looks at claims that run out."""


def lease(hub: Hub) -> timedelta:
    """Return how long a claim lasts without a sign of its holder."""
    return timedelta(minutes=hub.settings.claim_minutes)


def _take(
    hub: Hub, tx: Tx, order: Order, row: wire.CaseRow, data: dict[str, str]
) -> wire.CommandResult:
    officer = order.officer
    fields = claim.taken(officer.id, officer.name, tx.now, lease(hub))
    after = step(hub, tx, row, Action.CLAIM, officer, data=data, **fields)
    undo = undo_of(order, "case.release", after.id, after.version)
    return wire.CommandResult(seq=tx.seq, target=after.id, undo=undo)


def _claim(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Take a case in hand, or keep it there. One that somebody else has is refused by name."""
    row = row_of(tx, order)
    refuse_other(row, order.officer, tx.now)
    return _take(hub, tx, order, row, {})


def _take_over(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Take a case out of somebody's hands."""
    row = row_of(tx, order)
    before = claim.holder(row, tx.now)
    data = {"from": before, "name": row.claimed_name} if before else {}
    return _take(hub, tx, order, row, data)


def _release(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Put a case back. It is only his to put back who has it."""
    row = row_of(tx, order)
    refuse_other(row, order.officer, tx.now)
    if row.claimed_by is None:
        raise Refused("not_claimed", row.id, status=409, current=row.model_dump(mode="json"))
    after = step(hub, tx, row, Action.RELEASE, order.officer, **claim.NOBODY)
    undo = undo_of(order, "case.claim", after.id, after.version)
    return wire.CommandResult(seq=tx.seq, target=after.id, undo=undo)


def refuse_other(row: wire.CaseRow, officer: wire.Officer, now: datetime) -> None:
    """Raise :class:`Refused` (409) where somebody else has the case in hand."""
    if claim.holder(row, now) not in (None, officer.id):
        raise claimed(row)


HANDLERS: dict[str, Handler] = {
    "case.claim": Handler(_claim, _MAY),
    "case.release": Handler(_release, _MAY),
    "case.take_over": Handler(_take_over, _LEADS),
}


class Sweep:
    """Ends claims that ran out, and renews those of who still looks at his case.

    It follows what is committed, so that it need not walk a million cases. On the event loop.
    """

    def __init__(self, rows: Iterable[wire.CaseRow]) -> None:
        self._held: dict[str, tuple[str, datetime]] = {}
        for row in rows:
            self._note(row)

    def follow(self, lines: Iterable[LogLine]) -> None:
        """Take note of what was committed."""
        for line in lines:
            if isinstance(line.body, wire.CaseRow):
                self._note(line.body)

    def _note(self, row: wire.CaseRow) -> None:
        if row.claimed_by and row.claimed_until:
            self._held[row.id] = (row.claimed_by, row.claimed_until)
        else:
            self._held.pop(row.id, None)

    def _due(self, before: datetime) -> dict[str, str]:
        return {case: by for case, (by, until) in self._held.items() if until <= before}

    async def look(self, hub: Hub) -> None:
        """Renew what is past half its lease and looked at; end what ran out."""
        now, span = hub.now(), lease(hub)
        looking = hub.presence.looking()
        renewed = {case for case, by in self._due(now + span / 2).items() if (by, case) in looking}
        gone = set(self._due(now)) - renewed
        if renewed or gone:
            await hub.store.write(lambda tx: _swept(tx, renewed, gone, span))


def _swept(tx: Tx, renewed: set[str], gone: set[str], span: timedelta) -> None:
    for id_ in renewed | gone:
        row = tx.get(wire.CaseRow, id_)
        if row is None or row.claimed_by is None:
            continue
        if id_ in renewed:
            fields = claim.taken(row.claimed_by, row.claimed_name, tx.now, span)
        elif claim.holder(row, tx.now) is None:
            fields = claim.NOBODY
        else:
            continue
        tx.put("case", row.model_copy(update=fields))


def setup(hub: Hub) -> None:
    """Begin to look after claims."""
    sweep = Sweep(hub.live.cases.values())
    hub.on_change.append(sweep.follow)
    hub.spawn(every(PERIOD, sweep.look, hub), "claims")
