"""Standing still and running longer: suspend, resume, extend. The clocks follow the facts."""

from __future__ import annotations

from datetime import timedelta

from console import wire
from console.domain.case import Action
from console.domain.guards import MAX_SUSPENSION, Wanted
from console.hub.commands import Handler, Order
from console.hub.context import Hub
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
)
from console.hub.store import Tx

_DAY = timedelta(days=1)
_LONGEST = MAX_SUSPENSION / _DAY
_MOST_HOURS = 24.0 * 366
"""Hours that one approval may grant."""

STAYS = "A decision on time is not taken back; decide anew."


def _suspend(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Let a case stand still for some days, after which it runs on by itself."""
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    days = number_of(order, "days", 0, _LONGEST)
    if days <= 0:
        raise Refused("bad_argument", "days must be more than none", field="days")
    span = timedelta(days=days)
    wanted = Wanted(span=span)
    rule = check(tx, row, Action.SUSPEND, order.officer, reason, wanted)
    until = tx.now + span
    after = step(
        hub,
        tx,
        row,
        Action.SUSPEND,
        order.officer,
        note=reason,
        data={"days": days, "until": until.isoformat()},
        wanted=wanted,
        resumes=until,
    )
    return result_of(tx, after, undo_step(order, rule, after))


def _resume(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    rule = check(tx, row, Action.RESUME, order.officer)
    left = (row.resumes - tx.now) / _DAY if row.resumes else 0.0
    why = [fact.note for fact in tx.history(row.id) if fact.action == Action.SUSPEND]
    after = step(hub, tx, row, Action.RESUME, order.officer, note=text_of(order, "reason"))
    if left <= 0:
        return result_of(tx, after, no_undo="Its time to stand still is over.")
    reason = "".join(why[-1:]) or f"undo of case.{Action.RESUME}"
    return result_of(tx, after, undo_step(order, rule, after, days=left, reason=reason))


def _ask(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    check(tx, row, Action.ASK_EXTENSION, order.officer, reason)
    data = {"hours": _hours(order)}
    after = step(hub, tx, row, Action.ASK_EXTENSION, order.officer, note=reason, data=data)
    return result_of(tx, after, no_undo="What was asked for is granted or refused.")


def _hours(order: Order) -> float:
    hours = number_of(order, "hours", 0, _MOST_HOURS)
    if hours <= 0:
        raise Refused("bad_argument", "hours must be more than none", field="hours")
    return hours


def _extend(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Grant more hours, whether somebody asked or not."""
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    check(tx, row, Action.EXTEND, order.officer, reason)
    after = step(
        hub,
        tx,
        row,
        Action.EXTEND,
        order.officer,
        note=reason,
        data={"hours": _hours(order), "from": row.due.isoformat()},
        extensions=row.extensions + 1,
    )
    return result_of(tx, after, no_undo=STAYS)


HANDLERS: dict[str, Handler] = {
    "case.suspend": Handler(_suspend, roles_of(Action.SUSPEND)),
    "case.resume": Handler(_resume, roles_of(Action.RESUME)),
    "case.ask_extension": Handler(_ask, roles_of(Action.ASK_EXTENSION)),
    "case.extend": Handler(_extend, roles_of(Action.EXTEND)),
    "case.refuse_extension": plain(Action.REFUSE_EXTENSION, STAYS),
}
