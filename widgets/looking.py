"""Tells the hub which case is looked at here, once the officer stays with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from widgets.bridge import Desk, Selection

_STAY_MS = 250
"""Going down the queue with a held key is not looking."""


class Looking(QObject):
    """Follows the selection."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._told: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAY_MS)
        self._timer.timeout.connect(self._tell)
        desk.selection_changed.connect(self._selected)

    def _selected(self, _selection: Selection) -> None:
        self._timer.start()

    def _tell(self) -> None:
        case = self._desk.selection.case
        id_ = case.id if case else None
        if id_ != self._told:
            self._told = id_
            self._desk.seat.client.looking(id_)
