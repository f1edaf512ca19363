"""What a seat marks for benches and scenarios while ``ZHIHUI_TRACE`` is set."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from console.seat.mirror import ChangeSet
from console.seat.selection import Selection
from console.seat.trace import trace
from widgets.bridge import Desk, Question


class Tracer(QObject):
    """Listens to the desk and marks what an officer would see, at the moment it is painted."""

    def __init__(self, desk: Desk, queue: QWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._queue = queue
        desk.changed.connect(self._changed)
        desk.selection_changed.connect(self._selected)
        desk.asked.connect(self._asked)
        desk.toast.connect(lambda level, text: trace("toast", level=level, text=text))
        desk.connection_changed.connect(self._connected)
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._frames)
        self._beat.start(1000)

    def _changed(self, touched: ChangeSet) -> None:
        if touched.whole:
            self._queue.repaint()
            trace("queue_painted")
        elif cases := touched.kinds.get("case"):
            self._queue.repaint()
            trace("cases_painted", cases=sorted(cases))

    def _selected(self, selection: Selection) -> None:
        trace(
            "selected",
            case=selection.case.id if selection.case else None,
            cameras=selection.cameras[:2],
            speakers=selection.speakers[:1],
        )

    def _asked(self, question: Question) -> None:
        trace("asked", title=question.title)

    def _connected(self, state: str) -> None:
        trace("connection", state=state)

    def _frames(self) -> None:
        frames = self._desk.frames
        trace("frames", all=frames.all, late=frames.all_late)
