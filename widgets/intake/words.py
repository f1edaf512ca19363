"""How rows and fields of what is handed over are called, and why one cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
from console.domain.clock import CHINA
from widgets.wording import problem_text

_FIELDS = {
    "at": QT_TRANSLATE_NOOP("Intake", "time"),
    "camera": QT_TRANSLATE_NOOP("Intake", "camera"),
    "code": QT_TRANSLATE_NOOP("Intake", "class"),
    "file": QT_TRANSLATE_NOOP("Intake", "file"),
    "group": QT_TRANSLATE_NOOP("Intake", "group"),
    "lat": QT_TRANSLATE_NOOP("Intake", "latitude"),
    "lon": QT_TRANSLATE_NOOP("Intake", "longitude"),
    "media": QT_TRANSLATE_NOOP("Intake", "pictures"),
    "photo": QT_TRANSLATE_NOOP("Intake", "pictures"),
    "place": QT_TRANSLATE_NOOP("Intake", "place"),
    "text": QT_TRANSLATE_NOOP("Intake", "words"),
}
_WHY = {
    "argument_missing": QT_TRANSLATE_NOOP("Intake", "missing"),
    "bad_value": QT_TRANSLATE_NOOP("Intake", "cannot be read"),
    "empty": QT_TRANSLATE_NOOP("Intake", "nothing in it"),
    "in_the_future": QT_TRANSLATE_NOOP("Intake", "lies in the future"),
    "missing": QT_TRANSLATE_NOOP("Intake", "missing"),
    "outside": QT_TRANSLATE_NOOP("Intake", "lies outside of this town"),
    "photo_damaged": QT_TRANSLATE_NOOP("Intake", "no picture that can be read"),
    "photo_too_large": QT_TRANSLATE_NOOP("Intake", "too large"),
    "sheet_bad_encoding": QT_TRANSLATE_NOOP("Intake", "neither UTF-8 nor GB 18030"),
    "sheet_bad_workbook": QT_TRANSLATE_NOOP("Intake", "no workbook that can be read"),
    "sheet_empty": QT_TRANSLATE_NOOP("Intake", "no rows in it"),
    "sheet_formula": QT_TRANSLATE_NOOP("Intake", "has formulas: save their values"),
    "sheet_no_column": QT_TRANSLATE_NOOP("Intake", "has no column for it"),
    "sheet_no_table": QT_TRANSLATE_NOOP("Intake", "neither CSV nor XLSX"),
    "sheet_too_large": QT_TRANSLATE_NOOP("Intake", "too large"),
    "sheet_too_many_rows": QT_TRANSLATE_NOOP("Intake", "has too many rows"),
    "sheet_wrong_columns": QT_TRANSLATE_NOOP("Intake", "columns do not fit"),
    "too_long": QT_TRANSLATE_NOOP("Intake", "too long"),
    "too_old": QT_TRANSLATE_NOOP("Intake", "more than a year ago"),
    "unknown_class": QT_TRANSLATE_NOOP("Intake", "no such class"),
    "unknown_place": QT_TRANSLATE_NOOP("Intake", "no street or place of this town"),
}


def _word(table: Mapping[str, object], key: str) -> str:
    return QCoreApplication.translate("Intake", str(table[key]))


def field_text(field: str) -> str:
    """Return what a field is called; an unknown one by itself."""
    return _word(_FIELDS, field) if field in _FIELDS else field


def refusal_text(problem: wire.Problem) -> str:
    """Return "field: why" of a refusal."""
    why = _word(_WHY, problem.code) if problem.code in _WHY else problem_text(problem)
    if (
        problem.code in ("sheet_no_column", "sheet_bad_workbook", "unknown_class")
        and problem.detail
    ):
        why = f"{why} ({problem.detail})"
    return f"{field_text(problem.field)}: {why}" if problem.field else why


def row_problem(row: wire.HandedRow) -> str:
    """Return why a row cannot be taken, or an empty text."""
    if not row.problem:
        return ""
    return refusal_text(wire.Problem(code=row.problem, detail=row.detail, field=row.field or None))


def row_text(row: wire.HandedRow, class_name: str) -> str:
    """Return a row in one line: number, who and when, class, words."""
    when = row.at.astimezone(CHINA).strftime("%m-%d %H:%M") if row.at else ""
    head = " ".join(part for part in (row.name, when) if part)
    words = " ".join(row.text.split())
    parts = [f"{row.number}", head, class_name, words]
    if row.pictures:
        parts.append(QCoreApplication.translate("Intake", "%n picture(s)", "", row.pictures))
    if row.missing:
        parts.append(QCoreApplication.translate("Intake", "%n picture(s) missing", "", row.missing))
    return "  ·  ".join(part for part in parts if part)
