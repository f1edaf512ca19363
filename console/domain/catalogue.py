"""Which rules of a class count on a day, which condition a text speaks of, who answers for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

BASE = "base/"
"""How the ids of the rules that ship with the program begin."""

ANY = "*"


class Dated(Protocol):
    """Something that counts from a day to a day, both included; None leaves an end open."""

    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


class Filing(Dated, Protocol):
    """A filing rule."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Filing)


def counts(thing: Dated, day: date) -> bool:
    """Tell whether a class or a rule counts on a day."""
    return (thing.since is None or thing.since <= day) and (
        thing.until is None or day <= thing.until
    )


def applicable(rules: Iterable[R], day: date) -> list[R]:
    """Return the rules of one class that count on a day, in their order.

    A city's own rules of a class stand in place of those that ship with the program.
    """
    now = [rule for rule in rules if counts(rule, day)]
    return [rule for rule in now if not rule.id.startswith(BASE)] or now


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule's condition with words that mean it."""

    id: str
    text: str
    words: tuple[str, ...] = ()


_TELLING = 3
"""Characters that a text and a condition must share in one piece where no word of a list fits."""


def meant(text: str, conditions: Sequence[Condition]) -> str:
    """Return the id of the condition a text speaks of, empty where there are none.

    The condition of which most letters of listed words are found decides; else the longest piece
    that one shares with the text; else the first condition.
    """
    if not conditions:
        return ""
    listed = [sum(len(word) for word in one.words if word in text) for one in conditions]
    if not any(listed):
        shared = [len(_shared(text, one.text)) for one in conditions]
        listed = [length if length >= _TELLING else 0 for length in shared]
    return conditions[listed.index(max(listed))].id


def _shared(text: str, condition: str) -> str:
    """Return the longest piece of a condition that stands in a text, the first of equals."""
    best = ""
    for start in range(len(condition)):
        while (
            start + len(best) < len(condition) and condition[start : start + len(best) + 1] in text
        ):
            best = condition[start : start + len(best) + 1]
    return best


@dataclass(frozen=True, slots=True)
class Route:
    """One line of who answers: cases of ``classes`` in ``grid`` go to ``department``.

    ``classes`` is a class id, the beginning of one (``gb2026/matter/09``) or ``*``;
    ``responsible`` is the sort of unit a rule names, or empty for any; ``grid`` is a grid of any
    level, or empty for the whole town.
    """

    classes: str
    responsible: str
    grid: str
    department: str


def route(
    routes: Iterable[Route], class_id: str, responsible: str, grids: Collection[str]
) -> str | None:
    """Return the department that answers for a case, or None where no line says so.

    ``grids`` are the grids that hold it, finest first. The most specific line wins: the longest
    beginning of the class, then the finest grid, then one that names the responsible unit.
    """
    place = {grid: len(grids) - level for level, grid in enumerate(grids)}
    fitting = [
        (
            0 if line.classes == ANY else len(line.classes),
            place.get(line.grid, 0),
            bool(line.responsible),
            line.department,
        )
        for line in routes
        if (line.classes == ANY or class_id.startswith(line.classes))
        and line.responsible in ("", responsible)
        and (not line.grid or line.grid in place)
    ]
    return max(fitting)[3] if fitting else None
