"""One line for each part of the hub: is it well, since when, with which figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from console.wire import Health, Part

State = Literal["ok", "warn", "fail", "off"]


class HealthBoard:
    """The parts in the order they first reported. Called on the event loop."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._parts: dict[str, Part] = {}

    def set(
        self, name: str, state: State, note: str = "", figures: Mapping[str, float] | None = None
    ) -> None:
        """Say how a part is. ``since`` stays the moment at which ``state`` last changed.

        ``figures`` None keeps those said last.
        """
        before = self._parts.get(name)
        since = before.since if before and before.state == state else self._clock()
        if figures is None:
            figures = before.figures if before else {}
        self._parts[name] = Part(
            name=name, state=state, note=note, since=since, figures=dict(figures)
        )

    def read(self) -> Health:
        """Return all parts as they are now."""
        return Health(at=self._clock(), parts=list(self._parts.values()))
