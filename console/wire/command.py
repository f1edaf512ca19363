"""What an officer wants, and what became of it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from console.wire.base import Message


class Command(Message):
    """A wish of an officer.

    ``key`` makes it idempotent: the same key again returns the first result.
    ``version`` is the version of ``target`` the officer saw; a newer one at
    the hub is a conflict, reported with the current row, never overwritten. It counts
    what decisions rest on: state, class, place, unit; not another report or a note.
    """

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=64)
    key: str = Field(min_length=8, max_length=64)
    target: str | None = Field(default=None, max_length=64)
    version: int | None = None
    args: dict[str, Any] = Field(default_factory=dict)


class CommandResult(Message):
    """``undo`` is the command that takes this one back, or None with ``no_undo`` saying why."""

    seq: int
    target: str | None = None
    undo: Command | None = None
    no_undo: str = ""
    data: dict[str, Any] = Field(default_factory=dict)
