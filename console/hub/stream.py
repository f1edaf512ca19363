"""Fan-out to the seats: each has a bounded queue, none slows another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from console.domain.permit import sees_everything
from console.hub.scope import line_for
from console.hub.store import LogLine
from console.hub.store.live import Live
from console.wire import Beat, Health, Officer, Position

CHUNK = 500
"""Changes in one message at most."""
PACE = 0.04
"""Seconds between two messages of changes; the first after a rest goes at once."""


def changes_message(texts: Iterable[str]) -> str:
    """Return the JSON of :class:`wire.Changes` around changes that are JSON already."""
    return '{"type":"changes","changes":[' + ",".join(texts) + "]}"


class Packet:
    """Changes that go out together; the message is made once, however many seats take it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._message = ""

    def __len__(self) -> int:
        return len(self._texts)

    def message(self) -> str:
        if not self._message:
            self._message = changes_message(self._texts)
        return self._message


def packets(texts: Sequence[str]) -> list[Packet]:
    """Return changes in packets of at most :data:`CHUNK`."""
    return [Packet(texts[i : i + CHUNK]) for i in range(0, len(texts), CHUNK)]


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
    """What one seat has not been sent yet. Changes queue; everything else is newest-wins.

    ``session`` is the digest of the token the seat came with; when it ends, so does the stream.
    """

    def __init__(self, limit: int, officer: Officer, session: str = "") -> None:
        self.officer = officer
        self.session = session
        self.everything = sees_everything(officer)
        self.behind = False
        self.ended = False
        self._limit = limit
        self._packets: deque[Packet] = deque()
        self._waiting = 0
        self._batch: Batch | None = None
        self._newest: dict[str, str] = {}
        self._wake = asyncio.Event()

    def add(self, packets: Iterable[Packet]) -> None:
        if self.behind:
            return
        for packet in packets:
            self._packets.append(packet)
            self._waiting += len(packet)
            # It would come after changes that are newer than its number.
            self._newest.pop("beat", None)
        if self._waiting > self._limit:
            self._packets.clear()
            self.behind = True
        self._wake.set()

    def move(self, batch: Batch) -> None:
        self._batch = batch if self._batch is None else batch.over(self._batch)
        self._wake.set()

    def tell(self, what: str, text: str) -> None:
        """Hand on a message of which only the newest counts: ``health``, ``beat``, …"""
        self._newest[what] = text
        self._wake.set()

    def end(self) -> None:
        """Send nothing more: the session is over."""
        self.ended = True
        self._wake.set()

    @property
    def open(self) -> bool:
        """Whether more will come."""
        return not (self.behind or self.ended)

    async def take(self) -> list[str]:
        """Wait for something to send and return it as messages, changes first.

        Once the seat is hopelessly behind (``behind``) nothing more comes.
        """
        await self._wake.wait()
        self._wake.clear()
        messages = [packet.message() for packet in self._packets]
        self._packets.clear()
        self._waiting = 0
        if self._batch is not None:
            messages.append(self._batch.message())
        messages += self._newest.values()
        self._batch, self._newest = None, {}
        return messages


class Stream:
    """All seats. Called on the event loop only."""

    def __init__(self, limit: int, live: Live) -> None:
        self.seq = 0
        self.cut = 0
        self._limit = limit
        self._live = live
        self._seats: set[Outbox] = set()
        self._lines: list[LogLine] = []
        self._flushing: asyncio.TimerHandle | None = None
        self._flushed = 0.0

    def __len__(self) -> int:
        return len(self._seats)

    def __iter__(self) -> Iterator[Outbox]:
        return iter(self._seats)

    def join(self, officer: Officer, session: str = "") -> Outbox:
        """Open an outbox that gets every change numbered above :attr:`seq`."""
        self._flush()
        outbox = Outbox(self._limit, officer, session)
        self._seats.add(outbox)
        return outbox

    def leave(self, outbox: Outbox) -> None:
        """Forget a seat."""
        self._seats.discard(outbox)
        self.cut += outbox.behind

    def end(self, sessions: Collection[str]) -> None:
        """Cut the streams of sessions that are over."""
        for outbox in self._seats:
            if outbox.session in sessions:
                outbox.end()

    def publish(self, lines: list[LogLine]) -> None:
        """Hand committed changes to every seat that may see them, several commits at a time."""
        if not lines:
            return
        self.seq = lines[-1].seq
        self._lines += lines
        if self._flushing is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._flushed + PACE - loop.time())
            self._flushing = loop.call_later(wait, self._flush)

    def _flush(self) -> None:
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        lines, self._lines = self._lines, []
        if not lines:
            return
        self._flushed = asyncio.get_running_loop().time()
        for_all = packets([line.text for line in lines])
        for outbox in self._seats:
            outbox.add(for_all if outbox.everything else self._seen(outbox, lines))

    def _seen(self, outbox: Outbox, lines: Iterable[LogLine]) -> list[Packet]:
        found = [line_for(self._live, outbox.officer, line) for line in lines]
        return packets([text for text in found if text is not None])

    def move(self, positions: Mapping[str, Position]) -> None:
        """Hand on what moved in this tick."""
        if positions:
            batch = Batch(positions)
            for outbox in self._seats:
                outbox.move(batch)

    def beat(self, now: datetime) -> None:
        """Say that the hub lives, and that everything up to :attr:`seq` was said before."""
        self._flush()
        text = Beat(at=now, seq=self.seq).model_dump_json()
        for outbox in self._seats:
            outbox.tell("beat", text)

    def health(self, health: Health) -> None:
        """Hand on the health lines."""
        text = health.model_dump_json()
        for outbox in self._seats:
            outbox.tell("health", text)
