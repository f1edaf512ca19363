"""Who may do what with what: everything that is not written down is refused."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Role
from console.domain.permit import ALL, ROLES, SCOPED, Deed, Kind, Thing, may, sees_everything


@dataclass(frozen=True)
class Asks:
    """Somebody who asks."""

    id: str = "wang"
    roles: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def here(kind: Kind) -> Thing:
    """Something in d1, led by the parks with the water's help, handled by u1."""
    return Thing(kind, "d1", frozenset({"parks", "water"}), frozenset({"u1"}))


SCOPES: dict[str, Asks] = {
    "nothing": Asks(),
    "everywhere": Asks(districts=(ALL,)),
    "its district": Asks(districts=("d1", "d3")),
    "another district": Asks(districts=("d2",)),
    "its department": Asks(departments=("parks",)),
    "an assisting department": Asks(departments=("water", "fire")),
    "another department": Asks(departments=("fire",)),
    "all departments": Asks(departments=(ALL,)),
    "his own": Asks(id="u1"),
}
IN_SCOPE = {
    "everywhere",
    "its district",
    "its department",
    "an assisting department",
    "all departments",
    "his own",
}


def test_every_role_scope_deed_and_kind_is_refused_unless_role_and_scope_are_written_down() -> None:
    asked = allowed = 0
    for (name, scope), role, deed, kind in itertools.product(SCOPES.items(), Role, Deed, Kind):
        who = Asks(scope.id, (role,), scope.districts, scope.departments)
        expected = role in ROLES.get((deed, kind), frozenset()) and (
            kind not in SCOPED or name in IN_SCOPE
        )
        assert may(who, deed, here(kind)) == expected, (name, role, deed, kind)
        asked += 1
        allowed += expected
    assert asked == len(SCOPES) * len(Role) * len(Deed) * len(Kind)
    assert 0 < allowed < asked / 2, "refusing is the rule"


def test_without_a_role_nothing_is_allowed_whatever_somebody_answers_for() -> None:
    for scope, deed, kind in itertools.product(SCOPES.values(), Deed, Kind):
        for roles in ((), ("king",)):
            who = Asks(scope.id, roles, (*scope.districts, ALL), (*scope.departments, ALL))
            assert not may(who, deed, here(kind))


def test_a_thing_that_lies_nowhere_is_seen_only_by_who_sees_everything() -> None:
    for name, scope in SCOPES.items():
        who = Asks(scope.id, (Role.LEADER,), scope.districts, scope.departments)
        for kind in SCOPED:
            assert may(who, Deed.SEE, Thing(kind)) == (name == "everywhere"), name
        assert sees_everything(who) == (name == "everywhere")


def test_an_empty_district_is_nobodys_district() -> None:
    who = Asks(roles=(Role.LEADER,), districts=("",), departments=("",))
    assert not may(who, Deed.SEE, Thing(Kind.CASE))


def test_an_auditor_changes_nothing_and_only_the_administrator_touches_accounts() -> None:
    for kind in Kind:
        assert not may(Asks(roles=(Role.AUDITOR,), districts=(ALL,)), Deed.ACT, Thing(kind))
    may_accounts = {
        role
        for role in Role
        if may(Asks(roles=(role,), districts=(ALL,)), Deed.ACT, Thing(Kind.ACCOUNT))
    }
    assert may_accounts == {Role.ADMINISTRATOR, Role.SYSTEM}


names = st.sampled_from(["d1", "d2", "parks", "fire", "u1", "wang", ""])


@given(
    st.sets(st.sampled_from(list(Role))),
    st.sets(names),
    st.sets(names),
    st.sampled_from(list(Deed)),
    st.sampled_from(list(Kind)),
    st.sampled_from(list(Role)),
    names,
)
def test_more_roles_or_more_scope_never_allow_less(
    roles: set[Role],
    districts: set[str],
    departments: set[str],
    deed: Deed,
    kind: Kind,
    more: Role,
    place: str,
) -> None:
    thing = here(kind)
    less = Asks("wang", tuple(roles), tuple(districts), tuple(departments))
    wider = Asks("wang", (*roles, more), (*districts, place), (*departments, place))
    assert may(wider, deed, thing) or not may(less, deed, thing)
