"""One step of the case flow: asked for, checked by the table and its guards, written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from console import wire
from console.domain import claim, flow, guards
from console.domain.case import OVER, Action, Role, State
from console.domain.guards import Wanted
from console.hub.commands import Handler, Order, undo_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import clocks
from console.hub.rules.case_facts import facts_of
from console.hub.rules.duplicates import recounted
from console.hub.store import Tx

MAX_TEXT = 2000


# --- what is asked for -----------------------------------------------------------


def row_of(tx: Tx, order: Order) -> wire.CaseRow:
    """Return the case a command is about, unless the officer saw an older version of it."""
    target = order.command.target
    if not target:
        raise Refused("target_missing", "the command names no case", field="target")
    row = case_named(tx, target, "target")
    seen = order.command.version
    if seen is not None and seen != row.version:
        raise conflict("conflict", f"version {row.version} is newer than {seen}", row)
    return row


def case_named(tx: Tx, id_: str, field: str) -> wire.CaseRow:
    """Return the case that an argument names."""
    row = tx.get(wire.CaseRow, id_)
    if row is None:
        raise Refused("unknown_case", id_, status=404, field=field)
    return row


def text_of(order: Order, name: str, *, needed: bool = False) -> str:
    """Return a text argument of a command, trimmed."""
    value = order.command.args.get(name, "")
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Refused("bad_argument", f"{name} is no text of a sane length", field=name)
    if needed and not value.strip():
        raise Refused("argument_missing", name, field=name)
    return value.strip()


def number_of(order: Order, name: str, low: float, high: float) -> float:
    """Return a number argument that lies in ``low`` to ``high``."""
    value = order.command.args.get(name)
    if value is None:
        raise Refused("argument_missing", name, field=name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise Refused("bad_argument", f"{name} is no number from {low} to {high}", field=name)
    return value


def whole_number_of(order: Order, name: str, low: int, high: int) -> int:
    """Return a whole number argument that lies in ``low`` to ``high``."""
    value = number_of(order, name, low, high)
    if value != int(value):
        raise Refused("bad_argument", f"{name} is no whole number", field=name)
    return int(value)


def ids_of(order: Order, name: str) -> list[str]:
    """Return an argument that is a list of different ids; none where it is not given."""
    value = order.command.args.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(id_, str) for id_ in value):
        raise Refused("bad_argument", f"{name} is no list of ids", field=name)
    return list(dict.fromkeys(value))


# --- what is allowed ---------------------------------------------------------------


def conflict(code: str, detail: str, row: wire.CaseRow, field: str | None = None) -> Refused:
    """Return a refusal because of how the case stands, which it carries."""
    return Refused(code, detail, status=409, field=field, current=row.model_dump(mode="json"))


def check(
    tx: Tx,
    row: wire.CaseRow,
    action: Action,
    officer: wire.Officer,
    note: str = "",
    wanted: Wanted | None = None,
) -> flow.Rule:
    """Return the table's row for a step, or refuse it: 403 for the role, 409 for the case."""
    held = [Role(role) for role in officer.roles]
    state = State(row.state)
    rule = flow.rule(state, action, held)
    if rule is None:
        if flow.rule(state, action, Role) is None:
            raise conflict("illegal_step", f"{action} in {state}", row)
        raise Refused("forbidden", f"case.{action}", status=403)
    if rule.reason and not note.strip():
        raise Refused("reason_missing", "say why", field="reason")
    if rule.guard:
        broken = guards.broken(rule.guard, facts_of(tx, row, officer, tx.now, wanted or Wanted()))
        if broken is not None:
            raise conflict(broken.code, f"{action} by {officer.id}", row, broken.field)
    return rule


def roles_of(action: Action) -> frozenset[Role]:
    """Return who may take a step in any state at all."""
    return frozenset(role for row in flow.RULES if row.action is action for role in row.roles)


# --- taking it -----------------------------------------------------------------------


def step(
    hub: Hub,
    tx: Tx,
    row: wire.CaseRow,
    action: Action,
    officer: wire.Officer,
    *,
    note: str = "",
    media: Iterable[str] = (),
    data: dict[str, Any] | None = None,
    wanted: Wanted | None = None,
    **changes: Any,
) -> wire.CaseRow:
    """Take one step of the flow and return the case as it then is.

    Sets the clocks and the claim, marks and frees the unit, writes the fact. ``changes`` are
    further fields of the row; ``wanted`` is what its guards ask about. Raises :class:`Refused`
    where the table or a guard says no; then nothing is written.
    """
    media = list(media)
    rule = check(tx, row, action, officer, note, wanted or Wanted(media=len(media), text=note))
    state = _next(tx, rule, row)
    if state != row.state:
        changes = {"state": state.value} | _left(tx.now, row, state) | changes
    changes = _in_hand(hub, tx, row, action, officer, moved=state != row.state) | changes
    after = row.model_copy(update=changes)
    after = after.model_copy(update=clocks.entering(hub, tx, row, after, action, data))
    after = tx.put("case", after)
    tx.fact(
        row.id,
        action,
        officer.id,
        role_in(officer, rule.roles),
        state,
        note,
        media,
        data,
    )
    if (after.state, after.unit) != (row.state, row.unit) or action is Action.REWORK:
        _bind_unit(hub, tx, row, after)
    return recounted(tx, row, after)


def _in_hand(
    hub: Hub, tx: Tx, row: wire.CaseRow, action: Action, officer: wire.Officer, *, moved: bool
) -> dict[str, Any]:
    """Return what a step does to the claim on a case."""
    who = (officer.id, officer.name, officer.roles)
    lease = timedelta(minutes=hub.settings.claim_minutes)
    return claim.after_step(row, action, who, tx.now, lease, moved=moved)


def refer(
    tx: Tx,
    row: wire.CaseRow,
    action: Action,
    officer: wire.Officer,
    data: dict[str, Any],
    **changes: Any,
) -> wire.CaseRow:
    """Write into a case what was done to another one that concerns it; its state stays."""
    row = tx.get(wire.CaseRow, row.id) or row
    after = tx.put("case", row.model_copy(update=changes))
    tx.fact(row.id, action, officer.id, role_in(officer, roles_of(action)), row.state, data=data)
    return after


def _next(tx: Tx, rule: flow.Rule, row: wire.CaseRow) -> State:
    """Return the state a step leads to."""
    state = State(row.state)
    if rule.next is None:
        return state
    return flow.before(state, states_of(tx, row)) if rule.next is flow.BACK else rule.next


def states_of(tx: Tx, row: wire.CaseRow) -> list[State]:
    """Return the states in which the facts of a case were written, oldest first."""
    return [State(fact.state) for fact in tx.history(row.id)]


def _left(now: datetime, row: wire.CaseRow, state: State) -> dict[str, Any]:
    """Return the fields that only hold in the state a case leaves, or in the one it enters."""
    if state in OVER:
        return {"ended": row.ended or now}
    resumes = row.resumes if state is State.SUSPENDED else None
    return {"ended": None, "resumes": resumes, "merged_into": None}


def role_in(officer: wire.Officer, allowed: frozenset[Role]) -> Role:
    """Return in which of his roles somebody takes a step: the first of those that may."""
    return next(role for role in Role if role in officer.roles and role in allowed)


_UNIT_STATE = {
    State.VERIFYING: "tasked",
    State.DISPATCHED: "tasked",
    State.TAKEN: "tasked",
    State.ON_SITE: "on_site",
}


def _bind_unit(hub: Hub, tx: Tx, before: wire.CaseRow, after: wire.CaseRow) -> None:
    """Let the unit's state follow its case; a unit on another case is left alone."""
    if before.unit and before.unit != after.unit:
        _free(tx, before.unit, before.id)
    unit = tx.get(wire.Unit, after.unit) if after.unit else None
    if unit is None or unit.case not in (None, after.id):
        return
    state = _UNIT_STATE.get(State(after.state))
    if state is None:
        _free(tx, unit.id, after.id)
        return
    bound = unit.model_copy(update={"state": state, "case": after.id})
    if bound != unit:
        bound = tx.put("unit", bound)
    if after.state in (State.DISPATCHED, State.VERIFYING):
        tx.after(lambda: hub.dispatched(after, bound))


def _free(tx: Tx, unit_id: str, case_id: str) -> None:
    unit = tx.get(wire.Unit, unit_id)
    if unit is not None and unit.case == case_id:
        tx.put("unit", unit.model_copy(update={"state": "free", "case": None}))


# --- answering -----------------------------------------------------------------------


def result_of(
    tx: Tx,
    after: wire.CaseRow,
    undo: wire.Command | None = None,
    no_undo: str = "",
    data: dict[str, Any] | None = None,
) -> wire.CommandResult:
    """Return the answer to a command on a case."""
    return wire.CommandResult(
        seq=tx.seq, target=after.id, undo=undo, no_undo=no_undo, data=data or {}
    )


def undo_step(
    order: Order, rule: flow.Rule, after: wire.CaseRow, /, **args: Any
) -> wire.Command | None:
    """Return the command that takes a step back, as the table names it, or None."""
    if rule.undo is None:
        return None
    if rule.undo in (Action.REOPEN, Action.TAKE_BACK):
        args["reason"] = f"undo of case.{rule.action}"
    return undo_of(order, f"case.{rule.undo}", after.id, after.version, **args)


def plain(action: Action, no_undo: str = "") -> Handler:
    """Return the handler of a command that is a single step of the table and no more."""

    def run(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
        row = row_of(tx, order)
        reason = text_of(order, "reason")
        rule = check(tx, row, action, order.officer, reason)
        after = step(hub, tx, row, action, order.officer, note=reason)
        undo = undo_step(order, rule, after)
        return result_of(tx, after, undo, "" if undo else no_undo)

    return Handler(run, roles_of(action))
