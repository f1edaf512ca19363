"""How a day goes: light, and how many are out in the streets."""

from __future__ import annotations

import math

import numpy as np

DAY = 86_400.0

_HOURS = (0, 4, 5.5, 7, 8, 9.5, 11.5, 13, 15, 16.5, 18, 19.5, 21.5, 23, 24)
_TRAFFIC = (0.10, 0.06, 0.2, 0.8, 1.0, 0.7, 0.85, 0.6, 0.65, 0.9, 1.0, 0.75, 0.5, 0.2, 0.10)
_PEOPLE = (0.05, 0.03, 0.3, 0.8, 0.9, 0.7, 0.8, 0.55, 0.6, 1.0, 1.0, 0.9, 0.55, 0.15, 0.05)


def daylight(clock: float) -> float:
    """Return 0 (night) to 1 (day) at ``clock`` seconds after midnight; it dawns near six."""
    hour = clock / 3600 % 24
    return min(1.0, max(0.0, 0.5 + 0.9 * math.sin((hour - 6.0) / 12 * math.pi) * 2))


def traffic(clock: float, rain: float) -> float:
    """Return the share of the busiest hour's vehicles."""
    return float(np.interp(clock / 3600 % 24, _HOURS, _TRAFFIC)) * (1 - 0.15 * rain)


def people(clock: float, rain: float, market: bool) -> float:
    """Return the share of the busiest hour's walkers; a market day draws more in the morning."""
    share = float(np.interp(clock / 3600 % 24, _HOURS, _PEOPLE)) * (1 - 0.6 * rain)
    return share * (1.3 if market and 6 < clock / 3600 % 24 < 12 else 1.0)


def within(hours: str, clock: float) -> bool:
    """Tell whether ``HH:MM-HH:MM`` holds; empty means always, an end before the start wraps."""
    if not hours:
        return True
    start, end = (int(t[:2]) * 3600 + int(t[3:5]) * 60 for t in hours.split("-"))
    now = clock % DAY
    return start <= now < end if start <= end else now >= start or now < end
