"""Who may do what with what: one function, refusing by default.

Two things must hold: one of somebody's roles is written down for the deed on that kind of thing,
and the thing lies in what he answers for. Which step of a case is legal is the flow table's matter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from console.domain.case import Role

ALL = "*"
"""Stands for every district, or every department."""


class Deed(StrEnum):
    SEE = "see"
    ACT = "act"
    EXPORT = "export"
    """Take it out of the console as a file."""


class Kind(StrEnum):
    """What a deed may be done with."""

    TOWN = "town"
    """Streets, grids, units, classes, rules: what every desk works with; and the health lines."""
    CASE = "case"
    REPORT = "report"
    MEDIA = "media"
    CALL = "call"
    CAMERA = "camera"
    SPEAKER = "speaker"
    JOINT = "joint"
    """Supervision orders and early warnings, which go to departments."""
    AUDIT = "audit"
    ACCOUNT = "account"
    """Accounts and sessions."""
    SETTING = "setting"


SCOPED = frozenset(
    {Kind.CASE, Kind.REPORT, Kind.MEDIA, Kind.CALL, Kind.CAMERA, Kind.SPEAKER, Kind.JOINT}
)
"""Kinds that belong to a district, a department or somebody; the rest is the whole bureau's."""


class Who(Protocol):
    """Somebody who asks: his roles, and what he answers for."""

    @property
    def id(self) -> str: ...
    @property
    def roles(self) -> Collection[str]: ...
    @property
    def districts(self) -> Collection[str]: ...
    @property
    def departments(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked about.

    ``district`` is the first-level grid it lies in, or empty where that is not known;
    ``departments`` those it was given to, leading and assisting; ``people`` who reported or handles
    it. A file, a report or a call of a case has those of its case.
    """

    kind: Kind
    district: str = ""
    departments: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


_EVERYBODY = frozenset(Role)
_DESK = frozenset({Role.DISPATCHER, Role.SHIFT_LEADER, Role.LEADER})
_WATCH = _EVERYBODY - {Role.COLLECTOR, Role.HANDLER}
_REPORT = _DESK | {Role.ACCEPTOR, Role.COLLECTOR, Role.PATROLLER, Role.INSPECTOR, Role.SYSTEM}
_TAKE_OUT = _DESK | {Role.UNIT_ADMIN, Role.INSPECTOR, Role.ADMINISTRATOR, Role.AUDITOR}
_ACCOUNTS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})

ROLES: dict[tuple[Deed, Kind], frozenset[Role]] = {
    (Deed.SEE, Kind.TOWN): _EVERYBODY,
    (Deed.SEE, Kind.CASE): _EVERYBODY,
    (Deed.SEE, Kind.REPORT): _EVERYBODY,
    (Deed.SEE, Kind.MEDIA): _EVERYBODY,
    (Deed.SEE, Kind.CALL): _EVERYBODY,
    (Deed.SEE, Kind.CAMERA): _WATCH,
    (Deed.SEE, Kind.SPEAKER): _WATCH,
    (Deed.SEE, Kind.JOINT): _EVERYBODY,
    (Deed.SEE, Kind.AUDIT): _DESK - {Role.DISPATCHER} | {Role.AUDITOR, Role.ADMINISTRATOR},
    (Deed.SEE, Kind.ACCOUNT): _ACCOUNTS,
    (Deed.SEE, Kind.SETTING): _ACCOUNTS,
    (Deed.ACT, Kind.CASE): _EVERYBODY - {Role.AUDITOR},
    (Deed.ACT, Kind.REPORT): _REPORT,
    (Deed.ACT, Kind.SPEAKER): _DESK | {Role.SPEAKER},
    (Deed.ACT, Kind.JOINT): _DESK - {Role.DISPATCHER} | {Role.UNIT_ADMIN},
    (Deed.ACT, Kind.ACCOUNT): _ACCOUNTS,
    (Deed.EXPORT, Kind.CASE): _TAKE_OUT,
    (Deed.EXPORT, Kind.MEDIA): _TAKE_OUT,
    (Deed.EXPORT, Kind.AUDIT): frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
}
"""Deed and kind -> who may at all. What does not stand here nobody may."""


def may(who: Who, deed: Deed, thing: Thing) -> bool:
    """Tell whether somebody may do a deed with a thing."""
    return allowed(who, deed, thing.kind) and (thing.kind not in SCOPED or answers_for(who, thing))


def allowed(who: Who, deed: Deed, kind: Kind) -> bool:
    """Tell whether somebody's roles allow a deed on a kind of thing, wherever it may lie."""
    return not ROLES.get((deed, kind), frozenset()).isdisjoint(who.roles)


def answers_for(who: Who, thing: Thing) -> bool:
    """Tell whether a thing is in somebody's districts or departments, or his own."""
    return (
        ALL in who.districts
        or (thing.district != "" and thing.district in who.districts)
        or (bool(thing.departments) and ALL in who.departments)
        or not thing.departments.isdisjoint(who.departments)
        or who.id in thing.people
    )


def sees_everything(who: Who) -> bool:
    """Tell whether no thing of any kind that seats hold is hidden from somebody."""
    return ALL in who.districts and all(allowed(who, Deed.SEE, kind) for kind in SCOPED)
