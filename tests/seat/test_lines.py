"""Ready lines."""

from __future__ import annotations

from pathlib import Path

from console.seat.case_deeds import DEEDS
from console.seat.lines import MOST, Lines

VERBS = [
    deed.id.removeprefix("case.")
    for deed in DEEDS
    if any(slot.arg == "reason" for slot in deed.slots)
]


def test_every_command_that_asks_why_has_ready_reasons_in_both_languages() -> None:
    lines = Lines()
    for verb in VERBS:
        chinese, english = lines.reasons(verb, "zh_CN"), lines.reasons(verb, "en")
        assert 0 < len(chinese) == len(english) <= MOST, verb
        assert all(text.isascii() for text in english)


def test_slots_are_filled_and_unknown_ones_stay() -> None:
    text = Lines().replies("zh_CN", number="20261122-0001")[1]
    assert "20261122-0001" in text
    assert "{unit}" in text


def test_a_bureaus_own_file_stands_in_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "reasons.toml").write_text(
        '[[reason]]\nof = ["reject"]\nzh = "不归我们管"\n', "utf-8"
    )
    lines = Lines(tmp_path)
    assert lines.reasons("reject", "en") == ["不归我们管"], "without English the Chinese stands"
    assert lines.reasons("close", "en") == []
    assert lines.replies("en"), "the other file is still ours"


def test_a_broken_file_of_the_bureau_is_passed_over(tmp_path: Path) -> None:
    for broken in ("[[reason]\n", "reason = 5\n", "[[reason]]\nen = 1\n"):
        (tmp_path / "reasons.toml").write_text(broken, "utf-8")
        assert Lines(tmp_path).reasons("reject", "zh_CN")
