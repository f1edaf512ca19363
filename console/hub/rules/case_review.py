"""After disposal and from above: check and close, supervise, appeal, answer the reporter."""

from __future__ import annotations

from console import wire
from console.domain.case import Action, Role
from console.domain.guards import REVIEWERS, Appeal, Wanted, Word
from console.hub.commands import Handler, Order, undo_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules.case_facts import appeal_for, appeals_in
from console.hub.rules.case_steps import (
    check,
    plain,
    result_of,
    roles_of,
    row_of,
    step,
    text_of,
    whole_number_of,
)
from console.hub.store import Tx

ADDED = "History is only added to; write another note."
CLOSED_AGAIN = "A reopened case is closed again by working it."


def _supervise(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Put a case under supervision of a level, 3 the highest, or change the level."""
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    check(tx, row, Action.SUPERVISE, order.officer, reason)
    level = whole_number_of(order, "level", 1, 3)
    data = {"from": row.supervised, "level": level}
    after = step(
        hub, tx, row, Action.SUPERVISE, order.officer, note=reason, data=data, supervised=level
    )
    if not row.supervised:
        return result_of(tx, after, undo_of(order, "case.unsupervise", after.id, after.version))
    return result_of(tx, after, _supervise_again(tx, order, row, after))


def _supervise_again(
    tx: Tx, order: Order, before: wire.CaseRow, after: wire.CaseRow
) -> wire.Command:
    """Return the command that brings the former level back, for the former reason."""
    why = {
        fact.data.get("level"): fact.note
        for fact in tx.history(before.id)
        if fact.action == Action.SUPERVISE
    }
    level = before.supervised
    reason = why.get(level) or f"undo of {order.command.id}"
    return undo_of(order, "case.supervise", after.id, after.version, level=level, reason=reason)


def _unsupervise(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    row = row_of(tx, order)
    check(tx, row, Action.UNSUPERVISE, order.officer)
    data = {"from": row.supervised}
    after = step(
        hub,
        tx,
        row,
        Action.UNSUPERVISE,
        order.officer,
        note=text_of(order, "reason"),
        data=data,
        supervised=0,
    )
    return result_of(tx, after, _supervise_again(tx, order, row, after))


def _appeal(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Object to a recorded timeout of a stage. The fact of it stays, whatever comes of this."""
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    stage = text_of(order, "stage", needed=True)
    wanted = Wanted(stage=stage)
    check(tx, row, Action.APPEAL, order.officer, reason, wanted)
    after = step(
        hub,
        tx,
        row,
        Action.APPEAL,
        order.officer,
        note=reason,
        data={"stage": stage},
        wanted=wanted,
    )
    return result_of(tx, after, no_undo="An appeal is decided by its reviewers.")


def _review(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Say one of the two words on an appeal; with the second one there is a verdict."""
    row = row_of(tx, order)
    reason = text_of(order, "reason")
    upheld = order.command.args.get("upheld")
    if not isinstance(upheld, bool):
        raise Refused("bad_argument", "upheld is neither true nor false", field="upheld")
    held = frozenset(Role(role) for role in order.officer.roles)
    appeal = appeal_for(appeals_in(tx.history(row.id)), held)
    speaking = order.officer
    if appeal is not None and held & appeal.wanting:
        # Somebody who is both speaks as the one who has not spoken.
        role = next(role for role in REVIEWERS if role in held & appeal.wanting)
        speaking = order.officer.model_copy(update={"roles": [role]})
    check(tx, row, Action.REVIEW, speaking, reason)
    data = _word(appeal, speaking, upheld)
    after = step(hub, tx, row, Action.REVIEW, speaking, note=reason, data=data)
    return result_of(tx, after, no_undo="A reviewer's word stays.", data=data)


def _word(
    appeal: Appeal | None, officer: wire.Officer, upheld: bool
) -> dict[str, str | bool | None]:
    assert appeal is not None, "the guard lets nobody review without an appeal"
    said = Word(officer.id, Role(officer.roles[0]), upheld)
    verdict = Appeal(appeal.stage, appeal.actor, (*appeal.words, said)).verdict
    return {"stage": appeal.stage, "upheld": upheld, "verdict": verdict}


def _rate(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Write down how content the reporter is: 1 not, 2 fairly, 3 well."""
    row = row_of(tx, order)
    check(tx, row, Action.RATE, order.officer)
    satisfaction = whole_number_of(order, "satisfaction", 1, 3)
    after = step(
        hub,
        tx,
        row,
        Action.RATE,
        order.officer,
        note=text_of(order, "text"),
        data={"satisfaction": satisfaction},
        satisfaction=satisfaction,
    )
    return result_of(tx, after, no_undo="What the reporter said stays; ask again.")


def _said(action: Action, no_undo: str) -> Handler:
    """Return the handler of a command that only adds words."""

    def run(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
        row = row_of(tx, order)
        check(tx, row, action, order.officer)
        text = text_of(order, "text", needed=True)
        after = step(hub, tx, row, action, order.officer, note=text)
        return result_of(tx, after, no_undo=no_undo)

    return Handler(run, roles_of(action))


HANDLERS: dict[str, Handler] = {
    "case.check": plain(Action.CHECK),
    "case.uncheck": plain(Action.UNCHECK),
    "case.close": plain(Action.CLOSE),
    "case.force_close": plain(Action.FORCE_CLOSE),
    "case.reopen": plain(Action.REOPEN, CLOSED_AGAIN),
    "case.archive": plain(Action.ARCHIVE),
    "case.supervise": Handler(_supervise, roles_of(Action.SUPERVISE)),
    "case.unsupervise": Handler(_unsupervise, roles_of(Action.UNSUPERVISE)),
    "case.appeal": Handler(_appeal, roles_of(Action.APPEAL)),
    "case.review": Handler(_review, roles_of(Action.REVIEW)),
    "case.rate": Handler(_rate, roles_of(Action.RATE)),
    "case.reply": _said(Action.REPLY, "What was said to the reporter stays; write once more."),
    "case.note": _said(Action.NOTE, ADDED),
}
