"""Finding a case by what the officer types: number, class, place, unit, or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable

from console import wire
from console.search_text import initials


class Search:
    """Matches cases against words, all of which must be found. Texts are kept by version."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[wire.CaseRow, str]] = {}

    def matcher(self, words: str) -> Callable[[wire.CaseRow], bool]:
        """Return what tells whether a case matches; an empty text matches everything."""
        wanted = words.lower().split()

        def matches(case: wire.CaseRow) -> bool:
            text = self._text(case)
            return all(word in text for word in wanted)

        return matches if wanted else lambda _: True

    def _text(self, case: wire.CaseRow) -> str:
        known = self._texts.get(case.id)
        if known is not None and known[0] is case:
            return known[1]
        words = f"{case.name} {case.place} {case.grid_name} {case.unit_name}"
        text = f"{case.id} {case.code} {words} {initials(words)}".lower()
        self._texts[case.id] = (case, text)
        return text
