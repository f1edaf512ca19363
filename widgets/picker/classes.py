"""Choosing the class of a case and the condition on which it is filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from console import wire
from console.domain.clock import CHINA
from console.seat.classes import Classes, Entry
from console.seat.mirror import ChangeSet
from widgets.bridge import Desk
from widgets.picker.picker import Line, Picker
from widgets.wording import limit_text

Then = Callable[[str, str | None], None]
"""Called with the class id and the rule's id."""

_CODE = 7


class ClassPicker(Picker):
    """``t``: numbers take what was proposed, letters find among all classes."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk)
        self._classes: Classes | None = None
        self._case: wire.CaseRow | None = None
        self._then: Then | None = None
        desk.changed.connect(self._changed)

    def retranslate(self) -> None:
        super().retranslate()
        self.field.setPlaceholderText(self.tr("Class: code, words or pinyin initials"))

    def open(self, case: wire.CaseRow | None = None, then: Then | None = None) -> None:
        """Let the officer choose for a case; ``then`` gets class and rule, Escape gives nothing."""
        if case is None or then is None:
            return
        self._case, self._then = case, then
        if self._classes is None:
            day = self._desk.now().astimezone(CHINA).date()
            self._classes = Classes(self._desk.mirror, day)
        self._begin(f"{case.name}  ·  {case.place}", _CODE)

    def lines(self, typed: str) -> list[Line]:
        case, classes = self._case, self._classes
        if case is None or classes is None:
            return []
        if typed.strip():
            return [self._line(entry) for entry in classes.search(typed, case.kind)]
        first = classes.alternatives(case)
        return [*self._numbered(first), *(self._line(entry) for entry in classes.search(""))]

    def _numbered(self, entries: Iterable[Entry]) -> list[Line]:
        return [self._line(entry, number) for number, entry in enumerate(entries, 1)]

    def _line(self, entry: Entry, number: int = 0) -> Line:
        item, rule = entry.item, entry.rule
        name = item.name if item.kind == "matter" else self.tr("{} (component)").format(item.name)
        return Line(
            name,
            partial(self._chosen, entry),
            detail=rule.condition if rule else item.major,
            right=limit_text(rule.limit if rule else f"natural_hours:{item.hours:g}"),
            note=self._who(rule),
            lead=item.code,
            number=number,
        )

    def _who(self, rule: wire.FilingRule | None) -> str:
        """Return who answers: the department where the rule names one, else the sort of unit."""
        if rule is None:
            return ""
        department = self._desk.mirror.departments.get(rule.department or "")
        return department.name if department else rule.responsible

    def _chosen(self, entry: Entry) -> None:
        if self._then is not None:
            self._then(entry.id, entry.rule.id if entry.rule else None)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("catalogue") or changes.touches("rule"):
            self._classes = None
