"""The legality table, walked whole."""

from __future__ import annotations

from itertools import product

import pytest

from console.domain.case import OPEN, Action, Role, State
from console.domain.flow import RULES, actions, rule


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
    ended = {State.CLOSED, State.VOID}
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
    assert ended == set(State)


@pytest.mark.parametrize("state", [State.CLOSED, State.VOID])
def test_what_has_ended_can_only_be_reopened_or_noted(state: State) -> None:
    assert set(actions(state, list(Role))) == {Action.REOPEN, Action.NOTE}


def test_an_undo_leads_back_to_where_the_step_began() -> None:
    for row in RULES:
        if row.undo is None or row.next is None:
            continue
        back = [other for other in RULES if other.action is row.undo and row.next in other.states]
        assert back, row
        assert all(other.next in row.states | {State.FILED} for other in back)


def test_legally_final_steps_ask_for_a_reason() -> None:
    assert all(row.reason for row in RULES if row.final)


def test_only_the_field_or_the_hub_itself_reports_arrival() -> None:
    for row in RULES:
        if row.action in (Action.ARRIVE, Action.FEEDBACK):
            assert row.roles <= {Role.HANDLER, Role.SYSTEM}


def test_a_warning_may_be_spoken_in_every_open_state_but_a_checked_one() -> None:
    states = {state for state in State if rule(state, Action.WARN, [Role.SPEAKER])}
    assert states == OPEN - {State.CHECKED}
