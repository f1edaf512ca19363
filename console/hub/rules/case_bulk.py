"""Many commands at one stroke: all in one transaction, each by its own handler, one undo."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from console import wire
from console.domain.case import Role
from console.hub.commands import Handler, Order, audit_denial, carry_out, key_from, undo_of
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.store import Tx

MAX_ITEMS = 500
"""Commands of one stroke: so many keep the writer busy for half a second."""

BULK = "case.bulk"


class _Item(wire.Message):
    """One command of many."""

    id: str = Field(pattern=r"^case\.[a-z_]+$", max_length=64)
    target: str = Field(max_length=64)
    version: int | None = None
    args: dict[str, Any] = Field(default_factory=dict)


def _bulk(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Carry out what can be; what is refused is named with its code and leaves no trace.

    A handler that is refused has written nothing, for it checks before it writes.
    """
    done: list[wire.CommandResult] = []
    refused: list[dict[str, Any]] = []
    for number, item in enumerate(_items(order)):
        command = wire.Command(
            id=item.id,
            key=key_from(f"item {number}", order),
            target=item.target,
            version=item.version,
            args=item.args,
        )
        one = Order(command, order.officer)
        before = tx.seq
        try:
            done.append(carry_out(hub, tx, one))
        except Refused as error:
            if tx.seq != before:
                raise RuntimeError(f"{item.id} was refused after it had written") from error
            if error.status == 403:
                audit_denial(tx, one)
            problem = error.problem
            refused.append({"target": item.target, "code": problem.code, "field": problem.field})
    return wire.CommandResult(
        seq=tx.seq,
        undo=_undo(order, done),
        no_undo="" if any(result.undo for result in done) else _why_not(done),
        data={"done": [result.target for result in done], "refused": refused},
    )


def _items(order: Order) -> list[_Item]:
    given = order.command.args.get("items")
    if not isinstance(given, list) or not given or len(given) > MAX_ITEMS:
        detail = f"a list of 1 to {MAX_ITEMS} commands is wanted"
        raise Refused("bad_argument", detail, field="items")
    try:
        items = [_Item.model_validate(item) for item in given]
    except ValidationError as error:
        first = error.errors()[0]
        raise Refused("bad_argument", first["msg"], field="items") from error
    if any(item.id == BULK for item in items):
        raise Refused("bad_argument", "a stroke holds no further one", field="items")
    return items


def _undo(order: Order, done: list[wire.CommandResult]) -> wire.Command | None:
    """Return one command that takes back what can be, the last first.

    Of several steps of one case only the last must find the case as it was left; the others
    find it as the one before them leaves it.
    """
    items: list[dict[str, Any]] = []
    seen: set[str | None] = set()
    for result in reversed(done):
        if result.undo is not None:
            skip = {"key"} | ({"version"} if result.undo.target in seen else set())
            items.append(result.undo.model_dump(mode="json", exclude=skip))
            seen.add(result.undo.target)
    return undo_of(order, BULK, None, None, items=items) if items else None


def _why_not(done: list[wire.CommandResult]) -> str:
    return next((result.no_undo for result in done if result.no_undo), "Nothing was done.")


HANDLERS: dict[str, Handler] = {BULK: Handler(_bulk, frozenset(Role))}
