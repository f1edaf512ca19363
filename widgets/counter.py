"""Where the case commands meet the officer: questions, pickers, several cases at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from console import wire
from console.seat.history import History
from console.seat.mirror import Mirror
from console.seat.selection import Selection
from console.seat.session import Seat
from widgets.bridge import Desk
from widgets.wording import choice_text, command_text, problem_text, prompt_text

MANY = 200
"""From so many cases on it is said that the work goes on."""


class CaseCounter(QObject):
    """What :class:`console.seat.case_commands.CaseCommands` needs, made of the desk.

    ``class_wanted`` and ``unit_wanted`` carry a case and what to call with the choice.
    """

    class_wanted = Signal(wire.CaseRow, object)
    unit_wanted = Signal(wire.CaseRow, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.seat: Seat = desk.seat
        self.mirror: Mirror = desk.mirror
        self.history: History = desk.history
        self.select_case = desk.select_case
        self.undo, self.redo = desk.undo, desk.redo
        self.look_in = desk.look_in
        self.detail = desk.detail

    @property
    def selection(self) -> Selection:
        """What the officer is looking at."""
        return self._desk.selection

    @property
    def whole(self) -> wire.CaseDetail | None:
        """The case that was fetched last."""
        return self._desk.whole

    def submit(self, command_id: str, target: str, args: dict[str, Any]) -> None:
        """Send a command."""
        self._desk.submit(command_id, target, args)

    def submit_all(
        self, title: str, command_id: str, ids: Sequence[str], args: dict[str, Any]
    ) -> None:
        """Send one command for several cases: one transaction, one undo."""
        cases = self._desk.mirror.cases
        items: list[dict[str, Any]] = []
        for case_id in ids:
            item: dict[str, Any] = {"id": command_id, "target": case_id}
            if case_id in cases:
                item["version"] = cases[case_id].version
            items.append(item | ({"args": args} if args else {}))
        if len(items) >= MANY:
            text = self.tr("{command}: {n} cases are being worked …")
            self._say("info", text.format(command=command_text(title), n=len(items)))
        self._desk.submit(
            "case.bulk", None, {"items": items}, lambda result: self._done(title, items, result)
        )

    def _done(self, title: str, items: list[dict[str, Any]], result: wire.CommandResult) -> None:
        """Say how many were done, and why the others were not; those stay picked."""
        refused = {str(r["target"]): str(r["code"]) for r in result.data.get("refused", [])}
        self._desk.pick(refused)
        text = self.tr("{command}: {n} cases done")
        text = text.format(command=command_text(title), n=len(items) - len(refused))
        if not refused:
            self._say("ok", text)
            return
        codes = list(refused.values())
        whys = [
            f"{codes.count(code)} × {problem_text(wire.Problem(code=code))}"
            for code in dict.fromkeys(codes)
        ]
        self._say("warn", "\n".join([text, self.tr("Refused, still picked:"), *whys]))

    def _say(self, level: str, text: str) -> None:
        self._desk.toast.emit(level, text)

    def choice_text(self, text: str) -> str:
        """Return a ready answer in the officer's language."""
        return choice_text(text)

    def ask_about(
        self,
        title: str,
        prompt: str,
        then: Callable[[str], None],
        *,
        choices: list[str],
        confirm: bool,
        closed: bool,
        cases: int,
    ) -> None:
        """Ask one question of a command on so many cases."""
        if closed and not choices:
            self._say("info", self.tr("There is nothing to choose from"))
            return
        heading = command_text(title)
        if cases > 1:
            # not inside an f-string: texts are not collected from there
            many = self.tr("%n cases", "", cases)
            heading = f"{heading}  ·  {many}"
        self._desk.ask(
            heading, prompt_text(prompt), then, choices=choices, confirm=confirm, closed=closed
        )

    def misread(self, text: str) -> None:
        """Say that an answer could not be understood."""
        self._say("info", self.tr("Not understood: {text}").format(text=text))

    def pick_class(self, case: wire.CaseRow, then: Callable[[str, str | None], None]) -> None:
        """Let the officer choose a class."""
        self.class_wanted.emit(case, then)

    def pick_unit(
        self, case: wire.CaseRow, kinds: Sequence[str], then: Callable[[str, str], None]
    ) -> None:
        """Let the officer choose whom to send."""
        self.unit_wanted.emit(case, then, kinds)
