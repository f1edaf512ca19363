"""Finding by a few letters: English, Chinese, full pinyin or its initials."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from console.search_text import syllable

_WORD_BREAKS = frozenset(" -_.:/,，、（(")


def score(needle: str, text: str) -> float | None:
    """Return how well ``needle`` fits as a subsequence of ``text``, or None; more is better.

    Letters that stand together, at the start or at the start of a word count more; short texts
    win over long ones. Case does not matter, spaces in the needle are passed over.
    """
    wanted = needle.casefold().replace(" ", "")
    hay = text.casefold()
    if not wanted:
        return 0.0
    at = hay.find(wanted)
    if at >= 0:
        start = at == 0 or hay[at - 1] in _WORD_BREAKS
        return 10.0 * len(wanted) + (6.0 if start else 0.0) - 0.02 * len(hay) - 0.05 * at
    total, place, before = 0.0, 0, -2
    for letter in wanted:
        found = hay.find(letter, place)
        if found < 0:
            return None
        total += 1.0
        if found == before + 1:
            total += 3.0
        if found == 0 or hay[found - 1] in _WORD_BREAKS:
            total += 2.0
        before, place = found, found + 1
    return total - 0.02 * len(hay)


def best(needle: str, texts: Iterable[str]) -> float | None:
    """Return the best score among several ways to write the same thing."""
    scores = [value for text in texts if (value := score(needle, text)) is not None]
    return max(scores, default=None)


@lru_cache(maxsize=20_000)
def readings(text: str) -> tuple[str, ...]:
    """Return a text and, where it holds Chinese, its pinyin initials and its full pinyin."""
    if text.isascii():
        return (text,)
    syllables = [syllable(letter) for letter in text]
    return text, "".join(s[:1] for s in syllables), "".join(syllables)
