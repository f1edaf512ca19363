"""How the Qt thread keeps time."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Frames:
    """How the Qt thread keeps time: lateness of the frame timer in seconds."""

    count: int = 0
    late: int = 0
    worst: float = 0.0
    mailbox: int = 0
    all: int = 0
    all_late: int = 0
    _last: float = 0.0
    _minute: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=60))

    def tick(self, now: float, waiting: int) -> None:
        """Note one frame; more than 33 ms after the one before is a late one."""
        if self._last:
            took = now - self._last
            self.count += 1
            self.late += took > 0.033
            self.all += 1
            self.all_late += took > 0.033
            self.worst = max(self.worst, took)
        self.mailbox = max(self.mailbox, waiting)
        self._last = now

    def take(self) -> tuple[int, int, float, int]:
        """Return frames, late ones, the longest (seconds) and the fullest mailbox; count anew."""
        taken = self.count, self.late, self.worst, self.mailbox
        self._minute.append((self.count, self.late))
        self.count, self.late, self.worst, self.mailbox = 0, 0, 0.0, 0
        return taken

    def late_percent(self) -> float:
        """Return the share of late frames over the last 60 takes, one a second."""
        count = sum(one for one, _ in self._minute)
        return 100.0 * sum(late for _, late in self._minute) / count if count else 0.0

    def forget(self) -> None:
        """Count from here: what came before was the start."""
        self.take()
        self._minute.clear()
