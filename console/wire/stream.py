"""The snapshot, the change log and the stream that carries it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from console.wire.base import API_VERSION, Message
from console.wire.office import Officer
from console.wire.town import Position


class Change(Message):
    """One numbered step of the truth: the entity as it is now, or None when it is gone."""

    seq: int
    at: datetime
    kind: str
    id: str
    body: dict[str, Any] | None


class Snapshot(Message):
    """Everything at ``seq``: ``entities[kind]`` lists bodies of that kind."""

    version: int = API_VERSION
    seq: int
    at: datetime
    town: str
    officer: Officer
    entities: dict[str, list[dict[str, Any]]]


class Changes(Message):
    type: Literal["changes"] = "changes"
    changes: list[Change]


class Positions(Message):
    type: Literal["positions"] = "positions"
    positions: list[Position]


class Pruned(Message):
    """The log no longer reaches back to what the seat asked for: fetch a snapshot."""

    type: Literal["pruned"] = "pruned"
    oldest: int


class Part(Message):
    """One line of the health pane. ``figures`` are numbers with their unit in the name."""

    name: str
    state: Literal["ok", "warn", "fail", "off"]
    note: str = ""
    since: datetime | None = None
    figures: dict[str, float] = Field(default_factory=dict)


class Health(Message):
    type: Literal["health"] = "health"
    at: datetime
    parts: list[Part]


class Beat(Message):
    """Sent every second when nothing else is; carries the hub's clock and last number."""

    type: Literal["beat"] = "beat"
    at: datetime
    seq: int


class Present(Message):
    """One officer at a seat, and the case he is looking at."""

    officer: str
    name: str
    case: str | None = None
    since: datetime


class Presence(Message):
    """Who is at the seats now; sent when it changes, never logged."""

    type: Literal["presence"] = "presence"
    present: list[Present]


class Looking(Message):
    """The one thing a seat says on its stream: which case its officer looks at now."""

    type: Literal["looking"] = "looking"
    case: str | None = Field(default=None, max_length=64)


StreamMessage = Annotated[
    Changes | Positions | Pruned | Health | Presence | Beat, Field(discriminator="type")
]
