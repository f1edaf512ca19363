"""Words for the parts of the program and their figures."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from widgets.wording import word

_PARTS = {
    "hub": QT_TRANSLATE_NOOP("Part", "Hub"),
    "seat": QT_TRANSLATE_NOOP("Part", "This seat"),
    "store": QT_TRANSLATE_NOOP("Part", "Store"),
    "log": QT_TRANSLATE_NOOP("Part", "Change log"),
    "register": QT_TRANSLATE_NOOP("Part", "Register"),
    "clock": QT_TRANSLATE_NOOP("Part", "Clock"),
    "disk": QT_TRANSLATE_NOOP("Part", "Disk"),
    "voice": QT_TRANSLATE_NOOP("Part", "Voice"),
    "media": QT_TRANSLATE_NOOP("Part", "Pictures"),
    "stream": QT_TRANSLATE_NOOP("Part", "Seats"),
    "positions": QT_TRANSLATE_NOOP("Part", "Positions"),
    "jt808": QT_TRANSLATE_NOOP("Part", "Terminals"),
    "mqtt": QT_TRANSLATE_NOOP("Part", "MQTT"),
    "intake": QT_TRANSLATE_NOOP("Part", "Intake"),
    "quarantine": QT_TRANSLATE_NOOP("Part", "Strangers"),
}

_PART_STATES = {
    "ok": QT_TRANSLATE_NOOP("PartState", "good"),
    "warn": QT_TRANSLATE_NOOP("PartState", "strained"),
    "fail": QT_TRANSLATE_NOOP("PartState", "failed"),
    "off": QT_TRANSLATE_NOOP("PartState", "off"),
}

_FIGURES = {
    "calls": QT_TRANSLATE_NOOP("Figure", "calls"),
    "changed": QT_TRANSLATE_NOOP("Figure", "changed"),
    "clock_skew": QT_TRANSLATE_NOOP("Figure", "clock ahead"),
    "commits": QT_TRANSLATE_NOOP("Figure", "commits"),
    "connections": QT_TRANSLATE_NOOP("Figure", "connections"),
    "dropped": QT_TRANSLATE_NOOP("Figure", "dropped"),
    "failures": QT_TRANSLATE_NOOP("Figure", "failures"),
    "frame_worst": QT_TRANSLATE_NOOP("Figure", "longest frame"),
    "frames_late": QT_TRANSLATE_NOOP("Figure", "late frames"),
    "free": QT_TRANSLATE_NOOP("Figure", "free"),
    "ignored": QT_TRANSLATE_NOOP("Figure", "ignored"),
    "keep": QT_TRANSLATE_NOOP("Figure", "keeps"),
    "kept": QT_TRANSLATE_NOOP("Figure", "kept"),
    "late": QT_TRANSLATE_NOOP("Figure", "late"),
    "late_max": QT_TRANSLATE_NOOP("Figure", "latest"),
    "late_p99": QT_TRANSLATE_NOOP("Figure", "late p99"),
    "live": QT_TRANSLATE_NOOP("Figure", "live"),
    "loop_lag": QT_TRANSLATE_NOOP("Figure", "loop lag"),
    "mailbox": QT_TRANSLATE_NOOP("Figure", "mailbox"),
    "memory": QT_TRANSLATE_NOOP("Figure", "memory"),
    "per_second": QT_TRANSLATE_NOOP("Figure", "a second"),
    "problems": QT_TRANSLATE_NOOP("Figure", "problems"),
    "refused": QT_TRANSLATE_NOOP("Figure", "refused"),
    "seats": QT_TRANSLATE_NOOP("Figure", "seats"),
    "seats_cut": QT_TRANSLATE_NOOP("Figure", "seats cut off"),
    "seq": QT_TRANSLATE_NOOP("Figure", "number"),
    "slowest": QT_TRANSLATE_NOOP("Figure", "slowest"),
    "sources": QT_TRANSLATE_NOOP("Figure", "sources"),
    "starts": QT_TRANSLATE_NOOP("Figure", "starts"),
    "stepped": QT_TRANSLATE_NOOP("Figure", "stepped"),
    "strangers": QT_TRANSLATE_NOOP("Figure", "strangers"),
    "taken": QT_TRANSLATE_NOOP("Figure", "taken"),
    "total": QT_TRANSLATE_NOOP("Figure", "in all"),
    "units": QT_TRANSLATE_NOOP("Figure", "units"),
}
_UNITS = {"ms": "ms", "s": "s", "mb": "MB", "percent": "%"}


def part_text(name: str) -> str:
    """Return the word for a part of the program; a door is named by its protocol."""
    if name.startswith("door "):
        text = QCoreApplication.translate("Part", "Door {protocol}")
        return text.format(protocol=name.removeprefix("door "))
    return word("Part", _PARTS, name)


def part_state_text(state: str) -> str:
    """Return the word for how a part is."""
    return word("PartState", _PART_STATES, state)


def figure_title(name: str) -> str:
    """Return a figure's name with its unit: ``loop_lag_ms`` is "loop lag, ms"."""
    title, unit = _apart(name)
    return f"{title}, {unit}" if unit else title


def figure_text(name: str, value: float) -> str:
    """Return a figure with its name and unit: "loop lag 1.9 ms"."""
    title, unit = _apart(name)
    number = f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
    return f"{title} {number} {unit}".rstrip()


def _apart(name: str) -> tuple[str, str]:
    base, _, unit = name.rpartition("_")
    if unit in _UNITS and base:
        return word("Figure", _FIGURES, base), _UNITS[unit]
    return word("Figure", _FIGURES, name), ""
