"""When two reports speak of the same thing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.domain.classify import UNSORTED, Certainty, Keywords
from console.domain.geo import distance
from console.domain.view import View

NEAR = 50.0
"""Metres within which two reports of a class are one thing."""

RECENT = timedelta(hours=24)

ALIKE = 10
"""Bits of 64 in which the looks of two photos of one thing may differ."""

WORDS = 0.25
"""Share of common pairs of characters from which two texts speak of one thing."""

LEAST = 0.5
"""Score from which a case is proposed as the same."""


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


# --- what is less sure, and proposed ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trace:
    """What speaks for a case being the same as another: sighting, words, looks of photos."""

    sighting: Sighting
    texts: tuple[str, ...] = ()
    looks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two cases are alike, 0 to 1, how far apart, and by what: ``near``, ``class``,
    ``photo``, ``text``."""

    metres: float
    hours: float
    score: float
    basis: list[str] = field(default_factory=list)


def likeness(one: Trace, other: Trace, keywords: Keywords) -> Likeness | None:
    """Return how alike two cases are, the same both ways round, or None where they are two.

    Both were opened within 24 hours and stand within 50 m (or in the view of the camera that
    saw one); nearness alone is no likeness: class, photo or words must speak for it too.
    """
    hours = abs(one.sighting.at - other.sighting.at)
    metres = apart(one.sighting, other.sighting)
    if hours > RECENT or metres is None:
        return None
    # Nearness can neither make nor break a likeness; the best witness counts, the rest a little.
    close = 1 - min(metres, NEAR) / NEAR
    witnesses = {
        "class": _class_score(one.sighting, other.sighting, keywords),
        "photo": _photo_score(one.looks, other.looks),
        "text": _text_score(one.texts, other.texts),
    }
    found = sorted((score for score in witnesses.values() if score), reverse=True)
    if not found:
        return None
    score = min(1.0, 0.2 * close + 0.8 * found[0] + 0.1 * sum(found[1:]))
    basis = ["near", *(name for name, score in witnesses.items() if score)]
    span = hours.total_seconds() / 3600
    return Likeness(round(metres, 1), round(span, 2), round(score, 3), basis)


def _class_score(one: Sighting, other: Sighting, keywords: Keywords) -> float:
    if UNSORTED in (one.code, other.code):
        return 0.0
    if {one.code, one.first} & {other.code, other.first} - {UNSORTED}:
        return 0.8
    return 0.6 if keywords.family(one.code) == keywords.family(other.code) else 0.0


def _photo_score(one: Iterable[int], other: Iterable[int]) -> float:
    """Return 1 for the same picture down to 0.6 for one that is only just alike."""
    others = list(other)
    bits = min(((a ^ b).bit_count() for a in one for b in others), default=64)
    return 1 - 0.4 * bits / ALIKE if bits <= ALIKE else 0.0


def _text_score(one: Iterable[str], other: Iterable[str]) -> float:
    """Return by how much the likest two texts share their pairs of characters, from 0.5."""
    pairs = [_pairs(text) for text in other]
    share = max((_share(_pairs(a), b) for a in one for b in pairs), default=0.0)
    return 0.5 + 0.5 * share if share >= WORDS else 0.0


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of the first 500, which needs no word list."""
    letters = [letter for letter in text[:500].casefold() if letter.isalnum()]
    return frozenset(a + b for a, b in itertools.pairwise(letters))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
