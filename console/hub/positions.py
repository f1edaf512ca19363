"""The fast lane: where every unit is. Newest wins; nothing here is committed one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from console.wire import Position

Listener = Callable[[Position], None]

FUTURE = timedelta(minutes=2)
"""A terminal's clock may run ahead by this much; a fix from further ahead is not believed."""


class Positions:
    """Last fix of each unit, what changed since the last tick, and the track to be kept."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.late = 0
        self.refused = 0
        self.taken = 0
        self._last: dict[str, Position] = {}
        self._moved: dict[str, Position] = {}
        self._track: list[Position] = []

    def load(self, known: Iterable[Position]) -> None:
        """Start from what was kept before a restart; a fix already here is newer and stays."""
        for position in known:
            self._last.setdefault(position.unit, position)

    def put(self, position: Position, now: datetime) -> bool:
        """Take a fix; return whether it is now the unit's present.

        A late fix joins the track but never moves the present back. One from the future
        is refused: it would freeze the unit until the clock catches up.
        """
        if position.at > now + FUTURE:
            self.refused += 1
            return False
        self._track.append(position)
        before = self._last.get(position.unit)
        if before is not None and position.at <= before.at:
            self.late += 1
            return False
        self.taken += 1
        self._last[position.unit] = position
        self._moved[position.unit] = position
        for listener in self.listeners:
            listener(position)
        return True

    def get(self, unit: str) -> Position | None:
        """Return a unit's newest fix."""
        return self._last.get(unit)

    def all(self) -> Mapping[str, Position]:
        """Return the newest fix of every unit."""
        return MappingProxyType(self._last)

    def fresh(self, now: datetime, age: float) -> dict[str, Position]:
        """Return the fixes that are at most ``age`` seconds old."""
        oldest = now - timedelta(seconds=age)
        return {unit: at for unit, at in self._last.copy().items() if at.at >= oldest}

    def take_moved(self) -> dict[str, Position]:
        """Return what moved since the last call."""
        moved, self._moved = self._moved, {}
        return moved

    def take_track(self) -> list[Position]:
        """Return the fixes not yet kept in the track."""
        track, self._track = self._track, []
        return track
