"""What a line of history did to what: whom it sent, into which case, by how many hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
from console.seat.mirror import Mirror
from widgets.wording import (
    level_text,
    limit_text,
    priority_text,
    satisfaction_text,
    stage_text,
    verdict_text,
)

Tell = Callable[[dict[str, Any], Mirror], str]


def what_text(fact: wire.Fact, mirror: Mirror) -> str:
    """Return what a deed was done with or to, or nothing where the deed says all."""
    tell = _TELLS.get(fact.action)
    return tell(fact.data, mirror) if tell else ""


def _phrase(text: object, **slots: Any) -> str:
    return QCoreApplication.translate("Story", str(text)).format(**slots)


def _name(table: dict[str, Any], key: Any) -> str:
    found = table.get(str(key))
    return str(found.name) if found is not None else str(key)


def _sent(data: dict[str, Any], mirror: Mirror) -> str:
    """Name who was sent: the fact keeps the name of then."""
    if data.get("name"):
        return str(data["name"])
    if data.get("unit"):
        return _name(mirror.units, data["unit"])
    return _name(mirror.departments, data["department"]) if data.get("department") else ""


def _departments(data: dict[str, Any], mirror: Mirror) -> str:
    return ", ".join(_name(mirror.departments, d) for d in data.get("departments") or ())


def _reclassified(data: dict[str, Any], mirror: Mirror) -> str:
    before, after = data.get("from"), data.get("to")
    if not before or not after:
        return ""
    return f"{_name(mirror.catalogue, before)} → {_name(mirror.catalogue, after)}"


def _case(data: dict[str, Any], _mirror: Mirror) -> str:
    """Name the other case of a merge, a split or a report that moved."""
    into = next((data[key] for key in ("into", "to", "child") if data.get(key)), None)
    out_of = next((data[key] for key in ("from", "parent") if data.get(key)), None)
    if into is not None:
        return _phrase(_INTO, case=into)
    return _phrase(_OUT_OF, case=out_of) if out_of is not None else str(data.get("case", ""))


def _worded(text: Callable[[object], str], key: str) -> Tell:
    def tell(data: dict[str, Any], _mirror: Mirror) -> str:
        return text(data.get(key))

    return tell


def _hours(data: dict[str, Any], _mirror: Mirror) -> str:
    return _phrase(_BY_HOURS, n=f"{data['hours']:g}") if data.get("hours") else ""


def _days(data: dict[str, Any], _mirror: Mirror) -> str:
    return _phrase(_FOR_DAYS, n=f"{data['days']:g}") if data.get("days") else ""


def _stage(data: dict[str, Any], _mirror: Mirror) -> str:
    stage = stage_text(str(data["stage"])) if data.get("stage") else ""
    allowed = limit_text(str(data["limit"])) if data.get("limit") else ""
    return "  ".join(filter(None, (stage, allowed)))


def _upheld(data: dict[str, Any], mirror: Mirror) -> str:
    return "  ".join(filter(None, (_stage(data, mirror), verdict_text(data.get("upheld")))))


def _platform(data: dict[str, Any], mirror: Mirror) -> str:
    return _name(mirror.departments, data["platform"]) if data.get("platform") else ""


_INTO = QT_TRANSLATE_NOOP("Story", "into {case}")
_OUT_OF = QT_TRANSLATE_NOOP("Story", "out of {case}")
_BY_HOURS = QT_TRANSLATE_NOOP("Story", "{n} hours")
_FOR_DAYS = QT_TRANSLATE_NOOP("Story", "for {n} days")

_TELLS: dict[str, Tell] = {
    "dispatch": _sent,
    "assign": _sent,
    "rework": _sent,
    "verify": _sent,
    "assist": _departments,
    "reclassify": _reclassified,
    "prioritise": _worded(priority_text, "priority"),
    "merge": _case,
    "unmerge": _case,
    "split": _case,
    "move_report": _case,
    "join": _reclassified,
    "suspend": _days,
    "ask_extension": _hours,
    "extend": _hours,
    "supervise": _worded(level_text, "level"),
    "transfer": _platform,
    "propose": _case,
    "timeout": _stage,
    "appeal": _stage,
    "review": _upheld,
    "rate": _worded(satisfaction_text, "satisfaction"),
    "note": _stage,
}
