"""Taking a table of classes or rules in: looked at first, whole or not at all, a version each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from console import wire
from console.hub.catalogue.keep import differences, keep, next_version
from console.hub.catalogue.tables import Problem, Taken, read_classes, read_rules, unknown
from console.hub.refusal import Refused
from console.hub.store import Tx
from console.wire.catalogue import CatalogueImport

What = Literal["classes", "rules"]

MAX_LISTED = 1000
"""Changed ids that the audit entry names."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read, and under what name it came."""

    what: What
    name: str
    sha256: str
    classes: Taken[wire.CatalogueItem] = field(default_factory=Taken)
    rules: Taken[wire.FilingRule] = field(default_factory=Taken)

    @property
    def problems(self) -> list[Problem]:
        return self.classes.problems + self.rules.problems


def read_table(what: What, data: bytes, name: str, standard: str) -> Table:
    """Read a table; blocking. ``standard`` is what a city's own list is called."""
    digest = hashlib.sha256(data).hexdigest()
    if what == "classes":
        return Table(what, name, digest, classes=read_classes(data, name, standard))
    return Table(what, name, digest, rules=read_rules(data, name))


def take_table(tx: Tx, table: Table, actor: str, *, preview: bool) -> CatalogueImport:
    """Keep what a table says, as a new version, unless it is only to be looked at.

    Raises :class:`Refused` naming every bad row; nothing is kept then.
    """
    known, units = tx.all(wire.CatalogueItem), tx.all(wire.Department)
    problems = table.problems or unknown(table.classes, table.rules, known, units)
    if problems:
        rows = [{"row": p.row, "column": p.column, "reason": p.reason} for p in problems]
        current = {"problems": rows}
        raise Refused("bad_table", str(problems[0]), field=table.what, current=current)
    kind = "catalogue" if table.what == "classes" else "rule"
    bodies: list[wire.Message] = [*table.classes.bodies, *table.rules.bodies]
    added, changed = (list(map(wire.id_of, group)) for group in differences(tx, kind, bodies))
    result = CatalogueImport(
        what=table.what, rows=len(bodies), added=added, changed=changed, version=None
    )
    if preview or not (added or changed):
        return result
    keep(tx, kind, bodies)
    version = next_version(tx)
    detail = {
        "version": version,
        "file": table.name,
        "sha256": table.sha256,
        "added": len(added),
        "changed": changed[:MAX_LISTED],
    }
    tx.audit(actor, "catalogue.import", table.what, detail)
    return result.model_copy(update={"version": version})
