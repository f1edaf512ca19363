"""The classes and the filing rules that ship with the program."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Iterator
from typing import Any, Literal

from console import wire
from console.domain.catalogue import BASE, Condition
from console.domain.limit import parse
from console.resources import resource

STANDARDS = {
    "gb2026": "catalogues/gbt47678_5_2026.json",
    "gb2013": "catalogues/gbt30428_2_2013.json",
}
"""Scheme -> its classes. The older scheme maps to the base; no new case is opened under it."""

FACILITIES = "catalogues/rules_facilities.toml"
MATTERS = "catalogues/rules_matters.toml"

DAY = 24
"""Hours a matter may take where its component may take longer (S0-15)."""

Kind = Literal["matter", "component"]


def classes() -> list[wire.CatalogueItem]:
    """Return the classes of all schemes that ship with the program."""
    tables = {scheme: json.loads(_text(path)) for scheme, path in STANDARDS.items()}
    hours = {kind: group["hours"] for kind, group in tables[wire.BASE_SCHEME]["kinds"].items()}
    return [
        wire.CatalogueItem(
            standard=table["standard"],
            scheme=scheme,
            kind=kind,
            code=row["code"],
            major=row["major"],
            name=row["name"],
            hours=hours[kind],
            maps_to=row.get("maps_to"),
        )
        for scheme, table in tables.items()
        for kind, group in table["kinds"].items()
        for row in group["classes"]
    ]


def rules() -> list[wire.FilingRule]:
    """Return the base rules; the ids of a class's rules sort in their order."""
    return [rule for rule, _ in _written()]


@functools.cache
def conditions() -> dict[str, Condition]:
    """Return the conditions of the base rules with the words that mean them, by rule id."""
    return {rule.id: Condition(rule.id, rule.condition, words) for rule, words in _written()}


Written = tuple[wire.FilingRule, tuple[str, ...]]


@functools.cache
def _written() -> tuple[Written, ...]:
    return (*_facilities(), *_matters())


def _facilities() -> Iterator[Written]:
    table = tomllib.loads(_text(FACILITIES))
    names = {item.code: item.name for item in classes() if _is_base(item, "component")}
    matters = {item.code for item in classes() if _is_base(item, "matter")}
    for group in table["group"]:
        for responsible, spans in group["classes"].items():
            for code in _codes(spans, sorted(names)):
                for place, row in enumerate(table["set"][group["set"]], 1):
                    about = {"responsible": responsible, "basis": group.get("basis", "")}
                    row = row | {
                        "when": row["when"].format(name=names[code]),
                        "close": row["close"].format(name=names[code]),
                        "key": f"{place}-{row['key']}",
                    }
                    yield _rule("component", code, row | about, table["source"])
                    event = row.get("event", _within_a_day(row["limit"]))
                    if event and code in matters:
                        shorter = row | about | {"limit": event}
                        yield _rule("matter", code, shorter, table["source"])


def _matters() -> Iterator[Written]:
    table = tomllib.loads(_text(MATTERS))
    source = table.pop("source")
    for code, group in table.items():
        about = {name: group.get(name, "") for name in ("responsible", "basis")}
        for place, row in enumerate(group["rules"], 1):
            numbered = row | {"key": f"{place}-{row['key']}"}
            yield _rule("matter", code, about | numbered, source)


def _rule(kind: Kind, code: str, row: dict[str, Any], source: str) -> Written:
    of = wire.class_id(wire.BASE_SCHEME, kind, code)
    rule = wire.FilingRule(
        id=f"{BASE}{of}/{row['key']}",
        of=of,
        condition=row["when"],
        limit=row["limit"],
        closing=row["close"],
        responsible=row["responsible"],
        basis=row["basis"],
        source=source,
    )
    return rule, tuple(row["words"].split())


def _within_a_day(limit: str) -> str:
    hours = {"natural_days": 24.0, "natural_hours": 1.0, "urgent_hours": 1.0}
    given = parse(limit)
    long = given.value * hours.get(given.type, DAY + 1) > DAY
    return f"natural_hours:{DAY}" if long else limit


def _codes(spans: str, known: list[str]) -> Iterator[str]:
    """Yield the known codes in such as ``01001 01005-01012``; both ends are included."""
    for span in spans.split():
        first, _, last = span.partition("-")
        yield from (code for code in known if first <= code <= (last or first))


def _is_base(item: wire.CatalogueItem, kind: str) -> bool:
    return item.scheme == wire.BASE_SCHEME and item.kind == kind


def _text(path: str) -> str:
    return resource(path).read_text("utf-8")
