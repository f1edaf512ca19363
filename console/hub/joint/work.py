"""Campaigns with their totals, rounds with their cases, persuasions and mediations."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from console import wire
from console.domain.case import OPEN, Action
from console.domain.clock import CHINA
from console.hub.commands import Handler, Order, undo_of
from console.hub.joint.arguments import (
    FIELD,
    INSPECT,
    LEAD,
    MOST_TEXT,
    OFFICERS,
    Arguments,
    check_cases,
    check_departments,
    check_district,
    check_photos,
    moment,
    number,
    read,
    target,
)
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.store import LogLine, Tx
from console.hub.store.joint import (
    Topic,
    drop_entry,
    drop_record,
    entry_of,
    put_entry,
    put_record,
    sum_of,
)

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

TICK = 1.0
ENDED = "What has ended is begun anew as another one."
TAKEN_BACK = "What was taken back is counted by entering it again."


class _Start(Arguments):
    title: str = Field(min_length=1, max_length=200)


class _StartCampaign(_Start):
    goal: float = Field(gt=0, le=1e9, allow_inf_nan=False)
    unit: str = Field(min_length=1, max_length=20)
    start: date | None = None
    end: date | None = None
    departments: list[str] = Field(default_factory=list, max_length=50)


class _Add(Arguments):
    amount: float = Field(ge=-1e9, le=1e9, allow_inf_nan=False)
    place: str = Field(default="", max_length=200)
    where: wire.Point | None = None
    case: str | None = None
    before: str | None = None
    after: str | None = None
    note: str = Field(default="", max_length=MOST_TEXT)


class _Drop(Arguments):
    entry: str = ""


class _End(Arguments):
    result: str = Field(default="", max_length=MOST_TEXT)


class _StartRound(_Start):
    kind: Literal["inspection", "spot_check"] = "inspection"
    place: str = Field(default="", max_length=200)


class _Case(Arguments):
    case: str


class _Record(Arguments):
    kind: str = Field(min_length=1, max_length=64)
    place: str = Field(default="", max_length=200)
    district: str = Field(default="", max_length=64)
    at: datetime | None = None


class _Count(_Record):
    count: int = Field(default=1, ge=1, le=10_000)
    note: str = Field(default="", max_length=MOST_TEXT)


class _Mediate(_Record):
    parties: list[str] = Field(min_length=1, max_length=20)
    matter: str = Field(min_length=1, max_length=MOST_TEXT)
    result: Literal["agreed", "failed", "pending"]
    agreement: str = Field(default="", max_length=MOST_TEXT)
    case: str | None = None


# --- campaigns -------------------------------------------------------------------------


def _start_campaign(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    given = read(order, _StartCampaign)
    start = given.start or tx.now.astimezone(CHINA).date()
    if given.end is not None and given.end < start:
        raise Refused("bad_argument", "it ends before it starts", field="end")
    year, count = number(tx, "campaign")
    body = wire.Campaign(
        id=f"Z{year}-{count:03d}",
        title=given.title,
        goal=given.goal,
        unit=given.unit,
        start=start,
        end=given.end,
        departments=check_departments(hub, given.departments),
        started_by=order.officer.id,
    )
    tx.put("campaign", body)
    return wire.CommandResult(seq=tx.seq, target=body.id, no_undo=ENDED)


def _add(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Count a piece of a campaign; a case that it belongs to is marked with the campaign."""
    body = _running(target(tx, order, wire.Campaign))
    given = read(order, _Add)
    check_photos(tx, order, before=given.before, after=given.after)
    entry = wire.CampaignEntry(
        id=f"{body.id}-{tx.count(body.id):05d}",
        campaign=body.id,
        at=tx.now,
        by=order.officer.id,
        name=order.officer.name,
        **given.model_dump(),
    )
    if given.case is not None:
        check_cases(tx, order, [given.case], "case")
        row = tx.get(wire.CaseRow, given.case)
        if row is not None and row.campaign != body.id:
            said = {"campaign": body.id}
            officer = order.officer
            step(hub, tx, row, Action.NOTE, officer, note=body.title, data=said, campaign=body.id)
    put_entry(tx, entry)
    _summed(tx, body)
    undo = undo_of(order, "campaign.drop", body.id, None, entry=entry.id)
    data = {"entry": entry.id}
    return wire.CommandResult(seq=tx.seq, target=body.id, undo=undo, data=data)


def _drop(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    body = _running(target(tx, order, wire.Campaign))
    entry = entry_of(tx, read(order, _Drop).entry)
    if entry is None or entry.campaign != body.id:
        raise Refused("unknown_entry", body.id, status=404, field="entry")
    drop_entry(tx, entry.id)
    _summed(tx, body)
    return wire.CommandResult(seq=tx.seq, target=body.id, no_undo=TAKEN_BACK)


def _summed(tx: Tx, body: wire.Campaign) -> None:
    total, count = sum_of(tx, body.id)
    tx.put("campaign", body.model_copy(update={"total": round(total, 3), "entries": count}))


def _end_campaign(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    body = _running(target(tx, order, wire.Campaign))
    changes = {"state": "ended", "ended": tx.now, "result": read(order, _End).result}
    tx.put("campaign", body.model_copy(update=changes))
    return wire.CommandResult(seq=tx.seq, target=body.id, no_undo=ENDED)


def _running(body: wire.Campaign) -> wire.Campaign:
    if body.state == "ended":
        raise Refused("campaign_ended", body.id, status=409)
    return body


# --- rounds ------------------------------------------------------------------------------


def _start_round(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    given = read(order, _StartRound)
    year, count = number(tx, "round")
    body = wire.Round(
        id=f"X{year}-{count:03d}",
        kind=given.kind,
        title=given.title,
        place=given.place,
        started=tx.now,
        started_by=order.officer.id,
        started_name=order.officer.name,
    )
    tx.put("round", body)
    return wire.CommandResult(seq=tx.seq, target=body.id, no_undo=ENDED)


def _link(*, add: bool) -> Callable[[Hub, Tx, Order], wire.CommandResult]:
    """Return what puts a case into a round, or takes it out again."""

    def run(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
        body = target(tx, order, wire.Round)
        if body.state == "ended":
            raise Refused("round_ended", body.id, status=409)
        (case,) = check_cases(tx, order, [read(order, _Case).case], "case")
        if (case in body.cases) == add:
            code = "already_linked" if add else "not_linked"
            raise Refused(code, case, status=409, field="case")
        cases = [*body.cases, case] if add else [id_ for id_ in body.cases if id_ != case]
        tx.put("round", _settled(tx, body.model_copy(update={"cases": cases})))
        back = "round.drop_case" if add else "round.add_case"
        undo = undo_of(order, back, body.id, None, case=case)
        return wire.CommandResult(seq=tx.seq, target=body.id, undo=undo)

    return run


def _end_round(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    body = target(tx, order, wire.Round)
    if body.state == "ended":
        raise Refused("round_ended", body.id, status=409)
    changes = {"state": "ended", "ended": tx.now, "result": read(order, _End).result}
    tx.put("round", body.model_copy(update=changes))
    return wire.CommandResult(seq=tx.seq, target=body.id, no_undo=ENDED)


def _settled(tx: Tx, body: wire.Round) -> wire.Round:
    rows = (tx.get(wire.CaseRow, case) for case in body.cases)
    return body.model_copy(
        update={"settled": sum(row is not None and row.state not in OPEN for row in rows)}
    )


async def follow(hub: Hub) -> None:
    """Keep counting the settled cases of rounds, ended ones too, until cancelled."""
    moved: set[str] = set()

    def changed(lines: Iterable[LogLine]) -> None:
        moved.update(line.id for line in lines if line.kind == "case")

    hub.on_change.append(changed)
    while True:
        cases = set(moved)
        moved.clear()
        touched = [body.id for body in hub.live.rounds.values() if not cases.isdisjoint(body.cases)]
        if touched:
            try:
                await hub.store.write(functools.partial(_recount, touched))
            except Exception:
                log.exception("counting the cases of rounds failed")
        await asyncio.sleep(TICK)


def _recount(rounds: list[str], tx: Tx) -> None:
    for id_ in rounds:
        body = tx.get(wire.Round, id_)
        if body is not None and (now := _settled(tx, body)) != body:
            tx.put("round", now)


# --- what is counted on its own --------------------------------------------------------------


def _count(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    given = read(order, _Count)
    body = wire.Persuasion(
        id=_id(tx, "persuasion", "Q"),
        at=moment(given.at, tx.now),
        kind=given.kind,
        count=given.count,
        place=given.place,
        district=check_district(hub, given.district),
        officer=order.officer.id,
        name=order.officer.name,
        note=given.note,
    )
    put_record(tx, "persuasion", body)
    return _recorded(tx, order, "persuasion", body.id)


def _mediate(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    given = read(order, _Mediate)
    if given.result == "agreed" and not given.agreement:
        raise Refused("argument_missing", "an agreement has words", field="agreement")
    if given.case is not None:
        check_cases(tx, order, [given.case], "case")
    body = wire.Mediation(
        id=_id(tx, "mediation", "L"),
        at=moment(given.at, tx.now),
        kind=given.kind,
        parties=given.parties,
        matter=given.matter,
        result=given.result,
        agreement=given.agreement,
        place=given.place,
        district=check_district(hub, given.district),
        officer=order.officer.id,
        name=order.officer.name,
        case=given.case,
    )
    put_record(tx, "mediation", body)
    return _recorded(tx, order, "mediation", body.id)


def _id(tx: Tx, word: str, letter: str) -> str:
    year, count = number(tx, word)
    return f"{letter}{year}-{count:06d}"


def _recorded(tx: Tx, order: Order, topic: Topic, id_: str) -> wire.CommandResult:
    undo = undo_of(order, f"{topic}.drop", id_, None)
    return wire.CommandResult(seq=tx.seq, target=id_, undo=undo)


def _drop_record(topic: Topic) -> Callable[[Hub, Tx, Order], wire.CommandResult]:
    def run(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
        id_ = order.command.target or ""
        if not drop_record(tx, topic, id_):
            raise Refused("unknown_target", id_, status=404, field="target")
        return wire.CommandResult(seq=tx.seq, target=id_, no_undo=TAKEN_BACK)

    return run


HANDLERS = {
    "campaign.start": Handler(_start_campaign, LEAD),
    "campaign.add": Handler(_add, FIELD),
    "campaign.drop": Handler(_drop, FIELD),
    "campaign.end": Handler(_end_campaign, LEAD),
    "round.start": Handler(_start_round, INSPECT),
    "round.add_case": Handler(_link(add=True), INSPECT),
    "round.drop_case": Handler(_link(add=False), INSPECT),
    "round.end": Handler(_end_round, INSPECT),
    "persuasion.count": Handler(_count, OFFICERS),
    "persuasion.drop": Handler(_drop_record("persuasion"), OFFICERS),
    "mediation.record": Handler(_mediate, OFFICERS),
    "mediation.drop": Handler(_drop_record("mediation"), OFFICERS),
}
