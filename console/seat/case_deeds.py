"""The deeds of the case flow as data: title, key, what must be said first, why no undo."""

from __future__ import annotations

from console import wire
from console.domain.case import Action
from console.seat import asking
from console.seat.asking import reason
from console.seat.deed import Deed
from console.seat.text import QT_TRANSLATE_NOOP


def _mine(row: wire.CaseRow, officer: wire.Officer) -> bool:
    return row.claimed_by == officer.id


def _nobodys(row: wire.CaseRow, officer: wire.Officer) -> bool:
    return row.claimed_by is None


def _anothers(row: wire.CaseRow, officer: wire.Officer) -> bool:
    return row.claimed_by not in (None, officer.id)


def _supervised(row: wire.CaseRow, _officer: wire.Officer) -> bool:
    return row.supervised > 0


def _several(row: wire.CaseRow, _officer: wire.Officer) -> bool:
    return row.reports > 1


_KEEPS = QT_TRANSLATE_NOOP("Command", "What was said stays in the history; say more")
_SENT = QT_TRANSLATE_NOOP("Command", "The unit has already been sent back")
_IN_FIELD = QT_TRANSLATE_NOOP("Command", "What was done in the street cannot be undone here")
_DECIDED = QT_TRANSLATE_NOOP("Command", "It waits for a decision, which ends it")
_STANDS = QT_TRANSLATE_NOOP("Command", "A decision stands; write a note")
_WORK_ON = QT_TRANSLATE_NOOP("Command", "A case that lives again is ended by working it")
_CLAIM_AGAIN = QT_TRANSLATE_NOOP("Command", "Claim it again")

DEEDS: tuple[Deed, ...] = (
    Deed(
        "proposal.accept",
        QT_TRANSLATE_NOOP("Command", "Accept the proposal: send, go to the next case"),
        "A",
        Action.DISPATCH,
        command="case.dispatch",
        goes_on=True,
    ),
    Deed(
        "proposal.dispatch",
        QT_TRANSLATE_NOOP("Command", "Accept the proposal, stay with the case"),
        "Shift+A",
        Action.DISPATCH,
        command="case.dispatch",
    ),
    Deed("case.file", QT_TRANSLATE_NOOP("Command", "File the case"), "F", Action.FILE),
    Deed(
        "case.dispatch",
        QT_TRANSLATE_NOOP("Command", "Dispatch: choose whom to send"),
        "D",
        Action.DISPATCH,
        picker="unit",
        goes_on=True,
    ),
    Deed(
        "case.nearest",
        QT_TRANSLATE_NOOP("Command", "List the nearest officers, send one"),
        "Shift+L",
        Action.DISPATCH,
        slots=(asking.NEAREST,),
        command="case.dispatch",
        goes_on=True,
    ),
    Deed(
        "case.reclassify",
        QT_TRANSLATE_NOOP("Command", "Change the class"),
        "T",
        Action.RECLASSIFY,
        picker="class",
    ),
    Deed(
        "case.reject",
        QT_TRANSLATE_NOOP("Command", "Reject: no case is made of it"),
        "R",
        Action.REJECT,
        slots=(reason("reject"),),
        goes_on=True,
    ),
    Deed(
        "case.merge",
        QT_TRANSLATE_NOOP("Command", "Merge into another case"),
        "M",
        Action.MERGE,
        slots=(asking.INTO,),
        goes_on=True,
    ),
    Deed(
        "case.unmerge",
        QT_TRANSLATE_NOOP("Command", "Take the merging back"),
        "Shift+U",
        Action.UNMERGE,
    ),
    Deed(
        "case.verify",
        QT_TRANSLATE_NOOP("Command", "Have it verified before filing"),
        "V",
        Action.VERIFY,
    ),
    Deed("case.check", QT_TRANSLATE_NOOP("Command", "Check: it is settled"), "C", Action.CHECK),
    Deed(
        "case.rework",
        QT_TRANSLATE_NOOP("Command", "Rework: send the unit back"),
        "W",
        Action.REWORK,
        slots=(reason("rework"),),
        why=_SENT,
    ),
    Deed(
        "case.close",
        QT_TRANSLATE_NOOP("Command", "Close the case"),
        "E",
        Action.CLOSE,
        slots=(reason("close"),),
    ),
    Deed(
        "case.settle",
        QT_TRANSLATE_NOOP("Command", "Settle at once, without sending anybody"),
        "Shift+E",
        Action.SETTLE,
        slots=(reason("settle"),),
    ),
    Deed(
        "case.suspend",
        QT_TRANSLATE_NOOP("Command", "Suspend: its clocks stand"),
        "H",
        Action.SUSPEND,
        slots=(asking.DAYS, reason("suspend")),
    ),
    Deed(
        "case.prioritise",
        QT_TRANSLATE_NOOP("Command", "Set the priority"),
        "P",
        Action.PRIORITISE,
        slots=(asking.PRIORITY,),
    ),
    Deed(
        "case.supervise",
        QT_TRANSLATE_NOOP("Command", "Supervise"),
        "S",
        Action.SUPERVISE,
        slots=(asking.LEVEL, reason("supervise")),
    ),
    Deed(
        "case.note",
        QT_TRANSLATE_NOOP("Command", "Write a note"),
        "N",
        Action.NOTE,
        slots=(asking.TEXT,),
        why=_KEEPS,
    ),
    Deed(
        "case.reply",
        QT_TRANSLATE_NOOP("Command", "Answer the reporter"),
        "B",
        Action.REPLY,
        slots=(asking.REPLY,),
        why=_KEEPS,
    ),
    Deed(
        "case.claim",
        QT_TRANSLATE_NOOP("Command", "Claim the case for this seat"),
        "Y",
        Action.CLAIM,
        also=_nobodys,
    ),
    Deed(
        "case.release",
        QT_TRANSLATE_NOOP("Command", "Release the case"),
        "Shift+Y",
        Action.RELEASE,
        also=_mine,
        why=_CLAIM_AGAIN,
    ),
    Deed(
        "case.take_over",
        QT_TRANSLATE_NOOP("Command", "Take the case over from another seat"),
        "O, Y",
        Action.CLAIM,
        also=_anothers,
    ),
    Deed(
        "case.accept",
        QT_TRANSLATE_NOOP("Command", "Take it on, decide later"),
        "O, A",
        Action.ACCEPT,
    ),
    Deed(
        "case.return",
        QT_TRANSLATE_NOOP("Command", "Return to the reporter for what is missing"),
        "O, R",
        Action.RETURN,
        slots=(reason("return"),),
    ),
    Deed(
        "case.supplement",
        QT_TRANSLATE_NOOP("Command", "Add what was missing"),
        "O, I",
        Action.SUPPLEMENT,
        slots=(asking.TEXT,),
        why=_KEEPS,
    ),
    Deed(
        "case.confirm", QT_TRANSLATE_NOOP("Command", "Verified: it is so"), "O, V", Action.CONFIRM
    ),
    Deed(
        "case.relocate",
        QT_TRANSLATE_NOOP("Command", "Correct the place"),
        "O, L",
        Action.RELOCATE,
        slots=(asking.SPOT,),
    ),
    Deed(
        "case.split",
        QT_TRANSLATE_NOOP("Command", "Split: make a case of some reports"),
        "O, S",
        Action.SPLIT,
        slots=(asking.REPORTS,),
        also=_several,
    ),
    Deed(
        "case.move_report",
        QT_TRANSLATE_NOOP("Command", "Move one report to another case"),
        "O, M",
        Action.MOVE_REPORT,
        slots=(asking.REPORT, asking.TO),
        also=_several,
    ),
    Deed(
        "case.assist",
        QT_TRANSLATE_NOOP("Command", "Joint dispatch: name an assisting unit"),
        "O, J",
        Action.ASSIST,
        picker="department",
    ),
    Deed(
        "case.assign",
        QT_TRANSLATE_NOOP("Command", "Assign an officer to it"),
        "O, G",
        Action.ASSIGN,
        picker="officer",
    ),
    Deed(
        "case.recall", QT_TRANSLATE_NOOP("Command", "Recall the last step"), "O, K", Action.RECALL
    ),
    Deed(
        "case.take",
        QT_TRANSLATE_NOOP("Command", "Take the task on"),
        "O, T",
        Action.TAKE,
        why=_IN_FIELD,
    ),
    Deed(
        "case.decline",
        QT_TRANSLATE_NOOP("Command", "Decline the task"),
        "O, D",
        Action.DECLINE,
        slots=(reason("decline"),),
        why=_IN_FIELD,
    ),
    Deed(
        "case.arrive",
        QT_TRANSLATE_NOOP("Command", "Arrived on site"),
        "O, W",
        Action.ARRIVE,
        why=_IN_FIELD,
    ),
    Deed(
        "case.feedback",
        QT_TRANSLATE_NOOP("Command", "Report that it is done"),
        "O, F",
        Action.FEEDBACK,
        slots=(asking.TEXT,),
        why=_IN_FIELD,
    ),
    Deed(
        "case.uncheck", QT_TRANSLATE_NOOP("Command", "Take the check back"), "O, U", Action.UNCHECK
    ),
    Deed(
        "case.resume",
        QT_TRANSLATE_NOOP("Command", "Resume: its clocks run again"),
        "O, H",
        Action.RESUME,
    ),
    Deed(
        "case.ask_extension",
        QT_TRANSLATE_NOOP("Command", "Ask for more time"),
        "O, Q",
        Action.ASK_EXTENSION,
        slots=(asking.HOURS, reason("ask_extension")),
        why=_DECIDED,
    ),
    Deed(
        "case.extend",
        QT_TRANSLATE_NOOP("Command", "Give more time"),
        "O, E",
        Action.EXTEND,
        slots=(asking.HOURS, reason("extend")),
        why=_STANDS,
    ),
    Deed(
        "case.refuse_extension",
        QT_TRANSLATE_NOOP("Command", "Refuse more time"),
        "O, N",
        Action.REFUSE_EXTENSION,
        slots=(reason("refuse_extension"),),
        why=_STANDS,
    ),
    Deed(
        "case.unsupervise",
        QT_TRANSLATE_NOOP("Command", "End the supervision"),
        "O, Shift+S",
        Action.UNSUPERVISE,
        also=_supervised,
    ),
    Deed(
        "case.force_close",
        QT_TRANSLATE_NOOP("Command", "Force the closing, as the leader"),
        "O, Shift+E",
        Action.FORCE_CLOSE,
        slots=(reason("force_close"),),
    ),
    Deed(
        "case.reopen",
        QT_TRANSLATE_NOOP("Command", "Reopen the case"),
        "O, O",
        Action.REOPEN,
        slots=(reason("reopen"),),
        why=_WORK_ON,
    ),
    Deed("case.archive", QT_TRANSLATE_NOOP("Command", "Archive the case"), "O, C", Action.ARCHIVE),
    Deed(
        "case.transfer",
        QT_TRANSLATE_NOOP("Command", "Transfer to another platform"),
        "O, P",
        Action.TRANSFER,
        slots=(asking.PLATFORM, reason("transfer")),
    ),
    Deed(
        "case.take_back",
        QT_TRANSLATE_NOOP("Command", "Take it back from the other platform"),
        "O, B",
        Action.TAKE_BACK,
        slots=(reason("take_back"),),
        why=_WORK_ON,
    ),
    Deed(
        "case.appeal",
        QT_TRANSLATE_NOOP("Command", "Appeal against a recorded lateness"),
        "O, X",
        Action.APPEAL,
        slots=(asking.STAGE, reason("appeal")),
        why=_DECIDED,
    ),
    Deed(
        "case.review",
        QT_TRANSLATE_NOOP("Command", "Decide on an appeal"),
        "O, Shift+X",
        Action.REVIEW,
        slots=(asking.UPHELD, reason("review")),
        why=_STANDS,
    ),
    Deed(
        "case.rate",
        QT_TRANSLATE_NOOP("Command", "Note how content the reporter is"),
        "O, Z",
        Action.RATE,
        slots=(asking.SATISFACTION,),
        why=_KEEPS,
    ),
)
"""In the order of a case's life; the rarer ones stand behind the prefix ``O``."""
