"""Everything that moves along lines, as one table: a step costs a few array operations.

Only those who reach the end of a straight piece in this step are looked at one by one.
Followers keep their distance in their lane and stop at red.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from console.city.geometry import Track
from console.city.roads import Leg

Floats = NDArray[np.float64]
More = Callable[[int], list[Leg]]

CYCLE = 60.0
"""Seconds of one round of a junction's lights; each group has half, less the amber."""

_AMBER = 3.0
_ACCELERATION, _BRAKES = 2.0, 6.0
_HEADWAY = 1.2


class Movers:
    """A table of ``size`` slots. Take one with :meth:`add`, give it back with :meth:`drop`."""

    def __init__(self, size: int) -> None:
        self.x, self.y = np.zeros(size), np.zeros(size)
        self.heading, self.speed = np.zeros(size), np.zeros(size)
        self.wish = np.zeros(size)
        self.active = np.zeros(size, dtype=bool)
        self._dx, self._dy = np.zeros(size), np.zeros(size)
        self._ox, self._oy = np.zeros(size), np.zeros(size)
        self._s, self._end = np.zeros(size), np.full(size, math.inf)
        self._base, self._leg_length = np.zeros(size), np.zeros(size)
        self._limit = np.zeros(size)
        self._key = np.zeros(size, dtype=np.int64)
        self._signal = np.full(size, -1, dtype=np.int64)
        self._follows = np.zeros(size, dtype=bool)
        self._room = np.zeros(size)
        self._legs: list[deque[Leg]] = [deque() for _ in range(size)]
        self._leg: list[Leg | None] = [None] * size
        self._piece = [0] * size
        self._more: list[More | None] = [None] * size
        self._free = list(range(size - 1, -1, -1))

    @property
    def room(self) -> int:
        """How many slots are free."""
        return len(self._free)

    def add(
        self,
        legs: Iterable[Leg],
        wish: float,
        *,
        room: float = 0.0,
        start: float = 0.0,
        more: More | None = None,
    ) -> int:
        """Put somebody on a way at ``start`` metres and return the slot.

        ``wish`` is the speed in m/s; ``room`` the length kept free behind the one in
        front, 0 for those who keep no lane (walkers, bicycles). ``more`` is asked for
        further legs at the end of the last; none mean that he has arrived.
        """
        slot = self._free.pop()
        self.active[slot] = True
        self.wish[slot], self.speed[slot] = wish, wish
        self._room[slot], self._follows[slot] = room, room > 0
        self._more[slot] = more
        self.send(slot, legs)
        if start > 0:
            self._s[slot] += start
            self._advance(slot)
        self._place(slot)
        return slot

    def drop(self, slot: int) -> None:
        """Take somebody off the table."""
        self.active[slot] = False
        self._follows[slot] = False
        self._end[slot] = math.inf
        self._dx[slot] = self._dy[slot] = self.speed[slot] = 0.0
        self._legs[slot].clear()
        self._leg[slot] = self._more[slot] = None
        self._free.append(slot)

    def send(self, slot: int, legs: Iterable[Leg]) -> None:
        """Give a new way in place of the present one."""
        self._legs[slot] = deque(legs)
        self._next_leg(slot)
        self._place(slot)

    def leg(self, slot: int) -> Leg | None:
        """Return the line somebody is on, None at the end of his way."""
        return self._leg[slot]

    def step(self, dt: float, clock: float) -> list[int]:
        """Move everybody on by ``dt`` seconds; return the slots that came to their end."""
        top = np.minimum(self.wish, self._limit)
        self._keep_distance(top, clock)
        change = np.clip(top - self.speed, -_BRAKES * dt, _ACCELERATION * dt)
        self.speed += np.where(self._follows, change, top - self.speed)
        np.maximum(self.speed, 0.0, out=self.speed)
        self._s += self.speed * dt
        arrived = [int(s) for s in np.flatnonzero(self._s >= self._end) if self._advance(int(s))]
        np.multiply(self._dx, self._s, out=self.x)
        self.x += self._ox
        np.multiply(self._dy, self._s, out=self.y)
        self.y += self._oy
        return arrived

    def _keep_distance(self, top: Floats, clock: float) -> None:
        who = np.flatnonzero(self._follows)
        if not len(who):
            return
        along = self._base[who] + self._s[who]
        order = np.lexsort((along, self._key[who]))
        keys, along = self._key[who][order], along[order]
        gap = np.full(len(who), math.inf)
        same = keys[1:] == keys[:-1]
        gap[:-1][same] = (along[1:] - along[:-1])[same] - self._room[who][order][1:][same]
        red = self._red(self._signal[who][order], clock)
        left = self._leg_length[who][order] - along - 1.0
        gap[red] = np.minimum(gap[red], left[red])
        ordered = who[order]
        top[ordered] = np.minimum(top[ordered], np.maximum(gap / _HEADWAY, 0.0))

    @staticmethod
    def _red(signal: NDArray[np.int64], clock: float) -> NDArray[np.bool_]:
        node, group = signal >> 1, signal & 1
        phase = (clock + node * 17.0 + group * CYCLE / 2) % CYCLE
        return (signal >= 0) & (phase > CYCLE / 2 - _AMBER)

    def _advance(self, slot: int) -> bool:
        """Carry what is left over the ends of pieces and legs; True at the end of the way."""
        while self._s[slot] >= self._end[slot]:
            over = self._s[slot] - self._end[slot]
            leg = self._leg[slot]
            if leg is not None and self._piece[slot] + 2 < len(leg.track.points):
                self._take_piece(slot, leg, self._piece[slot] + 1)
            elif self._refilled(slot):
                self._next_leg(slot)
            else:
                self._stop(slot)
                return True
            self._s[slot] = over
        return False

    def _refilled(self, slot: int) -> bool:
        more = self._more[slot]
        if not self._legs[slot] and more is not None:
            self._legs[slot].extend(more(slot))
        return bool(self._legs[slot])

    def _next_leg(self, slot: int) -> None:
        if not self._legs[slot]:
            self._stop(slot)
            return
        leg = self._legs[slot].popleft()
        self._leg[slot] = leg
        self._key[slot], self._limit[slot] = leg.key, leg.limit
        self._signal[slot], self._leg_length[slot] = leg.signal, leg.track.length
        self._take_piece(slot, leg, 0)

    def _take_piece(self, slot: int, leg: Leg, piece: int) -> None:
        track = leg.track
        (x1, y1), (x2, y2) = track.points[piece], track.points[piece + 1]
        span = track.cum[piece + 1] - track.cum[piece]
        self._piece[slot] = piece
        self._ox[slot], self._oy[slot] = x1, y1
        if span > 1e-6:
            self._dx[slot], self._dy[slot] = (x2 - x1) / span, (y2 - y1) / span
            self.heading[slot] = math.degrees(math.atan2(x2 - x1, y2 - y1)) % 360.0
        self._s[slot], self._end[slot], self._base[slot] = 0.0, span, track.cum[piece]

    def _stop(self, slot: int) -> None:
        leg = self._leg[slot]
        if leg is not None:
            self._ox[slot], self._oy[slot] = leg.track.points[-1]
        self._leg[slot] = None
        self._s[slot], self._end[slot] = 0.0, math.inf
        self._dx[slot] = self._dy[slot] = self.speed[slot] = self._limit[slot] = 0.0

    def _place(self, slot: int) -> None:
        self.x[slot] = self._ox[slot] + self._dx[slot] * self._s[slot]
        self.y[slot] = self._oy[slot] + self._dy[slot] * self._s[slot]


def straight(points: Sequence[tuple[float, float]], limit: float = 2.0) -> Leg:
    """Return a leg of its own along a few points, for steps aside from the graph."""
    return Leg(-(1 << 40), Track(points), limit)
