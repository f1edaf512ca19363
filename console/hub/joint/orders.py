"""Supervision orders with receipt, answer and deadline; early warnings with receipt."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import Field

from console import wire
from console.domain import limit
from console.domain.case import Action
from console.hub.auth import SYSTEM
from console.hub.commands import Handler, Order
from console.hub.joint.arguments import (
    LEAD,
    MOST_TEXT,
    UNIT,
    Arguments,
    check_cases,
    check_departments,
    check_photos,
    department_of,
    number,
    read,
    target,
    told,
)
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

TICK = 1.0
GONE_OUT = "What went out to departments is ended by another word to them."


class _Issue(Arguments):
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=MOST_TEXT)
    departments: list[str] = Field(min_length=1, max_length=50)
    cases: list[str] = Field(default_factory=list, max_length=200)


class _IssueOrder(_Issue):
    level: int = Field(default=1, ge=1, le=3)
    limit: str = "working_days:3"


class _Receive(Arguments):
    department: str = ""


class _Answer(_Receive):
    text: str = Field(min_length=1, max_length=MOST_TEXT)
    media: list[str] = Field(default_factory=list, max_length=50)


class _Close(Arguments):
    result: str = Field(min_length=1, max_length=MOST_TEXT)


def _issue_order(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    given = read(order, _IssueOrder)
    try:
        span = limit.parse(given.limit)
    except ValueError as error:
        raise Refused("bad_argument", str(error), field="limit") from error
    if span.value == 0:
        raise Refused("bad_argument", "a deadline takes time", field="limit")
    departments = check_departments(hub, given.departments)
    cases = check_cases(tx, order, given.cases)
    deadline = limit.due(tx.now, span, hub.clocks.calendar)
    year, count = number(tx, "order")
    body = wire.SupervisionOrder(
        id=f"D{year}-{count:04d}",
        number=f"督〔{year}〕{count}号",
        title=given.title,
        text=given.text,
        level=given.level,
        cases=cases,
        departments=departments,
        limit=str(span),
        issued=tx.now,
        issued_by=order.officer.id,
        issued_name=order.officer.name,
        deadline=deadline,
        provisional=limit.provisional(tx.now, deadline, span, hub.clocks.calendar),
    )
    tx.put("order", body)
    _note(hub, tx, order, "order", body)
    return _result(tx, body.id, body.number)


def _issue_notice(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    given = read(order, _Issue)
    departments = check_departments(hub, given.departments)
    cases = check_cases(tx, order, given.cases)
    year, count = number(tx, "notice")
    body = wire.Notice(
        id=f"W{year}-{count:04d}",
        number=f"警〔{year}〕{count}号",
        title=given.title,
        text=given.text,
        cases=cases,
        departments=departments,
        issued=tx.now,
        issued_by=order.officer.id,
        issued_name=order.officer.name,
    )
    tx.put("notice", body)
    _note(hub, tx, order, "notice", body)
    return _result(tx, body.id, body.number)


def _note(
    hub: Hub, tx: Tx, order: Order, word: str, paper: wire.SupervisionOrder | wire.Notice
) -> None:
    """Let each case of a paper tell of it."""
    for id_ in paper.cases:
        row = tx.get(wire.CaseRow, id_)
        if row is not None:
            note = f"{paper.number} {paper.title}"
            step(hub, tx, row, Action.NOTE, order.officer, note=note, data={word: paper.id})


def _result(tx: Tx, id_: str, number_: str) -> wire.CommandResult:
    data = {"number": number_}
    return wire.CommandResult(seq=tx.seq, target=id_, no_undo=GONE_OUT, data=data)


def _receive_order(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    body = _open(target(tx, order, wire.SupervisionOrder))
    department, on_behalf = department_of(order, read(order, _Receive).department, body.departments)
    _once(body.receipts, department, "already_received")
    receipt = told(tx, order, department, on_behalf=on_behalf)
    tx.put("order", _stated(body.model_copy(update={"receipts": [*body.receipts, receipt]})))
    return _result(tx, body.id, body.number)


def _answer_order(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Take a department's answer; whoever answers has received it."""
    body = _open(target(tx, order, wire.SupervisionOrder))
    given = read(order, _Answer)
    department, on_behalf = department_of(order, given.department, body.departments)
    _once(body.answers, department, "already_answered")
    for media in given.media:
        check_photos(tx, order, media=media)
    receipt = told(tx, order, department, on_behalf=on_behalf)
    answer = wire.Answer(**receipt.model_dump(), text=given.text, media=given.media)
    receipts = body.receipts
    if department not in [known.department for known in receipts]:
        receipts = [*receipts, receipt]
    changes = {"receipts": receipts, "answers": [*body.answers, answer]}
    tx.put("order", _stated(body.model_copy(update=changes)))
    return _result(tx, body.id, body.number)


def _close_order(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    body = _open(target(tx, order, wire.SupervisionOrder))
    result = read(order, _Close).result
    tx.put("order", body.model_copy(update={"state": "closed", "closed": tx.now, "result": result}))
    return _result(tx, body.id, body.number)


def _receive_notice(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    body = target(tx, order, wire.Notice)
    department, on_behalf = department_of(order, read(order, _Receive).department, body.departments)
    _once(body.receipts, department, "already_received")
    receipts = [*body.receipts, told(tx, order, department, on_behalf=on_behalf)]
    state = "received" if _all(receipts, body.departments) else "issued"
    tx.put("notice", body.model_copy(update={"receipts": receipts, "state": state}))
    return _result(tx, body.id, body.number)


def _open(body: wire.SupervisionOrder) -> wire.SupervisionOrder:
    if body.state == "closed":
        raise Refused("order_closed", body.number, status=409)
    return body


def _once(said: list[wire.Receipt] | list[wire.Answer], department: str, code: str) -> None:
    if department in [word.department for word in said]:
        raise Refused(code, department, status=409, field="department")


def _all(said: list[wire.Receipt] | list[wire.Answer], departments: list[str]) -> bool:
    return set(departments) <= {word.department for word in said}


def _stated(body: wire.SupervisionOrder) -> wire.SupervisionOrder:
    """Return an order in the state that its receipts and answers make."""
    state = "issued"
    if _all(body.answers, body.departments):
        state = "answered"
    elif _all(body.receipts, body.departments):
        state = "received"
    return body.model_copy(update={"state": state})


# --- deadlines ---------------------------------------------------------------------------


async def watch(hub: Hub) -> None:
    """Mark orders whose deadline went by unanswered, until cancelled."""
    while True:
        now = hub.now()
        if any(_late(body, now) for body in hub.live.orders.values()):
            try:
                await hub.store.write(mark_late)
            except Exception:
                log.exception("marking orders as overdue failed")
        await asyncio.sleep(TICK)


def mark_late(tx: Tx) -> None:
    """Mark every order that is overdue now."""
    for body in tx.all(wire.SupervisionOrder).values():
        if _late(body, tx.now):
            tx.put("order", body.model_copy(update={"overdue": True}))
            tx.audit(SYSTEM.id, "order.overdue", body.id, {"deadline": str(body.deadline)})


def _late(body: wire.SupervisionOrder, now: datetime) -> bool:
    return not body.overdue and body.state in ("issued", "received") and body.deadline < now


HANDLERS = {
    "order.issue": Handler(_issue_order, LEAD),
    "order.receive": Handler(_receive_order, UNIT),
    "order.answer": Handler(_answer_order, UNIT),
    "order.close": Handler(_close_order, LEAD),
    "notice.issue": Handler(_issue_notice, LEAD),
    "notice.receive": Handler(_receive_notice, UNIT),
}
