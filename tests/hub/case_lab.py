"""Cases in every state, with a history and reports that let every legal step be taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console import wire
from console.domain.case import Action, Role, State
from console.hub.auth import SYSTEM
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import clocks
from console.hub.store import Tx
from tests.hub.conftest import NOON, case_row, command, officer_unit

UNIT, MAIN, CLERK = "u1", "C-main", "clerk"
DEPARTMENT = wire.Department(id="d1", name="环卫所")
PHOTO = wire.Media(
    id="m1", case=None, role="feedback", type="image/jpeg", size=1, sha256="0" * 64, at=NOON
)

_WAY: dict[State, list[State]] = {
    State.RETURNED: [],
    State.ACCEPTED: [],
    State.VERIFYING: [State.ACCEPTED],
    State.VERIFIED: [State.ACCEPTED, State.VERIFYING],
    State.FILED: [State.ACCEPTED],
    State.DISPATCHED: [State.ACCEPTED, State.FILED],
    State.TAKEN: [State.ACCEPTED, State.FILED, State.DISPATCHED],
    State.ON_SITE: [State.FILED, State.DISPATCHED],
    State.HANDLED: [State.FILED, State.DISPATCHED, State.ON_SITE],
    State.CHECKED: [State.FILED, State.DISPATCHED, State.HANDLED],
    State.SUSPENDED: [State.FILED, State.DISPATCHED],
    State.CLOSED: [State.FILED, State.DISPATCHED, State.HANDLED, State.CHECKED],
    State.ARCHIVED: [State.FILED, State.CLOSED],
    State.VOID: [State.ACCEPTED],
    State.MERGED: [State.FILED],
    State.TRANSFERRED: [State.FILED],
}
_ENTERED = {
    State.RETURNED: Action.RETURN,
    State.ACCEPTED: Action.ACCEPT,
    State.VERIFYING: Action.VERIFY,
    State.VERIFIED: Action.CONFIRM,
    State.FILED: Action.FILE,
    State.DISPATCHED: Action.DISPATCH,
    State.TAKEN: Action.TAKE,
    State.ON_SITE: Action.ARRIVE,
    State.HANDLED: Action.FEEDBACK,
    State.CHECKED: Action.CHECK,
    State.SUSPENDED: Action.SUSPEND,
    State.CLOSED: Action.CLOSE,
    State.ARCHIVED: Action.ARCHIVE,
    State.VOID: Action.REJECT,
    State.MERGED: Action.MERGE,
    State.TRANSFERRED: Action.TRANSFER,
}

ARGS: dict[Action, dict[str, Any]] = {
    Action.SUPPLEMENT: {"text": "在路口东侧"},
    Action.RECLASSIFY: {"code": "09006"},
    Action.RELOCATE: {"lat": 28.651, "lon": 121.261},
    Action.PRIORITISE: {"priority": 2},
    Action.MERGE: {"into": MAIN},
    Action.MOVE_REPORT: {"to": MAIN},
    Action.TRANSFER: {"platform": "12345"},
    Action.DISPATCH: {"unit": UNIT},
    Action.ASSIST: {"departments": [DEPARTMENT.id]},
    Action.ASSIGN: {"unit": UNIT},
    Action.FEEDBACK: {"text": "已清理", "media": [PHOTO.id]},
    Action.SUSPEND: {"days": 30},
    Action.ASK_EXTENSION: {"hours": 8},
    Action.EXTEND: {"hours": 8},
    Action.SUPERVISE: {"level": 2},
    Action.APPEAL: {"stage": "handle"},
    Action.REVIEW: {"upheld": True},
    Action.RATE: {"satisfaction": 3},
    Action.REPLY: {"text": "已处理"},
    Action.NOTE: {"text": "看过"},
}
"""Action -> the arguments of its command besides a reason."""


def person(*roles: Role, id_: str = CLERK) -> wire.Officer:
    """Return an officer who answers for everything in the roles given."""
    return wire.Officer(id=id_, name=id_, roles=list(roles), districts=["*"], departments=["*"])


def furnish(hub: Hub, tx: Tx) -> None:
    """Put what every case may need: a free unit with a position, a department, a photo."""
    tx.put("unit", officer_unit(UNIT))
    tx.put("department", DEPARTMENT)
    tx.put("case", case_row(MAIN, state="filed", sources=["citizen"]))
    _report(tx, f"{MAIN}-r0", MAIN)
    hub.positions.put(wire.Position(unit=UNIT, lat=28.65, lon=121.261, at=hub.now()), hub.now())


def _report(tx: Tx, id_: str, case: str) -> None:
    tx.report(
        wire.Report(
            id=id_,
            case=case,
            source="citizen",
            at=NOON,
            text="占道",
            where=wire.Point(lat=28.65, lon=121.26),
        )
    )


def lay(hub: Hub, tx: Tx, id_: str, state: State, action: Action | None = None) -> wire.CaseRow:
    """Put a case of two reports that came to ``state``, where ``action`` meets its guards."""
    now = tx.now
    tx.media(PHOTO)
    paused = now if state in (State.SUSPENDED, State.RETURNED) else None
    row = case_row(
        id_,
        state=state,
        reports=2,
        street=None,
        sources=["citizen"],
        supervised=1 if action is Action.UNSUPERVISE else 0,
        paused=paused,
        resumes=now + timedelta(days=3) if state is State.SUSPENDED else None,
        merged_into=MAIN if state is State.MERGED else None,
        claimed_by=CLERK if action is Action.RELEASE else None,
        claimed_until=now + timedelta(minutes=5) if action is Action.RELEASE else None,
    )
    row = tx.put("case", row)
    tx.fact(id_, Action.PROPOSE, SYSTEM.id, Role.SYSTEM, State.PROPOSED)
    for step in [*_WAY.get(state, []), *([state] if state is not State.PROPOSED else [])]:
        sent = step is State.DISPATCHED and action is not Action.ASSIGN
        data = {"unit": UNIT} if sent else {}
        tx.fact(id_, _ENTERED[step], "somebody", Role.SYSTEM, step, data=data)
    for number in (1, 2):
        _report(tx, f"{id_}-r{number}", id_)
    if state is State.MERGED:
        main = tx.get(wire.CaseRow, MAIN)
        assert main is not None
        tx.put("case", main.model_copy(update={"reports": main.reports + row.reports}))
        tx.fact(MAIN, Action.MERGE, "somebody", Role.SYSTEM, main.state, data={"case": id_})
    timeout = {"stage": "handle", "by": NOON.isoformat()}
    if action in (Action.APPEAL, Action.REVIEW):
        tx.fact(id_, Action.TIMEOUT, SYSTEM.id, Role.SYSTEM, state, data=timeout)
    if action is Action.REVIEW:
        tx.fact(id_, Action.APPEAL, "admin", Role.UNIT_ADMIN, state, data={"stage": "handle"})
    if action is Action.REFUSE_EXTENSION:
        tx.fact(id_, Action.ASK_EXTENSION, "admin", Role.UNIT_ADMIN, state, data={"hours": 8})
    return tx.put("case", row.model_copy(update=clocks.reckoned(hub, tx, row)))


def args_of(action: Action, case: str) -> dict[str, Any]:
    """Return the arguments of an action's command on a case of the lab."""
    args = {"reason": "理由"} | ARGS.get(action, {})
    if action is Action.SPLIT:
        args["reports"] = [f"{case}-r1"]
    if action is Action.MOVE_REPORT:
        args["report"] = f"{case}-r1"
    return args


async def do(
    hub: Hub, who: wire.Officer, id_: str, target: str | None, **args: Any
) -> wire.CommandResult:
    """Give a command."""
    return await execute(hub, who, command(id_, target, **args))


async def refusal(
    hub: Hub, who: wire.Officer, id_: str, target: str | None, **args: Any
) -> wire.Problem:
    """Give a command that is refused, and return why."""
    with pytest.raises(Refused) as error:
        await do(hub, who, id_, target, **args)
    return error.value.problem


async def laid(hub: Hub, id_: str, state: State, **fields: Any) -> wire.CaseRow:
    """Put a case of the lab into the store, with some fields of its own."""

    def write(tx: Tx) -> wire.CaseRow:
        return tx.put("case", lay(hub, tx, id_, state).model_copy(update=fields))

    return await hub.store.write(write)


async def now_of(hub: Hub, id_: str) -> wire.CaseRow:
    """Return a case as it is, over or not."""
    row = await hub.store.read(lambda reader: reader.get(wire.CaseRow, id_))
    assert row is not None
    return row


async def told(hub: Hub, id_: str, action: Action) -> list[wire.Fact]:
    """Return the facts of a case that tell of an action."""
    history = await hub.store.read(lambda reader: reader.history(id_))
    return [fact for fact in history if fact.action == action]
