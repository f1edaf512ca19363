"""Keeping classes and rules in the store: what ships with the program, what a bureau brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console import wire
from console.domain.catalogue import BASE
from console.hub.catalogue import base
from console.hub.catalogue.tables import LOCAL
from console.hub.store import Tx

VERSION = "catalogue"
"""Counter: each import of classes or rules is a version of the catalogue."""


def keep_base(tx: Tx) -> int:
    """Bring what ships with the program into the store; return the number of differences.

    What a bureau brought stays: it is of the local scheme, or its id begins otherwise.
    """
    classes, rules = tx.all(wire.CatalogueItem), tx.all(wire.FilingRule)
    shipped = {id_: item for id_, item in classes.items() if item.scheme != LOCAL}
    written = {id_: rule for id_, rule in rules.items() if id_.startswith(BASE)}
    changed = _replace(tx, "catalogue", shipped, base.classes())
    return changed + _replace(tx, "rule", written, base.rules())


def _replace(
    tx: Tx, kind: str, present: Mapping[str, wire.Message], bodies: Iterable[wire.Message]
) -> int:
    wanted = {wire.id_of(body): body for body in bodies}
    changed = [body for id_, body in wanted.items() if present.get(id_) != body]
    gone = present.keys() - wanted.keys()
    for body in changed:
        tx.put(kind, body)
    for id_ in gone:
        tx.remove(kind, id_)
    return len(changed) + len(gone)


def differences(
    tx: Tx, kind: str, bodies: Iterable[wire.Message]
) -> tuple[list[wire.Message], list[wire.Message]]:
    """Return (new ones, changed ones) among classes or rules."""
    present = tx.all(wire.KINDS[kind])
    wanted = {wire.id_of(body): body for body in bodies}
    added = [body for id_, body in wanted.items() if id_ not in present]
    changed = [body for id_, body in wanted.items() if present.get(id_, body) != body]
    return added, changed


def keep(tx: Tx, kind: str, bodies: Iterable[wire.Message]) -> int:
    """Put classes or rules that are new or other than before; return how many.

    Nothing is taken away: cases refer to it. What no longer counts gets an end day.
    """
    added, changed = differences(tx, kind, bodies)
    for body in (*added, *changed):
        tx.put(kind, body)
    return len(added) + len(changed)


def next_version(tx: Tx) -> int:
    """Return the number of the version that an import makes."""
    return tx.count(VERSION)
