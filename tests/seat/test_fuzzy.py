"""Finding by a few letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.seat.fuzzy import best, readings, score


@given(text=st.text(min_size=1, max_size=30), data=st.data())
def test_every_subsequence_is_found(text: str, data: st.DataObject) -> None:
    folded = text.casefold()
    places = data.draw(st.sets(st.integers(0, len(folded) - 1)))
    needle = "".join(folded[place] for place in sorted(places))
    if needle.casefold() == needle:
        assert score(needle, text) is not None


def test_letters_that_are_not_there_find_nothing() -> None:
    assert score("xyz", "Close the case") is None


def test_the_start_of_a_word_wins() -> None:
    assert (score("ca", "Close the case") or 0) > (score("ca", "Recall") or 0)


def test_chinese_is_found_by_its_initials_and_its_pinyin() -> None:
    assert best("zcdl", readings("珠城东路")) is not None
    assert best("zhucheng", readings("珠城东路")) is not None
    assert best("珠城", readings("珠城东路")) is not None
    assert best("qqq", readings("珠城东路")) is None
