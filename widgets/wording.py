"""Words for the hub's codes, in the officer's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
from console.seat.asking import CONTENT, LEVELS, PRIORITIES, STAGES, VERDICTS

_PROBLEMS = {
    "argument_missing": QT_TRANSLATE_NOOP("Problem", "Something is missing from the command"),
    "bad_argument": QT_TRANSLATE_NOOP("Problem", "The hub did not understand the command"),
    "bad_input": QT_TRANSLATE_NOOP("Problem", "The hub did not understand the command"),
    "claimed": QT_TRANSLATE_NOOP("Problem", "Somebody else has this case in hand"),
    "conflict": QT_TRANSLATE_NOOP("Problem", "Somebody else changed this case meanwhile"),
    "forbidden": QT_TRANSLATE_NOOP("Problem", "Your account may not do this; ask the shift leader"),
    "hub_error": QT_TRANSLATE_NOOP(
        "Problem", "The hub failed to do this; press again, else see Health (Ctrl+6)"
    ),
    "illegal_step": QT_TRANSLATE_NOOP("Problem", "This step is not possible in the case's state"),
    "media_damaged": QT_TRANSLATE_NOOP("Problem", "The picture is damaged"),
    "media_missing": QT_TRANSLATE_NOOP("Problem", "The picture is not kept any more"),
    "no_basemap": QT_TRANSLATE_NOOP("Problem", "The hub has no map"),
    "no_free_unit": QT_TRANSLATE_NOOP("Problem", "No free officer is near; call a squad or wait"),
    "no_still": QT_TRANSLATE_NOOP("Problem", "The camera gives no picture"),
    "no_password": QT_TRANSLATE_NOOP("Problem", "This seat has no password"),
    "not_claimed": QT_TRANSLATE_NOOP("Problem", "Nobody has this case in hand"),
    "not_found": QT_TRANSLATE_NOOP("Problem", "It does not exist any more"),
    "out_of_scope": QT_TRANSLATE_NOOP(
        "Problem", "This lies outside your districts and departments; ask the shift leader"
    ),
    "reason_missing": QT_TRANSLATE_NOOP("Problem", "A reason is needed"),
    "speaker_busy": QT_TRANSLATE_NOOP(
        "Problem", "The loudspeaker is in use; press again in some seconds"
    ),
    "store_down": QT_TRANSLATE_NOOP("Problem", "The hub cannot write: is its disk full?"),
    "target_missing": QT_TRANSLATE_NOOP("Problem", "Nothing is selected"),
    "too_many_attempts": QT_TRANSLATE_NOOP("Problem", "Too many attempts; wait a little"),
    "unauthenticated": QT_TRANSLATE_NOOP("Problem", "The hub does not know this seat"),
    "unit_busy": QT_TRANSLATE_NOOP("Problem", "The officer already has a task; send another one"),
    "unknown_case": QT_TRANSLATE_NOOP("Problem", "The case does not exist"),
    "unknown_media": QT_TRANSLATE_NOOP("Problem", "The picture does not exist"),
    "unknown_speaker": QT_TRANSLATE_NOOP("Problem", "The loudspeaker does not exist"),
    "unknown_template": QT_TRANSLATE_NOOP("Problem", "The warning does not exist"),
    "unreachable": QT_TRANSLATE_NOOP("Problem", "The hub cannot be reached"),
    "weak_password": QT_TRANSLATE_NOOP("Problem", "The password is too short"),
    "wrong_password": QT_TRANSLATE_NOOP("Problem", "The password is wrong"),
    "voice_away": QT_TRANSLATE_NOOP(
        "Problem", "The voice engine is being started; press again in a moment"
    ),
}

_HUB_COMMANDS = {
    "case.uncheck": QT_TRANSLATE_NOOP("Command", "Take the check back"),
    "voice.silence": QT_TRANSLATE_NOOP("Command", "Silence the loudspeaker"),
    "voice.warn": QT_TRANSLATE_NOOP("Command", "Spoken warning"),
    "case.reclassify": QT_TRANSLATE_NOOP("Command", "Change the class"),
}

_NO_UNDO = {
    "A reopened case is closed again by working it.": QT_TRANSLATE_NOOP(
        "NoUndo", "A reopened case is closed again by working it."
    ),
    "A terminal that was let in is taken out of the register of units.": QT_TRANSLATE_NOOP(
        "NoUndo", "A terminal that was let in is taken out of the register of units."
    ),
    "Spoken words cannot be taken back.": QT_TRANSLATE_NOOP(
        "NoUndo", "Spoken words cannot be taken back."
    ),
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
    if problem.code in _PROBLEMS:
        return word("Problem", _PROBLEMS, problem.code)
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
    return word("NoUndo", _NO_UNDO, reason)


def plain_tip(text: str) -> str:
    """Return a tooltip that shows words from outside as they are: Qt guesses at markup there."""
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>"
