"""What ships of classes and rules, and how rules, conditions and departments are chosen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

import pytest

from console import wire
from console.domain.catalogue import Condition, Route, applicable, counts, meant, route
from console.domain.limit import TYPES, parse
from console.hub.catalogue import base
from console.resources import resource

DAY = date(2026, 11, 22)
BASE_CLASSES = {wire.id_of(item): item for item in base.classes() if item.scheme == "gb2026"}


def test_the_base_scheme_has_153_components_and_250_matters() -> None:
    kinds = [item.kind for item in BASE_CLASSES.values()]
    assert (kinds.count("component"), kinds.count("matter")) == (153, 250)


def test_the_same_code_stands_in_both_lists_and_both_schemes_without_a_clash() -> None:
    ids = [wire.id_of(item) for item in base.classes()]
    assert len(ids) == len(set(ids))
    assert {"gb2026/matter/01001", "gb2026/component/01001"} <= set(ids)


def test_every_class_of_the_older_scheme_maps_to_the_base_or_says_why_none() -> None:
    table = json.loads(resource(base.STANDARDS["gb2013"]).read_text("utf-8"))
    rows = [(kind, row) for kind, group in table["kinds"].items() for row in group["classes"]]
    assert len(rows) == 190
    for kind, row in rows:
        assert re.fullmatch(r"\d{4}", row["code"]), row
        assert ("maps_to" in row) != bool(row.get("unmapped")), (kind, row)
        assert "unmapped" in row or row["maps_to"] in BASE_CLASSES, (kind, row)


def test_every_base_class_has_a_rule_and_there_are_more_than_five_hundred() -> None:
    rules = base.rules()
    assert {rule.of for rule in rules} == BASE_CLASSES.keys()
    assert len({rule.id for rule in rules}) == len(rules) > 500


@pytest.mark.parametrize("rule", base.rules()[::7], ids=lambda rule: rule.id)
def test_a_base_rule_says_all_that_a_rule_says(rule: wire.FilingRule) -> None:
    assert rule.condition
    assert rule.closing
    assert rule.responsible
    assert "基础规则" in rule.source
    assert "{" not in rule.condition + rule.closing


def test_base_limits_stay_in_the_range_of_practice() -> None:
    most = {"urgent_hours": 4, "natural_hours": 24, "natural_days": 7, "working_days": 15}
    for rule in base.rules():
        limit = parse(rule.limit)
        assert limit.type in TYPES
        assert 1 <= limit.value <= most[limit.type], rule.id


def test_the_matter_of_a_facility_is_over_within_a_day_and_its_component_within_a_week() -> None:
    hours = {"urgent_hours": 1, "natural_hours": 1, "natural_days": 24}
    for rule in base.rules():
        if rule.of.split("/")[2] >= "06":
            continue
        limit = parse(rule.limit)
        most = 24 if "/matter/" in rule.of else 7 * 24
        assert limit.value * hours[limit.type] <= most, rule.id


def test_several_conditions_of_one_class_differ_in_their_limits() -> None:
    limits = {r.id: r.limit for r in base.rules() if r.of == "gb2026/component/01001"}
    assert limits["base/gb2026/component/01001/1-missing"] == "urgent_hours:2"
    assert limits["base/gb2026/component/01001/3-noisy"] == "natural_days:2"


@pytest.mark.parametrize(
    ("of", "text", "key"),
    [
        ("gb2026/matter/01023", "路口的井盖不见了，很危险", "missing"),
        ("gb2026/matter/01023", "井盖咣当响一晚上", "noisy"),
        ("gb2026/matter/06013", "人行道地砖松动绊倒人", "pavement"),
        ("gb2026/matter/06013", "路面塌陷一个大洞", "collapse"),
        ("gb2026/matter/06028", "广场舞太吵", "leisure"),
        ("gb2026/matter/09001", "没有说什么", "vendor"),
    ],
)
def test_the_condition_is_read_from_the_words_of_a_report(of: str, text: str, key: str) -> None:
    conditions = [base.conditions()[rule.id] for rule in base.rules() if rule.of == of]
    assert meant(text, conditions).endswith(f"-{key}")


def test_a_condition_without_words_is_known_by_a_piece_of_its_own() -> None:
    rules = [Condition("a", "摊位超出白线"), Condition("b", "摊主夜间高声叫卖")]
    assert meant("他每天夜间高声喊", rules) == "b"
    assert meant("别的事", rules) == "a"
    assert meant("别的事", []) == ""


@dataclass(frozen=True)
class Rule:
    id: str
    since: date | None = None
    until: date | None = None


def test_a_rule_counts_from_its_first_day_to_its_last() -> None:
    rule = Rule("x", date(2026, 11, 22), date(2026, 11, 22))
    assert counts(rule, DAY)
    assert not counts(rule, date(2026, 11, 21))
    assert not counts(rule, date(2026, 11, 23))


def test_a_citys_own_rules_stand_in_place_of_the_base_rules_while_they_count() -> None:
    shipped, own = Rule("base/a"), Rule("own/b", since=DAY)
    assert applicable([shipped, own], DAY) == [own]
    assert applicable([shipped, own], date(2026, 1, 1)) == [shipped]


ROUTES = [
    Route("*", "综合执法中队", "", "bureau"),
    Route("gb2026/matter/09", "", "", "market"),
    Route("gb2026/matter/09009", "", "", "police"),
    Route("gb2026/matter/09", "", "g1-04", "station"),
    Route("gb2026/matter/09", "", "g3-9", "corner"),
]


@pytest.mark.parametrize(
    ("class_id", "responsible", "grids", "department"),
    [
        ("gb2026/matter/06001", "综合执法中队", ["g3-1", "g1-01"], "bureau"),
        ("gb2026/matter/09001", "综合执法中队", ["g3-1", "g1-01"], "market"),
        ("gb2026/matter/09009", "", ["g3-1", "g1-01"], "police"),
        ("gb2026/matter/09001", "", ["g3-1", "g1-04"], "station"),
        ("gb2026/matter/09001", "", ["g3-9", "g1-04"], "corner"),
        ("gb2026/component/01001", "供水单位", ["g3-1"], None),
    ],
)
def test_the_most_specific_line_says_which_department_answers(
    class_id: str, responsible: str, grids: list[str], department: str | None
) -> None:
    assert route(ROUTES, class_id, responsible, grids) == department


def test_the_ids_of_a_classs_rules_sort_in_the_order_they_were_written() -> None:
    by_class: dict[str, list[str]] = {}
    for rule in base.rules():
        by_class.setdefault(rule.of, []).append(rule.id)
    assert all(ids == sorted(ids) for ids in by_class.values())
