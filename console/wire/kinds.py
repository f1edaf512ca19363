"""What the mirror holds: each kind of entity with its model."""

from __future__ import annotations

from console.wire.base import Message
from console.wire.case import CaseRow
from console.wire.catalogue import CatalogueItem, Department, FilingRule, class_id
from console.wire.joint import Campaign, Notice, Round, SupervisionOrder
from console.wire.town import Camera, Grid, Place, Speaker, Street, Unit, Zone
from console.wire.voice import Call, Template

KINDS: dict[str, type[Message]] = {
    "case": CaseRow,
    "camera": Camera,
    "speaker": Speaker,
    "unit": Unit,
    "street": Street,
    "grid": Grid,
    "zone": Zone,
    "place": Place,
    "call": Call,
    "template": Template,
    "catalogue": CatalogueItem,
    "rule": FilingRule,
    "department": Department,
    "order": SupervisionOrder,
    "notice": Notice,
    "campaign": Campaign,
    "round": Round,
}
"""Kind of change -> the model of its body: what a seat's mirror holds."""


def id_of(body: Message) -> str:
    """Return the id under which an entity is kept."""
    if isinstance(body, CatalogueItem):
        return class_id(body.scheme, body.kind, body.code)
    id_: str = getattr(body, "id")  # noqa: B009 - every other kind of KINDS has one
    return id_
