"""Classes of case, the rules by which they are filed, and who answers for them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from console.wire.base import Message

BASE_SCHEME = "gb2026"
"""GB/T 47678.5-2026; every other scheme maps to it."""


class CatalogueItem(Message):
    """One class of case. Its key is (scheme, kind, code): a code stands in several lists.

    ``maps_to`` is the class id in the base scheme that an older or local class stands for.
    ``since`` and ``until`` are the days between which cases may be opened under it.
    """

    standard: str
    scheme: str = BASE_SCHEME
    kind: Literal["matter", "component"]
    code: str
    major: str
    name: str
    hours: float
    initials: str = ""
    maps_to: str | None = None
    since: date | None = None
    until: date | None = None


class FilingRule(Message):
    """When a class is filed, how long it may take and when it may be closed.

    ``of`` is the class id. ``limit`` is written ``type:value``, such as ``natural_hours:24``.
    ``department`` is the id of the member unit that answers for it; ``responsible`` says who
    must put it right, in words; ``source`` names where the rule comes from.
    """

    id: str
    of: str
    condition: str
    limit: str
    closing: str
    department: str | None = None
    responsible: str = ""
    basis: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None


class Department(Message):
    """A member unit that cases are sent to: its duty phone, and whether it leads or assists."""

    id: str
    name: str
    kind: Literal["bureau", "member", "platform"] = "member"
    phone: str = ""
    district: str = ""


class CatalogueImport(Message):
    """What an import of classes or rules changes: ids that are new, ids that were otherwise.

    ``version`` counts the imports that changed something; None where nothing was kept.
    """

    what: Literal["classes", "rules"]
    rows: int
    added: list[str]
    changed: list[str]
    version: int | None


def class_id(scheme: str, kind: str, code: str) -> str:
    """Return the id of a class, such as ``gb2026/matter/09001``."""
    return f"{scheme}/{kind}/{code}"
