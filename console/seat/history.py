"""What this seat did, and how it is taken back: undo is a new fact, asked for by the hub's word."""

from __future__ import annotations

import uuid
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console import wire

KEPT = 500

Way = Literal["do", "undo", "redo"]


@dataclass(slots=True)
class Deed:
    """One command of this seat. ``result`` is None while the hub has not answered."""

    command: wire.Command
    at: datetime
    way: Way = "do"
    result: wire.CommandResult | wire.Problem | None = None
    undone: bool = False


class History:
    """The last deeds, oldest first, with one stack to go back and one to go forth."""

    def __init__(self) -> None:
        self.deeds: deque[Deed] = deque(maxlen=KEPT)
        self._undo: list[Deed] = []
        self._redo: list[Deed] = []
        self._taken: dict[str, tuple[list[Deed], Deed]] = {}

    def forget(self) -> None:
        """Begin anew: somebody else sits here now."""
        self.deeds.clear()
        self._undo.clear()
        self._redo.clear()
        self._taken.clear()

    def sent(self, command: wire.Command, at: datetime, way: Way = "do") -> None:
        """Note that a command went out."""
        self.deeds.append(Deed(command, at, way))

    def answered(self, command: wire.Command, result: wire.CommandResult | wire.Problem) -> None:
        """Note the hub's answer; only an acknowledged command can be taken back."""
        deed = self._find(command.key)
        if deed is None:
            return
        deed.result = result
        stack, before = self._taken.pop(command.key, (None, None))
        if isinstance(result, wire.Problem):
            if stack is not None and before is not None:
                before.undone = False
                stack.append(before)
            return
        if result.undo is None:
            return
        if deed.way == "undo":
            self._redo.append(deed)
        else:
            self._undo.append(deed)
            if deed.way == "do":
                self._redo.clear()

    def _find(self, key: str) -> Deed | None:
        return next((deed for deed in reversed(self.deeds) if deed.command.key == key), None)

    def take_undo(self) -> wire.Command | None:
        """Return the command that takes the last deed back.

        Should the hub refuse it, the deed can be taken back again.
        """
        return self._take(self._undo)

    def take_redo(self) -> wire.Command | None:
        """Return the command that does the last undone deed again."""
        return self._take(self._redo)

    def _take(self, stack: list[Deed]) -> wire.Command | None:
        if not stack:
            return None
        deed = stack.pop()
        if not isinstance(deed.result, wire.CommandResult) or deed.result.undo is None:
            return None
        deed.undone = True
        command = deed.result.undo.model_copy(update={"key": uuid.uuid4().hex})
        self._taken[command.key] = (stack, deed)
        return command

    @property
    def can_undo(self) -> bool:
        """Whether there is a deed to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone deed to do again."""
        return bool(self._redo)

    def why_not(self) -> str:
        """Return why the newest acknowledged deed cannot be taken back, or nothing."""
        for deed in reversed(self.deeds):
            if isinstance(deed.result, wire.CommandResult):
                return deed.result.no_undo
        return ""
