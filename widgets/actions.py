"""Keys to commands: shortcuts by place, and prefixes that show what may follow.

A single key is a QShortcut: it yields to text fields by itself. A prefix such as ``.``
catches the next key only while it is pending, so no filter sits on the whole program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from console.seat.commands import Record
from console.seat.keymap import chords, prefixes

_PATIENCE_MS = 4_000
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_SIGNS = {
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Return": "Enter",
    "PgDown": "PgDn",
    "Backspace": "⌫",
    "Escape": "Esc",
}


def chord_names(event: QKeyEvent) -> tuple[str, ...]:
    """Return how a pressed key may be written: with its modifiers, and without Shift."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    shifted = QKeySequence(QKeyCombination(plain, key)).toString(_PORTABLE)
    bare = QKeySequence(QKeyCombination(plain & ~Qt.KeyboardModifier.ShiftModifier, key))
    return shifted, bare.toString(_PORTABLE)


def key_text(key: str) -> str:
    """Return a key as it stands on the keyboard: ``. 1`` for a sequence, ``↑`` for Up."""
    return " ".join(
        "+".join(_SIGNS.get(name, name) for name in part.split("+")) if part != "+" else part
        for part in chords(key)
    )


class Keys(QObject):
    """The shortcuts of a running seat."""

    pending = Signal(str, list)
    """A prefix waits for its next key, with the records that may follow; ``("", [])`` ends it."""
    refused = Signal(Record)
    """A key was pressed whose command is not possible now."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert app is not None
        self._app = app
        self._window = window
        self._shortcuts: list[QShortcut] = []
        self._followers: dict[tuple[str, str], list[Record]] = {}
        self._waiting: list[Record] = []
        self._depth = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE_MS)
        self._timer.timeout.connect(self._give_up)

    def bind(self, records: Iterable[Record], places: Mapping[str, QWidget]) -> None:
        """Make the records' keys work; ``places`` gives the widget of each place but window."""
        listed = list(records)
        for record in listed:
            if len(chords(record.key)) == 1:
                self._shortcut(record.key, record.place, places, record)
        for (place, chord), followers in prefixes(listed).items():
            known = self._followers.setdefault((place, chord), [])
            if not known:
                self._prefix(chord, place, places)
            known.extend(followers)

    def _shortcut(
        self, key: str, place: str, places: Mapping[str, QWidget], record: Record
    ) -> None:
        shortcut = self._make(key, place, places)
        shortcut.setAutoRepeat(record.undo == "view")
        shortcut.activated.connect(lambda: self.trigger(record))

    def _prefix(self, chord: str, place: str, places: Mapping[str, QWidget]) -> None:
        shortcut = self._make(chord, place, places)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self._begin(place, chord))

    def _make(self, key: str, place: str, places: Mapping[str, QWidget]) -> QShortcut:
        everywhere = place == "window"
        shortcut = QShortcut(QKeySequence(key), self._window if everywhere else places[place])
        shortcut.setContext(
            Qt.ShortcutContext.WindowShortcut
            if everywhere
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        shortcut.setEnabled(self._depth == 0)
        self._shortcuts.append(shortcut)
        return shortcut

    def trigger(self, record: Record) -> None:
        """Run a command if it is possible now."""
        if record.when():
            record.run()
        else:
            self.refused.emit(record)

    # --- quiet while something else has the keyboard --------------------------------

    def pause(self) -> None:
        """Let no shortcut work until :meth:`resume`; calls nest."""
        self._depth += 1
        self._set_enabled()

    def resume(self) -> None:
        """Take back one :meth:`pause`."""
        self._depth = max(0, self._depth - 1)
        self._set_enabled()

    def _set_enabled(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(self._depth == 0)

    # --- prefixes ---------------------------------------------------------------------

    def _begin(self, place: str, chord: str) -> None:
        self._waiting = self._followers[(place, chord)]
        self.pause()
        self._app.installEventFilter(self)
        self._timer.start()
        self.pending.emit(chord, self._waiting)

    def _end(self) -> None:
        self._app.removeEventFilter(self)
        self._timer.stop()
        self._waiting = []
        self.resume()
        self.pending.emit("", [])

    def _give_up(self) -> None:
        if self._waiting:
            self._end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key that follows a prefix."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.ApplicationDeactivate):
            self._give_up()
            return False
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if Qt.Key(event.key()) in _MODIFIERS:
            return False
        names = chord_names(event)
        found = next((r for r in self._waiting if chords(r.key)[1] in names), None)
        self._end()
        if found is not None:
            self.trigger(found)
        return True
