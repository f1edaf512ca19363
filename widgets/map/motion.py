"""How the view moves by itself: a flight to a place, a glide after a drag."""

from __future__ import annotations

import math

from widgets.map.projection import MAX_ZOOM, MIN_ZOOM, View
from widgets.map.tiles import settled

FLIGHT = 0.35
"""Seconds of a flight, in sight of its goal."""

FRICTION = 4.5
"""How fast a glide slows down, per second."""

STILL = 12.0
"""Pixels per second below which a glide ends."""


class Motion:
    """At most one movement at a time; :meth:`step` moves the view on."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._goal: tuple[float, float, float] | None = None
        self._anchor: tuple[float, float] | None = None
        self._begin: tuple[float, float, float] = (0.0, 0.0, 0.0)
        self._started = 0.0
        self._speed: tuple[float, float] | None = None
        self._last = 0.0

    @property
    def active(self) -> bool:
        """Tell whether the view is moving by itself."""
        return self._goal is not None or self._speed is not None

    @property
    def zoom(self) -> float:
        """Return the zoom the view will have when it rests."""
        return self._goal[2] if self._goal is not None else self._view.zoom

    def stop(self) -> None:
        """Stand still."""
        self._goal = self._speed = self._anchor = None

    def fly(self, x: float, y: float, zoom: float, t: float) -> None:
        """Go to a place on the sheet and a zoom."""
        self.stop()
        self._begin = (self._view.x, self._view.y, self._view.zoom)
        self._goal = (x, y, _rest_at(zoom))
        self._started = t

    def zoom_at(self, zoom: float, px: float, py: float, t: float) -> None:
        """Change the zoom; what is under the pixel stays there."""
        self.stop()
        self._begin = (self._view.x, self._view.y, self._view.zoom)
        self._goal = (0.0, 0.0, _rest_at(zoom))
        self._anchor = (px, py)
        self._started = t

    def glide(self, vx: float, vy: float, t: float) -> None:
        """Go on with a speed in pixels per second."""
        self.stop()
        if math.hypot(vx, vy) > 4 * STILL:
            self._speed = (vx, vy)
            self._last = t

    def finish(self) -> None:
        """Be where the movement leads, at once."""
        if self._goal is not None:
            self._fly_on(math.inf)
        self.stop()

    def step(self, t: float) -> None:
        """Move the view to where it is at ``t``."""
        if self._goal is not None:
            self._fly_on(t)
        elif self._speed is not None:
            self._glide_on(t)

    def _fly_on(self, t: float) -> None:
        assert self._goal is not None
        share = min(1.0, (t - self._started) / FLIGHT)
        eased = 1 - (1 - share) ** 3
        x, y, zoom = (a + (b - a) * eased for a, b in zip(self._begin, self._goal, strict=True))
        if self._anchor is not None:
            self._view.zoom_to(zoom, *self._anchor)
        else:
            self._view.x, self._view.y, self._view.zoom = x, y, zoom
        if share >= 1.0:
            self.stop()

    def _glide_on(self, t: float) -> None:
        assert self._speed is not None
        took, self._last = t - self._last, t
        vx, vy = self._speed
        self._view.pan(vx * took, vy * took)
        slow = math.exp(-FRICTION * took)
        self._speed = (vx * slow, vy * slow)
        if math.hypot(*self._speed) < STILL:
            self.stop()


def _rest_at(zoom: float) -> float:
    return settled(min(MAX_ZOOM, max(MIN_ZOOM, zoom)))
