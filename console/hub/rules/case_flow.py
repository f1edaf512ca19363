"""The case flow: each command is one step of the table, one or two facts, one change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console import wire
from console.domain import clock, flow
from console.domain.case import Action, Role, State
from console.domain.nearest import nearest
from console.hub.commands import Handler, Order, undo_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import clocks
from console.hub.store import Tx

MAX_TEXT = 2000


def row_of(tx: Tx, order: Order) -> wire.CaseRow:
    """Return the case a command is about, unless the officer saw an older version of it."""
    target = order.command.target
    if not target:
        raise Refused("target_missing", "the command names no case", field="target")
    row = tx.get(wire.CaseRow, target)
    if row is None:
        raise Refused("unknown_case", target, status=404, field="target")
    seen = order.command.version
    if seen is not None and seen != row.version:
        raise _conflict("conflict", f"version {row.version} is newer than {seen}", row)
    return row


def _conflict(code: str, detail: str, row: wire.CaseRow) -> Refused:
    return Refused(code, detail, status=409, current=row.model_dump(mode="json"))


def check(row: wire.CaseRow, action: Action, roles: Iterable[str], note: str = "") -> flow.Rule:
    """Return the table's row for a step, or refuse it: 403 for the role, 409 for the state."""
    held = [Role(role) for role in roles]
    state = State(row.state)
    rule = flow.rule(state, action, held)
    if rule is None:
        if flow.rule(state, action, Role) is None:
            raise _conflict("illegal_step", f"{action} in {state}", row)
        raise Refused("forbidden", f"case.{action}", status=403)
    if rule.reason and not note.strip():
        raise Refused("reason_missing", "say why", field="reason")
    return rule


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
    **changes: Any,
) -> wire.CaseRow:
    """Take one step of the flow and return the case as it then is.

    Sets the stage clock, marks and frees the unit, writes the fact. ``changes`` are
    further fields of the row. Raises :class:`Refused` where the table says no.
    """
    rule = check(row, action, officer.roles, note)
    state = _next(tx, rule, row)
    after = row.model_copy(update={**changes, "state": state.value})
    timed = clocks.entering(hub, tx, row, after, action, data)
    after = tx.put("case", after.model_copy(update=timed))
    tx.fact(
        row.id,
        action,
        officer.id,
        _role(rule, officer.roles),
        state,
        note,
        media,
        data,
    )
    if rule.next is not None:
        _bind_unit(hub, tx, row, after)
    return after


def _next(tx: Tx, rule: flow.Rule, row: wire.CaseRow) -> State:
    """Return the state a step leads to."""
    if rule.next is None:
        return State(row.state)
    if rule.next is flow.BACK:
        told = (State(fact.state) for fact in tx.history(row.id))
        return flow.before(State(row.state), told)
    return rule.next


def _role(rule: flow.Rule, roles: Iterable[str]) -> str:
    """Return in which of somebody's roles a step was taken: the first the table lists."""
    held = set(roles)
    return next(role for role in Role if role in held and role in rule.roles)


_UNIT_STATE = {State.DISPATCHED: "tasked", State.ON_SITE: "on_site"}


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
    if after.state == State.DISPATCHED:
        tx.after(lambda: hub.dispatched(after, bound))


def _free(tx: Tx, unit_id: str, case_id: str) -> None:
    unit = tx.get(wire.Unit, unit_id)
    if unit is not None and unit.case == case_id:
        tx.put("unit", unit.model_copy(update={"state": "free", "case": None}))


# --- commands ------------------------------------------------------------------


def _text(order: Order, name: str, *, needed: bool = False) -> str:
    """Return a text argument of a command, trimmed."""
    value = order.command.args.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Refused("bad_argument", f"{name} is no text of a sane length", field=name)
    if needed and not value.strip():
        raise Refused("argument_missing", name, field=name)
    return value.strip()


def _result(
    tx: Tx, order: Order, after: wire.CaseRow, undo: wire.Command | None, no_undo: str = ""
) -> wire.CommandResult:
    return wire.CommandResult(seq=tx.seq, target=after.id, undo=undo, no_undo=no_undo)


def _plain(action: Action, no_undo: str = "") -> Handler:
    """Return the handler of a command that is a single step of the table."""

    def run(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
        row = row_of(tx, order)
        note = _text(order, "reason")
        rule = check(row, action, order.officer.roles, note)
        changes: dict[str, Any] = {}
        if action is Action.RECALL and row.state == State.DISPATCHED:
            changes = {"unit": None, "unit_name": ""}
        after = step(hub, tx, row, action, order.officer, note=note, **changes)
        return _result(tx, order, after, _undo(order, rule, row, after), no_undo)

    return Handler(run, _roles(action))


def _undo(
    order: Order, rule: flow.Rule, before: wire.CaseRow, after: wire.CaseRow
) -> wire.Command | None:
    """Return the command that takes a step back, with what it needs to know."""
    if rule.undo is None:
        return None
    args: dict[str, str] = {}
    if rule.undo is Action.DISPATCH and before.unit:
        args["unit"] = before.unit
    if rule.undo is Action.REOPEN:
        args["reason"] = f"undo of case.{rule.action}"
    if rule.undo is Action.RECLASSIFY:
        args["code"] = wire.class_id(before.scheme, before.kind, before.code)
    return undo_of(order, f"case.{rule.undo}", after.id, after.version, **args)


def _roles(action: Action) -> frozenset[Role]:
    return frozenset(role for row in flow.RULES if row.action is action for role in row.roles)


def _dispatch(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Send a unit. A case that is still proposed is filed by it as well: two facts."""
    row = row_of(tx, order)
    rule = check(row, Action.DISPATCH, order.officer.roles)
    unit, metres = _unit_for(hub, tx, row, _text(order, "unit"))
    if row.state == State.PROPOSED:
        row = step(hub, tx, row, Action.FILE, order.officer)
    data: dict[str, Any] = {"unit": unit.id, "name": unit.name}
    if metres is not None:
        data["metres"] = round(metres)
    after = step(
        hub, tx, row, Action.DISPATCH, order.officer, data=data, unit=unit.id, unit_name=unit.name
    )
    result = _result(tx, order, after, _undo(order, rule, row, after))
    return result.model_copy(update={"data": data})


def _rework(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Send the case back to its unit, or to the nearest free one where that unit is taken."""
    row = row_of(tx, order)
    reason = _text(order, "reason")
    check(row, Action.REWORK, order.officer.roles, reason)
    unit = tx.get(wire.Unit, row.unit) if row.unit else None
    if unit is None or unit.state != "free":
        unit, _ = _unit_for(hub, tx, row, "")
    after = step(
        hub,
        tx,
        row,
        Action.REWORK,
        order.officer,
        note=reason,
        data={"unit": unit.id, "name": unit.name},
        unit=unit.id,
        unit_name=unit.name,
    )
    return _result(tx, order, after, None, "The officer was already sent back.")


def _unit_for(hub: Hub, tx: Tx, row: wire.CaseRow, asked: str) -> tuple[wire.Unit, float | None]:
    """Return whom to send: the unit asked for if it is free, else the nearest free officer."""
    fixes = hub.positions.fresh(tx.now, hub.settings.position_age)
    if asked:
        unit = tx.get(wire.Unit, asked)
        if unit is None:
            raise Refused("unknown_unit", asked, status=404, field="unit")
        if unit.state != "free":
            raise Refused("unit_busy", f"{unit.name}: {unit.state}", status=409, field="unit")
    else:
        free = {
            unit.id
            for unit in tx.all(wire.Unit).values()
            if unit.kind == "officer" and unit.state == "free"
        }
        found = nearest(
            row.at.lat,
            row.at.lon,
            [(fix.unit, fix.lat, fix.lon) for fix in fixes.values() if fix.unit in free],
        )
        if found is None:
            raise Refused("no_free_unit", "no free officer with a fresh position", status=409)
        unit = tx.all(wire.Unit)[found[1]]
    fix = fixes.get(unit.id)
    if fix is None:
        return unit, None
    found = nearest(row.at.lat, row.at.lon, [(fix.unit, fix.lat, fix.lon)])
    return unit, found[0] if found else None


def _reclassify(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Give a case another class; its limit runs from its opening by the new class."""
    row = row_of(tx, order)
    rule = check(row, Action.RECLASSIFY, order.officer.roles)
    item = _class_of(tx, row, _text(order, "code", needed=True))
    after = step(
        hub,
        tx,
        row,
        Action.RECLASSIFY,
        order.officer,
        note=_text(order, "reason"),
        data={"from": wire.class_id(row.scheme, row.kind, row.code), "to": wire.id_of(item)},
        scheme=item.scheme,
        kind=item.kind,
        code=item.code,
        name=item.name,
        due=clock.due(row.opened, item.hours),
    )
    return _result(tx, order, after, _undo(order, rule, row, after))


def _class_of(tx: Tx, row: wire.CaseRow, code: str) -> wire.CatalogueItem:
    """Return the class of an id, or of a bare code, the case's own list first."""
    other = "component" if row.kind == "matter" else "matter"
    near = [wire.class_id(row.scheme, kind, code) for kind in (row.kind, other)]
    for key in [code] if "/" in code else near:
        item = tx.get(wire.CatalogueItem, key)
        if item is not None:
            return item
    raise Refused("unknown_class", code, field="code")


def _note(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    text = _text(order, "text", needed=True)
    after = step(hub, tx, row, Action.NOTE, order.officer, note=text)
    return _result(tx, order, after, None, "History is only added to; write another note.")


HANDLERS: dict[str, Handler] = {
    "case.file": _plain(Action.FILE),
    "case.dispatch": Handler(_dispatch, _roles(Action.DISPATCH)),
    "case.reject": _plain(Action.REJECT),
    "case.reclassify": Handler(_reclassify, _roles(Action.RECLASSIFY)),
    "case.settle": _plain(Action.SETTLE),
    "case.recall": _plain(Action.RECALL),
    "case.check": _plain(Action.CHECK),
    "case.uncheck": _plain(Action.UNCHECK),
    "case.rework": Handler(_rework, _roles(Action.REWORK)),
    "case.close": _plain(Action.CLOSE),
    "case.reopen": _plain(Action.REOPEN, "A reopened case is closed again by working it."),
    "case.note": Handler(_note, _roles(Action.NOTE)),
}
