"""How long to wait before trying again."""

from __future__ import annotations

import random


class Backoff:
    """Doubling waits between ``first`` and ``most`` seconds, each shortened by up to a half."""

    def __init__(self, first: float, most: float) -> None:
        self._first = first
        self._most = most
        self._tries = 0

    def next(self) -> float:
        """Return how many seconds to wait now."""
        wait = min(self._most, self._first * 2.0 ** min(self._tries, 16))
        self._tries += 1
        return wait * random.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Begin anew after a success."""
        self._tries = 0
