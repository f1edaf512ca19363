"""Before anybody is sent: take on, send back, verify, file, reject, put right, hand on."""

from __future__ import annotations

from typing import Any

from console import wire
from console.domain.case import Action
from console.domain.catalogue import counts
from console.domain.clock import CHINA
from console.hub.commands import Handler, Order
from console.hub.context import Hub
from console.hub.intake import places
from console.hub.refusal import Refused
from console.hub.rules.case_steps import (
    check,
    number_of,
    plain,
    result_of,
    roles_of,
    row_of,
    step,
    text_of,
    undo_step,
    whole_number_of,
)
from console.hub.rules.classing import Classed, classed, department_of, rules_of
from console.hub.rules.proposal import class_fields, spot
from console.hub.scope import district_of
from console.hub.store import Tx


def class_of(row: wire.CaseRow) -> str:
    """Return the class id of a case."""
    return wire.class_id(row.scheme, row.kind, row.code)


def item_of(tx: Tx, row: wire.CaseRow, code: str) -> wire.CatalogueItem:
    """Return the class of an id, or of a bare code, the case's own list first.

    It must have been in force on the day the case was opened.
    """
    other = "component" if row.kind == "matter" else "matter"
    near = [wire.class_id(row.scheme, kind, code) for kind in (row.kind, other)]
    items = [tx.get(wire.CatalogueItem, key) for key in ([code] if "/" in code else near)]
    item = next((item for item in items if item is not None), None)
    if item is None:
        raise Refused("unknown_class", code, field="code")
    if not counts(item, row.opened.astimezone(CHINA).date()):
        raise Refused("class_not_in_force", code, field="code")
    return item


def _classed(
    hub: Hub, tx: Tx, row: wire.CaseRow, item: wire.CatalogueItem, rule: str | None
) -> Classed:
    """Return what follows from a class for a case; an empty ``rule`` says that there is none."""
    if rule == "":
        return Classed(item, None, department_of(hub, tx, item, None, row.at))
    texts = [report.text for report in tx.reports_of(row.id)]
    return classed(hub, tx, item, row.at, rule, texts[0] if texts else "")


def filing_of(hub: Hub, tx: Tx, row: wire.CaseRow, asked: str | None = None) -> Classed | None:
    """Return by what a case is filed: the rule asked for, else its own, the proposed, the fitting.

    An empty ``asked`` is for no rule. Returns None for a class that is in no list: such a case is
    filed without one.
    """
    item = tx.get(wire.CatalogueItem, class_of(row))
    if item is None:
        if asked:
            raise Refused("unknown_rule", asked, field="rule")
        return None
    if asked is None:
        known = {rule.id for rule in rules_of(tx, item, tx.now.astimezone(CHINA).date())}
        proposed = row.proposal.rule if row.proposal and row.proposal.code == row.code else None
        asked = next((id_ for id_ in (row.rule, proposed) if id_ in known), None)
    return _classed(hub, tx, row, item, asked)


def file_by(
    hub: Hub, tx: Tx, row: wire.CaseRow, officer: wire.Officer, by: Classed | None
) -> wire.CaseRow:
    """File a case. The fact keeps its class and rule, and what stood before for who recalls it."""
    data: dict[str, Any] = {"before": before_of(row, "rule")}
    rule = row.rule
    if by is not None:
        data["classed"] = by.snapshot
        rule = by.rule.id if by.rule else None
    return step(hub, tx, row, Action.FILE, officer, data=data, rule=rule)


def _rule_asked(order: Order) -> str | None:
    return text_of(order, "rule") if "rule" in order.command.args else None


def before_of(row: wire.CaseRow, *names: str) -> dict[str, Any]:
    """Return fields of a case as they are, for a fact to keep."""
    return {name: getattr(row, name) for name in names}


def _file(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    rule = check(tx, row, Action.FILE, order.officer)
    by = filing_of(hub, tx, row, _rule_asked(order))
    after = file_by(hub, tx, row, order.officer, by)
    return result_of(tx, after, undo_step(order, rule, after))


def _reclassify(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Give a case another class; its limit runs from its opening by the new class or rule."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.RECLASSIFY, order.officer)
    item = item_of(tx, row, _needed(order, "code"))
    by = _classed(hub, tx, row, item, _rule_asked(order))
    data = {"from": class_of(row), "to": wire.id_of(item), "classed": by.snapshot}
    after = step(
        hub,
        tx,
        row,
        Action.RECLASSIFY,
        order.officer,
        note=text_of(order, "reason"),
        data=data,
        **class_fields(by),
    )
    old = {"code": class_of(row), "rule": row.rule or ""}
    return result_of(tx, after, undo_step(order, rule, after, **old))


def _needed(order: Order, name: str) -> str:
    return text_of(order, name, needed=True)


def _relocate(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Move a case to where it really is; street, grid and place follow."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.RELOCATE, order.officer)
    at = wire.Point(lat=number_of(order, "lat", -90, 90), lon=number_of(order, "lon", -180, 180))
    places.check(hub, at.lat, at.lon)
    where = spot(hub.live, at.lat, at.lon)
    was = {"lat": row.at.lat, "lon": row.at.lon}
    after = step(
        hub,
        tx,
        row,
        Action.RELOCATE,
        order.officer,
        data={"from": was, "to": {"lat": at.lat, "lon": at.lon}, "place": row.place},
        at=at,
        place=where.place,
        street=where.street.id if where.street else None,
        grid=where.grid.id if where.grid else None,
        grid_name=where.grid.name if where.grid else "",
        district=district_of(hub.live, at),
    )
    return result_of(tx, after, undo_step(order, rule, after, **was))


def _prioritise(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    rule = check(tx, row, Action.PRIORITISE, order.officer)
    priority = whole_number_of(order, "priority", 0, 3)
    data = {"priority": priority, "before": row.priority}
    after = step(hub, tx, row, Action.PRIORITISE, order.officer, data=data, priority=priority)
    return result_of(tx, after, undo_step(order, rule, after, priority=row.priority))


def _verify(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Ask somebody to look whether it is so; without a unit, whoever may verify."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.VERIFY, order.officer)
    unit = free_unit(tx, text_of(order, "unit"))
    data = {"unit": unit.id, "name": unit.name} if unit else {}
    after = step(
        hub,
        tx,
        row,
        Action.VERIFY,
        order.officer,
        data=data | {"before": before_of(row, "unit", "unit_name")},
        unit=unit.id if unit else None,
        unit_name=unit.name if unit else "",
    )
    return result_of(tx, after, undo_step(order, rule, after), data=data)


def free_unit(tx: Tx, id_: str) -> wire.Unit | None:
    """Return the unit of an id, which must be free; None for no id."""
    if not id_:
        return None
    unit = tx.get(wire.Unit, id_)
    if unit is None:
        raise Refused("unknown_unit", id_, status=404, field="unit")
    if unit.state != "free":
        raise Refused("unit_busy", f"{unit.name}: {unit.state}", status=409, field="unit")
    return unit


def _confirm(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    rule = check(tx, row, Action.CONFIRM, order.officer)
    after = step(hub, tx, row, Action.CONFIRM, order.officer, note=text_of(order, "text"))
    return result_of(tx, after, undo_step(order, rule, after))


def _supplement(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    check(tx, row, Action.SUPPLEMENT, order.officer)
    text = _needed(order, "text")
    after = step(hub, tx, row, Action.SUPPLEMENT, order.officer, note=text)
    return result_of(tx, after, no_undo="What a reporter adds stays; send it back again.")


def _transfer(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    rule = check(tx, row, Action.TRANSFER, order.officer, reason)
    data = {"platform": _needed(order, "platform")}
    after = step(hub, tx, row, Action.TRANSFER, order.officer, note=reason, data=data)
    return result_of(tx, after, undo_step(order, rule, after))


HANDLERS: dict[str, Handler] = {
    "case.accept": plain(Action.ACCEPT),
    "case.return": plain(Action.RETURN),
    "case.supplement": Handler(_supplement, roles_of(Action.SUPPLEMENT)),
    "case.verify": Handler(_verify, roles_of(Action.VERIFY)),
    "case.confirm": Handler(_confirm, roles_of(Action.CONFIRM)),
    "case.file": Handler(_file, roles_of(Action.FILE)),
    "case.reject": plain(Action.REJECT),
    "case.reclassify": Handler(_reclassify, roles_of(Action.RECLASSIFY)),
    "case.relocate": Handler(_relocate, roles_of(Action.RELOCATE)),
    "case.prioritise": Handler(_prioritise, roles_of(Action.PRIORITISE)),
    "case.settle": plain(Action.SETTLE),
    "case.transfer": Handler(_transfer, roles_of(Action.TRANSFER)),
    "case.take_back": plain(Action.TAKE_BACK, "Hand it on once more instead."),
}
