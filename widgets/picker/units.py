"""Choosing whom a case is sent to: a unit in the street or a member department."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from console import wire
from console.domain.geo import distance
from console.search_text import searchable, words
from widgets.bridge import Desk
from widgets.picker.picker import NUMBERED, Line, Picker
from widgets.wording import length_text

Then = Callable[[str, str], None]
"""Called with ``unit`` or ``department`` and the id."""

BOTH = ("unit", "department")
_SOON_BY = 3
"""Free officers that get a number before the department."""


class UnitPicker(Picker):
    """``d``: numbers take the nearest free officers and the department that answers."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk)
        self._then: Then | None = None
        self._choices: list[tuple[str, Line]] = []
        """Everything to choose from with the text it is found by, in the order of use."""

    def retranslate(self) -> None:
        super().retranslate()
        self.field.setPlaceholderText(self.tr("Unit or department: name or pinyin initials"))

    def open(
        self,
        case: wire.CaseRow | None = None,
        then: Then | None = None,
        kinds: Collection[str] = BOTH,
    ) -> None:
        """Let the officer choose for a case; ``kinds`` may leave units or departments out."""
        if case is None or then is None:
            return
        self._then = then
        units = self._units(case) if "unit" in kinds else []
        departments = self._departments(case) if "department" in kinds else []
        near, rest = units[:_SOON_BY], units[_SOON_BY:]
        likely, others = departments[:1], departments[1:]
        self._choices = [*near, *likely, *rest, *others]
        self._begin(f"{case.name}  ·  {case.place}", 0)

    def lines(self, typed: str) -> list[Line]:
        wanted = words(typed)
        found = [line for text, line in self._choices if all(word in text for word in wanted)]
        return found if wanted else list(_numbered(found))

    def _units(self, case: wire.CaseRow) -> list[tuple[str, Line]]:
        """Return units, the proposed one first, then the free by distance, then the others."""
        mirror = self._desk.mirror
        proposal = case.proposal
        ranked = []
        for unit in mirror.units.values():
            fix = mirror.positions.get(unit.id)
            metres = distance(case.at.lat, case.at.lon, fix.lat, fix.lon) if fix else None
            last = metres is None, metres or 0.0, unit.id
            first = proposal is not None and unit.id == proposal.unit
            free = unit.state == "free"
            ranked.append((not free, not first, unit.kind != "officer", last, unit, metres))
        ranked.sort(key=lambda row: row[:4])
        return [self._unit(unit, metres) for *_, unit, metres in ranked]

    def _unit(self, unit: wire.Unit, metres: float | None) -> tuple[str, Line]:
        line = Line(
            unit.name,
            partial(self._chosen, "unit", unit.id),
            detail="  ".join(filter(None, (unit.squad, unit.phone))),
            right=length_text(metres) if metres is not None else self.tr("no position"),
            note=self._state(unit),
            possible=unit.state == "free",
        )
        return searchable([unit.name, unit.squad], [unit.id, unit.phone]), line

    def _state(self, unit: wire.Unit) -> str:
        match unit.state:
            case "free":
                return self.tr("free")
            case "off":
                return self.tr("off duty")
            case _:
                return self.tr("on a task")

    def _departments(self, case: wire.CaseRow) -> list[tuple[str, Line]]:
        """Return departments, the one that answers for the case first."""
        answers = (case.proposal.department if case.proposal else None) or case.department
        ranked = sorted(
            self._desk.mirror.departments.values(),
            key=lambda one: (one.id != answers, one.kind != "member", one.id),
        )
        return [self._department(one, one.id == answers) for one in ranked]

    def _department(self, one: wire.Department, answers: bool) -> tuple[str, Line]:
        line = Line(
            one.name,
            partial(self._chosen, "department", one.id),
            detail=one.phone,
            right=self.tr("department"),
            note=self.tr("answers for it") if answers else "",
        )
        return searchable([one.name], [one.id, one.phone]), line

    def _chosen(self, kind: str, id_: str) -> None:
        if self._then is not None:
            self._then(kind, id_)


def _numbered(lines: Iterable[Line]) -> Iterable[Line]:
    """Give the first lines that can be taken a number each."""
    number = 0
    for line in lines:
        if line.possible and number < NUMBERED:
            number += 1
            yield Line(line.text, line.choose, line.detail, line.right, line.note, number=number)
        else:
            yield line
