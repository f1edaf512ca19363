"""What the seat knows: the hub's truth as of one number, kept in plain dicts by id.

The mirror is touched by one thread only (the seat's own); whoever receives from the
network hands messages over. Applying changes in order to a snapshot gives exactly the
snapshot of the later number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from console import wire
from console.domain.case import OPEN

OPEN_STATES = frozenset(state.value for state in OPEN)


@dataclass(slots=True)
class ChangeSet:
    """Which ids of which kind were touched. ``whole`` means everything was replaced."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    whole: bool = False

    def touches(self, kind: str) -> bool:
        """Tell whether anything of this kind may look different now."""
        return self.whole or kind in self.kinds

    def add(self, kind: str, entity_id: str) -> None:
        """Note one touched entity."""
        self.kinds.setdefault(kind, set()).add(entity_id)

    def merge(self, other: ChangeSet) -> None:
        """Take over what the other set touched."""
        self.whole = self.whole or other.whole
        for kind, ids in other.kinds.items():
            self.kinds.setdefault(kind, set()).update(ids)


Tables = dict[str, dict[str, Any]]
"""Entities by kind and id."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A snapshot whose entities were parsed where it came in, not on the seat's own thread."""

    snapshot: wire.Snapshot
    tables: Tables


def parse(snapshot: wire.Snapshot) -> Tables:
    """Return a snapshot's entities as wire models."""
    tables: Tables = {}
    for kind, model in wire.KINDS.items():
        bodies = snapshot.entities.get(kind, [])
        entities = [model.model_validate(body) for body in bodies]
        tables[kind] = {wire.id_of(entity): entity for entity in entities}
    return tables


def fresh(snapshot: wire.Snapshot) -> Fresh:
    """Parse a snapshot for the mirror."""
    return Fresh(snapshot, parse(snapshot))


class Mirror:
    """Entities by id, as :func:`wire.id_of` gives it."""

    def __init__(self) -> None:
        self.cases: dict[str, wire.CaseRow] = {}
        self.cameras: dict[str, wire.Camera] = {}
        self.speakers: dict[str, wire.Speaker] = {}
        self.units: dict[str, wire.Unit] = {}
        self.streets: dict[str, wire.Street] = {}
        self.grids: dict[str, wire.Grid] = {}
        self.zones: dict[str, wire.Zone] = {}
        self.places: dict[str, wire.Place] = {}
        self.calls: dict[str, wire.Call] = {}
        self.templates: dict[str, wire.Template] = {}
        self.catalogue: dict[str, wire.CatalogueItem] = {}
        self.rules: dict[str, wire.FilingRule] = {}
        self.departments: dict[str, wire.Department] = {}
        self.orders: dict[str, wire.SupervisionOrder] = {}
        self.notices: dict[str, wire.Notice] = {}
        self.campaigns: dict[str, wire.Campaign] = {}
        self.rounds: dict[str, wire.Round] = {}
        self.positions: dict[str, wire.Position] = {}
        self.health: wire.Health | None = None
        self.present: list[wire.Present] = []
        self.seq = 0
        self.at: datetime | None = None
        self.town = ""
        self.officer = wire.Officer(id="", name="", roles=[])
        self._tables: dict[str, dict[str, Any]] = {
            "case": self.cases,
            "camera": self.cameras,
            "speaker": self.speakers,
            "unit": self.units,
            "street": self.streets,
            "grid": self.grids,
            "zone": self.zones,
            "place": self.places,
            "call": self.calls,
            "template": self.templates,
            "catalogue": self.catalogue,
            "rule": self.rules,
            "department": self.departments,
            "order": self.orders,
            "notice": self.notices,
            "campaign": self.campaigns,
            "round": self.rounds,
        }

    def table(self, kind: str) -> dict[str, Any]:
        """Return the dict of one kind of change, such as ``case``."""
        return self._tables[kind]

    def load(self, snapshot: wire.Snapshot, tables: Tables | None = None) -> ChangeSet:
        """Replace everything by a snapshot; ``tables`` are its parsed entities, if at hand."""
        parsed = parse(snapshot) if tables is None else tables
        for kind, table in self._tables.items():
            table.clear()
            table.update(parsed[kind])
        self.seq, self.at, self.town = snapshot.seq, snapshot.at, snapshot.town
        self.officer = snapshot.officer
        return ChangeSet(whole=True)

    def apply(self, changes: Iterable[wire.Change]) -> ChangeSet:
        """Apply numbered changes; those already known are passed over."""
        touched = ChangeSet()
        for change in changes:
            if change.seq <= self.seq:
                continue
            self.seq, self.at = change.seq, change.at
            table = self._tables.get(change.kind)
            if table is None:
                continue
            if change.body is None:
                table.pop(change.id, None)
            else:
                table[change.id] = wire.KINDS[change.kind].model_validate(change.body)
            touched.add(change.kind, change.id)
        return touched

    def take_case(self, body: dict[str, Any]) -> ChangeSet:
        """Take a case that a refusal carried; an older version never replaces a newer one."""
        case = wire.CaseRow.model_validate(body)
        known = self.cases.get(case.id)
        touched = ChangeSet()
        if known is None or case.version > known.version:
            self.cases[case.id] = case
            touched.add("case", case.id)
        return touched

    def move(self, positions: Iterable[wire.Position]) -> None:
        """Take newer positions; an older fix never replaces a newer one."""
        for position in positions:
            known = self.positions.get(position.unit)
            if known is None or position.at >= known.at:
                self.positions[position.unit] = position

    def queue(self) -> list[wire.CaseRow]:
        """Return the open cases, the most urgent first."""
        return sorted((c for c in self.cases.values() if c.state in OPEN_STATES), key=urgency)


def urgency(case: wire.CaseRow) -> tuple[int, datetime, str]:
    """Sort key of the queue: priority falls, then the nearer deadline, then the id."""
    due = case.due if case.stage_due is None else min(case.due, case.stage_due)
    return -case.priority, due, case.id
