"""What a report's words mean."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from console.domain.classify import Keywords, keywords
from console.resources import resource

RECORDED = Path(__file__).parent.parent / "bench/cases/reports_200.json"


@pytest.fixture(scope="module")
def words() -> Keywords:
    return keywords(tomllib.loads(resource("catalogues/keywords.toml").read_text("utf-8")))


def test_every_class_that_a_text_speaks_of_is_read_the_likeliest_first(words: Keywords) -> None:
    read = [guess.code for guess in words.readings("红绿灯口有小贩卖花")]
    assert read == ["02014", "09001"]
    assert words.read("红绿灯口有小贩卖花").code == read[0]


def test_a_class_is_read_once_by_its_best_word(words: Keywords) -> None:
    best, vague = words.readings("垃圾桶满了，垃圾箱满了，满溢")
    assert (best.code, best.basis, best.text) == ("06042", "text", "垃圾桶满")
    assert (vague.code, vague.basis) == ("06010", "hint")


def test_a_text_that_names_nothing_is_no_class(words: Keywords) -> None:
    assert words.readings("麻烦来看看") == []
    assert words.read("麻烦来看看").basis == ""


def test_the_recorded_reports_are_what_their_groups_say(words: Keywords) -> None:
    """The bench of keys rests on them: rightly read, wrongly read but spoken of, not read."""
    for item in json.loads(RECORDED.read_text("utf-8")):
        read = [guess.code for guess in words.readings(item.get("text", ""))]
        match item["group"], item["act"]:
            case "proposed", "accept" if item["door"] == "open311":
                assert read[0] == item["code"], item
            case "corrected", "class":
                assert read[0] != item["code"], item
                assert item["code"] in read[1:4], item
            case "cold", _:
                assert read == [], item
