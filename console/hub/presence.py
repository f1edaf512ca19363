"""Who sits at the seats and which case each looks at: told to all, never logged."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from console import wire
from console.domain.permit import Deed, may
from console.hub.scope import case_thing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.hub.store.live import Live
    from console.hub.stream import Outbox

REST = 1.0
"""Seconds between two tellings; the first after a rest goes at once."""


class Presence:
    """The seats of a hub. Called on the event loop only."""

    def __init__(self, clock: Callable[[], datetime], live: Live) -> None:
        self._clock = clock
        self._live = live
        self._seats: dict[Outbox, wire.Present] = {}
        self._telling: asyncio.TimerHandle | None = None
        self._told = 0.0

    def join(self, seat: Outbox) -> None:
        """Take note of a seat."""
        officer = seat.officer
        self._seats[seat] = wire.Present(officer=officer.id, name=officer.name, since=self._clock())
        self._change()

    def leave(self, seat: Outbox) -> None:
        """Take note that a seat went."""
        if self._seats.pop(seat, None) is not None:
            self._change()

    def look(self, seat: Outbox, case: str | None) -> None:
        """Take note which case a seat looks at; one that it may not see counts as none."""
        now = self._seats.get(seat)
        if now is None:
            return
        case = case if case and self._may_see(seat, case) else None
        if case != now.case:
            self._seats[seat] = now.model_copy(update={"case": case, "since": self._clock()})
            self._change()

    def looking(self) -> set[tuple[str, str]]:
        """Return (officer, case) for every seat that looks at one."""
        return {(one.officer, one.case) for one in self._seats.values() if one.case}

    def seats_of(self, session: str) -> int:
        """Return how many seats a session has open."""
        return sum(seat.session == session for seat in self._seats)

    def _may_see(self, seat: Outbox, case: str) -> bool:
        row = self._live.cases.get(case)
        return row is not None and may(seat.officer, Deed.SEE, case_thing(row))

    def _change(self) -> None:
        if self._telling is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._told + REST - loop.time())
            self._telling = loop.call_later(wait, self._tell)

    def _tell(self) -> None:
        self._telling = None
        self._told = asyncio.get_running_loop().time()
        everybody = sorted(self._seats.values(), key=lambda one: (one.name, one.since))
        text = wire.Presence(present=everybody).model_dump_json()
        for seat in self._seats:
            seat.tell("presence", text if seat.everything else self._for(seat, everybody))

    def _for(self, seat: Outbox, everybody: list[wire.Present]) -> str:
        """Return who is there, without the cases that a seat may not see."""
        present = [
            one
            if one.case is None or self._may_see(seat, one.case)
            else one.model_copy(update={"case": None})
            for one in everybody
        ]
        return wire.Presence(present=present).model_dump_json()
