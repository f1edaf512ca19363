"""Learning when an administrator says so, and from start to end of the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import wire
from console.domain.case import Role
from console.hub.commands import Handler, Order

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx


def _train(hub: Hub, tx: Tx, _order: Order) -> wire.CommandResult:
    """Begin to learn; it goes on after the answer."""
    tx.after(hub.learning.train)
    return wire.CommandResult(
        seq=tx.seq, no_undo="What was learned is learned anew, not forgotten."
    )


async def serve(hub: Hub) -> None:
    """Look after the classifier from start to end of the hub."""
    await hub.learning.serve()


HANDLERS: dict[str, Handler] = {"learning.train": Handler(_train, frozenset({Role.ADMINISTRATOR}))}
