"""Finding a class of case and the condition it is filed on, by code, words or pinyin initials."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from console import wire
from console.domain.catalogue import applicable, counts
from console.search_text import initials, normal
from console.seat.mirror import Mirror

LEGACY = frozenset({"gb2013"})
"""Schemes in which old cases stand; no case is put under them any more."""


WRONG = "异常"
"""How the names of matters end that say something is wrong with a component."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A class with one condition on which it is filed; ``rule`` None where there is none."""

    item: wire.CatalogueItem
    rule: wire.FilingRule | None
    name: str
    name_letters: str
    text: str
    text_letters: str

    @property
    def id(self) -> str:
        """The class id."""
        return wire.id_of(self.item)


class Classes:
    """The classes and rules that count on a day, as a list to be searched key by key."""

    def __init__(self, mirror: Mirror, day: date) -> None:
        of: dict[str, list[wire.FilingRule]] = {}
        for rule in sorted(mirror.rules.values(), key=lambda rule: rule.id):
            of.setdefault(rule.of, []).append(rule)
        items = [
            item
            for item in mirror.catalogue.values()
            if item.scheme not in LEGACY and counts(item, day)
        ]
        items.sort(key=lambda item: (item.kind != "matter", item.scheme, item.code))
        self.entries: list[Entry] = []
        self._at: dict[str, list[Entry]] = {}
        for item in items:
            rules = applicable(of.get(wire.id_of(item), ()), day)
            if not rules and item.maps_to:
                rules = applicable(of.get(item.maps_to, ()), day)
            entries = [_entry(item, rule) for rule in rules] or [_entry(item, None)]
            self._at[wire.id_of(item)] = entries
            self.entries += entries

    def of(self, class_id: str) -> list[Entry]:
        """Return a class with each of its conditions."""
        return self._at.get(class_id, [])

    def alternatives(self, case: wire.CaseRow, most: int = 9) -> list[Entry]:
        """Return what number keys pick for a case.

        The class it has comes first, then what was proposed, then the classes that were next, then
        the other conditions of all these.
        """
        proposal = case.proposal
        ids = [wire.class_id(case.scheme, case.kind, case.code)]
        if proposal is not None:
            ids.append(wire.class_id(wire.BASE_SCHEME, proposal.kind, proposal.code))
            ids += [wire.class_id(wire.BASE_SCHEME, o.kind, o.code) for o in proposal.others]
        rules = {case.rule, proposal.rule if proposal else None}
        classes = [self.of(id_) for id_ in dict.fromkeys(ids)]
        firsts = [entry for entries in classes for entry in _first(entries, rules)]
        rest = [entry for entries in classes for entry in entries if entry not in firsts]
        return [*firsts, *rest][:most]

    def search(self, typed: str, kind: str = "", most: int = 60) -> list[Entry]:
        """Return the entries in which every word typed is found, best first.

        ``kind`` goes before the other among equals.
        """
        words = normal(typed).split()
        if not words:
            return self.entries[:most]
        found = []
        for place, entry in enumerate(self.entries):
            worth = _worth(words, entry)
            if worth:
                found.append((-worth, bool(kind) and entry.item.kind != kind, place))
        found.sort()
        return [self.entries[place] for *_, place in found[:most]]


def _entry(item: wire.CatalogueItem, rule: wire.FilingRule | None) -> Entry:
    text = normal(rule.condition) if rule else ""
    name = normal(item.name)
    return Entry(item, rule, name, initials(name), text, initials(text))


def _first(entries: list[Entry], rules: Container[str | None]) -> list[Entry]:
    """Return the condition of a class that is among ``rules``, else its first."""
    named = [entry for entry in entries if entry.rule is not None and entry.rule.id in rules]
    return (named or entries)[:1]


def _worth(words: Iterable[str], entry: Entry) -> int:
    """Return how well words fit, 0 where one of them does not.

    Of names that fit alike the shorter wins; those that share a code's beginning stay in order.
    """
    total = 1000
    for word in words:
        if not word.isdigit():
            total -= len(entry.name.removesuffix(WRONG))
        worth = _word_worth(word, entry)
        if not worth:
            return 0
        total += 100 * worth
    return total


def _word_worth(word: str, entry: Entry) -> int:
    """Return how well a word fits: the code first, then the name, then the condition."""
    code, name, letters = entry.item.code, entry.name, entry.name_letters
    if code.startswith(word):
        return 10 if code == word else 9
    if word in name:
        return 8 if name.startswith(word) else 7
    if word in letters:
        return 6 if letters.startswith(word) else 5
    if word in entry.text:
        return 3
    return int(len(word) > 1 and word in entry.text_letters)
