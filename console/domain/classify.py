"""What a report is about: a class, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

UNSORTED = "00000"
"""Stands in a case whose class nobody knows yet."""


class Certainty(IntEnum):
    """How a class came about. The surer one wins; what an officer decided stays."""

    NONE = 0
    CHOSEN = 1
    """Picked from a list by whoever reported, or suggested by a vague word."""
    READ = 2
    """Said plainly in the report's text."""
    SEEN = 3
    """Detected by a camera or measured by a sensor."""
    DECIDED = 4
    """An officer said so."""


BASIS = {
    "officer": Certainty.DECIDED,
    "label": Certainty.SEEN,
    "sensor": Certainty.SEEN,
    "text": Certainty.READ,
    "hint": Certainty.CHOSEN,
    "service": Certainty.CHOSEN,
    "learned": Certainty.CHOSEN,
}
"""Code of a proposal's reason -> how sure a class resting on it is."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A class with what it rests on: ``basis`` is a key of :data:`BASIS` or empty."""

    code: str = UNSORTED
    basis: str = ""
    text: str = ""

    @property
    def certainty(self) -> Certainty:
        return BASIS.get(self.basis, Certainty.NONE)


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that mean a class. A ``vague`` one only hints at it."""

    code: str
    words: tuple[str, ...]
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Keywords:
    """Everything that turns words into classes.

    ``families`` maps a class to the name of its group of classes that people mix up;
    ``urgent`` are words of danger; ``sensors`` maps a kind of sensor to a class.
    """

    rules: tuple[WordRule, ...] = ()
    families: Mapping[str, str] | None = None
    urgent: tuple[str, ...] = ()
    sensors: Mapping[str, str] | None = None

    def family(self, code: str) -> str:
        """Return the group of a class; a class in no group is one of its own."""
        return (self.families or {}).get(code, code)

    def read(self, text: str) -> Guess:
        """Return the class that a text speaks of: plain words first, then the longest."""
        return next(iter(self.readings(text)), Guess())

    def readings(self, text: str) -> list[Guess]:
        """Return every class that a text speaks of, each once, the likeliest first."""
        found = [
            (not rule.vague, len(word), -index, rule, word)
            for index, rule in enumerate(self.rules)
            for word in rule.words
            if word in text
        ]
        found.sort(key=lambda hit: hit[:3], reverse=True)
        guesses: dict[str, Guess] = {}
        for *_, rule, word in found:
            guesses.setdefault(rule.code, Guess(rule.code, "hint" if rule.vague else "text", word))
        return list(guesses.values())

    def mixed_up_with(self, code: str) -> list[str]:
        """Return the other classes of a class's family."""
        families = self.families or {}
        mine = families.get(code)
        return [other for other, name in families.items() if name == mine and other != code]

    def danger(self, text: str) -> str:
        """Return the first word of danger in a text, or an empty string."""
        return next((word for word in self.urgent if word in text), "")


LIKELY, CLEAR = 0.4, 0.7
"""Shares from which a learned class stands where nothing was said, and where only a hint was."""


def learned(guess: Guess, shares: Sequence[tuple[str, float]]) -> Guess:
    """Return the guess, or the class that closed cases teach where the report says none plainly.

    ``shares`` are (class, how likely), likeliest first. What a reporter picked stays.
    """
    code, share = shares[0] if shares else ("", 0.0)
    least = {"": LIKELY, "hint": CLEAR}.get(guess.basis, 2.0)
    if share < least or code == guess.code:
        return guess
    return Guess(code, "learned", f"{share:.0%}")


def surest(guesses: Iterable[Guess]) -> Guess:
    """Return the surest guess, the first of equals."""
    return max(guesses, key=lambda guess: guess.certainty, default=Guess())


def keywords(table: Mapping[str, object]) -> Keywords:
    """Build from the plain tables of ``keywords.toml``; raise ``ValueError`` on another shape."""
    rules, families = table.get("rule", []), table.get("families", {})
    sensors, urgent = table.get("sensors", {}), table.get("urgent", [])
    if not (
        isinstance(rules, list)
        and isinstance(families, dict)
        and isinstance(sensors, dict)
        and isinstance(urgent, list)
    ):
        raise ValueError("keywords: rule, families, sensors or urgent has another shape")
    try:
        return Keywords(
            rules=tuple(
                WordRule(str(row["code"]), tuple(row["words"]), bool(row.get("vague")))
                for row in rules
            ),
            families={str(code): name for name, codes in families.items() for code in codes},
            urgent=tuple(urgent),
            sensors={str(kind): str(code) for kind, code in sensors.items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"keywords: {error!r}") from error
