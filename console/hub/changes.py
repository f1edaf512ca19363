"""What became of a case since an officer saw it: who did what, as facts for a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import wire
from console.domain.case import Action
from console.hub.auth import SYSTEM
from console.hub.refusal import Refused
from console.hub.store import Reader
from console.hub.store.accounts import name_of
from console.hub.store.versions import versions_from

if TYPE_CHECKING:
    from console.hub.context import Hub

FIELDS = {
    "state": "state",
    "code": "name",
    "at": "place",
    "rule": "rule",
    "priority": "priority",
    "supervised": "supervised",
    "department": "department_name",
    "assisting": "assisting",
    "unit": "unit_name",
    "claimed_by": "claimed_name",
    "merged_into": "merged_into",
    "paused": "paused",
}
"""What an officer decides on -> the field in which he reads it."""

_WORDS = frozenset({Action.NOTE, Action.REPLY, Action.JOIN, Action.PROPOSE, Action.TIMEOUT})


async def explained(hub: Hub, refused: Refused, command: wire.Command) -> Refused:
    """Return the refusal of an older version with who changed what since."""
    problem = refused.problem
    if problem.code != "conflict" or problem.current is None or command.version is None:
        return refused
    now = wire.CaseRow.model_validate(problem.current)
    seen = command.version

    def read(reader: Reader) -> wire.Problem:
        by, changes = since(hub, reader, now, seen)
        return problem.model_copy(update={"changed_by": by, "changes": changes})

    refused.problem = await hub.store.read(read)
    return refused


def since(
    hub: Hub, reader: Reader, now: wire.CaseRow, seen: int
) -> tuple[str, list[wire.FieldChange]]:
    """Return (who, what) of a case's change from a version to ``now``.

    Nothing is told where the log no longer reaches back so far.
    """
    was, began = versions_from(reader, now.id, seen)
    if was is None or began is None:
        return "", []
    before, after = was.model_dump(mode="json"), now.model_dump(mode="json")
    changes = [
        wire.FieldChange(field=field, was=before[shown], now=after[shown])
        for field, shown in FIELDS.items()
        if before[field] != after[field] or (field == "code" and was.kind != now.kind)
    ]
    facts = [fact for fact in reader.history(now.id) if fact.at >= began]
    deeds = [fact for fact in facts if fact.action not in _WORDS] or facts
    return (_called(hub, reader, deeds[-1].actor) if deeds else ""), changes


def _called(hub: Hub, reader: Reader, actor: str) -> str:
    for known in (SYSTEM, hub.duty):
        if known is not None and known.id == actor:
            return known.name
    return name_of(reader, actor)
