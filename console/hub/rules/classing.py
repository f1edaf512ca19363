"""What follows from the class of a case: the rule it is filed by, and the department that answers.

The one way to give a case a class, for its proposal, its correction and its filing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from console import wire
from console.domain.catalogue import Condition, applicable, meant, route
from console.domain.clock import CHINA
from console.domain.geo import inside
from console.hub.catalogue import base
from console.hub.refusal import Refused
from console.hub.store import Tx

if TYPE_CHECKING:
    from console.hub.context import Hub


@dataclass(frozen=True, slots=True)
class Classed:
    """A class with the rule and the department that go with it at a place."""

    item: wire.CatalogueItem
    rule: wire.FilingRule | None
    department: wire.Department | None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of a case that follow; its clocks follow from those."""
        return {
            "scheme": self.item.scheme,
            "kind": self.item.kind,
            "code": self.item.code,
            "name": self.item.name,
            "rule": self.rule.id if self.rule else None,
            "department": self.department.id if self.department else None,
            "department_name": self.department.name if self.department else "",
        }

    @property
    def snapshot(self) -> dict[str, Any]:
        """Class and rule as they stand now: what a fact keeps as ``classed``."""
        rule = self.rule.model_dump(mode="json") if self.rule else None
        return {"class": self.item.model_dump(mode="json", exclude={"initials"}), "rule": rule}


def classed(
    hub: Hub,
    tx: Tx,
    item: wire.CatalogueItem,
    at: wire.Point,
    rule_id: str | None = None,
    text: str = "",
) -> Classed:
    """Return what follows from a class at a place.

    Without a rule's id the rule whose condition ``text`` speaks of is taken. Raises
    :class:`Refused` for a rule that is not one of the class today.
    """
    rules = rules_of(tx, item, tx.now.astimezone(CHINA).date())
    rule = _chosen(rules, rule_id, text)
    return Classed(item, rule, department_of(hub, tx, item, rule, at))


def rules_of(tx: Tx, item: wire.CatalogueItem, day: date) -> list[wire.FilingRule]:
    """Return the rules of a class on a day, in the order of their ids.

    A class without any has those of its base class.
    """
    rules = tx.all(wire.FilingRule).values()
    for of in (wire.id_of(item), item.maps_to):
        own = sorted((rule for rule in rules if rule.of == of), key=lambda rule: rule.id)
        if found := applicable(own, day):
            return found
    return []


def _chosen(rules: list[wire.FilingRule], rule_id: str | None, text: str) -> wire.FilingRule | None:
    by_id = {rule.id: rule for rule in rules}
    if rule_id is not None and rule_id not in by_id:
        raise Refused("unknown_rule", f"{rule_id} is no rule of the class", field="rule")
    return by_id.get(rule_id or meant(text, [_condition(rule) for rule in rules]))


def _condition(rule: wire.FilingRule) -> Condition:
    return base.conditions().get(rule.id) or Condition(rule.id, rule.condition)


def department_of(
    hub: Hub,
    tx: Tx,
    item: wire.CatalogueItem,
    rule: wire.FilingRule | None,
    at: wire.Point,
) -> wire.Department | None:
    """Return the department that answers: the one the rule names, else by routing, else none."""
    if rule is not None and rule.department:
        return tx.get(wire.Department, rule.department)
    class_id = wire.id_of(item)
    responsible = rule.responsible if rule else ""
    grids = [grid.id for grid in grids_at(tx.all(wire.Grid).values(), at)]
    ids = [class_id, item.maps_to] if item.maps_to else [class_id]
    for id_ in ids:
        found = route(hub.register.routes, id_, responsible, grids)
        if found is not None:
            return tx.get(wire.Department, found)
    return None


def grids_at(grids: Iterable[wire.Grid], at: wire.Point) -> list[wire.Grid]:
    """Return the grids that hold a point, the finest first."""
    holding = [grid for grid in grids if inside(at.lat, at.lon, grid.ring)]
    return sorted(holding, key=lambda grid: (-grid.level, grid.id))
