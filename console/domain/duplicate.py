"""When two reports speak of the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.classify import UNSORTED, Certainty, Keywords
from console.domain.geo import distance
from console.domain.view import View

NEAR = 50.0
"""Metres within which two reports of a class are one thing."""

RECENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was said to be where and when.

    ``view`` is the camera that saw it: its place is then a guess along the view, so whoever
    stands in that view is near as well. ``first`` is the class it was taken for before an officer
    gave it ``code``: whatever says that again means the same thing.
    """

    code: str
    certainty: Certainty
    lat: float
    lon: float
    at: datetime
    view: View | None = None
    first: str = UNSORTED


def same_class(one: Sighting, other: Sighting, keywords: Keywords) -> bool:
    """Tell whether two classes may be one: equal, or of a family while one is unsure."""
    if UNSORTED in (one.code, other.code):
        return False
    if one.code == other.code or one.code == other.first or one.first == other.code:
        return True
    unsure = min(one.certainty, other.certainty) < Certainty.SEEN
    return unsure and keywords.family(one.code) == keywords.family(other.code)


def apart(one: Sighting, other: Sighting) -> float | None:
    """Return the metres between two sightings of one spot, or None where they are two."""
    metres = distance(one.lat, one.lon, other.lat, other.lon)
    if metres <= NEAR:
        return metres
    for seen, said in ((one, other), (other, one)):
        if seen.view is not None and said.view is None and seen.view.sees(said.lat, said.lon):
            return metres
    return None


def find(
    new: Sighting, known: Iterable[tuple[str, Sighting]], keywords: Keywords
) -> tuple[str, float] | None:
    """Return (id, metres) of the known thing that ``new`` is, the nearest of several."""
    best: tuple[float, str] | None = None
    for id_, old in known:
        if abs(new.at - old.at) > RECENT or not same_class(new, old, keywords):
            continue
        metres = apart(new, old)
        if metres is not None and (best is None or (metres, id_) < best):
            best = (metres, id_)
    return None if best is None else (best[1], best[0])
