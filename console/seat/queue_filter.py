"""What the officer filters the queue by: words and tokens, and how they ask the hub.

A token says more than the hub's filter does: ``opened:today`` stays true tomorrow, so a saved
view keeps tokens, and :func:`case_filter` makes the hub's filter at the moment of asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from console import wire

LISTS = {
    "state": "states",
    "kind": "kinds",
    "class": "codes",
    "source": "sources",
    "district": "districts",
    "grid": "grids",
    "street": "streets",
    "department": "departments",
    "unit": "units",
}
"""Kind of token -> the list of the hub's filter, and its facet; several of a kind widen it."""

_SINGLE = ("late", "supervised", "claimed", "priority", "opened", "campaign")
"""Kinds of which one is enough: the newest replaces the one before."""

KINDS: tuple[str, ...] = (*LISTS, *_SINGLE)
OPENED = ("today", "yesterday", "week", "month")
"""Spans of days that a case may have been opened in, up to now but for ``yesterday``."""

_DAYS_BACK = {"today": 0, "yesterday": 1, "week": 6, "month": 29}


@dataclass(frozen=True, slots=True)
class Token:
    """One condition, such as ``state`` = ``proposed`` or ``late`` = ``yes``."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tokens and words; all must hold. Without either, everything is wanted."""

    tokens: tuple[Token, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.tokens or self.text)

    def plus(self, token: Token) -> Wanted:
        """Return this with one more token."""
        if token in self.tokens:
            return self
        kept = [t for t in self.tokens if t.kind != token.kind or t.kind not in _SINGLE]
        return Wanted((*kept, token), self.text)

    def minus(self, token: Token) -> Wanted:
        """Return this without a token."""
        return Wanted(tuple(t for t in self.tokens if t != token), self.text)

    def toggled(self, token: Token) -> Wanted:
        """Return this with a token, or without it where it was there."""
        return self.minus(token) if token in self.tokens else self.plus(token)

    def without(self, kind: str) -> Wanted:
        """Return this without any token of a kind."""
        return Wanted(tuple(t for t in self.tokens if t.kind != kind), self.text)


EVERYTHING = Wanted()


def _days(value: str, now: datetime) -> dict[str, datetime]:
    """Return the span of an ``opened`` token by the seat's own calendar."""
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    if value in _DAYS_BACK:
        span = {"opened_from": midnight - timedelta(days=_DAYS_BACK[value])}
        return span | ({"opened_to": midnight} if value == "yesterday" else {})
    try:
        day = datetime.fromisoformat(value).replace(tzinfo=midnight.tzinfo)
    except ValueError:
        return {}
    return {"opened_from": day, "opened_to": day + timedelta(days=1)}


def case_filter(wanted: Wanted, states: frozenset[str], now: datetime) -> wire.CaseFilter:
    """Return the hub's filter. ``states`` are those of the view; tokens of state replace them."""
    given: dict[str, Any] = {"text": wanted.text[:200]}
    for token in wanted.tokens:
        if token.kind in LISTS:
            given.setdefault(LISTS[token.kind], []).append(token.value)
        elif token.kind in ("late", "supervised"):
            given[token.kind] = token.value == "yes"
        elif token.kind == "priority":
            given["priority"] = int(token.value) if token.value.isdigit() else 0
        elif token.kind == "opened":
            given |= _days(token.value, now)
        else:
            given[token.kind] = token.value
    given.setdefault("states", sorted(states))
    return wire.CaseFilter(**given)


def may_match(filter_: wire.CaseFilter, case: wire.CaseRow) -> bool:
    """Tell whether a case may belong to a filter, as far as its row says.

    Words, nested grids and what depends on the hour are for the hub to decide: they never
    rule a case out here.
    """
    among = (
        (filter_.states, case.state),
        (filter_.kinds, case.kind),
        (filter_.districts, case.district),
        (filter_.streets, case.street),
        (filter_.units, case.unit),
    )
    if any(wanted and value not in wanted for wanted, value in among):
        return False
    if filter_.sources and not set(filter_.sources) & set(case.sources):
        return False
    mine = {case.department, *case.assisting}
    if filter_.departments and not set(filter_.departments) & mine:
        return False
    if filter_.opened_from is not None and case.opened < filter_.opened_from:
        return False
    if filter_.opened_to is not None and case.opened >= filter_.opened_to:
        return False
    return filter_.campaign in (None, case.campaign) and case.priority >= filter_.priority
