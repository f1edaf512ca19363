"""Push-to-talk: from pressing to letting go, and everything that counts as letting go."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from console import wire
from console.seat.session import Talk
from widgets.bridge import Desk
from widgets.voice.microphone import Microphone

_LEAVING = frozenset(
    {QEvent.Type.ApplicationDeactivate, QEvent.Type.WindowDeactivate, QEvent.Type.WindowBlocked}
)


class Talker(QObject):
    """Holds at most one talk. The program is watched for the release only while it lasts."""

    changed = Signal(str, str)
    """State (``opening``, ``talking``, ``closed``, ``failed``) and why."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._microphone: Microphone | None = None
        self._talk: Talk | None = None
        self._state = "closed"
        self._turn = 0
        self._unwatch: Callable[[], None] | None = None

    @property
    def talking(self) -> bool:
        """Whether a speaker is held, or being opened, for the officer's voice."""
        return self._talk is not None

    def use(self, microphone: Microphone) -> None:
        """Take the voice from this microphone from now on."""
        self.release()
        if self._microphone is not None:
            self._microphone.frame.disconnect(self._send)
        self._microphone = microphone
        microphone.frame.connect(self._send)

    def press(self, speaker: str, case: str | None) -> None:
        """Open a speaker for the voice; harmless while one is open."""
        if self._talk is not None or self._microphone is None or not self._microphone.present:
            return
        self._turn += 1
        turn = self._turn
        opening = wire.TalkOpen(speaker=speaker, case=case, key=uuid.uuid4().hex)
        self._watch()
        self._talk = self._desk.seat.client.talk(
            opening, lambda state: self._desk.post(lambda: self._told(turn, state))
        )
        for frame in self._microphone.pre_roll():
            self._talk.send(frame)
        self._say("opening", "")

    def release(self) -> None:
        """Let go; the hub closes the speaker."""
        if self._talk is not None:
            self._talk.close()
            self._end("closed", "")

    def _send(self, frame: bytes) -> None:
        if self._talk is not None:
            self._talk.send(frame)

    def _told(self, turn: int, state: wire.TalkState) -> None:
        if turn != self._turn or self._talk is None:
            return
        if state.state in ("closed", "failed"):
            self._talk.close()
            self._end(state.state, state.why)
        else:
            self._say(state.state, state.why)

    def _end(self, state: str, why: str) -> None:
        self._talk = None
        if self._unwatch:
            self._unwatch()
            self._unwatch = None
        self._say(state, why)

    def _say(self, state: str, why: str) -> None:
        if state != self._state or why:
            self._state = state
            self.changed.emit(state, why)

    # --- letting go -----------------------------------------------------------------

    def _watch(self) -> None:
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._unwatch = lambda: app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the keys come up, and the window lose the keyboard."""
        kind = event.type()
        if kind in _LEAVING:
            self.release()
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            held = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Control)
            if held and not event.isAutoRepeat():
                self.release()
        return False
