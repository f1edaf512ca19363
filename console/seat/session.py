"""A seat without its screen: what is known, who sits here, and the way to the hub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from console import wire
from console.seat.lines import Lines
from console.seat.mirror import Mirror
from console.seat.queue_order import Order
from console.seat.queue_views import Views
from console.seat.saving import Saved
from console.seat.selection import Selection
from console.seat.settings import Settings
from console.seat.stream import Told

M = TypeVar("M", bound=wire.Message)


class Talk(Protocol):
    """A live talk to one loudspeaker; closing it, in whatever way, silences the speaker."""

    def send(self, pcm: bytes) -> None:
        """Send one frame of 20 ms: s16le, 16 kHz, mono, 640 bytes. Never blocks."""

    def close(self) -> None:
        """End the talk; harmless when it has ended."""


class Client(Protocol):
    """The way to the hub. Nothing here blocks: answers come on threads of the client's own."""

    @property
    def skew(self) -> float:
        """Seconds the hub's clock is ahead of ours."""

    def start(self, message: Callable[[Told], None], state: Callable[[str], None]) -> None:
        """Begin to receive; both are called on a thread of the client."""

    def submit(
        self,
        command: wire.Command,
        then: Callable[[wire.CommandResult | wire.Problem], None],
    ) -> None:
        """Send a command until it is acknowledged or refused, in the order of submission."""

    def detail(self, case_id: str, then: Callable[[wire.CaseDetail | wire.Problem], None]) -> None:
        """Fetch one case whole."""

    def media(self, media_id: str, then: Callable[[bytes | wire.Problem], None]) -> None:
        """Fetch the bytes of a photo, a frame or a sound."""

    def upload(
        self,
        path: str,
        data: bytes,
        type_: str,
        model: type[M],
        then: Callable[[M | wire.Problem], None],
    ) -> None:
        """Post a body of a media type; the answer is of ``model``."""

    def basemap(self, then: Callable[[bytes | wire.Problem], None]) -> None:
        """Fetch the base map as GeoJSON text."""

    def save(
        self, path: str, data: bytes, file: Path, then: Callable[[Saved | wire.Problem], None]
    ) -> None:
        """Have the hub make a table and put it into ``file``; that may take minutes."""

    def month_report(
        self,
        start: datetime,
        end: datetime,
        then: Callable[[wire.MonthReport | wire.Problem], None],
    ) -> None:
        """Fetch the figures of the cases opened in a time."""

    def prepare(self, speaker: str, case: str | None, template: str) -> None:
        """Have the hub render a warning so that sending it is instant; failures do not matter."""

    def watching(self, cameras: list[str]) -> None:
        """Tell the hub's audit which cameras this seat shows now; failures do not matter."""

    def looking(self, case_id: str | None) -> None:
        """Tell the others which case this seat looks at; failures do not matter."""

    def lock(self) -> None:
        """Tell the hub's audit that this seat hides what it shows; failures do not matter."""

    def unlock(self, password: str, then: Callable[[wire.Officer | wire.Problem], None]) -> None:
        """Ask the hub whether this is the password of who signed in here."""

    def sign_out(self) -> None:
        """End the session on the hub; failures do not matter."""

    def talk(self, opening: wire.TalkOpen, state: Callable[[wire.TalkState], None]) -> Talk:
        """Open a live talk; ``state`` is told its states on the client's thread."""

    def close(self) -> None:
        """Stop every thread and socket within two seconds."""


@dataclass(slots=True)
class Seat:
    """One officer's place. ``picked`` are the ids of the cases that the next deed is done to.

    ``beyond`` holds the rows that are selected or picked and that the mirror does not hold;
    ``order`` is what the queue shows, once there is one.
    """

    client: Client
    mirror: Mirror = field(default_factory=Mirror)
    settings: Settings = field(default_factory=Settings)
    selection: Selection = field(default_factory=Selection)
    picked: set[str] = field(default_factory=set)
    beyond: dict[str, wire.CaseRow] = field(default_factory=dict)
    order: Order | None = None
    views: Views = field(default_factory=Views)
    lines: Lines = field(default_factory=Lines)

    @property
    def officer(self) -> wire.Officer:
        """Who sits here, as the hub told."""
        return self.mirror.officer
