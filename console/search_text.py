"""What is searched and what is typed, brought to the same form; hub and seat share it.

A word is found wherever it stands in a text, as it is written or by its pinyin initials. For an
index, which cannot look inside, a text is cut into tokens. A text that holds a word holds all the
tokens of the word.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from functools import cache


@cache
def syllable(letter: str) -> str:
    """Return a character's pinyin without tones; Latin letters and signs stay as they are.

    Each character is read by itself: for finding, that is good enough, hundreds of times
    faster, and needs a third of the tables.
    """
    if ord(letter) < 0x3400:
        return letter.lower()
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(letter)).lower()


def initials(text: str) -> str:
    """Return the pinyin initials of a text: ``无照经营`` gives ``wzjy``. Other letters stay."""
    return "".join(syllable(letter)[:1] for letter in text)


def warm() -> None:
    """Load the tables before somebody types; takes about 0.1 s on whatever thread."""
    syllable("无")


def normal(text: str) -> str:
    """Return a text in small letters and half width, whatever is no letter or digit a space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def words(typed: str) -> list[str]:
    """Return the words that must all be found, each once."""
    return list(dict.fromkeys(normal(typed).split()))


def searchable(named: Iterable[str], told: Iterable[str]) -> str:
    """Return the text that words are looked for in.

    ``named`` are names, found by their initials as well; ``told`` is found only as it stands.
    """
    names = [name for text in named if (name := normal(text))]
    read = [short for name in names if (short := initials(name)) != name]
    return " ".join([*names, *read, *(text for one in told if (text := normal(one)))])


def tokens(text: str) -> set[str]:
    """Return the tokens of a normal text.

    Two letters that stand together, three Latin ones or digits, and every single Chinese one. A
    single Latin letter or digit is no token: nearly every text holds it.
    """
    found: set[str] = set()
    for word in text.split():
        found.update(word[at : at + 2] for at in range(len(word) - 1))
        found.update(three for three in _threes(word) if three.isascii())
        found.update(letter for letter in word if not letter.isascii())
    return found


def needed(word: str) -> set[str]:
    """Return the fewest tokens that tell most about where a word may stand; perhaps none."""
    if len(word) == 1:
        return tokens(word)
    if word.isascii() and len(word) > 2:
        return set(_threes(word))
    return {word[at : at + 2] for at in range(len(word) - 1)}


def _threes(word: str) -> list[str]:
    return [word[at : at + 3] for at in range(len(word) - 2)]
