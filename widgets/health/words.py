"""Words for the parts of the program and their figures."""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
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
    "learning": QT_TRANSLATE_NOOP("Part", "Proposals"),
}

_LEARNING = {
    "none": QT_TRANSLATE_NOOP("Part", "nothing learned yet"),
    "too_few": QT_TRANSLATE_NOOP("Part", "too few closed cases to learn from"),
    "training": QT_TRANSLATE_NOOP("Part", "learning from closed cases"),
    "ready": QT_TRANSLATE_NOOP("Part", "learned from closed cases"),
}

_DOORS = {
    "jt808": QT_TRANSLATE_NOOP("Part", "Terminals (JT/T 808)"),
    "osmand": QT_TRANSLATE_NOOP("Part", "Handsets (OsmAnd)"),
    "owntracks": QT_TRANSLATE_NOOP("Part", "Handsets (OwnTracks)"),
    "frigate": QT_TRANSLATE_NOOP("Part", "Camera AI (Frigate)"),
    "sensors": QT_TRANSLATE_NOOP("Part", "Sensors"),
    "open311": QT_TRANSLATE_NOOP("Part", "Citizens (Open311)"),
    "field": QT_TRANSLATE_NOOP("Part", "Officers' tasks"),
}

_PART_STATES = {
    "ok": QT_TRANSLATE_NOOP("PartState", "good"),
    "warn": QT_TRANSLATE_NOOP("PartState", "strained"),
    "fail": QT_TRANSLATE_NOOP("PartState", "failed"),
    "off": QT_TRANSLATE_NOOP("PartState", "off"),
}

_FIGURES = {
    "ahead": QT_TRANSLATE_NOOP("Figure", "from the future"),
    "bytes_dropped": QT_TRANSLATE_NOOP("Figure", "bytes dropped"),
    "cases": QT_TRANSLATE_NOOP("Figure", "cases"),
    "calls": QT_TRANSLATE_NOOP("Figure", "calls"),
    "changed": QT_TRANSLATE_NOOP("Figure", "changed"),
    "clock_skew": QT_TRANSLATE_NOOP("Figure", "clock ahead"),
    "commits": QT_TRANSLATE_NOOP("Figure", "commits"),
    "connections": QT_TRANSLATE_NOOP("Figure", "connections"),
    "dropped": QT_TRANSLATE_NOOP("Figure", "dropped"),
    "examples": QT_TRANSLATE_NOOP("Figure", "examples"),
    "failures": QT_TRANSLATE_NOOP("Figure", "failures"),
    "frame_worst": QT_TRANSLATE_NOOP("Figure", "longest frame"),
    "frames_late": QT_TRANSLATE_NOOP("Figure", "late frames"),
    "free": QT_TRANSLATE_NOOP("Figure", "free"),
    "ignored": QT_TRANSLATE_NOOP("Figure", "ignored"),
    "jumps": QT_TRANSLATE_NOOP("Figure", "jumps"),
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
    "pictures": QT_TRANSLATE_NOOP("Figure", "pictures"),
    "pictures_missing": QT_TRANSLATE_NOOP("Figure", "pictures missing"),
    "problems": QT_TRANSLATE_NOOP("Figure", "problems"),
    "refused": QT_TRANSLATE_NOOP("Figure", "refused"),
    "right": QT_TRANSLATE_NOOP("Figure", "right class"),
    "seats": QT_TRANSLATE_NOOP("Figure", "seats"),
    "seats_cut": QT_TRANSLATE_NOOP("Figure", "seats cut off"),
    "seq": QT_TRANSLATE_NOOP("Figure", "number"),
    "slowest": QT_TRANSLATE_NOOP("Figure", "slowest"),
    "sources": QT_TRANSLATE_NOOP("Figure", "sources"),
    "starts": QT_TRANSLATE_NOOP("Figure", "starts"),
    "stepped": QT_TRANSLATE_NOOP("Figure", "stepped"),
    "strangers": QT_TRANSLATE_NOOP("Figure", "strangers"),
    "taken": QT_TRANSLATE_NOOP("Figure", "taken"),
    "tasks_acknowledged": QT_TRANSLATE_NOOP("Figure", "tasks acknowledged"),
    "tasks_unanswered": QT_TRANSLATE_NOOP("Figure", "tasks unanswered"),
    "tasks_waiting": QT_TRANSLATE_NOOP("Figure", "tasks waiting"),
    "total": QT_TRANSLATE_NOOP("Figure", "in all"),
    "units": QT_TRANSLATE_NOOP("Figure", "units"),
    "updates": QT_TRANSLATE_NOOP("Figure", "updates"),
    "without_fix": QT_TRANSLATE_NOOP("Figure", "without a fix"),
}
_UNITS = {"ms": "ms", "s": "s", "mb": "MB", "percent": "%"}

_CHARTS = {
    "fixes_per_s": QT_TRANSLATE_NOOP("Chart", "Fixes a second"),
    "commits_per_min": QT_TRANSLATE_NOOP("Chart", "Commits a minute"),
    "loop_lag_ms": QT_TRANSLATE_NOOP("Chart", "Hub's loop lag, ms"),
    "frames_late_percent": QT_TRANSLATE_NOOP("Chart", "Late frames here, %"),
}
_VOICE = re.compile(r"priority (.*), speech (\S+)(.*)")


def part_text(name: str) -> str:
    """Return the word for a part of the program; a door is named by who comes in there."""
    if name.startswith("door "):
        protocol = name.removeprefix("door ")
        if protocol in _DOORS:
            return word("Part", _DOORS, protocol)
        return QCoreApplication.translate("Part", "Door {protocol}").format(protocol=protocol)
    return word("Part", _PARTS, name)


def part_state_text(state: str) -> str:
    """Return the word for how a part is."""
    return word("PartState", _PART_STATES, state)


def chart_title(name: str) -> str:
    """Return what a chart shows, with its unit."""
    return word("Chart", _CHARTS, name)


def note_text(part: wire.Part) -> str:
    """Return what a part adds, in words where the hub's own are known; errors stay as they are."""
    if part.name == "learning":
        return word("Part", _LEARNING, part.note)
    found = _VOICE.fullmatch(part.note)
    if found is None:
        return part.note
    text = QCoreApplication.translate("Part", "priority {priority}, voice {voice}")
    return text.format(priority=found[1], voice=found[2])


def figure_text(name: str, value: float) -> str:
    """Return a figure with its name and unit: "loop lag 1.9 ms"."""
    base, unit = _apart(name)
    if unit == "mb" and abs(value) >= 10_000:
        return f"{base} {value / 1024:.0f} GB"
    return f"{base} {number_text(name, value)} {_UNITS.get(unit, '')}".rstrip()


def number_text(name: str, value: float) -> str:
    """Return a figure's number in as many places as it deserves."""
    unit = _apart(name)[1]
    places = 1 if (unit or name.endswith("per_second")) and abs(value) < 100 else 0
    return f"{round(value, places) + 0.0:,.{places}f}"


def _apart(name: str) -> tuple[str, str]:
    """Return a figure's name in words, and its unit."""
    base, _, unit = name.rpartition("_")
    if unit in _UNITS and base:
        return word("Figure", _FIGURES, base), unit
    return word("Figure", _FIGURES, name), ""
