"""Who sits where: signing in, accounts, settings, watching, the audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from console.wire.base import Message


class Officer(Message):
    """Who sits at this seat.

    ``districts`` and ``departments`` are what he answers for; ``*`` stands for all of them, and
    nothing for none.
    """

    id: str
    name: str
    roles: list[str]
    districts: list[str] = Field(default_factory=list)
    departments: list[str] = Field(default_factory=list)


class Login(Message):
    name: str = Field(max_length=64)
    password: str = Field(max_length=256)


class Account(Message):
    """Somebody who may sign in to a service; the password is only ever sent to the hub.

    An empty password leaves an account the one it has. Without districts and departments it sees
    no case but its own.
    """

    id: str = Field(pattern=r"^[a-z0-9_.-]{1,64}$")
    name: str = Field(min_length=1, max_length=64)
    roles: list[str] = Field(max_length=32)
    districts: list[str] = Field(default_factory=list, max_length=256)
    departments: list[str] = Field(default_factory=list, max_length=256)
    password: str = Field(default="", max_length=256, repr=False)
    disabled: bool = False


class AccountRow(Officer):
    """An account as an administrator sees it."""

    disabled: bool = False


class NewPassword(Message):
    """An officer's own password, changed by himself; his other sessions end."""

    old: str = Field(max_length=256, repr=False)
    new: str = Field(max_length=256, repr=False)


class Unlock(Message):
    """The password of whoever locked this seat; empty at an embedded hub, which has none."""

    password: str = Field(default="", max_length=256, repr=False)


class SettingRow(Message):
    """One setting of the hub, as the settings dialog shows it."""

    name: str
    type: str
    default: str
    value: str
    unit: str
    description: str


class Session(Message):
    """Answer to a good :class:`Login`; the token goes into the Authorization header."""

    token: str
    officer: Officer
    expires: datetime


class SessionRow(Message):
    """A session as an administrator sees it. ``id`` opens nothing; ``seats`` counts its streams."""

    id: str
    officer: str
    name: str
    peer: str
    opened: datetime
    expires: datetime
    seats: int = 0


class Watch(Message):
    """The cameras this seat shows now; the hub keeps in the audit who watched what."""

    cameras: list[str] = Field(max_length=256)


class AuditEntry(Message):
    """One line of the audit chain: ``hash`` covers ``before`` and everything else."""

    seq: int
    at: datetime
    actor: str
    action: str
    target: str
    detail: dict[str, Any]
    before: str
    hash: str


class AuditPage(Message):
    """Entries after the asked number, oldest first; ``intact`` says whether the chain holds."""

    entries: list[AuditEntry]
    intact: bool
