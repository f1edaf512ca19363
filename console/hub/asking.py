"""From a filter as it came in to a question for the store: checked, within what one may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from console import wire
from console.domain.case import Source, State
from console.domain.permit import Deed, Kind
from console.hub.auth import permit
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.store import Asked, QueueReader

MOST_VALUES = 500
"""Values in one list of a filter."""
LONGEST = timedelta(days=366)
"""Span of a report."""
FURTHEST = 1_000_000_000
"""Rows before the page asked for: more than any city has."""

_KNOWN: dict[str, frozenset[str]] = {
    "states": frozenset(State),
    "sources": frozenset(Source),
    "kinds": frozenset({"matter", "component"}),
}
_LISTS = (*_KNOWN, "codes", "districts", "grids", "streets", "departments", "units")


def question(
    hub: Hub, officer: wire.Officer, filter_: wire.CaseFilter, at: str = "", deed: Deed = Deed.SEE
) -> Asked:
    """Return what an officer asks for; ``at`` is where the filter stands in what he sent.

    Raises :class:`Refused` naming the field that makes no sense.
    """
    permit(officer, deed, Kind.CASE)
    for name in _LISTS:
        _check_values(at + name, getattr(filter_, name), _KNOWN.get(name))
    for name in ("campaign", "text"):
        _check_values(at + name, [getattr(filter_, name) or ""], None)
    for name in ("opened_from", "opened_to"):
        _check_moment(at + name, getattr(filter_, name))
    if not 0 <= filter_.priority <= 9:
        raise Refused("bad_input", "priorities are 0 to 9", field=f"{at}priority")
    grids = nested(hub.live.grids, filter_.grids)
    return Asked.by(officer, filter_.model_copy(update={"grids": grids}), hub.now())


def page_of(hub: Hub, officer: wire.Officer, query: wire.QueueQuery) -> Asked:
    """Return what a page is asked of; raises as :func:`question` does."""
    if query.offset > FURTHEST:
        raise Refused("bad_input", f"at most {FURTHEST}", field="offset")
    _check_values("around", [query.around or ""], None)
    return question(hub, officer, query.filter, "filter.")


def _check_values(field: str, values: Collection[str], known: frozenset[str] | None) -> None:
    if len(values) > MOST_VALUES:
        raise Refused("bad_input", f"more than {MOST_VALUES} values", field=field)
    if known is not None and not known.issuperset(values):
        raise Refused("bad_input", "an unknown value", field=field)
    if any("\0" in value or len(value) > 200 for value in values):
        raise Refused("bad_input", "a value no case can have", field=field)


def _check_moment(field: str, moment: datetime | None) -> None:
    if moment is not None and moment.utcoffset() is None:
        raise Refused("bad_input", "a moment needs its zone", field=field)


def nested(grids: Mapping[str, wire.Grid], wanted: Collection[str]) -> list[str]:
    """Return grids with all that lie within them."""
    found, new = set(wanted), set(wanted)
    while new:
        new = {grid.id for grid in grids.values() if grid.parent in new} - found
        found |= new
    return sorted(found)


async def month(
    hub: Hub, officer: wire.Officer, start: datetime, end: datetime, deed: Deed = Deed.SEE
) -> wire.MonthReport:
    """Return what became of the cases an officer may see that were opened in a span of time."""
    for name, moment in (("start", start), ("end", end)):
        _check_moment(name, moment)
    if not timedelta() < end - start <= LONGEST:
        raise Refused("bad_input", "a report covers up to a year", field="end")
    span = wire.CaseFilter(opened_from=start, opened_to=end)
    asked = question(hub, officer, span, deed=deed)
    return await hub.store.count(
        lambda reader: QueueReader(reader, hub.store.shelf, asked).report(start, end)
    )
