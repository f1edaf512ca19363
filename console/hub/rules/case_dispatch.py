"""Sending somebody and taking him back, and what he reports from the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from console import wire
from console.domain import flow
from console.domain.case import Action, State
from console.domain.geo import distance
from console.domain.guards import Wanted
from console.domain.nearest import nearest
from console.hub.commands import Handler, Order, undo_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules.case_filing import before_of, file_by, filing_of, free_unit
from console.hub.rules.case_steps import (
    check,
    ids_of,
    plain,
    result_of,
    roles_of,
    row_of,
    states_of,
    step,
    text_of,
    undo_step,
)
from console.hub.store import Tx

_SENT = ("unit", "unit_name", "department", "department_name", "assisting")
"""The fields of a case that sending somebody sets."""


_IN_FACT = {"unit_name": "name"}
"""What a fact calls a field of the case, where it is another word."""


# --- sending ---------------------------------------------------------------------------


def _dispatch(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Send a unit or a member department; a case not yet taken on or filed is so by it as well."""
    row = row_of(tx, order)
    check(tx, row, Action.DISPATCH, order.officer)
    by = filing_of(hub, tx, row)
    sent = _whom(hub, tx, row, order, by.department if by else None)
    told = {_IN_FACT.get(name, name): value for name, value in sent.items() if value}
    if assisting := _departments(tx, order, "assisting"):
        sent["assisting"] = told["assisting"] = [department.id for department in assisting]
    if metres := _metres(hub, tx, row, sent["unit"]):
        told["metres"] = metres
    after = row
    if after.state == State.PROPOSED:
        after = step(hub, tx, after, Action.ACCEPT, order.officer)
    if after.state != State.FILED:
        after = file_by(hub, tx, after, order.officer, by)
    data = told | {"before": before_of(after, *_SENT)}
    after = step(hub, tx, after, Action.DISPATCH, order.officer, data=data, **sent)
    undo = undo_of(order, "case.recall", after.id, after.version, to=row.state)
    return result_of(tx, after, undo, data=told)


def _whom(
    hub: Hub, tx: Tx, row: wire.CaseRow, order: Order, answering: wire.Department | None
) -> dict[str, Any]:
    """Return the fields of the case that say who is sent.

    Where the officer names nobody it is the member department that answers for the case, which
    sends one of its own; of the bureau it is the proposed unit, or the nearest free officer.
    """
    asked, named = text_of(order, "unit"), text_of(order, "department")
    department = _department(tx, named, "department") or answering
    alone = bool(named) and not asked
    if not asked and not named:
        alone = department is not None and department.kind != "bureau"
        asked = _ready(hub, tx, row.proposal.unit if row.proposal else None)
    unit = None if alone else unit_for(hub, tx, row, asked)
    return {
        "unit": unit.id if unit else None,
        "unit_name": unit.name if unit else "",
        "department": department.id if department else None,
        "department_name": department.name if department else "",
    }


def _ready(hub: Hub, tx: Tx, id_: str | None) -> str:
    """Return the proposed unit if it still is free and seen, else nothing."""
    unit = tx.get(wire.Unit, id_) if id_ else None
    fixes = hub.positions.fresh(tx.now, hub.settings.position_age)
    return unit.id if unit is not None and unit.state == "free" and unit.id in fixes else ""


def _department(tx: Tx, id_: str, field: str) -> wire.Department | None:
    """Return the department of an id, or None for no id."""
    if not id_:
        return None
    department = tx.get(wire.Department, id_)
    if department is None:
        raise Refused("unknown_department", id_, status=404, field=field)
    return department


def _departments(tx: Tx, order: Order, field: str) -> list[wire.Department]:
    found = (_department(tx, id_, field) for id_ in ids_of(order, field))
    return [department for department in found if department is not None]


def unit_for(hub: Hub, tx: Tx, row: wire.CaseRow, asked: str) -> wire.Unit:
    """Return whom to send: the unit asked for if it is free, else the nearest free officer."""
    unit = free_unit(tx, asked)
    if unit is not None:
        return unit
    units = tx.all(wire.Unit)
    fixes = hub.positions.fresh(tx.now, hub.settings.position_age).values()
    free = [
        (fix.unit, fix.lat, fix.lon)
        for fix in fixes
        if (found := units.get(fix.unit)) and found.kind == "officer" and found.state == "free"
    ]
    first = nearest(row.at.lat, row.at.lon, free)
    if first is None:
        raise Refused("no_free_unit", "no free officer with a fresh position", status=409)
    return units[first[1]]


def _metres(hub: Hub, tx: Tx, row: wire.CaseRow, unit: str | None) -> int | None:
    """Return how far a unit is from the case, where it was seen of late."""
    fix = hub.positions.fresh(tx.now, hub.settings.position_age).get(unit or "")
    return round(distance(row.at.lat, row.at.lon, fix.lat, fix.lon)) if fix else None


def _assist(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Name the departments that assist the one that leads; none to let them all go."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.ASSIST, order.officer)
    assisting = [department.id for department in _departments(tx, order, "departments")]
    data = {"departments": assisting, "before": row.assisting}
    after = step(hub, tx, row, Action.ASSIST, order.officer, data=data, assisting=assisting)
    return result_of(tx, after, undo_step(order, rule, after, departments=row.assisting))


def _assign(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Name who of the department goes. ``unit`` null says that nobody is named yet."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.ASSIGN, order.officer)
    nobody = "unit" in order.command.args and order.command.args["unit"] is None
    unit = None if nobody else free_unit(tx, text_of(order, "unit", needed=True))
    after = step(
        hub,
        tx,
        row,
        Action.ASSIGN,
        order.officer,
        data={"unit": unit.id, "name": unit.name} if unit else {},
        unit=unit.id if unit else None,
        unit_name=unit.name if unit else "",
    )
    return result_of(tx, after, undo_step(order, rule, after, unit=row.unit))


def _rework(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Send the case back to its unit, or to the nearest free one where that unit is taken.

    A case of a department goes back to the department, which names who goes.
    """
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    check(tx, row, Action.REWORK, order.officer, reason)
    unit = tx.get(wire.Unit, row.unit) if row.unit else None
    if unit is not None and unit.state != "free":
        unit = None
    if unit is None and row.department is None:
        unit = unit_for(hub, tx, row, "")
    after = step(
        hub,
        tx,
        row,
        Action.REWORK,
        order.officer,
        note=reason,
        data={"unit": unit.id, "name": unit.name} if unit else {"department": row.department},
        unit=unit.id if unit else None,
        unit_name=unit.name if unit else "",
    )
    return result_of(tx, after, no_undo="Whoever handles it was already sent back.")


# --- taking back -------------------------------------------------------------------------


def _recall(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Take the last step back, or with ``to`` every step since the case was in that state."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.RECALL, order.officer)
    count = _steps_to(tx, row, text_of(order, "to"), order)
    undo_args = _REDO.get(rule.undo, _nothing)(tx, row) if rule.undo else {}
    after = row
    for _ in range(count):
        after = step(hub, tx, after, Action.RECALL, order.officer, **_recalled(tx, after))
    undo = undo_step(order, rule, after, **undo_args)
    return result_of(tx, after, undo, "" if undo else "He was on his way; send him once more.")


def _steps_to(tx: Tx, row: wire.CaseRow, to: str, order: Order) -> int:
    """Return how many steps lead back to a state, all of which can be recalled."""
    if not to:
        return 1
    way = flow.way(State(row.state), states_of(tx, row))
    if to not in way[:-1]:
        raise Refused("bad_argument", f"the case was not {to}", field="to")
    back = way[way.index(State(to)) + 1 :]
    for state in back:
        check(tx, row.model_copy(update={"state": state.value}), Action.RECALL, order.officer)
    return len(back)


_SET_BY = {
    State.VERIFYING: Action.VERIFY,
    State.FILED: Action.FILE,
    State.DISPATCHED: Action.DISPATCH,
    State.TAKEN: Action.DISPATCH,
    State.ON_SITE: Action.DISPATCH,
}
"""State -> the action whose fact keeps what stood before it."""


def _recalled(tx: Tx, row: wire.CaseRow) -> dict[str, Any]:
    """Return the fields of a case as they were before the step that is taken back."""
    action = _SET_BY.get(State(row.state))
    if action is None:
        return {}
    told = [fact.data.get("before") for fact in tx.history(row.id) if fact.action == action]
    if told and isinstance(told[-1], dict):
        return told[-1]
    return {"unit": None, "unit_name": ""}


def _nothing(_tx: Tx, _row: wire.CaseRow) -> dict[str, Any]:
    return {}


def _sent(_tx: Tx, row: wire.CaseRow) -> dict[str, Any]:
    """Return to whom the case had gone."""
    given = {"unit": row.unit, "department": row.department}
    return {name: id_ for name, id_ in given.items() if id_}


def _filed_by(_tx: Tx, row: wire.CaseRow) -> dict[str, Any]:
    return {"rule": row.rule or ""}


def _returned_for(tx: Tx, row: wire.CaseRow) -> dict[str, Any]:
    reasons = [fact.note for fact in tx.history(row.id) if fact.action == Action.RETURN]
    return {"reason": "".join(reasons[-1:]) or f"undo of case.{Action.RECALL}"}


_REDO: dict[Action, Callable[[Tx, wire.CaseRow], dict[str, Any]]] = {
    Action.DISPATCH: _sent,
    Action.VERIFY: _sent,
    Action.FILE: _filed_by,
    Action.RETURN: _returned_for,
}
"""What the command that takes a recall back needs to know of the case as it was."""


# --- in the field ----------------------------------------------------------------------------


def _take(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    check(tx, row, Action.TAKE, order.officer)
    data = {"unit": row.unit} if row.unit else {}
    after = step(hub, tx, row, Action.TAKE, order.officer, data=data)
    return result_of(tx, after, no_undo="A task that was accepted is declined with a reason.")


def _decline(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    check(tx, row, Action.DECLINE, order.officer, reason)
    data, before = _sent(tx, row), _recalled(tx, row)
    after = step(hub, tx, row, Action.DECLINE, order.officer, note=reason, data=data, **before)
    return result_of(tx, after, no_undo="The desk sends somebody anew.")


def _feedback(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Report that it is done, in words and photos."""
    row = row_of(tx, order)
    text, media = text_of(order, "text"), ids_of(order, "media")
    wanted = Wanted(media=len(media), text=text)
    check(tx, row, Action.FEEDBACK, order.officer, text, wanted)
    for id_ in media:
        entry = tx.get_media(id_)
        if entry is None or entry.case not in (None, row.id):
            raise Refused("unknown_media", id_, status=404, field="media")
    for id_ in media:
        entry = tx.get_media(id_)
        if entry is not None and entry.case is None:
            tx.media(entry.model_copy(update={"case": row.id}))
    data = {"unit": row.unit} if row.unit else {}
    after = step(hub, tx, row, Action.FEEDBACK, order.officer, note=text, media=media, data=data)
    return result_of(tx, after, no_undo="What the field reports stays; send it back for rework.")


HANDLERS: dict[str, Handler] = {
    "case.dispatch": Handler(_dispatch, roles_of(Action.DISPATCH)),
    "case.assist": Handler(_assist, roles_of(Action.ASSIST)),
    "case.assign": Handler(_assign, roles_of(Action.ASSIGN)),
    "case.recall": Handler(_recall, roles_of(Action.RECALL)),
    "case.rework": Handler(_rework, roles_of(Action.REWORK)),
    "case.take": Handler(_take, roles_of(Action.TAKE)),
    "case.decline": Handler(_decline, roles_of(Action.DECLINE)),
    "case.arrive": plain(Action.ARRIVE, "Where somebody was stays as it was told."),
    "case.feedback": Handler(_feedback, roles_of(Action.FEEDBACK)),
}
