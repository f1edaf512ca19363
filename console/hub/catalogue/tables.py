"""Tables of classes and filing rules that a bureau hands over, as wire models or problems.

Column names are English or Chinese. Every row is looked at, so that all that is wrong with a file
is told at once; whoever imports keeps nothing of a file that has a problem.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from console import wire
from console.domain.limit import parse
from console.hub.sheets import SheetError, read_rows

LOCAL = "local"
"""Scheme of a city's own classes."""

MAX_PROBLEMS = 200
MAX_ROWS = 5_000
"""Rows of one table; a city has a few hundred."""

MAX_ID = 96
"""Characters that the store keeps of an id."""

_COLUMNS = {
    "方案": "scheme",
    "类型": "kind",
    "代码": "code",
    "大类": "major",
    "名称": "name",
    "时限小时": "hours",
    "对应基础类": "maps_to",
    "生效日期": "since",
    "失效日期": "until",
    "编号": "id",
    "立案条件": "condition",
    "处置时限": "limit",
    "结案条件": "closing",
    "责任部门": "department",
    "责任单位": "responsible",
    "法律依据": "basis",
    "来源": "source",
}
_MOST = {
    "standard": 120,
    "major": 60,
    "name": 100,
    "condition": 500,
    "closing": 500,
    "department": 64,
    "responsible": 100,
    "basis": 300,
    "source": 200,
}
"""Characters a column may hold."""

_KINDS = {"事件": "matter", "部件": "component"}
_LIMITS = {
    "分钟": "natural_minutes",
    "小时": "natural_hours",
    "天": "natural_days",
    "自然日": "natural_days",
    "紧急工作时": "urgent_hours",
    "工作时": "working_hours",
    "工作日": "working_days",
}
_LIMIT = re.compile(rf"(\d+(?:\.\d+)?)\s*个?({'|'.join(_LIMITS)})")
_CODE = re.compile(r"[0-9A-Za-z]{2,16}")

M = TypeVar("M", bound=wire.Message)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken; row 0 is the file itself."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else "file"
        return ": ".join(filter(None, (where, self.column, self.reason)))


@dataclass(slots=True)
class Taken(Generic[M]):
    """What a table says, and all that is wrong with it."""

    bodies: list[M] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    """Id -> the row it stands in."""
    problems: list[Problem] = field(default_factory=list)


class _CellError(ValueError):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def read_classes(data: bytes, name: str, standard: str) -> Taken[wire.CatalogueItem]:
    """Read a city's own classes. ``standard`` is what the list is called where it does not say.

    Columns: kind, code, name, major, hours; maps_to, since, until may be empty.
    """

    def make(row: Mapping[str, str]) -> wire.CatalogueItem:
        kind = _kind(row)
        given = {
            "standard": row.get("standard") or standard,
            "scheme": LOCAL,
            "kind": kind,
            "code": _code(row),
            "major": _needed(row, "major"),
            "name": _needed(row, "name"),
            "hours": _hours(row),
            "maps_to": _base_id(row["maps_to"], kind) if row.get("maps_to") else None,
        }
        return wire.CatalogueItem.model_validate(given | _days(row))

    return _read(data, name, make)


def read_rules(data: bytes, name: str) -> Taken[wire.FilingRule]:
    """Read filing rules for classes of any scheme.

    Columns: scheme (empty for the base), kind, code, condition, limit, closing; id, department,
    responsible, basis, source, since, until may be empty. A limit is ``type:value`` or such as
    ``4小时`` and ``2紧急工作时``.
    """

    def make(row: Mapping[str, str]) -> wire.FilingRule:
        of = wire.class_id(row.get("scheme") or wire.BASE_SCHEME, _kind(row), _code(row))
        condition = _needed(row, "condition")
        digest = hashlib.sha256(condition.encode()).hexdigest()[:12]
        id_ = f"own/{row.get('id') or f'{of}/{digest}'}"
        if len(id_) > MAX_ID:
            raise _CellError("id", f"more than {MAX_ID - 4} characters")
        given = {
            "id": id_,
            "of": of,
            "condition": condition,
            "limit": _limit(row),
            "closing": _needed(row, "closing"),
            "department": row.get("department") or None,
            **{name: row.get(name, "") for name in ("responsible", "basis", "source")},
        }
        return wire.FilingRule.model_validate(given | _days(row))

    return _read(data, name, make)


def unknown(
    classes: Taken[wire.CatalogueItem],
    rules: Taken[wire.FilingRule],
    known: Collection[str],
    departments: Collection[str],
) -> list[Problem]:
    """Return what the rows speak of that is not there, nor among themselves.

    ``known`` are ids of classes that are there already.
    """
    every = {*known, *map(wire.id_of, classes.bodies)}
    wrong = [
        Problem(classes.rows[wire.id_of(item)], "maps_to", f"there is no class {item.maps_to}")
        for item in classes.bodies
        if item.maps_to and item.maps_to not in every
    ]
    for rule in rules.bodies:
        row = rules.rows[rule.id]
        if rule.of not in every:
            wrong.append(Problem(row, "code", f"there is no class {rule.of}"))
        if rule.department and rule.department not in departments:
            wrong.append(Problem(row, "department", f"there is no department {rule.department}"))
    return wrong


def _read(data: bytes, name: str, make: Callable[[Mapping[str, str]], M]) -> Taken[M]:
    taken = Taken[M]()
    try:
        for number, cells in read_rows(data, name):
            if len(taken.problems) >= MAX_PROBLEMS:
                break
            if len(taken.bodies) >= MAX_ROWS:
                taken.problems.append(Problem(number, "", f"more than {MAX_ROWS} rows"))
                break
            row = {_COLUMNS.get(column, column.lower()): text for column, text in cells.items()}
            try:
                _check_lengths(row)
                body = make(row)
            except _CellError as error:
                taken.problems.append(Problem(number, error.column, str(error)))
                continue
            except ValidationError as error:
                first = error.errors()[0]
                column = ".".join(str(part) for part in first["loc"])
                taken.problems.append(Problem(number, column, first["msg"]))
                continue
            first_row = taken.rows.setdefault(wire.id_of(body), number)
            if first_row != number:
                reason = f"{wire.id_of(body)} already stands in row {first_row}"
                taken.problems.append(Problem(number, "id", reason))
            taken.bodies.append(body)
    except SheetError as error:
        taken.problems.append(Problem(error.row or 0, "", error.detail or error.code))
    if not taken.bodies and not taken.problems:
        taken.problems.append(Problem(0, "", "no row below the header"))
    return taken


def _check_lengths(row: Mapping[str, str]) -> None:
    for column, most in _MOST.items():
        if len(row.get(column, "")) > most:
            raise _CellError(column, f"more than {most} characters")


def _needed(row: Mapping[str, str], column: str) -> str:
    text = row.get(column, "")
    if not text:
        raise _CellError(column, "is missing")
    return text


def _kind(row: Mapping[str, str]) -> str:
    text = _needed(row, "kind")
    kind = _KINDS.get(text, text)
    if kind not in _KINDS.values():
        raise _CellError("kind", f"{text} is neither matter (事件) nor component (部件)")
    return kind


def _code(row: Mapping[str, str]) -> str:
    code = _needed(row, "code")
    if not _CODE.fullmatch(code):
        raise _CellError("code", f"{code} is no code of 2 to 16 digits and letters")
    return code


def _hours(row: Mapping[str, str]) -> float:
    text = _needed(row, "hours")
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 8784:
        raise _CellError("hours", f"{text} is no number of hours up to a year")
    return hours


def _limit(row: Mapping[str, str]) -> str:
    text = _needed(row, "limit")
    if found := _LIMIT.fullmatch(text):
        text = f"{_LIMITS[found[2]]}:{found[1]}"
    try:
        limit = parse(text)
    except ValueError as error:
        raise _CellError("limit", str(error)) from None
    if limit.value <= 0:
        raise _CellError("limit", f"{text} is no time at all")
    return str(limit)


def _base_id(text: str, kind: str) -> str:
    """Return the id of a base class from an id, ``kind/code`` or a code of the same kind."""
    parts = text.split("/")
    if len(parts) == 3 and parts[0] == wire.BASE_SCHEME:
        return text
    if len(parts) == 2:
        return wire.class_id(wire.BASE_SCHEME, _KINDS.get(parts[0], parts[0]), parts[1])
    if len(parts) == 1:
        return wire.class_id(wire.BASE_SCHEME, kind, text)
    raise _CellError("maps_to", f"{text} is no class of {wire.BASE_SCHEME}")


def _days(row: Mapping[str, str]) -> dict[str, Any]:
    days: dict[str, date] = {}
    for column in ("since", "until"):
        if text := row.get(column):
            try:
                days[column] = date.fromisoformat(text.replace("/", "-"))
            except ValueError:
                raise _CellError(column, f"{text} is no day such as 2026-01-31") from None
    if len(days) == 2 and days["until"] < days["since"]:
        raise _CellError("until", "ends before it begins")
    return days
