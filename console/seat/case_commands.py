"""What an officer does to the selected case, as command records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from console import wire
from console.domain import flow
from console.domain.case import Action, Role, State
from console.seat.commands import Record
from console.seat.history import History
from console.seat.mirror import Mirror
from console.seat.selection import Selection
from console.seat.text import QT_TRANSLATE_NOOP


class Counter(Protocol):
    """What these commands need of the desk."""

    mirror: Mirror
    history: History

    @property
    def selection(self) -> Selection:
        """What the officer is looking at."""

    def select_case(self, case_id: str | None) -> None:
        """Look at a case."""

    def submit(
        self, command_id: str, target: str | None = None, args: dict[str, Any] | None = None
    ) -> object:
        """Send a command."""

    def undo(self) -> None:
        """Take the last deed back."""

    def redo(self) -> None:
        """Do the last undone deed again."""

    def ask_reason(self, title: str, then: Callable[[str], None], *, confirm: bool) -> None:
        """Ask for a reason; ``confirm`` demands Ctrl+Enter."""

    def ask_note(self, title: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text."""


_FROM_HUB = "hub"
_KEEPS = QT_TRANSLATE_NOOP("Command", "A note stays in the history; write another one")
_STANDS = QT_TRANSLATE_NOOP("Command", "The officer has already been sent back")

DISPATCH = QT_TRANSLATE_NOOP("Command", "Send the nearest free officer, stay with the case")
FILE = QT_TRANSLATE_NOOP("Command", "File the case")
ACCEPT = QT_TRANSLATE_NOOP("Command", "Accept: send the nearest free officer, go to the next case")
REJECT = QT_TRANSLATE_NOOP("Command", "Reject the proposal")
SETTLE = QT_TRANSLATE_NOOP("Command", "Settle at once, without sending anybody")
RECALL = QT_TRANSLATE_NOOP("Command", "Recall the last step")
CHECK = QT_TRANSLATE_NOOP("Command", "Check: it is settled")
UNCHECK = QT_TRANSLATE_NOOP("Command", "Take the check back")
REWORK = QT_TRANSLATE_NOOP("Command", "Rework: send the officer back")
CLOSE = QT_TRANSLATE_NOOP("Command", "Close the case")
REOPEN = QT_TRANSLATE_NOOP("Command", "Reopen the case")
NOTE = QT_TRANSLATE_NOOP("Command", "Write a note")
UNDO = QT_TRANSLATE_NOOP("Command", "Undo")
REDO = QT_TRANSLATE_NOOP("Command", "Redo")


class CaseCommands:
    """Binds the case flow to the desk's selection."""

    def __init__(self, desk: Counter) -> None:
        self._desk = desk

    def records(self) -> list[Record]:
        """Return the records, in the order of a case's life."""
        return [
            self._record("accept", ACCEPT, "A", Action.DISPATCH, run=self._accept),
            self._record("dispatch", DISPATCH, "Shift+A", Action.DISPATCH),
            self._record("file", FILE, "F", Action.FILE),
            self._record("reject", REJECT, "R", Action.REJECT),
            self._record("settle", SETTLE, "Shift+E", Action.SETTLE),
            self._record("recall", RECALL, "", Action.RECALL),
            self._record("check", CHECK, "C", Action.CHECK),
            self._record("uncheck", UNCHECK, "", Action.UNCHECK),
            self._record("rework", REWORK, "W", Action.REWORK, undo=_STANDS),
            self._record("close", CLOSE, "E", Action.CLOSE),
            self._record("reopen", REOPEN, "", Action.REOPEN),
            self._record("note", NOTE, "N", Action.NOTE, run=self._note, undo=_KEEPS),
            Record(
                id="desk.undo",
                title=UNDO,
                run=self._desk.undo,
                key="Z",
                when=lambda: self._desk.history.can_undo,
            ),
            Record(
                id="desk.redo",
                title=REDO,
                run=self._desk.redo,
                key="Shift+Z",
                when=lambda: self._desk.history.can_redo,
            ),
        ]

    def _record(
        self,
        verb: str,
        title: str,
        key: str,
        action: Action,
        *,
        run: Callable[[], None] | None = None,
        undo: str = _FROM_HUB,
    ) -> Record:
        needs_reason = any(row.reason for row in flow.RULES if row.action is action)
        final = any(row.final for row in flow.RULES if row.action is action)
        plain = self._ask_and_send if needs_reason else self._send
        return Record(
            id=f"case.{verb}",
            title=title,
            run=run or (lambda: plain(verb, title, final)),
            key=key,
            when=lambda: self._allowed(action),
            undo=undo,
            confirm=final,
            action=action,
        )

    def _case(self) -> wire.CaseRow | None:
        return self._desk.selection.case

    def _allowed(self, action: Action) -> bool:
        case = self._case()
        roles = self._desk.mirror.officer.roles
        return case is not None and flow.rule(State(case.state), action, held(roles)) is not None

    def _send(self, verb: str, _title: str, _final: bool) -> None:
        case = self._case()
        if case is not None:
            self._desk.submit(f"case.{verb}", case.id)

    def _ask_and_send(self, verb: str, title: str, final: bool) -> None:
        case = self._case()
        if case is None:
            return

        def send(reason: str) -> None:
            self._desk.submit(f"case.{verb}", case.id, {"reason": reason})

        self._desk.ask_reason(title, send, confirm=final)

    def _note(self) -> None:
        case = self._case()
        if case is None:
            return

        def send(text: str) -> None:
            self._desk.submit("case.note", case.id, {"text": text})

        self._desk.ask_note(NOTE, send)

    def _accept(self) -> None:
        case = self._case()
        if case is None:
            return
        following = after(self._desk.mirror.queue(), case.id)
        self._desk.submit("case.dispatch", case.id)
        if following is not None:
            self._desk.select_case(following)


def held(roles: list[str]) -> list[Role]:
    """Return the roles this program knows; a newer hub may name others."""
    known = {role.value for role in Role}
    return [Role(role) for role in roles if role in known]


def after(queue: list[wire.CaseRow], case_id: str) -> str | None:
    """Return the next case that waits for the desk, after ``case_id`` or from the top."""
    waiting = [
        case.id for case in queue if case.state in ("proposed", "filed") or case.id == case_id
    ]
    if case_id not in waiting:
        return waiting[0] if waiting else None
    place = waiting.index(case_id)
    rest = waiting[place + 1 :] + waiting[:place]
    return rest[0] if rest else None
