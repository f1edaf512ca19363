"""What came through each door, and what could not be taken: counted, kept, shown."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from console.hub.health import HealthBoard
from console.hub.intake.track import Tracks
from console.hub.positions import Positions
from console.protocols.mapping import Platform

log = logging.getLogger(__name__)

MAX_RAW = 64 << 10
MAX_FILE = 8 << 20
MAX_WAITING = 2000
MAX_STRANGERS = 500
MAX_BEGUN = 10_000
DECODED_AT_ONCE = 2
"""Photos that are unpacked at one time."""


@dataclass(slots=True)
class Door:
    """One way in. ``why`` is the newest reason for refusing something."""

    name: str
    taken: int = 0
    refused: int = 0
    ignored: int = 0
    why: str = ""
    figures: dict[str, float] = field(default_factory=dict)

    def refuse(self, why: str) -> None:
        """Count something that was turned away."""
        self.refused += 1
        self.why = why

    def add(self, figure: str, by: float = 1) -> None:
        """Count something of this door's own."""
        self.figures[figure] = self.figures.get(figure, 0) + by


@dataclass(slots=True)
class Stranger:
    """A terminal that the register does not know."""

    protocol: str
    terminal: str
    peer: str
    first: datetime
    last: datetime
    count: int = 1
    note: str = ""


class Quarantine:
    """Raw input that could not be taken, on disk, and terminals nobody knows.

    The file is JSON lines (``at``, ``door``, ``peer``, ``why``, ``raw`` in base64). It is turned
    over at 8 MB and one older file is kept, so that a flood costs neither disk nor memory.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self.dropped = 0
        self.kept = 0
        self._path = folder / "quarantine.jsonl"
        self._clock = clock
        self._waiting: deque[str] = deque()
        self._writing = threading.Lock()
        self._strangers: dict[tuple[str, str], Stranger] = {}

    def keep(self, door: str, peer: str, why: str, raw: bytes) -> None:
        """Put raw input aside; it reaches the disk with the next :meth:`flush`."""
        if len(self._waiting) >= MAX_WAITING:
            self.dropped += 1
            return
        line = {
            "at": self._clock().isoformat(),
            "door": door,
            "peer": peer,
            "why": why,
            "raw": base64.b64encode(raw[:MAX_RAW]).decode(),
        }
        self._waiting.append(json.dumps(line, ensure_ascii=False))
        self.kept += 1

    def flush(self) -> None:
        """Write what waits to disk; blocking."""
        with self._writing:
            self._flush()

    def _flush(self) -> None:
        lines = []
        while self._waiting:
            lines.append(self._waiting.popleft())
        if not lines:
            return
        if self._path.exists() and self._path.stat().st_size > MAX_FILE:
            self._path.replace(self._path.with_suffix(".old.jsonl"))
        with self._path.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    def stranger(self, protocol: str, terminal: str, peer: str, note: str = "") -> None:
        """Remember a terminal that is in no register; of too many the longest silent one goes."""
        now = self._clock()
        known = self._strangers.pop((protocol, terminal), None)
        if known is None:
            known = Stranger(protocol, terminal, peer, now, now, 0)
        known.last, known.count, known.peer = now, known.count + 1, peer
        known.note = note or known.note
        self._strangers[(protocol, terminal)] = known
        if len(self._strangers) > MAX_STRANGERS:
            del self._strangers[next(iter(self._strangers))]

    def find(self, terminal: str, protocol: str = "") -> Stranger | None:
        """Return the stranger with a terminal number, of one protocol or of any."""
        for stranger in self._strangers.values():
            if stranger.terminal == terminal and protocol in ("", stranger.protocol):
                return stranger
        return None

    def forget(self, protocol: str, terminal: str) -> None:
        """Let a stranger go that has become known."""
        self._strangers.pop((protocol, terminal), None)

    def strangers(self) -> Iterator[Stranger]:
        """Yield the strangers, the one heard last first."""
        return reversed(list(self._strangers.values()))


class Fetches:
    """Pictures to be fetched: each name once, few at a time, a bounded number waiting.

    A dead peer must neither hold the hub's threads nor fill its memory.
    """

    def __init__(self, at_once: int = 2, waiting: int = 100) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = waiting
        self._waiting = 0
        self._begun: dict[str, None] = {}

    def begin(self, name: str) -> bool:
        """Tell whether ``name`` is to be fetched now: not begun before, and there is room."""
        if name in self._begun or self._waiting >= self._most:
            return False
        self._begun[name] = None
        if len(self._begun) > MAX_BEGUN:
            del self._begun[next(iter(self._begun))]
        return True

    def forget(self, name: str) -> None:
        """Let ``name`` be fetched again: it was not to be had."""
        self._begun.pop(name, None)

    @contextlib.asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a turn."""
        self._waiting += 1
        try:
            async with self._free:
                yield
        finally:
            self._waiting -= 1


class Doors:
    """All doors by name, the judge of fixes and the quarantine behind them."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], positions: Positions) -> None:
        self.quarantine = Quarantine(folder, clock)
        self.tracks = Tracks(positions)
        self.fetches = Fetches()
        self.platforms: dict[str, Platform] = {}
        self.decoding = asyncio.Semaphore(DECODED_AT_ONCE)
        self._doors: dict[str, Door] = {}

    def __getitem__(self, name: str) -> Door:
        return self._doors.setdefault(name, Door(name))

    def tell(self, board: HealthBoard) -> None:
        """Put a line for each door and one for the quarantine on the board."""
        for door in self._doors.values():
            figures = {"taken": door.taken, "refused": door.refused, "ignored": door.ignored}
            board.set(f"door {door.name}", "ok", door.why, figures | door.figures)
        strangers = list(self.quarantine.strangers())
        named = "; ".join(
            f"{s.protocol}/{s.terminal}" + (f" {s.note}" if s.note else "") for s in strangers[:5]
        )
        board.set(
            "quarantine",
            "warn" if strangers else "ok",
            named,
            {
                "strangers": len(strangers),
                "kept": self.quarantine.kept,
                "dropped": self.quarantine.dropped,
            },
        )
