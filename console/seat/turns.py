"""Whose turn it is: commands on one thing go out one after the other.

An officer presses faster than the hub answers. What he presses next on the same case must rest
on what he did before, so it waits until this seat has seen that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

Go = Callable[[], None]


@dataclass(slots=True)
class _Turn:
    """``until`` is the number at which the command that is out is seen; None while unanswered."""

    until: int | None = None
    waiting: deque[Go] = field(default_factory=deque)


class Turns:
    """One line a target; a target nobody waits for has none."""

    def __init__(self) -> None:
        self._lines: dict[str, _Turn] = {}

    def busy(self, target: str) -> bool:
        """Tell whether something is before whoever comes now."""
        return target in self._lines

    def take(self, target: str, go: Go) -> None:
        """Run ``go`` now, or when those before it are seen."""
        if target in self._lines:
            self._lines[target].waiting.append(go)
        else:
            self._lines[target] = _Turn()
            go()

    def answered(self, target: str, until: int) -> None:
        """Note that the hub answered, and from which change on the effect is seen."""
        line = self._lines.get(target)
        if line is not None:
            line.until = until

    def seen(self, seq: int) -> None:
        """Let the next ones go where everything up to ``seq`` is seen."""
        due = [t for t, line in self._lines.items() if line.until is not None and line.until <= seq]
        for target in due:
            line = self._lines[target]
            line.until = None
            if line.waiting:
                line.waiting.popleft()()
            else:
                del self._lines[target]
