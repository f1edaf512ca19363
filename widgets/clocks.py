"""How much time a case has left: as words, as a share and as an urgency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from console import wire
from console.domain.clock import ARRIVAL
from console.seat.mirror import OPEN_STATES
from console.seat.text import QT_TRANSLATE_NOOP

SOON = timedelta(hours=1)
SOON_SHARE = 0.3
"""Time runs short in the last hour, and within the last third of a shorter clock."""

_HOURS = QT_TRANSLATE_NOOP("Clock", "{hours} h {minutes:02} m")
_DAYS = QT_TRANSLATE_NOOP("Clock", "{days} d {hours} h")


class Urgency(IntEnum):
    """What the time left asks of the officer. ``DONE`` has no clock running."""

    DONE = 0
    CALM = 1
    SOON = 2
    LATE = 3


@dataclass(frozen=True, slots=True)
class Left:
    """Time left on the nearer of a case's two clocks.

    ``seconds`` is negative when it is over; ``share`` is what is left of the whole, 0 to 1.
    ``stage`` tells that it is the stage's clock, not that of the whole case; ``paused`` that it
    stands still; ``provisional`` that the due moment is not settled yet.
    """

    seconds: float
    share: float
    urgency: Urgency
    stage: bool
    paused: bool = False
    provisional: bool = False


def left(case: wire.CaseRow, now: datetime) -> Left:
    """Return how much time a case has left at ``now``."""
    stage = case.stage_due is not None and case.stage_due <= case.due
    due = case.stage_due if stage and case.stage_due else case.due
    whole = ARRIVAL if stage and case.stage == "arrive" else due - case.opened
    remaining = due - (case.paused or now)
    seconds = remaining.total_seconds()
    share = min(1.0, max(0.0, remaining / whole)) if whole > timedelta() else 0.0
    if case.state not in OPEN_STATES:
        return Left(seconds, share, Urgency.DONE, stage)
    if case.paused is not None:
        return Left(seconds, share, Urgency.CALM, stage, paused=True)
    if seconds < 0:
        return Left(seconds, 0.0, Urgency.LATE, stage)
    urgency = Urgency.SOON if remaining <= min(SOON, whole * SOON_SHARE) else Urgency.CALM
    return Left(seconds, share, urgency, stage, provisional=case.provisional)


def left_text(seconds: float) -> str:
    """Return time left in few letters: ``9:41``, ``3 h 05 m``, ``6 d 4 h``; ``-2:10`` is over."""
    sign, whole = ("-", int(-seconds)) if seconds < 0 else ("", int(seconds))
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{sign}{minutes}:{rest:02}"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        text = QCoreApplication.translate("Clock", _HOURS)
        return sign + text.format(hours=hours, minutes=minutes)
    text = QCoreApplication.translate("Clock", _DAYS)
    return sign + text.format(days=hours // 24, hours=hours % 24)
