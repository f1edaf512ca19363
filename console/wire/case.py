"""A case as the queue shows it, and whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from console.wire.base import Message, Point
from console.wire.catalogue import BASE_SCHEME
from console.wire.voice import Call


class Reason(Message):
    """One line of why a proposal says what it says.

    ``code`` names the rule (``zone``, ``label``, ``text``, ``near``, …) and
    ``text`` the fact it rests on, as data: the seat words the sentence.
    """

    code: str
    text: str = ""


class Candidate(Message):
    """One class a report may be of, with how likely the classifier holds it (0 to 1)."""

    kind: Literal["matter", "component"] = "matter"
    code: str
    share: float = 0.0


class Proposal(Message):
    """What the hub would do with a case; the officer accepts or corrects it.

    ``nearest`` lists free officers, nearest first; ``officer`` is the street chief or grid leader
    who answers for the spot; ``others`` are the next likely classes.
    """

    code: str
    kind: Literal["matter", "component"] = "matter"
    unit: str | None = None
    camera: str | None = None
    speaker: str | None = None
    reasons: list[Reason] = Field(default_factory=list)
    rule: str | None = None
    department: str | None = None
    officer: str = ""
    phone: str = ""
    nearest: list[str] = Field(default_factory=list)
    others: list[Candidate] = Field(default_factory=list)


class CaseRow(Message):
    """One line of the queue; the detail is fetched by id when it is looked at.

    ``due`` ends the clock of the whole case, ``stage_due`` that of ``stage``; both stand while
    ``paused`` says since when (the case is suspended, until ``resumes``). ``provisional`` means a
    due moment in a year whose working days are not published yet. ``district`` is the first-level
    grid. ``similar`` counts the near-duplicates that are proposed for merging.
    """

    id: str
    version: int
    state: str
    scheme: str = BASE_SCHEME
    kind: Literal["matter", "component"]
    code: str
    name: str
    type: Literal["problem", "service"] = "problem"
    place: str
    street: str | None = None
    grid: str | None = None
    grid_name: str = ""
    district: str = ""
    at: Point
    sources: list[str]
    reports: int
    opened: datetime
    due: datetime
    stage: str = "accept"
    stage_due: datetime | None = None
    provisional: bool = False
    paused: datetime | None = None
    resumes: datetime | None = None
    extensions: int = 0
    priority: int = 0
    supervised: int = 0
    rule: str | None = None
    department: str | None = None
    department_name: str = ""
    assisting: list[str] = Field(default_factory=list)
    unit: str | None = None
    unit_name: str = ""
    warnings: int = 0
    similar: int = 0
    claimed_by: str | None = None
    claimed_name: str = ""
    claimed_until: datetime | None = None
    merged_into: str | None = None
    parent: str | None = None
    campaign: str | None = None
    on_behalf: bool = False
    satisfaction: int | None = None
    ended: datetime | None = None
    proposal: Proposal | None = None


class Fact(Message):
    """One line of a case's history; never changed, never removed."""

    seq: int
    at: datetime
    actor: str
    role: str
    action: str
    state: str
    note: str = ""
    media: list[str] = Field(default_factory=list)
    data: dict[str, Any] = Field(default_factory=dict)


class Report(Message):
    id: str
    case: str
    source: str
    at: datetime
    text: str = ""
    reporter: str = ""
    where: Point
    media: list[str] = Field(default_factory=list)
    data: dict[str, Any] = Field(default_factory=dict)


class Media(Message):
    """A photo, frame or sound kept with a case; the bytes come from /api/media/{id}."""

    id: str
    case: str | None
    role: Literal["report", "before", "after", "feedback", "snapshot", "call", "document", "joint"]
    type: str
    size: int
    sha256: str
    at: datetime
    source: str = ""


class StageClock(Message):
    """One clock of a case. ``limit`` is written ``type:value``, as in ``working_days:7``.

    ``stage`` is accept, verify, dispatch, arrive, handle, check, close or whole.
    ``stopped`` is None while it runs; ``paused`` sums up seconds it stood still.
    """

    stage: str
    limit: str
    started: datetime
    due: datetime
    stopped: datetime | None = None
    paused: float = 0.0
    late: bool = False
    provisional: bool = False


class Similar(Message):
    """A case that may be the same: how far, how long apart, and what speaks for it."""

    case: str
    metres: float
    hours: float
    basis: list[str] = Field(default_factory=list)
    score: float = 0.0


class CaseDetail(Message):
    """A case whole. ``classed`` is the class and rule as they stood when they were chosen."""

    row: CaseRow
    history: list[Fact]
    reports: list[Report]
    media: list[Media]
    calls: list[Call]
    clocks: list[StageClock] = Field(default_factory=list)
    similar: list[Similar] = Field(default_factory=list)
    classed: dict[str, Any] = Field(default_factory=dict)
    merged: list[str] = Field(default_factory=list)
    children: list[str] = Field(default_factory=list)
