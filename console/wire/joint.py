"""Supervision and joint work: orders, early warnings, campaigns, rounds, and what is counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from console.wire.base import Message, Point
from console.wire.case import CaseRow


class Receipt(Message):
    """A department has it in hand. ``on_behalf`` tells that the desk wrote it down for it."""

    department: str
    at: datetime
    by: str
    name: str = ""
    on_behalf: bool = False


class Answer(Message):
    """What a department says it did."""

    department: str
    at: datetime
    by: str
    name: str = ""
    on_behalf: bool = False
    text: str
    media: list[str] = Field(default_factory=list)


class SupervisionOrder(Message):
    """A supervision order (督查交办单), numbered within its year.

    It is received or answered when every one of its departments has done so. ``level`` rises
    from 1 to 3 as that of a supervised case; ``limit`` is written ``type:value`` and ends at
    ``deadline``; ``overdue`` stays, also when the answer came after it. ``result`` closes it.
    """

    id: str
    number: str
    title: str
    text: str
    level: int = 1
    cases: list[str] = Field(default_factory=list)
    departments: list[str]
    limit: str
    issued: datetime
    issued_by: str
    issued_name: str = ""
    deadline: datetime
    provisional: bool = False
    state: Literal["issued", "received", "answered", "closed"] = "issued"
    overdue: bool = False
    receipts: list[Receipt] = Field(default_factory=list)
    answers: list[Answer] = Field(default_factory=list)
    closed: datetime | None = None
    result: str = ""


class Notice(Message):
    """An early warning to member units (预警提示): no answer is asked for, only a receipt."""

    id: str
    number: str
    title: str
    text: str
    cases: list[str] = Field(default_factory=list)
    departments: list[str]
    issued: datetime
    issued_by: str
    issued_name: str = ""
    state: Literal["issued", "received"] = "issued"
    receipts: list[Receipt] = Field(default_factory=list)


class Campaign(Message):
    """A campaign (专项): how much of ``unit`` (m², items, vehicles) of ``goal`` is done.

    ``total`` sums up its ``entries`` entries, which :class:`CampaignEntries` hold.
    """

    id: str
    title: str
    goal: float
    unit: str
    start: date
    end: date | None = None
    departments: list[str] = Field(default_factory=list)
    state: Literal["open", "ended"] = "open"
    total: float = 0.0
    entries: int = 0
    started_by: str = ""
    ended: datetime | None = None
    result: str = ""


class CampaignEntry(Message):
    """A piece of a campaign done: so much, where, with photos of before and after."""

    id: str
    campaign: str
    at: datetime
    amount: float
    place: str = ""
    where: Point | None = None
    by: str
    name: str = ""
    case: str | None = None
    before: str | None = None
    after: str | None = None
    note: str = ""


class CampaignEntries(Message):
    entries: list[CampaignEntry]
    total: int


class Round(Message):
    """A supervision round (现场管控督查) or spot check (暗访): the cases found by it.

    ``settled`` counts those of them that need nobody any more.
    """

    id: str
    kind: Literal["inspection", "spot_check"] = "inspection"
    title: str
    place: str = ""
    started: datetime
    started_by: str
    started_name: str = ""
    state: Literal["open", "ended"] = "open"
    cases: list[str] = Field(default_factory=list)
    settled: int = 0
    ended: datetime | None = None
    result: str = ""


class RoundCases(Message):
    """The cases of a round as they are now."""

    cases: list[CaseRow]


class Persuasion(Message):
    """People talked into putting something right (劝导), without a case."""

    id: str
    at: datetime
    kind: str
    count: int = Field(ge=1, le=10_000)
    place: str = ""
    district: str = ""
    officer: str
    name: str = ""
    note: str = ""


class Mediation(Message):
    """A dispute heard (城管老娘舅), and the agreement it came to."""

    id: str
    at: datetime
    kind: str
    parties: list[str]
    matter: str
    result: Literal["agreed", "failed", "pending"]
    agreement: str = ""
    place: str = ""
    district: str = ""
    officer: str
    name: str = ""
    case: str | None = None


class JointQuery(Message):
    """What is asked about a campaign or round (``of`` is its id) or about a time."""

    of: str = Field(default="", max_length=64)
    start: datetime | None = None
    end: datetime | None = None
    offset: int = Field(default=0, ge=0, le=10_000_000)
    limit: int = Field(default=50, ge=1, le=500)


class Persuasions(Message):
    """Newest first."""

    persuasions: list[Persuasion]


class Mediations(Message):
    """Newest first."""

    mediations: list[Mediation]


class JointLine(Message):
    """How many records of a topic a month (``2026-11``) brought, and what they sum up to."""

    topic: Literal["persuasion", "mediation"]
    month: str
    kind: str
    district: str
    records: int
    count: int


class JointTotals(Message):
    lines: list[JointLine]
