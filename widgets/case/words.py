"""The detail's words: deeds, roles, reasons, pictures and calls."""

from __future__ import annotations

import re

from console import wire
from console.seat.mirror import Mirror
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.wording import with_length, word

_ACTIONS = {
    "propose": QT_TRANSLATE_NOOP("Deed", "Reported"),
    "join": QT_TRANSLATE_NOOP("Deed", "Another report joined"),
    "file": QT_TRANSLATE_NOOP("Deed", "Filed"),
    "reject": QT_TRANSLATE_NOOP("Deed", "Rejected"),
    "reclassify": QT_TRANSLATE_NOOP("Deed", "Class changed"),
    "warn": QT_TRANSLATE_NOOP("Deed", "Warned by loudspeaker"),
    "settle": QT_TRANSLATE_NOOP("Deed", "Settled at once"),
    "dispatch": QT_TRANSLATE_NOOP("Deed", "Sent"),
    "recall": QT_TRANSLATE_NOOP("Deed", "Recalled"),
    "arrive": QT_TRANSLATE_NOOP("Deed", "Arrived"),
    "feedback": QT_TRANSLATE_NOOP("Deed", "Feedback"),
    "check": QT_TRANSLATE_NOOP("Deed", "Checked"),
    "uncheck": QT_TRANSLATE_NOOP("Deed", "Check taken back"),
    "rework": QT_TRANSLATE_NOOP("Deed", "Sent back to rework"),
    "close": QT_TRANSLATE_NOOP("Deed", "Closed"),
    "reopen": QT_TRANSLATE_NOOP("Deed", "Reopened"),
    "note": QT_TRANSLATE_NOOP("Deed", "Note"),
}

_BUTTONS = {
    "accept": QT_TRANSLATE_NOOP("Deed", "Send, next case"),
    "dispatch": QT_TRANSLATE_NOOP("Deed", "Send"),
    "file": QT_TRANSLATE_NOOP("Deed", "File"),
    "reject": QT_TRANSLATE_NOOP("Deed", "Reject"),
    "settle": QT_TRANSLATE_NOOP("Deed", "Settle"),
    "recall": QT_TRANSLATE_NOOP("Deed", "Recall"),
    "check": QT_TRANSLATE_NOOP("Deed", "Check"),
    "uncheck": QT_TRANSLATE_NOOP("Deed", "Uncheck"),
    "rework": QT_TRANSLATE_NOOP("Deed", "Rework"),
    "close": QT_TRANSLATE_NOOP("Deed", "Close"),
    "reopen": QT_TRANSLATE_NOOP("Deed", "Reopen"),
    "note": QT_TRANSLATE_NOOP("Deed", "Note"),
}

_ROLES = {
    "collector": QT_TRANSLATE_NOOP("Role", "collector"),
    "acceptor": QT_TRANSLATE_NOOP("Role", "acceptor"),
    "dispatcher": QT_TRANSLATE_NOOP("Role", "dispatcher"),
    "shift_leader": QT_TRANSLATE_NOOP("Role", "shift leader"),
    "handler": QT_TRANSLATE_NOOP("Role", "handler"),
    "speaker": QT_TRANSLATE_NOOP("Role", "speaker"),
    "inspector": QT_TRANSLATE_NOOP("Role", "inspector"),
    "leader": QT_TRANSLATE_NOOP("Role", "leader"),
    "administrator": QT_TRANSLATE_NOOP("Role", "administrator"),
    "auditor": QT_TRANSLATE_NOOP("Role", "auditor"),
    "system": QT_TRANSLATE_NOOP("Role", "system"),
}

_REASONS = {
    "label": QT_TRANSLATE_NOOP("Reason", "The camera's AI saw it: {text}"),
    "zone": QT_TRANSLATE_NOOP("Reason", "Lies in {text}"),
    "sensor": QT_TRANSLATE_NOOP("Reason", "A sensor reported it: {text}"),
    "text": QT_TRANSLATE_NOOP("Reason", "The report says “{text}”"),
    "hint": QT_TRANSLATE_NOOP("Reason", "The report hints at it: “{text}”"),
    "service": QT_TRANSLATE_NOOP("Reason", "The reporter chose the class: {text}"),
    "unsorted": QT_TRANSLATE_NOOP("Reason", "The class could not be told; please look"),
    "seen": QT_TRANSLATE_NOOP("Reason", "Seen by {text}"),
    "camera": QT_TRANSLATE_NOOP("Reason", "Nearest camera: {text}"),
    "speaker": QT_TRANSLATE_NOOP("Reason", "Nearest loudspeaker: {text}"),
    "unit": QT_TRANSLATE_NOOP("Reason", "Nearest free officer: {text}"),
    "joined": QT_TRANSLATE_NOOP("Reason", "Reported again: {text}"),
    "urgent": QT_TRANSLATE_NOOP("Reason", "Urgent: {text}"),
}

# Notes that the hub writes itself are codes; what people write is shown as it is.
_NOTES = {
    "snapshot": QT_TRANSLATE_NOOP("HubNote", "Picture of the camera's AI kept"),
    "gone": QT_TRANSLATE_NOOP("HubNote", "The camera's AI sees it no more"),
    "gone_some": QT_TRANSLATE_NOOP("HubNote", "The camera's AI sees one less there"),
    "accepted": QT_TRANSLATE_NOOP("HubNote", "Accepted on the handset"),
    "terminal_told": QT_TRANSLATE_NOOP("HubNote", "The terminal has the task"),
    "terminal_silent": QT_TRANSLATE_NOOP("HubNote", "The terminal does not answer; call the unit"),
    "breach_arrival": QT_TRANSLATE_NOOP("HubNote", "Not on site in time"),
    "breach_due": QT_TRANSLATE_NOOP("HubNote", "Not closed in time"),
}

_MEDIA = {
    "report": QT_TRANSLATE_NOOP("Picture", "Report"),
    "before": QT_TRANSLATE_NOOP("Picture", "Before"),
    "after": QT_TRANSLATE_NOOP("Picture", "After"),
    "feedback": QT_TRANSLATE_NOOP("Picture", "Feedback"),
    "snapshot": QT_TRANSLATE_NOOP("Picture", "Camera frame"),
    "call": QT_TRANSLATE_NOOP("Picture", "Sound"),
}

_CALLS = {
    "asked": QT_TRANSLATE_NOOP("CallState", "asked"),
    "opening": QT_TRANSLATE_NOOP("CallState", "opening"),
    "speaking": QT_TRANSLATE_NOOP("CallState", "speaking"),
    "done": QT_TRANSLATE_NOOP("CallState", "spoken"),
    "failed": QT_TRANSLATE_NOOP("CallState", "failed"),
}


_SHARE = re.compile(r"\b[01]\.\d+\b")
"""How sure a camera's AI is, 0 to 1."""


def action_text(action: str) -> str:
    """Return what was done, as a line of history says it."""
    return word("Deed", _ACTIONS, action)


def button_text(verb: str) -> str:
    """Return what can be done, as the action bar says it."""
    return word("Deed", _BUTTONS, verb)


def role_text(role: str) -> str:
    """Return the word for a role."""
    return word("Role", _ROLES, role)


def note_text(fact: wire.Fact) -> str:
    """Return what a line of history adds: the hub's own notes in words, people's as written."""
    own = fact.action == "note" and bool(fact.data)
    return word("HubNote", _NOTES, fact.note) if own else fact.note


def media_text(role: str) -> str:
    """Return the word for what a picture shows."""
    return word("Picture", _MEDIA, role)


def call_state_text(state: str) -> str:
    """Return the word for how a call stands."""
    return word("CallState", _CALLS, state)


def reason_text(reason: wire.Reason, mirror: Mirror) -> str:
    """Return one reason of a proposal as a sentence; a camera is called by its name."""
    camera = mirror.cameras.get(reason.text)
    text = camera.name if camera is not None else with_length(reason.text)
    if reason.code == "label":
        text = _SHARE.sub(lambda found: f"{float(found[0]):.0%}", text)
    if reason.code not in _REASONS:
        return f"{reason.code}: {text}"
    return word("Reason", _REASONS, reason.code).format(text=text)


def people_of(case: wire.CaseRow, mirror: Mirror) -> list[tuple[str, str, str, str]]:
    """Return who answers for a case's spot: (``grid`` or ``street``, its name, person, phone)."""
    found = []
    grid = mirror.grids.get(case.grid) if case.grid else None
    street = mirror.streets.get(case.street) if case.street else None
    if grid is not None:
        found.append(("grid", grid.name, grid.leader, grid.phone))
    elif case.grid_name:
        found.append(("grid", case.grid_name, "", ""))
    if street is not None:
        found.append(("street", street.name, street.chief, street.phone))
    return found
