"""From fixes to positions: what a terminal says is believed unless it cannot be."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from console.domain.geo import distance
from console.hub.positions import FUTURE, Positions
from console.wire import Position

if TYPE_CHECKING:
    from console.hub.intake.doors import Door

FASTEST = 70.0
"""Metres a second beyond which two fixes cannot be one unit's: 252 km/h."""

NOISE = 250.0
"""Metres that a bad fix may be off without being a jump."""


class Verdict(StrEnum):
    """What became of a fix."""

    PRESENT = "present"
    LATE = "late"
    AHEAD = "ahead"
    JUMP = "jump"


class Tracks:
    """Judges fixes before they become positions; one for all doors.

    A fix that jumps is held back. If the next one lies nearer to it than to where the unit was
    thought to be, the unit really is there (it was carried, or came out of a tunnel).
    """

    def __init__(self, positions: Positions) -> None:
        self._positions = positions
        self._doubted: dict[str, Position] = {}

    def take(self, door: Door, fix: Position, now: datetime) -> Verdict:
        """Take one fix of a known unit and count it at its door."""
        if fix.at > now + FUTURE:
            door.add("ahead")
            return Verdict.AHEAD
        present = self._positions.get(fix.unit)
        if present is not None and fix.at > present.at and _jumps(present, fix):
            doubted = self._doubted.get(fix.unit)
            if (
                doubted is None
                or fix.at <= doubted.at
                or _apart(present, fix) < _apart(doubted, fix)
            ):
                self._doubted[fix.unit] = fix
                door.add("jumps")
                return Verdict.JUMP
        if self._positions.put(fix, now):
            self._doubted.pop(fix.unit, None)
            door.taken += 1
            return Verdict.PRESENT
        door.add("late")
        return Verdict.LATE


def _jumps(before: Position, after: Position) -> bool:
    seconds = (after.at - before.at).total_seconds()
    return _apart(before, after) > NOISE + FASTEST * seconds


def _apart(one: Position, other: Position) -> float:
    return distance(one.lat, one.lon, other.lat, other.lon)
