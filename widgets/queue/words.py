"""The queue's words: views, sorts, and the tokens of its filter with what may complete them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console import wire
from console.domain.case import Source, State
from console.seat.fuzzy import readings
from console.seat.mirror import Mirror
from console.seat.queue_filter import KINDS, Token
from console.seat.queue_views import View
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.wording import source_text, state_text

_VIEWS = {
    "decide": QT_TRANSLATE_NOOP("QueueView", "To decide"),
    "sent": QT_TRANSLATE_NOOP("QueueView", "Sent"),
    "check": QT_TRANSLATE_NOOP("QueueView", "To check"),
    "open": QT_TRANSLATE_NOOP("QueueView", "All open"),
    "closed": QT_TRANSLATE_NOOP("QueueView", "Over"),
    "all": QT_TRANSLATE_NOOP("QueueView", "All"),
}
_SORTS = {
    "urgency": QT_TRANSLATE_NOOP("QueueView", "most urgent first"),
    "newest": QT_TRANSLATE_NOOP("QueueView", "newest first"),
    "oldest": QT_TRANSLATE_NOOP("QueueView", "oldest first"),
}
_KINDS = {
    "state": QT_TRANSLATE_NOOP("QueueToken", "state"),
    "kind": QT_TRANSLATE_NOOP("QueueToken", "kind"),
    "class": QT_TRANSLATE_NOOP("QueueToken", "class"),
    "source": QT_TRANSLATE_NOOP("QueueToken", "source"),
    "district": QT_TRANSLATE_NOOP("QueueToken", "district"),
    "grid": QT_TRANSLATE_NOOP("QueueToken", "grid"),
    "street": QT_TRANSLATE_NOOP("QueueToken", "street"),
    "department": QT_TRANSLATE_NOOP("QueueToken", "department"),
    "unit": QT_TRANSLATE_NOOP("QueueToken", "unit"),
    "late": QT_TRANSLATE_NOOP("QueueToken", "time"),
    "supervised": QT_TRANSLATE_NOOP("QueueToken", "supervision"),
    "claimed": QT_TRANSLATE_NOOP("QueueToken", "claim"),
    "priority": QT_TRANSLATE_NOOP("QueueToken", "priority"),
    "opened": QT_TRANSLATE_NOOP("QueueToken", "opened"),
    "campaign": QT_TRANSLATE_NOOP("QueueToken", "campaign"),
}
_VALUES = {
    Token("kind", "matter"): QT_TRANSLATE_NOOP("QueueToken", "matters"),
    Token("kind", "component"): QT_TRANSLATE_NOOP("QueueToken", "components"),
    Token("late", "yes"): QT_TRANSLATE_NOOP("QueueToken", "late"),
    Token("late", "no"): QT_TRANSLATE_NOOP("QueueToken", "in time"),
    Token("supervised", "yes"): QT_TRANSLATE_NOOP("QueueToken", "supervised"),
    Token("claimed", "mine"): QT_TRANSLATE_NOOP("QueueToken", "mine"),
    Token("claimed", "nobody"): QT_TRANSLATE_NOOP("QueueToken", "claimed by nobody"),
    Token("priority", "1"): QT_TRANSLATE_NOOP("QueueToken", "priority ! and above"),
    Token("priority", "2"): QT_TRANSLATE_NOOP("QueueToken", "priority !! and above"),
    Token("priority", "3"): QT_TRANSLATE_NOOP("QueueToken", "priority !!!"),
    Token("opened", "today"): QT_TRANSLATE_NOOP("QueueToken", "today"),
    Token("opened", "yesterday"): QT_TRANSLATE_NOOP("QueueToken", "yesterday"),
    Token("opened", "week"): QT_TRANSLATE_NOOP("QueueToken", "last 7 days"),
    Token("opened", "month"): QT_TRANSLATE_NOOP("QueueToken", "last 30 days"),
}
_FREE = ("campaign", "opened")
"""Kinds whose value may be typed as it is."""
SHOWN = 8


def view_text(view: View) -> str:
    """Return the word for a view."""
    return QCoreApplication.translate("QueueView", _VIEWS[view.name])


def sort_text(sort: wire.Sort) -> str:
    """Return the words for a sort."""
    return QCoreApplication.translate("QueueView", _SORTS[sort])


def kind_text(kind: str) -> str:
    """Return the word for a kind of token."""
    return QCoreApplication.translate("QueueToken", _KINDS[kind])


def value_text(token: Token, mirror: Mirror) -> str:
    """Return what a token asks for, by the names the officer knows."""
    fixed = _VALUES.get(token)
    if fixed is not None:
        return QCoreApplication.translate("QueueToken", fixed)
    match token.kind:
        case "state":
            return state_text(token.value)
        case "source":
            return source_text(token.value)
        case "class":
            item = mirror.catalogue.get(token.value)
            return item.name if item else _majors(mirror).get(token.value, token.value)
        case "street":
            named = mirror.streets.get(token.value)
            return named.name if named else token.value
        case "grid" | "district":
            grid = mirror.grids.get(token.value)
            return grid.name if grid else token.value
        case "department":
            department = mirror.departments.get(token.value)
            return department.name if department else token.value
        case "unit":
            unit = mirror.units.get(token.value)
            return unit.name if unit else token.value
        case _:
            return token.value


def token_text(token: Token, mirror: Mirror) -> str:
    """Return a token as its chip says it: what speaks for itself goes without its kind."""
    value = value_text(token, mirror)
    plain = token in _VALUES or token.kind in ("state", "source", "class")
    return value if plain else f"{kind_text(token.kind)} {value}"


def _majors(mirror: Mirror) -> dict[str, str]:
    """Return the first two figures of codes with the name of their major class."""
    return {item.code[:2]: item.major for item in mirror.catalogue.values()}


@dataclass(frozen=True, slots=True)
class Choice:
    """A token that may complete what is typed; ``hay`` is everything it is found by."""

    token: Token
    label: str
    hay: str


def _choice(token: Token, label: str, also: str = "") -> Choice:
    hay = "\n".join([*readings(label), also]).casefold()
    return Choice(token, label, hay)


def _values(kind: str, mirror: Mirror) -> Iterator[tuple[str, str]]:
    """Yield (value, further words) of a kind."""
    fixed = [(token.value, "") for token in _VALUES if token.kind == kind]
    match kind:
        case "state":
            yield from ((state.value, state.value) for state in State)
        case "source":
            yield from ((source.value, source.value) for source in Source)
        case "class":
            yield from ((code, code) for code in sorted(_majors(mirror)))
            yield from ((id_, f"{item.code} {item.initials}") for id_, item in _classes(mirror))
        case "district":
            yield from ((g.id, "") for g in mirror.grids.values() if g.level == 1)
        case "grid":
            yield from ((g.id, "") for g in mirror.grids.values())
        case "street":
            yield from ((id_, "") for id_ in mirror.streets)
        case "department":
            yield from ((id_, "") for id_ in mirror.departments)
        case "unit":
            yield from ((unit.id, unit.squad) for unit in mirror.units.values())
        case _:
            yield from fixed


def _classes(mirror: Mirror) -> list[tuple[str, wire.CatalogueItem]]:
    return sorted(mirror.catalogue.items(), key=lambda entry: entry[1].code)


class Choices:
    """What may complete the filter, made once from the mirror as it is."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._made: dict[str, list[Choice]] = {}

    def _of(self, kind: str) -> list[Choice]:
        if kind not in self._made:
            self._made[kind] = [
                _choice(token, value_text(token, self._mirror), also)
                for value, also in _values(kind, self._mirror)
                for token in [Token(kind, value)]
            ]
        return self._made[kind]

    def find(self, typed: str) -> list[Choice]:
        """Return what fits ``typed``, best first: ``state:han`` one kind, a bare word any."""
        head, colon, rest = typed.replace("：", ":").partition(":")
        if colon:
            kinds = [kind for kind in KINDS if _named(head.casefold(), kind)]
            return _best(rest.casefold(), (c for kind in kinds for c in self._of(kind)), kinds)
        if not typed:
            return []
        every = (choice for kind in KINDS for choice in self._of(kind))
        return _best(typed.casefold(), every, [])


def _named(head: str, kind: str) -> bool:
    """Tell whether a kind is meant: by its code, its word, or the beginning of its reading."""
    return bool(head) and any(name.startswith(head) for name in (kind, *readings(kind_text(kind))))


def _best(needle: str, choices: Iterator[Choice], typed_kinds: list[str]) -> list[Choice]:
    found = []
    for place, choice in enumerate(choices):
        at = choice.hay.find(needle)
        if at >= 0:
            begins = at == 0 or choice.hay[at - 1] in "\n "
            found.append((not begins, len(choice.label), place, choice))
    found.sort(key=lambda entry: entry[0] if not needle else entry[:3])
    best = [choice for *_, choice in found[:SHOWN]]
    free = next((kind for kind in typed_kinds if kind in _FREE), None)
    if not best and free and needle and (free == "campaign" or _is_day(needle)):
        best.append(Choice(Token(free, needle), needle, needle))
    return best


def _is_day(text: str) -> bool:
    return len(text) == 10 and text.replace("-", "").isdigit()
