"""The legality table, walked whole."""

from __future__ import annotations

from itertools import product

import pytest

from console.domain.case import OPEN, OVER, Action, Role, State
from console.domain.flow import BACK, RULES, actions, before, rule


def _legal() -> set[tuple[State, Action, Role]]:
    return {
        (state, row.action, role) for row in RULES for state in row.states for role in row.roles
    }


def test_exactly_the_listed_steps_are_legal() -> None:
    legal = _legal()
    for state, action, role in product(State, Action, Role):
        assert (rule(state, action, [role]) is not None) == ((state, action, role) in legal)


def test_no_two_rows_claim_the_same_step() -> None:
    for state, action, role in _legal():
        rows = [
            row
            for row in RULES
            if row.action is action and state in row.states and role in row.roles
        ]
        assert len(rows) == 1


def test_an_auditor_changes_nothing() -> None:
    assert all(not actions(state, [Role.AUDITOR]) for state in State)


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert all(not actions(state, []) for state in State)


def test_every_open_state_leads_to_an_end() -> None:
    ended = set(OVER)
    while True:
        more = {
            state
            for row in RULES
            if row.next in ended
            for state in row.states
            if state not in ended
        }
        if not more:
            break
        ended |= more
    # What was sent back to its reporter is worked on, or refused, once he has answered.
    assert ended == set(State)


def test_a_case_that_is_over_moves_only_backwards_or_into_the_archive() -> None:
    for state in OVER:
        for row in RULES:
            if state in row.states:
                assert row.next in (None, BACK, State.ARCHIVED), (state, row)


def test_only_a_closed_case_is_archived() -> None:
    assert {row.states for row in RULES if row.next is State.ARCHIVED} == {
        frozenset({State.CLOSED})
    }


def test_a_forced_close_is_the_leaders_alone() -> None:
    for role in Role:
        allowed = any(rule(state, Action.FORCE_CLOSE, [role]) for state in State)
        assert allowed == (role is Role.LEADER)


def test_every_step_that_names_an_undo_can_be_undone_by_whoever_took_it() -> None:
    for row in RULES:
        if row.undo is None or row.action is Action.SPLIT:  # the new case is merged back
            continue
        for after in [row.next] if isinstance(row.next, State) else row.states:
            if row.next is BACK:
                continue
            for role in row.roles - {Role.SYSTEM}:
                assert rule(after, row.undo, [role]), (row, after, role)


def test_an_undo_of_a_move_leads_back() -> None:
    for row in RULES:
        if row.undo is None or not isinstance(row.next, State):
            continue
        back = rule(row.next, row.undo, row.roles)
        assert back is not None
        assert back.next is BACK or back.next in row.states


def test_back_is_one_step_on_the_way_the_case_came() -> None:
    way = [State.PROPOSED, State.PROPOSED, State.ACCEPTED, State.FILED, State.DISPATCHED]
    assert before(State.SUSPENDED, [*way, State.SUSPENDED]) is State.DISPATCHED
    assert before(State.FILED, [*way, State.FILED]) is State.ACCEPTED
    assert before(State.ACCEPTED, [*way, State.FILED, State.ACCEPTED]) is State.PROPOSED
    assert before(State.MERGED, [*way, State.SUSPENDED, State.DISPATCHED, State.MERGED]) is (
        State.DISPATCHED
    )


@pytest.mark.parametrize("state", State)
def test_where_the_history_is_silent_back_is_what_usually_comes_before(state: State) -> None:
    assert before(state, []) == before(state, [state])
    usual = before(state, [])
    leads = any(row.next is state and usual in row.states for row in RULES)
    assert leads or state is State.PROPOSED


def test_legally_final_steps_ask_for_a_reason() -> None:
    assert all(row.reason for row in RULES if row.final)


def test_only_the_field_or_the_hub_itself_reports_arrival() -> None:
    for row in RULES:
        if row.action in (Action.ARRIVE, Action.FEEDBACK):
            assert row.roles <= {Role.HANDLER, Role.UNIT_ADMIN, Role.SYSTEM}


def test_a_warning_may_be_spoken_in_every_open_state_but_a_checked_one() -> None:
    states = {state for state in State if rule(state, Action.WARN, [Role.SPEAKER])}
    assert states == OPEN - {State.CHECKED}
