"""How a command becomes a fact: once, by somebody who may, with a line in the audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.domain import claim
from console.domain.case import Action, Role
from console.domain.permit import Deed
from console.hub.changes import explained
from console.hub.refusal import Refused
from console.hub.scope import check_case
from console.wire import CaseRow, Command, CommandResult, Officer

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx


_CASES = ("case", "into", "to")
"""Arguments of commands that may name another case."""

_ACTIONS = {f"case.{action}": action for action in Action}


@dataclass(frozen=True, slots=True)
class Order:
    """A command and who gave it."""

    command: Command
    officer: Officer


Run = Callable[["Hub", "Tx", Order], CommandResult]


@dataclass(frozen=True, slots=True)
class Handler:
    """What carries a command out.

    ``run`` works in the command's one transaction, on the writer thread; it raises
    :class:`Refused` to say no and uses ``tx.after`` for what follows the commit.
    ``roles`` may give the command at all; the flow table narrows it by state.
    """

    run: Run
    roles: frozenset[Role]


async def execute(hub: Hub, officer: Officer, command: Command) -> CommandResult:
    """Carry a command out, or return the first result where its key was seen before."""
    order = Order(command, officer)
    try:
        return await hub.store.write(lambda tx: carry_out(hub, tx, order))
    except Refused as refused:
        if refused.status == 403:
            await _audit_denial(hub, order)
        raise await explained(hub, refused, command) from None


def carry_out(hub: Hub, tx: Tx, order: Order) -> CommandResult:
    """Like :func:`execute`, within a transaction."""
    command, officer = order.command, order.officer
    handler = hub.handlers.get(command.id)
    if handler is None:
        raise Refused("unknown_command", command.id, status=404, field="id")
    digest = _digest(command)
    if first := tx.remembered(officer.id, command.key):
        if first[0] != digest:
            raise Refused("key_reused", "the key belongs to another command", field="key")
        return first[1]
    if handler.roles.isdisjoint(officer.roles):
        raise Refused("forbidden", command.id, status=403)
    _admit(tx, order)
    result = handler.run(hub, tx, order)
    result = result.model_copy(update={"seq": tx.seq})
    tx.audit(officer.id, command.id, result.target or command.target or "", command.args)
    tx.remember(officer.id, command.key, digest, result)
    return result


def _admit(tx: Tx, order: Order) -> None:
    """Refuse what touches a case out of the officer's scope, or in somebody else's hands."""
    command, officer = order.command, order.officer
    named = [command.target, *(command.args.get(name) for name in _CASES)]
    for id_ in named:
        row = tx.get(CaseRow, id_) if id_ and isinstance(id_, str) else None
        if row is None:
            continue
        check_case(officer, Deed.ACT, row, tx)
        action = _ACTIONS.get(command.id)
        if action and claim.keeps_out(row, action, officer.id, officer.roles, tx.now):
            raise claimed(row)


def claimed(row: CaseRow) -> Refused:
    """Return the refusal that names who has a case in hand."""
    return Refused("claimed", row.claimed_name, status=409, current=row.model_dump(mode="json"))


async def _audit_denial(hub: Hub, order: Order) -> None:
    await hub.store.write(lambda tx: audit_denial(tx, order))


def audit_denial(tx: Tx, order: Order) -> None:
    """Keep that somebody asked for what he may not do."""
    command = order.command
    tx.audit(order.officer.id, "command.denied", command.target or "", {"command": command.id})


def _digest(command: Command) -> str:
    """Return what tells one command from another.

    Refuse what is no JSON, such as NaN, and the one character that PostgreSQL cannot keep.
    """
    meaning = command.model_dump(exclude={"key"})
    if any("\0" in text for text in _texts(meaning)):
        raise Refused("bad_input", "a text holds a null character", field="args")
    try:
        text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()
    except ValueError as error:
        raise Refused("bad_input", "the arguments are no JSON", field="args") from error


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in what a command says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def undo_of(
    order: Order, command_id: str, target: str | None, version: int | None, **args: Any
) -> Command:
    """Return the command that takes ``order`` back. Its key follows from the order's.

    So taking back twice is taking back once.
    """
    key = key_from("undo", order)
    return Command(id=command_id, key=key, target=target, version=version, args=args)


def key_from(what: str, order: Order) -> str:
    """Return a key that follows from an order's: the same whenever it is asked for."""
    told = f"{what} {order.officer.id} {order.command.key}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
