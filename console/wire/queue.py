"""Asking the hub for cases: a filter, a page of the queue, facets, a month's figures."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from console.wire.base import Message
from console.wire.case import CaseRow


class CaseFilter(Message):
    """Which cases. An empty list or None asks for nothing in particular; all given must hold.

    ``codes`` are class ids or majors (``09``); ``opened_from`` is included, ``opened_to`` not.
    ``claimed`` is ``mine`` or ``nobody``. ``text`` is searched in numbers, classes, places, units
    and what was reported: all its words must be found, by pinyin initials too.
    """

    states: list[str] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)
    codes: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    districts: list[str] = Field(default_factory=list)
    grids: list[str] = Field(default_factory=list)
    streets: list[str] = Field(default_factory=list)
    departments: list[str] = Field(default_factory=list)
    units: list[str] = Field(default_factory=list)
    campaign: str | None = None
    late: bool | None = None
    supervised: bool | None = None
    claimed: Literal["mine", "nobody"] | None = None
    priority: int = 0
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    text: str = Field(default="", max_length=200)


Sort = Literal["urgency", "newest", "oldest"]


class QueueQuery(Message):
    """A page of the queue: from ``offset``, or the page that holds the case ``around``."""

    filter: CaseFilter = CaseFilter()
    sort: Sort = "urgency"
    offset: int = Field(default=0, ge=0)
    limit: int = Field(default=100, ge=1, le=500)
    around: str | None = None


class QueuePage(Message):
    """Rows from ``offset`` as of change ``seq``. ``total`` is None where it is still counted."""

    offset: int
    rows: list[CaseRow]
    total: int | None
    seq: int


class Facet(Message):
    """How many cases of a filter have a value."""

    value: str
    count: int


class Facets(Message):
    """Facet -> its commonest values, over the cases of a filter; ``total`` counts them all."""

    total: int
    facets: dict[str, list[Facet]]


class MonthReport(Message):
    """Cases opened from ``start`` to ``end``: in all, by class, district, department, source.

    A line holds ``opened``, ``closed``, ``on_time`` and ``void``; the closing rate (结案率) is
    closed / (opened - void).
    """

    start: datetime
    end: datetime
    total: dict[str, int]
    lines: dict[str, dict[str, dict[str, int]]]
