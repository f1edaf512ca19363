"""Guards: what must hold besides state, action and role before a step of a case is taken.

Each is pure. Whoever asks says in :class:`Facts` what stands in the case's history and what is
wanted of it; a refusal names the guard (``guard_own_evidence``), the seat words it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.domain.case import OPEN, Role, State

MAX_EXTENSIONS: Final = 2
"""Approved extensions of one case."""

MAX_SUSPENSION: Final = timedelta(days=366)
"""How long a case may stand still in all."""

REVIEWERS: Final = (Role.TECHNICAL_REVIEWER, Role.LEGAL_REVIEWER)
"""Whose word an appeal needs, each of another person."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one reviewer said on an appeal."""

    actor: str
    role: Role
    upheld: bool


@dataclass(frozen=True, slots=True)
class Appeal:
    """An objection to a recorded timeout of ``stage``, with the words said on it so far."""

    stage: str
    actor: str
    words: tuple[Word, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether both reviewers have spoken."""
        return {word.role for word in self.words} >= set(REVIEWERS)

    @property
    def verdict(self) -> bool | None:
        """True where both uphold it, False where one does not, None while one is silent."""
        return all(word.upheld for word in self.words) if self.decided else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Who acts when, what stands in the case, and what is wanted of it.

    ``due`` ends the case's whole clock. ``reporters`` are the officers who found the case,
    ``handlers`` those whose feedback is in it. ``stood_still`` sums up past suspensions.
    ``timeouts`` are the stages whose clock ran out. ``appeal`` is the one a review would speak on.
    Of what is wanted: ``stage`` of an appeal, ``span`` of a suspension, ``media`` and ``text`` of
    a feedback, ``leaving`` reports that go elsewhere, ``other`` the case they or all of it go to,
    and ``other_state``.
    """

    now: datetime
    actor: str
    roles: frozenset[Role]
    case: str
    due: datetime
    reports: int = 1
    extensions: int = 0
    supervised: int = 0
    extension_asked: bool = False
    stood_still: timedelta = timedelta(0)
    reporters: frozenset[str] = frozenset()
    handlers: frozenset[str] = frozenset()
    timeouts: frozenset[str] = frozenset()
    appealed: frozenset[str] = frozenset()
    appeal: Appeal | None = None
    stage: str = ""
    span: timedelta = timedelta(0)
    media: int = 0
    text: str = ""
    leaving: int = 0
    other: str = ""
    other_state: State | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition. ``field`` is the argument a refusal is about, None for the case itself."""

    name: str
    holds: Callable[[Facts], bool]
    field: str | None = None

    @property
    def code(self) -> str:
        """Return the code of the refusal."""
        return f"guard_{self.name}"


COLLECTOR: Final = Guard("collector", lambda facts: facts.actor not in facts.reporters)
"""Who found a case neither verifies, checks nor closes it."""

OWN_EVIDENCE: Final = Guard("own_evidence", lambda facts: facts.actor not in facts.handlers)
"""Nobody reviews the evidence he gave himself."""

PHOTO: Final = Guard(
    "photo",
    lambda facts: facts.media > 0 or (Role.UNIT_ADMIN in facts.roles and bool(facts.text.strip())),
    "media",
)
"""What a unit did is shown by a photo, unless its administrator says why there is none."""

IN_TIME: Final = Guard("in_time", lambda facts: facts.now <= facts.due)
"""A limit that is over is not moved any more."""

EXTENSIONS: Final = Guard("extensions", lambda facts: facts.extensions < MAX_EXTENSIONS)

ONE_REQUEST: Final = Guard("one_request", lambda facts: not facts.extension_asked)
"""An extension that is asked for is decided before another."""

REQUESTED: Final = Guard("requested", lambda facts: facts.extension_asked)

SUSPENSION: Final = Guard(
    "suspension", lambda facts: facts.stood_still + facts.span <= MAX_SUSPENSION, "days"
)

SUPERVISED: Final = Guard("supervised", lambda facts: facts.supervised > 0)

NOT_ITSELF: Final = Guard("not_itself", lambda facts: facts.other != facts.case, "into")

OTHER_OPEN: Final = Guard("other_open", lambda facts: facts.other_state in OPEN, "into")
"""Reports only go to a case that is worked on. A merged case is not, so merging makes no circle."""

REPORTS_LEFT: Final = Guard(
    "reports_left", lambda facts: 0 < facts.leaving < facts.reports, "reports"
)
"""A case keeps at least one report of its own."""

TIMEOUT_RECORDED: Final = Guard(
    "timeout_recorded", lambda facts: facts.stage in facts.timeouts, "stage"
)

APPEAL_ONCE: Final = Guard("appeal_once", lambda facts: facts.stage not in facts.appealed, "stage")

APPEAL_OPEN: Final = Guard("appeal_open", lambda facts: facts.appeal is not None)

APPELLANT: Final = Guard(
    "appellant", lambda facts: facts.appeal is None or facts.appeal.actor != facts.actor
)
"""Nobody reviews his own appeal."""

OTHER_REVIEWER: Final = Guard(
    "other_reviewer",
    lambda facts: (
        facts.appeal is None
        or all(
            word.actor != facts.actor and word.role not in facts.roles
            for word in facts.appeal.words
        )
    ),
)
"""The technical and the legal word are two persons', each said once."""


def broken(guards: tuple[Guard, ...], facts: Facts) -> Guard | None:
    """Return the first guard that does not hold, or None where the step may be taken."""
    return next((guard for guard in guards if not guard.holds(facts)), None)
