"""One report from a seat: what a caller tells, what an officer sees on a camera."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from console import wire
from console.domain.clock import CHINA
from console.seat.classes import Classes
from widgets.bridge import Desk
from widgets.intake.form import Form

_LINES = 76
"""Height in pixels of a field of three lines."""

USUAL = ("09001", "09005", "09006", "09009", "06010", "06042", "03006", "03007", "09022")
"""Classes that a patrol sees most, until this officer's own have shown."""

NUMBERED = 9


class One(Form):
    """A form whose answer is one case, which is looked at then."""

    source = ""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self.found = QLabel()
        self._classes: Classes | None = None
        self._item: wire.CatalogueItem | None = None
        super().__init__(window, desk)

    def add_class(self) -> None:
        """Add the field for a class: code, words or initials; what is meant stands under it."""
        field = QLineEdit(self)
        field.setMaxLength(40)
        field.textChanged.connect(self._find)
        self.add("code", field)
        self.found.setParent(self)
        self.found.setObjectName("dim")
        self.rows.addRow("", self.found)

    def _find(self, typed: str) -> None:
        item = self._item = self.meant(typed.strip()) if typed.strip() else None
        if item is not None:
            self.found.setText(f"{item.code}  {item.name}  ·  {item.major}")
        else:
            self.found.setText(self.tr("no such class") if typed.strip() else "")

    def meant(self, typed: str) -> wire.CatalogueItem | None:
        """Return the matter that is meant by some letters."""
        if self._classes is None:
            self._classes = Classes(self.desk.mirror, self.desk.now().astimezone(CHINA).date())
        items = (entry.item for entry in self._classes.search(typed, "matter"))
        base = (wire.BASE_SCHEME, "matter")
        return next((item for item in items if (item.scheme, item.kind) == base), None)

    def open(self) -> None:
        self._classes = None
        super().open()

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of the command."""
        said = {name: self.text(name) for name in self.fields if name != "code"}
        code = wire.id_of(self._item) if self._item else self.text("code")
        return {"source": self.source, "code": code} | said

    def send(self) -> None:
        self.say(self.tr("Sending…"))
        self.desk.submit("case.report", None, self.arguments(), self._taken, self.refused)

    def _taken(self, result: wire.CommandResult) -> None:
        self.empty()
        self.dismiss()
        joined = self.tr("The report joined case {case}")
        opened = self.tr("The report opened case {case}")
        text = joined if result.data.get("joined") else opened
        self.desk.toast.emit("ok", text.format(case=result.target))
        if result.target in self.desk.mirror.cases:
            self.desk.select_case(result.target)


class Hotline(One):
    """``; h``: caller, telephone, place in words, what it is."""

    source = "hotline"

    def build(self) -> None:
        for name in ("name", "phone", "place"):
            field = QLineEdit(self)
            field.setMaxLength(200 if name == "place" else 60)
            self.add(name, field)
        text = QPlainTextEdit(self)
        text.setFixedHeight(_LINES)
        self.add("text", text)
        self.add_class()

    def words(self) -> dict[str, str]:
        return {
            "heading": self.tr("Report from the telephone"),
            "name": self.tr("Caller"),
            "phone": self.tr("Telephone"),
            "place": self.tr("Where (street or place)"),
            "text": self.tr("What it is"),
            "code": self.tr("Class, if known"),
            "hint": self.tr("Tab goes on, Ctrl+Enter sends, Esc keeps it for later"),
        }


class Patrol(One):
    """``; p``: what the chosen camera shows is a case; its number or its class, and Enter."""

    source = "patrol"

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self._camera: wire.Camera | None = None
        self._recent: list[str] = []
        self.choices = QLabel()
        super().__init__(window, desk)

    def build(self) -> None:
        self.add_class()
        self.choices.setParent(self)
        self.rows.addRow("", self.choices)
        text = QLineEdit(self)
        text.setMaxLength(500)
        self.add("text", text)

    def words(self) -> dict[str, str]:
        camera = self._camera.name if self._camera else ""
        return {
            "heading": self.tr("Seen on camera {camera}").format(camera=camera),
            "code": self.tr("Class"),
            "text": self.tr("Words, if needed"),
            "hint": self.tr("A number or a class and Enter reports it with a picture; Esc leaves"),
        }

    def look(self, camera: wire.Camera) -> None:
        """Open for a camera."""
        self._camera = camera
        lines = [f"{n}  {item.name}" for n, item in enumerate(self._usual(), start=1)]
        thirds = [lines[n : n + 3] for n in range(0, len(lines), 3)]
        self.choices.setText("\n".join("      ".join(third) for third in thirds))
        self.retranslate()
        self.open()

    def _usual(self) -> list[wire.CatalogueItem]:
        """Return the classes that numbers pick: this officer's last, then those seen most."""
        known = self.desk.mirror.catalogue
        usual = [wire.class_id(wire.BASE_SCHEME, "matter", code) for code in USUAL]
        ids = dict.fromkeys([*self._recent, *usual])
        return [known[id_] for id_ in ids if id_ in known][:NUMBERED]

    def meant(self, typed: str) -> wire.CatalogueItem | None:
        """Return what a single digit picks, or what is meant by letters."""
        usual = self._usual()
        if len(typed) == 1 and typed.isdecimal() and 0 < int(typed) <= len(usual):
            return usual[int(typed) - 1]
        return super().meant(typed)

    def arguments(self) -> dict[str, Any]:
        camera = self._camera.id if self._camera else ""
        return super().arguments() | {"camera": camera}

    def entered(self, field: QLineEdit) -> None:
        """Enter sends: there is nothing else to fill in."""
        if self._item is not None or self.text("text"):
            self.send()
        else:
            super().entered(field)

    def send(self) -> None:
        if self._item is not None:
            mine = wire.id_of(self._item)
            self._recent = [mine, *(id_ for id_ in self._recent if id_ != mine)][:NUMBERED]
        super().send()
