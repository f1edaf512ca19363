"""Taking the cases of the present view out as a table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from console import wire
from console.domain.clock import CHINA
from console.seat.saving import Saved
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.folders import outgoing
from widgets.wording import command_text

TAKE_OUT = QT_TRANSLATE_NOOP("Command", "Export the cases of this view as a table")
_FORMS = {"XLSX": "xlsx", "CSV": "csv", "JSON": "json"}


class Takeout(QObject):
    """Asks for the form, has the hub make the table, says where it lies."""

    def __init__(self, desk: Desk, wanted: Callable[[], wire.CaseFilter], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = wanted

    def ask(self) -> None:
        """Ask in which form."""
        self._desk.ask(command_text(TAKE_OUT), self.tr("Form"), self._take, choices=list(_FORMS))

    def _take(self, answer: str) -> None:
        form = _FORMS.get(answer.strip().upper())
        if form is None:
            self._desk.toast.emit("warn", self.tr("XLSX, CSV or JSON"))
            return
        moment = self._desk.now().astimezone(CHINA)
        path = outgoing() / f"案件_{moment:%Y%m%d-%H%M%S}.{form}"
        self._desk.toast.emit("info", self.tr("The table is being made; go on working"))
        self._desk.save(f"/api/export/cases.{form}", self._wanted(), path, self._saved)

    def _saved(self, saved: Saved) -> None:
        text = self.tr("%n case(s) exported: {path}", "", saved.rows).format(path=saved.path)
        if saved.cut:
            text += " " + self.tr("There were more; only the newest are in it")
        self._desk.toast.emit("warn" if saved.cut else "ok", text)
