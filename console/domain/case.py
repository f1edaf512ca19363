"""A case: its states, where it came from, who may act on it."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a case stands. ``OPEN`` below lists those that still need somebody."""

    PROPOSED = "proposed"
    FILED = "filed"
    DISPATCHED = "dispatched"
    ON_SITE = "on_site"
    HANDLED = "handled"
    CHECKED = "checked"
    CLOSED = "closed"
    VOID = "void"


OPEN = frozenset(State) - {State.CLOSED, State.VOID}


class Source(StrEnum):
    """Through which door a report came in."""

    CITIZEN = "citizen"
    COLLECTOR = "collector"
    AI = "ai"
    PATROL = "patrol"
    SENSOR = "sensor"
    HOTLINE = "hotline"


class Role(StrEnum):
    """What an account may be. ``SYSTEM`` is the hub itself acting on a fact it saw."""

    COLLECTOR = "collector"
    ACCEPTOR = "acceptor"
    DISPATCHER = "dispatcher"
    SHIFT_LEADER = "shift_leader"
    HANDLER = "handler"
    SPEAKER = "speaker"
    INSPECTOR = "inspector"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


class Action(StrEnum):
    """What may happen to a case; each is one line of its history."""

    PROPOSE = "propose"
    JOIN = "join"
    FILE = "file"
    REJECT = "reject"
    RECLASSIFY = "reclassify"
    WARN = "warn"
    SETTLE = "settle"
    DISPATCH = "dispatch"
    RECALL = "recall"
    ARRIVE = "arrive"
    FEEDBACK = "feedback"
    CHECK = "check"
    UNCHECK = "uncheck"
    REWORK = "rework"
    CLOSE = "close"
    REOPEN = "reopen"
    NOTE = "note"
