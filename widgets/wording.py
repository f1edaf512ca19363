"""Words for the hub's codes, in the officer's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
from console.seat.asking import CONTENT, LEVELS, PRIORITIES, STAGES, VERDICTS
from widgets.refusals import PROBLEMS

_HUB_COMMANDS = {
    "campaign.add": QT_TRANSLATE_NOOP("Command", "Add to the campaign"),
    "campaign.drop": QT_TRANSLATE_NOOP("Command", "Take out of the campaign"),
    "campaign.end": QT_TRANSLATE_NOOP("Command", "End the campaign"),
    "campaign.start": QT_TRANSLATE_NOOP("Command", "Start a campaign"),
    "case.bulk": QT_TRANSLATE_NOOP("Command", "Several cases at once"),
    "case.report": QT_TRANSLATE_NOOP("Command", "Report what was seen or told"),
    "learning.train": QT_TRANSLATE_NOOP("Command", "Learn classes from closed cases"),
    "order.answer": QT_TRANSLATE_NOOP("Command", "Answer an order"),
    "order.close": QT_TRANSLATE_NOOP("Command", "Close an order"),
    "order.issue": QT_TRANSLATE_NOOP("Command", "Issue an order"),
    "order.receive": QT_TRANSLATE_NOOP("Command", "Confirm an order's receipt"),
    "voice.silence": QT_TRANSLATE_NOOP("Command", "Silence the loudspeaker"),
    "voice.warn": QT_TRANSLATE_NOOP("Command", "Spoken warning"),
}

NO_UNDO = {
    str(text): text
    for text in (
        QT_TRANSLATE_NOOP("NoUndo", "A calendar is put right by importing it again."),
        QT_TRANSLATE_NOOP("NoUndo", "A decision on time is not taken back; decide anew."),
        QT_TRANSLATE_NOOP("NoUndo", "A reopened case is closed again by working it."),
        QT_TRANSLATE_NOOP("NoUndo", "A reviewer's word stays."),
        QT_TRANSLATE_NOOP("NoUndo", "A task that was accepted is declined with a reason."),
        QT_TRANSLATE_NOOP(
            "NoUndo", "A terminal that was let in is taken out of the register of units."
        ),
        QT_TRANSLATE_NOOP("NoUndo", "An appeal is decided by its reviewers."),
        QT_TRANSLATE_NOOP("NoUndo", "Hand it on once more instead."),
        QT_TRANSLATE_NOOP("NoUndo", "He was on his way; send him once more."),
        QT_TRANSLATE_NOOP("NoUndo", "History is only added to; write another note."),
        QT_TRANSLATE_NOOP("NoUndo", "It joined a case of others; move the report out of it."),
        QT_TRANSLATE_NOOP("NoUndo", "Its time to stand still is over."),
        QT_TRANSLATE_NOOP("NoUndo", "Nothing was done."),
        QT_TRANSLATE_NOOP("NoUndo", "Spoken words cannot be taken back."),
        QT_TRANSLATE_NOOP("NoUndo", "The case it lived on in is over."),
        QT_TRANSLATE_NOOP("NoUndo", "The desk sends somebody anew."),
        QT_TRANSLATE_NOOP("NoUndo", "What a reporter adds stays; send it back again."),
        QT_TRANSLATE_NOOP("NoUndo", "What has ended is begun anew as another one."),
        QT_TRANSLATE_NOOP("NoUndo", "What the field reports stays; send it back for rework."),
        QT_TRANSLATE_NOOP("NoUndo", "What the reporter said stays; ask again."),
        QT_TRANSLATE_NOOP("NoUndo", "What was asked for is granted or refused."),
        QT_TRANSLATE_NOOP("NoUndo", "What was learned is learned anew, not forgotten."),
        QT_TRANSLATE_NOOP("NoUndo", "What was said to the reporter stays; write once more."),
        QT_TRANSLATE_NOOP("NoUndo", "What was taken back is counted by entering it again."),
        QT_TRANSLATE_NOOP(
            "NoUndo", "What went out to departments is ended by another word to them."
        ),
        QT_TRANSLATE_NOOP("NoUndo", "Where somebody was stays as it was told."),
        QT_TRANSLATE_NOOP("NoUndo", "Whoever handles it was already sent back."),
    )
}

_STATES = {
    "proposed": QT_TRANSLATE_NOOP("State", "Proposed"),
    "returned": QT_TRANSLATE_NOOP("State", "Returned"),
    "accepted": QT_TRANSLATE_NOOP("State", "Taken on"),
    "verifying": QT_TRANSLATE_NOOP("State", "To be verified"),
    "verified": QT_TRANSLATE_NOOP("State", "Verified"),
    "filed": QT_TRANSLATE_NOOP("State", "Filed"),
    "dispatched": QT_TRANSLATE_NOOP("State", "Dispatched"),
    "taken": QT_TRANSLATE_NOOP("State", "Task taken"),
    "on_site": QT_TRANSLATE_NOOP("State", "On site"),
    "handled": QT_TRANSLATE_NOOP("State", "Handled"),
    "checked": QT_TRANSLATE_NOOP("State", "Checked"),
    "suspended": QT_TRANSLATE_NOOP("State", "Suspended"),
    "closed": QT_TRANSLATE_NOOP("State", "Closed"),
    "archived": QT_TRANSLATE_NOOP("State", "Archived"),
    "void": QT_TRANSLATE_NOOP("State", "Void"),
    "merged": QT_TRANSLATE_NOOP("State", "Merged"),
    "transferred": QT_TRANSLATE_NOOP("State", "Transferred"),
}

_SOURCES = {
    "citizen": QT_TRANSLATE_NOOP("Source", "Citizen"),
    "collector": QT_TRANSLATE_NOOP("Source", "Collector"),
    "ai": QT_TRANSLATE_NOOP("Source", "Camera AI"),
    "patrol": QT_TRANSLATE_NOOP("Source", "Patrol"),
    "sensor": QT_TRANSLATE_NOOP("Source", "Sensor"),
    "hotline": QT_TRANSLATE_NOOP("Source", "Hotline"),
    "chat": QT_TRANSLATE_NOOP("Source", "Chat group"),
    "survey": QT_TRANSLATE_NOOP("Source", "Survey"),
    "platform": QT_TRANSLATE_NOOP("Source", "Other platform"),
    "round": QT_TRANSLATE_NOOP("Source", "Spot check"),
    "emergency": QT_TRANSLATE_NOOP("Source", "Emergency button"),
}

_LIMITS = {
    "natural_minutes": QT_TRANSLATE_NOOP("Limit", "{n} minutes"),
    "natural_hours": QT_TRANSLATE_NOOP("Limit", "{n} hours"),
    "urgent_hours": QT_TRANSLATE_NOOP("Limit", "{n} urgent working hours"),
    "working_hours": QT_TRANSLATE_NOOP("Limit", "{n} working hours"),
    "working_days": QT_TRANSLATE_NOOP("Limit", "{n} working days"),
    "natural_days": QT_TRANSLATE_NOOP("Limit", "{n} days"),
}

_PLACES = {
    "window": QT_TRANSLATE_NOOP("Place", "Everywhere"),
    "queue": QT_TRANSLATE_NOOP("Place", "Queue"),
    "case": QT_TRANSLATE_NOOP("Place", "Case"),
    "wall": QT_TRANSLATE_NOOP("Place", "Camera wall"),
    "map": QT_TRANSLATE_NOOP("Place", "Map"),
    "voice": QT_TRANSLATE_NOOP("Place", "Loudspeakers"),
    "health": QT_TRANSLATE_NOOP("Place", "Health"),
    "manual": QT_TRANSLATE_NOOP("Place", "Manual"),
}

_MENUS = {
    "case": QT_TRANSLATE_NOOP("Menu", "Case"),
    "queue": QT_TRANSLATE_NOOP("Menu", "Queue"),
    "wall": QT_TRANSLATE_NOOP("Menu", "Cameras"),
    "map": QT_TRANSLATE_NOOP("Menu", "Map"),
    "voice": QT_TRANSLATE_NOOP("Menu", "Loudspeakers"),
    "joint": QT_TRANSLATE_NOOP("Menu", "Joint work"),
    "window": QT_TRANSLATE_NOOP("Menu", "Window"),
    "help": QT_TRANSLATE_NOOP("Menu", "Help"),
}


_METRES = re.compile(r"(.*\S) (\d+) m")


def word(context: str, table: Mapping[str, object], code: str) -> str:
    """Return the word of a code in a translation context, or the code itself."""
    text = table.get(code)
    return QCoreApplication.translate(context, str(text)) if text else code


def problem_text(problem: wire.Problem) -> str:
    """Return why the hub refused, worded by its code; an unknown code shows the hub's detail."""
    if problem.code in PROBLEMS:
        return word("Problem", PROBLEMS, problem.code)
    return f"{problem.code}: {problem.detail}" if problem.detail else problem.code


def length_text(metres: float) -> str:
    """Return a length in few letters, in the officer's language."""
    if metres < 1000:
        return QCoreApplication.translate("Length", "{} m").format(round(metres))
    return QCoreApplication.translate("Length", "{} km").format(f"{metres / 1000:.1f}")


def with_length(text: str) -> str:
    """Word what the hub says as "NAME 23 m"; other texts stay as they are."""
    found = _METRES.fullmatch(text)
    if found is None:
        return text
    name, metres = found[1], float(found[2])
    joined = QCoreApplication.translate("Length", "{name}, {length}")
    return joined.format(name=source_text(name), length=length_text(metres))


def limit_text(limit: str) -> str:
    """Return a time limit written ``type:value`` in words; another text as it is."""
    kind, _, value = limit.partition(":")
    if kind not in _LIMITS or not value:
        return limit
    return word("Limit", _LIMITS, kind).format(n=value)


def stage_text(stage: str) -> str:
    """Return the word for a stage of a case."""
    return word("Choice", STAGES, stage)


def level_text(level: object) -> str:
    """Return who supervises at a level."""
    return _chosen(LEVELS, level)


def priority_text(priority: object) -> str:
    """Return the word for a priority."""
    return _chosen(PRIORITIES, priority)


def satisfaction_text(satisfaction: object) -> str:
    """Return how content a reporter is."""
    return _chosen(CONTENT, satisfaction)


def verdict_text(upheld: object) -> str:
    """Return how an appeal was decided."""
    return _chosen(VERDICTS, upheld)


def _chosen(words: Mapping[Any, str], value: object) -> str:
    return choice_text(words[value]) if isinstance(value, int) and value in words else ""


def state_text(state: str) -> str:
    """Return the word for a case's state."""
    return word("State", _STATES, state)


def source_text(source: str) -> str:
    """Return the word for the door a report came in by."""
    return word("Source", _SOURCES, source)


def command_text(title: str) -> str:
    """Return a command's title in the officer's language."""
    return QCoreApplication.translate("Command", title)


def prompt_text(prompt: str) -> str:
    """Return what is asked for, in the officer's language."""
    return QCoreApplication.translate("Prompt", prompt)


def choice_text(choice: str) -> str:
    """Return a ready answer in the officer's language."""
    return QCoreApplication.translate("Choice", choice)


def place_text(place: str) -> str:
    """Return the word for where a key counts."""
    return word("Place", _PLACES, place)


def menu_text(name: str) -> str:
    """Return the title of a menu."""
    return word("Menu", _MENUS, name)


def hub_command_text(command_id: str) -> str:
    """Return the title of a command that no key of this seat sends by its own name."""
    return word("Command", _HUB_COMMANDS, command_id)


def no_undo_text(reason: str) -> str:
    """Return why something cannot be taken back, in the officer's language."""
    return word("NoUndo", NO_UNDO, reason)


def plain_tip(text: str) -> str:
    """Return a tooltip that shows words from outside as they are: Qt guesses at markup there."""
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>"
