"""How a command becomes a fact: once, by somebody who may, with a line in the audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.case import Role
from console.hub.refusal import Refused
from console.wire import Command, CommandResult, Officer

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx


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
    handler = hub.handlers.get(command.id)
    if handler is None:
        raise Refused("unknown_command", command.id, status=404, field="id")
    order = Order(command, officer)
    digest = _digest(command)

    def run(tx: Tx) -> CommandResult:
        if first := tx.remembered(officer.id, command.key):
            if first[0] != digest:
                raise Refused("key_reused", "the key belongs to another command", field="key")
            return first[1]
        if handler.roles.isdisjoint(officer.roles):
            raise Refused("forbidden", command.id, status=403)
        result = handler.run(hub, tx, order)
        result = result.model_copy(update={"seq": tx.seq})
        tx.audit(officer.id, command.id, result.target or command.target or "", command.args)
        tx.remember(officer.id, command.key, digest, result)
        return result

    try:
        return await hub.store.write(run)
    except Refused as refused:
        if refused.status == 403:
            await _audit_denial(hub, order)
        raise


async def _audit_denial(hub: Hub, order: Order) -> None:
    command = order.command
    await hub.store.write(
        lambda tx: tx.audit(
            order.officer.id, "command.denied", command.target or "", {"command": command.id}
        )
    )


def _digest(command: Command) -> str:
    """Return what tells one command from another; refuse what is no JSON, such as NaN."""
    meaning = command.model_dump(exclude={"key"})
    try:
        text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()
    except ValueError as error:
        raise Refused("bad_input", "the arguments are no JSON", field="args") from error


def undo_of(order: Order, command_id: str, target: str, version: int, **args: str) -> Command:
    """Return the command that takes ``order`` back. Its key follows from the order's.

    So taking back twice is taking back once.
    """
    key = hashlib.sha256(f"undo {order.officer.id} {order.command.key}".encode()).hexdigest()[:32]
    return Command(id=command_id, key=key, target=target, version=version, args=dict(args))
