"""Several reports, one case: merge and unmerge, split, move a report. Both histories tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from console import wire
from console.domain.case import OPEN, Action, State
from console.domain.clock import case_day, case_number
from console.domain.guards import Wanted
from console.hub.commands import Handler, Order, undo_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import clocks
from console.hub.rules.case_facts import lineage
from console.hub.rules.case_filing import before_of, item_of
from console.hub.rules.case_steps import (
    case_named,
    check,
    ids_of,
    refer,
    result_of,
    role_in,
    roles_of,
    row_of,
    step,
    text_of,
    undo_step,
)
from console.hub.rules.classing import classed
from console.hub.rules.proposal import class_fields, spot
from console.hub.scope import district_of
from console.hub.store import Tx


def _merge(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Let a case live on in another. Its reports stay its own rows; the other shows them."""
    row = row_of(tx, order)
    main = case_named(tx, text_of(order, "into", needed=True), "into")
    wanted = Wanted(other=main.id, other_state=State(main.state))
    reason = text_of(order, "reason")
    rule = check(tx, row, Action.MERGE, order.officer, reason, wanted)
    after = step(
        hub,
        tx,
        row,
        Action.MERGE,
        order.officer,
        note=reason,
        data={"into": main.id},
        wanted=wanted,
        merged_into=main.id,
    )
    refer(
        tx,
        main,
        Action.MERGE,
        order.officer,
        {"case": row.id},
        reports=main.reports + row.reports,
        sources=_both(main.sources, row.sources),
    )
    return result_of(tx, after, undo_step(order, rule, after), data={"into": main.id})


def _unmerge(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Let a merged case live on its own again, in the state it had."""
    row = row_of(tx, order)
    rule = check(tx, row, Action.UNMERGE, order.officer)
    into = row.merged_into or ""
    after = step(hub, tx, row, Action.UNMERGE, order.officer, data={"from": into})
    main = tx.get(wire.CaseRow, into)
    works = main is not None and main.state in OPEN
    if main is not None:
        refer(tx, main, Action.UNMERGE, order.officer, {"case": row.id})
    while main is not None:
        _count_again(tx, main)
        main = tx.get(wire.CaseRow, main.merged_into) if main.merged_into else None
    undo = undo_step(order, rule, after, into=into) if works else None
    return result_of(tx, after, undo, "" if undo else "The case it lived on in is over.")


def _count_again(tx: Tx, row: wire.CaseRow) -> None:
    """Bring reports and sources of a case up to date with what lives on in it."""
    cases = [row.id, *lineage(tx, row).merged]
    reports = [report for case in cases for report in tx.reports_of(case)]
    sources = _both((report.source for report in reports), ())
    now = tx.get(wire.CaseRow, row.id)
    if now is not None:
        tx.put("case", now.model_copy(update={"reports": len(reports), "sources": sources}))


def _both(some: Iterable[str], others: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*map(str, some), *map(str, others)]))


def _split(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Open a case of its own for some reports of another, of the same class or of ``code``."""
    row = row_of(tx, order)
    mine = {report.id: report for report in tx.reports_of(row.id)}
    leaving = [_report_of(mine, id_, "reports") for id_ in ids_of(order, "reports")]
    wanted = Wanted(leaving=len(leaving), staying=len(mine) - len(leaving))
    check(tx, row, Action.SPLIT, order.officer, wanted=wanted)
    code = text_of(order, "code")
    item = item_of(tx, row, code) if code else None
    child = _open(hub, tx, row, leaving, item, order.officer)
    ids = [report.id for report in leaving]
    after = step(
        hub,
        tx,
        row,
        Action.SPLIT,
        order.officer,
        data={"child": child.id, "reports": ids},
        wanted=wanted,
    )
    for report in leaving:
        _hand_over(tx, report, child.id)
    _count_again(tx, after)
    reason = f"undo of case.{Action.SPLIT}"
    undo = undo_of(order, "case.merge", child.id, child.version, into=row.id, reason=reason)
    return result_of(tx, after, undo, data={"child": child.id})


def _report_of(mine: dict[str, wire.Report], id_: str, field: str) -> wire.Report:
    if id_ not in mine:
        raise Refused("unknown_report", f"{id_} is none of this case", status=404, field=field)
    return mine[id_]


def _open(
    hub: Hub,
    tx: Tx,
    parent: wire.CaseRow,
    reports: Sequence[wire.Report],
    item: wire.CatalogueItem | None,
    officer: wire.Officer,
) -> wire.CaseRow:
    """Open the case that was split off; its clocks begin now, where its first report lies."""
    at = reports[0].where
    where = spot(hub.live, at.lat, at.lon)
    day = case_day(tx.now)
    data: dict[str, Any] = {"parent": parent.id, "reports": [report.id for report in reports]}
    if item is None:
        fields = before_of(parent, "scheme", "kind", "code", "name", "rule")
    else:
        by = classed(hub, tx, item, at, text=reports[0].text)
        fields = class_fields(by)
        data["classed"] = by.snapshot
    row = wire.CaseRow(
        id=case_number(day, tx.count(f"case/{day}")),
        version=0,
        state=State.PROPOSED,
        type=parent.type,
        place=where.place,
        street=where.street.id if where.street else None,
        grid=where.grid.id if where.grid else None,
        grid_name=where.grid.name if where.grid else "",
        district=district_of(hub.live, at),
        at=at,
        sources=_both((report.source for report in reports), ()),
        reports=len(reports),
        opened=tx.now,
        due=tx.now,
        priority=parent.priority,
        parent=parent.id,
        proposal=parent.proposal if item is None else None,
        **fields,
    )
    row = tx.put("case", row.model_copy(update=clocks.opening(hub, row)))
    role = role_in(officer, roles_of(Action.SPLIT))
    media = [id_ for report in reports for id_ in report.media]
    tx.fact(row.id, Action.PROPOSE, officer.id, role, row.state, reports[0].text, media, data)
    return row


def _hand_over(tx: Tx, report: wire.Report, case: str) -> None:
    """Let a report and its files belong to another case."""
    tx.move_report(report.model_copy(update={"case": case}))
    for id_ in report.media:
        media = tx.get_media(id_)
        if media is not None:
            tx.media(media.model_copy(update={"case": case}))


def _move_report(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Let one report join another case."""
    row = row_of(tx, order)
    mine = {report.id: report for report in tx.reports_of(row.id)}
    report = _report_of(mine, text_of(order, "report", needed=True), "report")
    to = case_named(tx, text_of(order, "to", needed=True), "to")
    wanted = Wanted(other=to.id, other_state=State(to.state), leaving=1, staying=len(mine) - 1)
    check(tx, row, Action.MOVE_REPORT, order.officer, wanted=wanted)
    after = step(
        hub,
        tx,
        row,
        Action.MOVE_REPORT,
        order.officer,
        data={"report": report.id, "to": to.id},
        wanted=wanted,
    )
    joined = refer(tx, to, Action.MOVE_REPORT, order.officer, {"report": report.id, "from": row.id})
    _hand_over(tx, report, to.id)
    for case in (after, joined):
        _count_again(tx, case)
    undo = undo_of(order, "case.move_report", to.id, joined.version, report=report.id, to=row.id)
    return result_of(tx, after, undo)


HANDLERS: dict[str, Handler] = {
    "case.merge": Handler(_merge, roles_of(Action.MERGE)),
    "case.unmerge": Handler(_unmerge, roles_of(Action.UNMERGE)),
    "case.split": Handler(_split, roles_of(Action.SPLIT)),
    "case.move_report": Handler(_move_report, roles_of(Action.MOVE_REPORT)),
}
