"""How the pickers say limits."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.seat.text import QT_TRANSLATE_NOOP

_LIMITS = {
    "natural_minutes": QT_TRANSLATE_NOOP("Limit", "{} min"),
    "natural_hours": QT_TRANSLATE_NOOP("Limit", "{} h"),
    "urgent_hours": QT_TRANSLATE_NOOP("Limit", "{} h urgent"),
    "working_hours": QT_TRANSLATE_NOOP("Limit", "{} working h"),
    "working_days": QT_TRANSLATE_NOOP("Limit", "{} working d"),
    "natural_days": QT_TRANSLATE_NOOP("Limit", "{} d"),
}


def limit_text(limit: str) -> str:
    """Return a limit such as ``urgent_hours:2`` in the officer's language."""
    type_, _, value = limit.partition(":")
    form = _LIMITS.get(type_)
    return QCoreApplication.translate("Limit", form).format(value) if form else limit
