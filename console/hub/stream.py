"""Fan-out to the seats: each has a bounded queue, none slows another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime

from console.hub.store import LogLine
from console.wire import Beat, Health, Position

CHUNK = 500
"""Changes in one message at most."""


def changes_message(texts: Iterable[str]) -> str:
    """Return the JSON of :class:`wire.Changes` around changes that are JSON already."""
    return '{"type":"changes","changes":[' + ",".join(texts) + "]}"


class Batch:
    """Positions of one tick; the JSON is made once, however many seats take it."""

    def __init__(self, positions: Mapping[str, Position]) -> None:
        self._texts = {unit: position.model_dump_json() for unit, position in positions.items()}
        self._message = ""

    def over(self, older: Batch) -> Batch:
        """Return a batch with the newest of both."""
        merged = Batch({})
        merged._texts = older._texts | self._texts
        return merged

    def message(self) -> str:
        if not self._message:
            self._message = (
                '{"type":"positions","positions":[' + ",".join(self._texts.values()) + "]}"
            )
        return self._message


class Outbox:
    """What one seat has not been sent yet. Changes queue; everything else is newest-wins."""

    def __init__(self, limit: int) -> None:
        self.behind = False
        self._limit = limit
        self._lines: deque[str] = deque()
        self._batch: Batch | None = None
        self._health = ""
        self._beat = ""
        self._wake = asyncio.Event()

    def add(self, lines: Iterable[LogLine]) -> None:
        if self.behind:
            return
        self._lines.extend(line.text for line in lines)
        if len(self._lines) > self._limit:
            self._lines.clear()
            self.behind = True
        self._wake.set()

    def move(self, batch: Batch) -> None:
        self._batch = batch if self._batch is None else batch.over(self._batch)
        self._wake.set()

    def tell(self, *, health: str = "", beat: str = "") -> None:
        self._health = health or self._health
        self._beat = beat or self._beat
        self._wake.set()

    async def take(self) -> list[str]:
        """Wait for something to send and return it as messages, changes first.

        Once the seat is hopelessly behind (``behind``) nothing more comes.
        """
        await self._wake.wait()
        self._wake.clear()
        messages = []
        while self._lines:
            count = min(CHUNK, len(self._lines))
            messages.append(changes_message([self._lines.popleft() for _ in range(count)]))
        if self._batch is not None:
            messages.append(self._batch.message())
        messages += [text for text in (self._health, self._beat) if text]
        self._batch, self._health, self._beat = None, "", ""
        return messages


class Stream:
    """All seats. Called on the event loop only."""

    def __init__(self, limit: int) -> None:
        self.seq = 0
        self.cut = 0
        self._limit = limit
        self._seats: set[Outbox] = set()

    def __len__(self) -> int:
        return len(self._seats)

    def join(self) -> Outbox:
        """Open an outbox that gets every change numbered above :attr:`seq`."""
        outbox = Outbox(self._limit)
        self._seats.add(outbox)
        return outbox

    def leave(self, outbox: Outbox) -> None:
        """Forget a seat."""
        self._seats.discard(outbox)
        self.cut += outbox.behind

    def publish(self, lines: list[LogLine]) -> None:
        """Hand committed changes to every seat."""
        if not lines:
            return
        self.seq = lines[-1].seq
        for outbox in self._seats:
            outbox.add(lines)

    def move(self, positions: Mapping[str, Position]) -> None:
        """Hand on what moved in this tick."""
        if positions:
            batch = Batch(positions)
            for outbox in self._seats:
                outbox.move(batch)

    def beat(self, now: datetime) -> None:
        """Say that the hub lives."""
        text = Beat(at=now, seq=self.seq).model_dump_json()
        for outbox in self._seats:
            outbox.tell(beat=text)

    def health(self, health: Health) -> None:
        """Hand on the health lines."""
        text = health.model_dump_json()
        for outbox in self._seats:
            outbox.tell(health=text)
