"""The forms for reports, opened by ``;`` and a letter; each is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console import wire
from console.domain.case import Role
from console.seat.commands import Record
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk

if TYPE_CHECKING:
    from widgets.intake.form import Form

_HOTLINE = QT_TRANSLATE_NOOP("Command", "Report what a caller tells")
_PATROL = QT_TRANSLATE_NOOP("Command", "Report what the chosen camera shows")
_CHAT = QT_TRANSLATE_NOOP("Command", "Report out of a chat group")
_SURVEY = QT_TRANSLATE_NOOP("Command", "Take a table of an assessment")

_DESK = frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.SHIFT_LEADER, Role.LEADER})
_SEEING = _DESK | {Role.PATROLLER}

F = TypeVar("F", bound="Form")


class IntakeDesk(QObject):
    """Opens the forms. ``camera`` tells which one the officer has chosen."""

    def __init__(self, window: QWidget, desk: Desk, opened: Callable[[Form], None]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._opened = opened
        self.forms: dict[str, Form] = {}

    def records(self) -> list[Record]:
        """Return the commands that open a form."""
        return [
            Record("report.hotline", _HOTLINE, self._hotline, ";, H", when=self._may),
            Record("report.patrol", _PATROL, self._patrol, ";, P", when=self._sees),
            Record("report.chat", _CHAT, self._chat, ";, C", when=self._may),
            Record("report.survey", _SURVEY, self._survey, ";, I", when=self._may),
        ]

    def _may(self) -> bool:
        return not _DESK.isdisjoint(self._desk.mirror.officer.roles)

    def _sees(self) -> bool:
        return (
            not _SEEING.isdisjoint(self._desk.mirror.officer.roles) and self._camera() is not None
        )

    def _camera(self) -> wire.Camera | None:
        """Return the camera chosen on the wall, else the first that sees what is looked at."""
        near = self._desk.selection.cameras[:1]
        ids = [self._desk.camera, *near]
        return next((c for id_ in ids if id_ and (c := self._desk.mirror.cameras.get(id_))), None)

    def _form(self, kind: type[F]) -> F:
        form = self.forms.get(kind.__name__)
        if not isinstance(form, kind):
            form = kind(self._window, self._desk)
            self.forms[kind.__name__] = form
            self._opened(form)
        return form

    def _hotline(self) -> None:
        from widgets.intake.one import Hotline

        self._form(Hotline).open()

    def _patrol(self) -> None:
        from widgets.intake.one import Patrol

        camera = self._camera()
        if camera is not None:
            self._form(Patrol).look(camera)

    def _chat(self) -> None:
        from widgets.intake.many import Chat

        self._form(Chat).open()

    def _survey(self) -> None:
        from widgets.intake.many import Survey

        self._form(Survey).open()
