"""What the history of a case tells: what its guards ask for, which cases it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from console import wire
from console.domain.case import Action, Role, State
from console.domain.guards import Appeal, Facts, Wanted, Word
from console.hub.store import Reader


def facts_of(
    reader: Reader, row: wire.CaseRow, officer: wire.Officer, now: datetime, wanted: Wanted
) -> Facts:
    """Gather what the guards of a step look at."""
    history = reader.history(row.id)
    appeals = appeals_in(history)
    roles = frozenset(Role(role) for role in officer.roles)
    return Facts(
        now=now,
        actor=officer.id,
        roles=roles,
        case=row.id,
        due=row.due,
        extensions=row.extensions,
        supervised=row.supervised,
        extension_asked=_extension_asked(history),
        stood_still=_stood_still(history),
        reporters=_reporters(reader, row),
        handlers=frozenset(fact.actor for fact in history if fact.action == Action.FEEDBACK),
        timeouts=frozenset(
            str(fact.data.get("stage")) for fact in history if fact.action == Action.TIMEOUT
        ),
        appealed=frozenset(appeal.stage for appeal in appeals),
        appeal=appeal_for(appeals, roles),
        wanted=wanted,
    )


def appeals_in(history: Sequence[wire.Fact]) -> list[Appeal]:
    """Return the appeals of a case with the words said on them, oldest first."""
    appeals: dict[str, Appeal] = {}
    for fact in history:
        stage = str(fact.data.get("stage", ""))
        if fact.action == Action.APPEAL:
            appeals[stage] = Appeal(stage, fact.actor)
        elif fact.action == Action.REVIEW and stage in appeals:
            said = appeals[stage]
            word = Word(fact.actor, Role(fact.role), bool(fact.data.get("upheld")))
            appeals[stage] = Appeal(stage, said.actor, (*said.words, word))
    return list(appeals.values())


def appeal_for(appeals: Sequence[Appeal], roles: frozenset[Role]) -> Appeal | None:
    """Return the oldest undecided appeal that wants the word of one of ``roles``, else of any."""
    open_ = [appeal for appeal in appeals if not appeal.decided]
    mine = (appeal for appeal in open_ if roles & appeal.wanting)
    return next(mine, open_[0] if open_ else None)


def _extension_asked(history: Sequence[wire.Fact]) -> bool:
    asking = (Action.ASK_EXTENSION, Action.EXTEND, Action.REFUSE_EXTENSION)
    last = next((fact.action for fact in reversed(history) if fact.action in asking), None)
    return last == Action.ASK_EXTENSION


def _stood_still(history: Sequence[wire.Fact]) -> timedelta:
    """Return how long a case was suspended in all, what goes on now left out."""
    still = timedelta(0)
    since: datetime | None = None
    for fact in history:
        if fact.state == State.SUSPENDED:
            since = since or fact.at
        elif since is not None:
            still += fact.at - since
            since = None
    return still


def _reporters(reader: Reader, row: wire.CaseRow) -> frozenset[str]:
    """Return the officers who found what a case is about, those of merged cases included."""
    cases = [row.id, *lineage(reader, row).merged]
    reports = (report for case in cases for report in reader.reports_of(case))
    return frozenset(str(report.data["by"]) for report in reports if report.data.get("by"))


def classed_in(history: Sequence[wire.Fact]) -> dict[str, Any]:
    """Return class and rule as they stood when they were last chosen; empty where none were."""
    kept = (fact.data["classed"] for fact in reversed(history) if fact.data.get("classed"))
    return dict(next(kept, {}))


@dataclass(frozen=True, slots=True)
class Lineage:
    """The cases bound up with one: merged into it, through others too, and split off it."""

    merged: list[str]
    children: list[str]


def lineage(reader: Reader, row: wire.CaseRow) -> Lineage:
    """Tell from the histories which cases live on in one, and which came out of it."""
    merged: list[str] = []
    children: list[str] = []
    waiting = [row.id]
    while waiting:
        case = waiting.pop(0)
        here: dict[str, None] = {}
        for fact in reader.history(case):
            if fact.action == Action.MERGE and "case" in fact.data:
                here[str(fact.data["case"])] = None
            elif fact.action == Action.UNMERGE and "case" in fact.data:
                here.pop(str(fact.data["case"]), None)
            elif fact.action == Action.SPLIT and case == row.id:
                children.append(str(fact.data["child"]))
        merged += here
        waiting += here
    return Lineage(merged, children)
