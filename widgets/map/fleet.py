"""Where the units are between two fixes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from console import wire
from widgets.map.projection import Floats, Sheet

SHORTEST, LONGEST = 0.2, 3.0
"""Seconds a unit may take from one fix to the next on the screen."""


class Fleet:
    """Units on the sheet, moving evenly from the last fix to the newest.

    ``t`` is any monotonic clock in seconds. A unit is drawn where it was a moment ago and
    never beyond its newest fix: nothing is guessed.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.ids: list[str] = []
        self.places: dict[str, int] = {}
        self._from = np.empty((0, 2))
        self._to = np.empty((0, 2))
        self._start = np.empty(0)
        self._took = np.empty(0)
        self._seen: list[datetime] = []

    def take(self, positions: Mapping[str, wire.Position], t: float) -> None:
        """Take the newest fixes."""
        if len(positions) != len(self.ids) or any(unit not in self.places for unit in positions):
            self._rebuild(positions, t)
            return
        changed = [
            (place, position)
            for place, position in zip(
                map(self.places.__getitem__, positions), positions.values(), strict=True
            )
            if position.at != self._seen[place]
        ]
        if not changed:
            return
        index = np.array([place for place, _ in changed])
        current = self.at(t)
        fixes = [position for _, position in changed]
        gaps = [(p.at - self._seen[i]).total_seconds() for i, p in changed]
        self._from[index] = current[index]
        self._to[index] = self._project(fixes)
        self._start[index] = t
        self._took[index] = np.clip(gaps, SHORTEST, LONGEST)
        for place, position in changed:
            self._seen[place] = position.at

    def _project(self, fixes: list[wire.Position]) -> Floats:
        lat = np.array([p.lat for p in fixes])
        lon = np.array([p.lon for p in fixes])
        return self._sheet.many(lat, lon)

    def _rebuild(self, positions: Mapping[str, wire.Position], t: float) -> None:
        self.ids = list(positions)
        self.places = {unit: place for place, unit in enumerate(self.ids)}
        fixes = list(positions.values())
        self._to = self._project(fixes)
        self._from = self._to.copy()
        self._start = np.full(len(fixes), t - LONGEST)
        self._took = np.full(len(fixes), LONGEST)
        self._seen = [p.at for p in fixes]

    def at(self, t: float) -> Floats:
        """Return where the units are drawn at ``t``: an (n, 2) array in the order of ``ids``."""
        share = np.clip((t - self._start) / self._took, 0.0, 1.0)[:, None]
        places: Floats = self._from + (self._to - self._from) * share
        return places

    def moving(self, t: float) -> bool:
        """Tell whether any unit is still on its way to its newest fix."""
        return bool(np.any(t < self._start + self._took))
