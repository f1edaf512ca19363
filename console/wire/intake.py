"""What seats and clients of the doors say of reports that people hand over."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from console.wire.base import Message, Point


class IntakeKey(Message):
    """A client of the doors. ``source`` is what its reports count as.

    ``account`` makes it the personal token of a collector, whose reports are his.
    """

    name: str = Field(min_length=1, max_length=64)
    source: str = Field(max_length=32)
    account: str | None = Field(default=None, max_length=64)
    disabled: bool = False


class NewKey(Message):
    """Answer to the making of a key: the only time that it is told."""

    name: str
    key: str = Field(repr=False)


class KeySwitch(Message):
    disabled: bool


class Party(Message):
    """Who brought reports: a client, a chat group, a survey. ``over`` counts those at an end."""

    source: str
    name: str
    reports: int
    joined: int
    over: int


class IntakeStats(Message):
    """Reports that came in from ``start`` up to ``end``, by source and party."""

    start: datetime
    end: datetime
    parties: list[Party]


class ChatPaste(Message):
    """Messages copied out of a chat group, as text, with the ids of their pictures in order.

    ``place`` says where it was for messages that name no place of their own. ``take`` lists the
    numbers of the messages to be taken, from 1; None takes those that the hub would.
    """

    group: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1, max_length=200_000)
    media: list[str] = Field(default_factory=list, max_length=200)
    place: str = Field(default="", max_length=200)
    take: list[int] | None = Field(default=None, max_length=500)


class HandedRow(Message):
    """One row of a table or one message as the hub reads it, before anything is kept.

    ``number`` is the table's row or the message's number from 1. ``problem`` is the code of
    why it cannot be taken, of which ``field`` is the part at fault. ``talk`` means that it does
    not look like a report. ``missing`` counts pictures that it speaks of and that are not there.
    """

    number: int
    name: str = ""
    at: datetime | None = None
    text: str = ""
    code: str = ""
    place: str = ""
    where: Point | None = None
    pictures: int = 0
    missing: int = 0
    talk: bool = False
    problem: str = ""
    field: str = ""
    detail: str = ""


class Handed(Message):
    """A table or a paste as it is read."""

    rows: list[HandedRow]
    refused: int


class TakenRow(Message):
    """What became of one row: ``repeated`` where it had been taken before."""

    number: int
    report: str
    case: str
    joined: bool = False
    repeated: bool = False


class TakenRows(Message):
    """What was taken so far. ``left`` rows wait: the same sent again takes more of them."""

    left: int = 0
    taken: list[TakenRow]
    refused: list[HandedRow] = Field(default_factory=list)
