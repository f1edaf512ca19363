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
    "accept": QT_TRANSLATE_NOOP("Deed", "Taken on"),
    "return": QT_TRANSLATE_NOOP("Deed", "Returned to the reporter"),
    "supplement": QT_TRANSLATE_NOOP("Deed", "What was missing came"),
    "verify": QT_TRANSLATE_NOOP("Deed", "To be verified"),
    "confirm": QT_TRANSLATE_NOOP("Deed", "Verified"),
    "file": QT_TRANSLATE_NOOP("Deed", "Filed"),
    "reject": QT_TRANSLATE_NOOP("Deed", "Rejected"),
    "reclassify": QT_TRANSLATE_NOOP("Deed", "Class changed"),
    "relocate": QT_TRANSLATE_NOOP("Deed", "Place corrected"),
    "prioritise": QT_TRANSLATE_NOOP("Deed", "Priority"),
    "merge": QT_TRANSLATE_NOOP("Deed", "Merged"),
    "unmerge": QT_TRANSLATE_NOOP("Deed", "Merging taken back"),
    "split": QT_TRANSLATE_NOOP("Deed", "Split"),
    "move_report": QT_TRANSLATE_NOOP("Deed", "Report moved"),
    "warn": QT_TRANSLATE_NOOP("Deed", "Warned by loudspeaker"),
    "settle": QT_TRANSLATE_NOOP("Deed", "Settled at once"),
    "dispatch": QT_TRANSLATE_NOOP("Deed", "Sent"),
    "assist": QT_TRANSLATE_NOOP("Deed", "Assisting"),
    "assign": QT_TRANSLATE_NOOP("Deed", "Assigned"),
    "recall": QT_TRANSLATE_NOOP("Deed", "Recalled"),
    "take": QT_TRANSLATE_NOOP("Deed", "Task taken on"),
    "decline": QT_TRANSLATE_NOOP("Deed", "Task declined"),
    "arrive": QT_TRANSLATE_NOOP("Deed", "Arrived"),
    "feedback": QT_TRANSLATE_NOOP("Deed", "Feedback"),
    "check": QT_TRANSLATE_NOOP("Deed", "Checked"),
    "uncheck": QT_TRANSLATE_NOOP("Deed", "Check taken back"),
    "rework": QT_TRANSLATE_NOOP("Deed", "Sent back to rework"),
    "suspend": QT_TRANSLATE_NOOP("Deed", "Suspended"),
    "resume": QT_TRANSLATE_NOOP("Deed", "Resumed"),
    "ask_extension": QT_TRANSLATE_NOOP("Deed", "More time asked for"),
    "extend": QT_TRANSLATE_NOOP("Deed", "More time given"),
    "refuse_extension": QT_TRANSLATE_NOOP("Deed", "More time refused"),
    "supervise": QT_TRANSLATE_NOOP("Deed", "Supervised"),
    "unsupervise": QT_TRANSLATE_NOOP("Deed", "Supervision ended"),
    "close": QT_TRANSLATE_NOOP("Deed", "Closed"),
    "force_close": QT_TRANSLATE_NOOP("Deed", "Closing forced"),
    "reopen": QT_TRANSLATE_NOOP("Deed", "Reopened"),
    "archive": QT_TRANSLATE_NOOP("Deed", "Archived"),
    "transfer": QT_TRANSLATE_NOOP("Deed", "Transferred"),
    "take_back": QT_TRANSLATE_NOOP("Deed", "Taken back"),
    "appeal": QT_TRANSLATE_NOOP("Deed", "Appealed"),
    "review": QT_TRANSLATE_NOOP("Deed", "Appeal decided"),
    "rate": QT_TRANSLATE_NOOP("Deed", "Reporter's word"),
    "reply": QT_TRANSLATE_NOOP("Deed", "Reporter answered"),
    "claim": QT_TRANSLATE_NOOP("Deed", "Claimed"),
    "release": QT_TRANSLATE_NOOP("Deed", "Released"),
    "timeout": QT_TRANSLATE_NOOP("Deed", "Not in time"),
    "note": QT_TRANSLATE_NOOP("Deed", "Note"),
}

_BUTTONS = {
    "proposal.accept": QT_TRANSLATE_NOOP("Button", "Accept, next"),
    "proposal.dispatch": QT_TRANSLATE_NOOP("Button", "Accept, stay"),
    "case.file": QT_TRANSLATE_NOOP("Button", "File"),
    "case.dispatch": QT_TRANSLATE_NOOP("Button", "Dispatch"),
    "case.nearest": QT_TRANSLATE_NOOP("Button", "Nearest"),
    "case.reclassify": QT_TRANSLATE_NOOP("Button", "Class"),
    "case.reject": QT_TRANSLATE_NOOP("Button", "Reject"),
    "case.merge": QT_TRANSLATE_NOOP("Button", "Merge"),
    "case.unmerge": QT_TRANSLATE_NOOP("Button", "Unmerge"),
    "case.verify": QT_TRANSLATE_NOOP("Button", "Verify"),
    "case.check": QT_TRANSLATE_NOOP("Button", "Check"),
    "case.rework": QT_TRANSLATE_NOOP("Button", "Rework"),
    "case.close": QT_TRANSLATE_NOOP("Button", "Close"),
    "case.settle": QT_TRANSLATE_NOOP("Button", "Settle"),
    "case.suspend": QT_TRANSLATE_NOOP("Button", "Suspend"),
    "case.prioritise": QT_TRANSLATE_NOOP("Button", "Priority"),
    "case.supervise": QT_TRANSLATE_NOOP("Button", "Supervise"),
    "case.note": QT_TRANSLATE_NOOP("Button", "Note"),
    "case.reply": QT_TRANSLATE_NOOP("Button", "Reply"),
    "case.claim": QT_TRANSLATE_NOOP("Button", "Claim"),
    "case.release": QT_TRANSLATE_NOOP("Button", "Release"),
    "case.take_over": QT_TRANSLATE_NOOP("Button", "Take over"),
    "case.accept": QT_TRANSLATE_NOOP("Button", "Take on"),
    "case.return": QT_TRANSLATE_NOOP("Button", "Return"),
    "case.supplement": QT_TRANSLATE_NOOP("Button", "Supplement"),
    "case.confirm": QT_TRANSLATE_NOOP("Button", "Verified"),
    "case.relocate": QT_TRANSLATE_NOOP("Button", "Place"),
    "case.split": QT_TRANSLATE_NOOP("Button", "Split"),
    "case.move_report": QT_TRANSLATE_NOOP("Button", "Move report"),
    "case.assist": QT_TRANSLATE_NOOP("Button", "Assist"),
    "case.assign": QT_TRANSLATE_NOOP("Button", "Assign"),
    "case.recall": QT_TRANSLATE_NOOP("Button", "Recall"),
    "case.take": QT_TRANSLATE_NOOP("Button", "Take"),
    "case.decline": QT_TRANSLATE_NOOP("Button", "Decline"),
    "case.arrive": QT_TRANSLATE_NOOP("Button", "Arrived"),
    "case.feedback": QT_TRANSLATE_NOOP("Button", "Done"),
    "case.uncheck": QT_TRANSLATE_NOOP("Button", "Uncheck"),
    "case.resume": QT_TRANSLATE_NOOP("Button", "Resume"),
    "case.ask_extension": QT_TRANSLATE_NOOP("Button", "Ask for time"),
    "case.extend": QT_TRANSLATE_NOOP("Button", "Extend"),
    "case.refuse_extension": QT_TRANSLATE_NOOP("Button", "Refuse time"),
    "case.unsupervise": QT_TRANSLATE_NOOP("Button", "End supervision"),
    "case.force_close": QT_TRANSLATE_NOOP("Button", "Force"),
    "case.reopen": QT_TRANSLATE_NOOP("Button", "Reopen"),
    "case.archive": QT_TRANSLATE_NOOP("Button", "Archive"),
    "case.transfer": QT_TRANSLATE_NOOP("Button", "Transfer"),
    "case.take_back": QT_TRANSLATE_NOOP("Button", "Take back"),
    "case.appeal": QT_TRANSLATE_NOOP("Button", "Appeal"),
    "case.review": QT_TRANSLATE_NOOP("Button", "Decide"),
    "case.rate": QT_TRANSLATE_NOOP("Button", "Rate"),
}

_ROLES = {
    "collector": QT_TRANSLATE_NOOP("Role", "collector"),
    "acceptor": QT_TRANSLATE_NOOP("Role", "acceptor"),
    "dispatcher": QT_TRANSLATE_NOOP("Role", "dispatcher"),
    "shift_leader": QT_TRANSLATE_NOOP("Role", "shift leader"),
    "unit_admin": QT_TRANSLATE_NOOP("Role", "unit administrator"),
    "handler": QT_TRANSLATE_NOOP("Role", "handler"),
    "patroller": QT_TRANSLATE_NOOP("Role", "video patroller"),
    "speaker": QT_TRANSLATE_NOOP("Role", "speaker"),
    "legal_reviewer": QT_TRANSLATE_NOOP("Role", "legal reviewer"),
    "technical_reviewer": QT_TRANSLATE_NOOP("Role", "technical reviewer"),
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
    "officer": QT_TRANSLATE_NOOP("Reason", "An officer said so: {text}"),
    "service": QT_TRANSLATE_NOOP("Reason", "The reporter chose the class: {text}"),
    "unsorted": QT_TRANSLATE_NOOP("Reason", "The class could not be told; please look"),
    "learned": QT_TRANSLATE_NOOP("Reason", "Closed cases like it had this class: {text}"),
    "rule": QT_TRANSLATE_NOOP("Reason", "Filed when: {text}"),
    "department": QT_TRANSLATE_NOOP("Reason", "Answers for it: {text}"),
    "no_department": QT_TRANSLATE_NOOP("Reason", "No department answers for it: {text}"),
    "recurring": QT_TRANSLATE_NOOP("Reason", "Trouble spot: {text} such cases here in 30 days"),
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
    "document_issued": QT_TRANSLATE_NOOP("HubNote", "A paper went out and is kept"),
    "terminal_told": QT_TRANSLATE_NOOP("HubNote", "The terminal has the task"),
    "terminal_silent": QT_TRANSLATE_NOOP("HubNote", "The terminal does not answer; call the unit"),
    "clock_warning": QT_TRANSLATE_NOOP("HubNote", "A clock is running short"),
    "calendar": QT_TRANSLATE_NOOP("HubNote", "The due moment moved with the calendar"),
}

_MEDIA = {
    "report": QT_TRANSLATE_NOOP("Picture", "Report"),
    "before": QT_TRANSLATE_NOOP("Picture", "Before"),
    "after": QT_TRANSLATE_NOOP("Picture", "After"),
    "feedback": QT_TRANSLATE_NOOP("Picture", "Feedback"),
    "snapshot": QT_TRANSLATE_NOOP("Picture", "Camera frame"),
    "call": QT_TRANSLATE_NOOP("Picture", "Sound"),
    "joint": QT_TRANSLATE_NOOP("Picture", "Joint work"),
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


def button_text(command_id: str) -> str:
    """Return what can be done, as the action bar says it."""
    return word("Button", _BUTTONS, command_id)


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
