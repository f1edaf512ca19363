"""Speaking to the street: warnings, calls, live talk.

Live talk goes over the WebSocket ``/api/talk``: the seat sends one :class:`TalkOpen`, then binary
frames of 20 ms (s16le, 16 kHz, mono, 640 bytes); closing the socket, in whatever way, closes
the speaker.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from console.wire.base import Message


class Call(Message):
    """One use of a loudspeaker, from asking to silence.

    ``audio`` is the sound as sent, ``before`` and ``after`` the frames of the nearest
    camera at the asking and some time later: ids of :class:`Media`.
    """

    id: str
    case: str | None
    speaker: str
    operator: str
    kind: Literal["warning", "talk"]
    text: str = ""
    state: Literal["asked", "opening", "speaking", "done", "failed"]
    asked: datetime
    opened: datetime | None = None
    first_packet: datetime | None = None
    ended: datetime | None = None
    why: str = ""
    sha256: str = ""
    audio: str | None = None
    before: str | None = None
    after: str | None = None


class Template(Message):
    """A spoken warning with slots; ``number`` is the key that sends it (1-9)."""

    id: str
    number: int
    title: str
    text: str
    codes: list[str] = Field(default_factory=list)


class TalkOpen(Message):
    speaker: str
    case: str | None = None
    key: str = Field(min_length=8, max_length=64)


class TalkState(Message):
    call: str
    state: Literal["opening", "talking", "closed", "failed"]
    why: str = ""


class Prepare(Message):
    """Body of POST /api/voice/prepare: render a warning before it is sent."""

    speaker: str
    template: str
    case: str | None = None


class Prepared(Message):
    """The words as they will be spoken."""

    text: str
