"""Letting a terminal in that the register does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain.case import Role
from console.hub.commands import Handler, Order
from console.hub.refusal import Refused
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

KEPT = "accepted_terminals"
"""Setting in the store: ``protocol/terminal`` -> the unit, so that an import keeps them."""

_KIND = {"jt808": "vehicle"}


def accept(hub: Hub, tx: Tx, order: Order) -> wire.CommandResult:
    """Bind a terminal in quarantine to a unit of the register, or make a new unit of it.

    Arguments: ``terminal``; ``protocol`` where two speak under one number; ``unit`` an existing
    unit; else ``kind`` and ``name`` of the new one.
    """
    args = order.command.args
    terminal, protocol = _text(args, "terminal"), _text(args, "protocol")
    stranger = hub.doors.quarantine.find(terminal, protocol)
    if stranger is None:
        raise Refused("unknown_terminal", terminal, status=404, field="terminal")
    if _text(args, "unit"):
        unit = tx.get(wire.Unit, _text(args, "unit"))
        if unit is None:
            raise Refused("unknown_unit", _text(args, "unit"), status=404, field="unit")
        if unit.id in hub.register.unit_terminals:
            raise Refused("unit_has_terminal", unit.id, status=409, field="unit")
    else:
        kind = _text(args, "kind") or _KIND.get(stranger.protocol, "officer")
        if kind not in ("officer", "vehicle", "drone"):
            raise Refused("bad_argument", "kind", field="kind")
        id_ = "t" + re.sub(r"[^A-Za-z0-9]", "-", f"{stranger.protocol}-{terminal}")[:60]
        name = _text(args, "name") or stranger.note or terminal
        fields: dict[str, Any] = {"id": id_, "kind": kind, "name": name}
        unit = tx.put("unit", wire.Unit(**fields))
    kept = tx.get_setting(KEPT) or {}
    kept[f"{stranger.protocol}/{terminal}"] = unit.model_dump(mode="json")
    tx.setting(KEPT, kept)
    bound = unit

    async def bind() -> None:
        _bind(hub, stranger.protocol, terminal, bound.id)

    tx.after(bind)
    why = "A terminal that was let in is taken out of the register of units."
    return wire.CommandResult(seq=tx.seq, target=bound.id, no_undo=why, data={"unit": bound.id})


def _text(args: dict[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str) or len(value) > 64:
        raise Refused("bad_argument", f"{name} is no text of a sane length", field=name)
    return value.strip()


def _bind(hub: Hub, protocol: str, terminal: str, unit: str) -> None:
    hub.register.terminals[f"{protocol}/{terminal}"] = unit
    hub.register.unit_terminals[unit] = (protocol, terminal)
    hub.doors.quarantine.forget(protocol, terminal)


async def restore(hub: Hub) -> None:
    """Bring back what was let in before, unless the register knows the terminal by now."""
    kept = await hub.store.read(lambda reader: reader.get_setting(KEPT)) or {}
    units = {
        key: wire.Unit.model_validate(body)
        for key, body in kept.items()
        if key not in hub.register.terminals
    }

    def write(tx: Tx) -> None:
        for unit in units.values():
            if tx.get(wire.Unit, unit.id) is None:
                tx.put("unit", unit.model_copy(update={"state": "free", "case": None}))

    if units:
        await hub.store.write(write)
    for key, unit in units.items():
        protocol, _, terminal = key.partition("/")
        _bind(hub, protocol, terminal, unit.id)


HANDLERS = {"unit.accept": Handler(accept, frozenset({Role.SHIFT_LEADER, Role.ADMINISTRATOR}))}
"""``unit.accept``: an embedded duty officer is both."""
