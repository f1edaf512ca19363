"""Guards: what must hold besides state, action and role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from console.domain import guards
from console.domain.case import OPEN, Role, State
from console.domain.flow import RULES
from console.domain.guards import Appeal, Facts, Guard, Wanted, Word, broken

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TECHNICAL, LEGAL = guards.REVIEWERS
FACTS = Facts(now=NOW, actor="a", roles=frozenset(), case="C1", due=NOW + timedelta(hours=1))


def wants(**wanted: Any) -> Facts:
    return replace(FACTS, wanted=replace(Wanted(), **wanted))


def test_who_found_a_case_neither_verifies_checks_nor_closes_it() -> None:
    assert guards.COLLECTOR.holds(FACTS)
    assert not guards.COLLECTOR.holds(replace(FACTS, reporters=frozenset({"a", "b"})))
    assert guards.COLLECTOR.holds(replace(FACTS, reporters=frozenset({"b"})))
    guarded = {rule.action for rule in RULES if guards.COLLECTOR in rule.guard}
    assert guarded == {"confirm", "check", "close"}


def test_nobody_reviews_his_own_evidence() -> None:
    assert not guards.OWN_EVIDENCE.holds(replace(FACTS, handlers=frozenset({"a"})))
    assert guards.OWN_EVIDENCE.holds(replace(FACTS, handlers=frozenset({"b"})))
    guarded = {rule.action for rule in RULES if guards.OWN_EVIDENCE in rule.guard}
    assert guarded == {"check", "close", "review"}


@pytest.mark.parametrize(
    ("media", "text", "roles", "holds"),
    [
        (1, "", {Role.HANDLER}, True),
        (0, "已清理", {Role.HANDLER}, False),
        (0, "已清理", {Role.SYSTEM}, False),
        (0, "相机坏了", {Role.UNIT_ADMIN}, True),
        (0, "  ", {Role.UNIT_ADMIN}, False),
    ],
)
def test_feedback_is_shown_by_a_photo_unless_the_unit_says_why(
    media: int, text: str, roles: set[Role], *, holds: bool
) -> None:
    facts = replace(wants(media=media, text=text), roles=frozenset(roles))
    assert guards.PHOTO.holds(facts) == holds


def test_a_limit_is_moved_twice_at_most_and_never_when_it_is_over() -> None:
    assert [guards.EXTENSIONS.holds(replace(FACTS, extensions=n)) for n in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert guards.IN_TIME.holds(replace(FACTS, now=FACTS.due))
    assert not guards.IN_TIME.holds(replace(FACTS, now=FACTS.due + timedelta(seconds=1)))


def test_a_case_stands_still_for_a_year_at_most_in_all() -> None:
    assert guards.SUSPENSION.holds(wants(span=timedelta(days=366)))
    assert not guards.SUSPENSION.holds(wants(span=timedelta(days=366, seconds=1)))
    used = replace(wants(span=timedelta(days=200)), stood_still=timedelta(days=200))
    assert not guards.SUSPENSION.holds(used)


def test_a_case_goes_only_into_another_open_one() -> None:
    assert not guards.NOT_ITSELF.holds(wants(other="C1"))
    assert guards.NOT_ITSELF.holds(wants(other="C2"))
    for state in State:
        assert guards.OTHER_OPEN.holds(wants(other="C2", other_state=state)) == (state in OPEN)
    assert State.MERGED not in OPEN, "or merging could make a circle"


def test_a_case_keeps_a_report_of_its_own() -> None:
    assert guards.REPORTS_LEFT.holds(wants(leaving=2, staying=1))
    assert not guards.REPORTS_LEFT.holds(wants(leaving=2, staying=0))
    assert not guards.REPORTS_LEFT.holds(wants(leaving=0, staying=2))


def test_an_appeal_is_against_a_recorded_timeout_and_made_once() -> None:
    late = replace(wants(stage="handle"), timeouts=frozenset({"handle"}))
    assert guards.TIMEOUT_RECORDED.holds(late)
    assert not guards.TIMEOUT_RECORDED.holds(wants(stage="handle"))
    assert guards.APPEAL_ONCE.holds(late)
    assert not guards.APPEAL_ONCE.holds(replace(late, appealed=frozenset({"handle"})))


def test_the_words_on_an_appeal_are_of_two_others_each_in_his_own_role() -> None:
    own = replace(FACTS, appeal=Appeal("handle", "a"), roles=frozenset({LEGAL}))
    assert not guards.APPELLANT.holds(own)
    for actor, role in product(("a", "b"), (LEGAL, TECHNICAL)):
        appeal = Appeal("handle", "c", (Word("b", TECHNICAL, upheld=True),))
        facts = replace(FACTS, actor=actor, appeal=appeal, roles=frozenset({role}))
        allowed = actor != "b" and role is LEGAL
        assert guards.OTHER_REVIEWER.holds(facts) == allowed


@pytest.mark.parametrize(
    ("technical", "legal", "verdict"),
    [
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (True, None, None),
        (None, False, None),
    ],
)
def test_there_is_a_verdict_only_when_both_have_spoken(
    technical: bool | None, legal: bool | None, verdict: bool | None
) -> None:
    said = ((TECHNICAL, technical), (LEGAL, legal))
    words = tuple(Word(role, role, upheld) for role, upheld in said if upheld is not None)
    assert Appeal("handle", "a", words).verdict is verdict


def test_the_first_guard_that_does_not_hold_is_named() -> None:
    facts = replace(FACTS, reporters=frozenset({"a"}), handlers=frozenset({"a"}))
    found = broken((guards.COLLECTOR, guards.OWN_EVIDENCE), facts)
    assert found is guards.COLLECTOR
    assert found.code == "guard_collector"
    assert broken((), facts) is None


def test_every_guard_has_a_name_of_its_own_and_stands_in_the_table() -> None:
    known = [value for value in vars(guards).values() if isinstance(value, Guard)]
    assert len({guard.name for guard in known}) == len(known)
    used = {guard for rule in RULES for guard in rule.guard}
    assert used == set(known)
