"""What somebody else did to a case meanwhile, in words: news, not a fault."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
from widgets.wording import state_text, word

_FIELDS = {
    "state": QT_TRANSLATE_NOOP("Field", "state"),
    "code": QT_TRANSLATE_NOOP("Field", "class"),
    "at": QT_TRANSLATE_NOOP("Field", "place"),
    "rule": QT_TRANSLATE_NOOP("Field", "filing rule"),
    "priority": QT_TRANSLATE_NOOP("Field", "priority"),
    "supervised": QT_TRANSLATE_NOOP("Field", "supervision"),
    "department": QT_TRANSLATE_NOOP("Field", "department"),
    "assisting": QT_TRANSLATE_NOOP("Field", "assisting units"),
    "unit": QT_TRANSLATE_NOOP("Field", "unit"),
    "claimed_by": QT_TRANSLATE_NOOP("Field", "in hand of"),
    "merged_into": QT_TRANSLATE_NOOP("Field", "merged into"),
    "paused": QT_TRANSLATE_NOOP("Field", "suspended since"),
}
_CHANGED = QT_TRANSLATE_NOOP("Merging", "{who} changed {case}: {what}")
_MEANWHILE = QT_TRANSLATE_NOOP("Merging", "{case} was changed meanwhile: now {what}")
_SOMEBODY = QT_TRANSLATE_NOOP("Merging", "Somebody")
_NONE = QT_TRANSLATE_NOOP("Merging", "none")
_CLAIMED = QT_TRANSLATE_NOOP("Merging", "{who} has {case} in hand")


def _tr(text: object) -> str:
    return QCoreApplication.translate("Merging", str(text))


def conflict_text(problem: wire.Problem) -> str:
    """Return who changed what of the case a refusal carries."""
    row = wire.CaseRow.model_validate(problem.current)
    if not problem.changes:
        now = " ".join(filter(None, (state_text(row.state), row.unit_name)))
        return _tr(_MEANWHILE).format(case=row.name, what=now)
    what = "; ".join(map(_change, problem.changes))
    who = problem.changed_by or _tr(_SOMEBODY)
    return _tr(_CHANGED).format(who=who, case=row.name, what=what)


def claimed_text(problem: wire.Problem) -> str:
    """Return who has the case in hand that a refusal carries."""
    row = wire.CaseRow.model_validate(problem.current)
    return _tr(_CLAIMED).format(who=row.claimed_name, case=row.name)


def _change(change: wire.FieldChange) -> str:
    name = word("Field", _FIELDS, change.field)
    return f"{name} {_value(change.field, change.was)} → {_value(change.field, change.now)}"


def _value(field: str, value: Any) -> str:
    if field == "state":
        return state_text(str(value))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _tr(_NONE)
    return _tr(_NONE) if value in (None, "") else str(value)
