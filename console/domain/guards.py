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
    def wanting(self) -> frozenset[Role]:
        """Whose word is still missing."""
        return frozenset(REVIEWERS) - {word.role for word in self.words}

    @property
    def decided(self) -> bool:
        """Whether both reviewers have spoken."""
        return not self.wanting

    @property
    def verdict(self) -> bool | None:
        """True where both uphold it, False where one does not, None while one is silent."""
        return all(word.upheld for word in self.words) if self.decided else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a step asks for, as far as a guard looks at it.

    ``media`` and ``text`` are a feedback's, ``span`` a suspension's, ``stage`` an appeal's.
    ``other`` is the case that a merged one or a report goes to, with its state. Of its own
    reports, ``leaving`` go away and ``staying`` stay.
    """

    media: int = 0
    text: str = ""
    span: timedelta = timedelta(0)
    stage: str = ""
    other: str = ""
    other_state: State | None = None
    leaving: int = 0
    staying: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Who acts when, what stands in the case, and what is wanted of it.

    ``due`` ends the clock of the whole case. ``reporters`` are the officers who found it,
    ``handlers`` those whose feedback is in it. ``stood_still`` sums up its suspensions.
    ``timeouts`` are the stages whose clock ran out, ``appealed`` those already objected to.
    ``appeal`` is the one a review would speak on.
    """

    now: datetime
    actor: str
    roles: frozenset[Role]
    case: str
    due: datetime
    extensions: int = 0
    supervised: int = 0
    extension_asked: bool = False
    stood_still: timedelta = timedelta(0)
    reporters: frozenset[str] = frozenset()
    handlers: frozenset[str] = frozenset()
    timeouts: frozenset[str] = frozenset()
    appealed: frozenset[str] = frozenset()
    appeal: Appeal | None = None
    wanted: Wanted = Wanted()


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
    lambda facts: (
        facts.wanted.media > 0
        or (Role.UNIT_ADMIN in facts.roles and bool(facts.wanted.text.strip()))
    ),
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
    "suspension", lambda facts: facts.stood_still + facts.wanted.span <= MAX_SUSPENSION, "days"
)

SUPERVISED: Final = Guard("supervised", lambda facts: facts.supervised > 0)

NOT_ITSELF: Final = Guard("not_itself", lambda facts: facts.wanted.other != facts.case, "into")

OTHER_OPEN: Final = Guard("other_open", lambda facts: facts.wanted.other_state in OPEN, "into")
"""Reports only go to a case that is worked on. A merged case is not, so merging makes no circle."""

REPORTS_LEFT: Final = Guard(
    "reports_left", lambda facts: min(facts.wanted.leaving, facts.wanted.staying) > 0, "reports"
)
"""A case keeps at least one report of its own."""

TIMEOUT_RECORDED: Final = Guard(
    "timeout_recorded", lambda facts: facts.wanted.stage in facts.timeouts, "stage"
)

APPEAL_ONCE: Final = Guard(
    "appeal_once", lambda facts: facts.wanted.stage not in facts.appealed, "stage"
)

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
