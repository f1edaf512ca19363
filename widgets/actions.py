"""Keys to commands: shortcuts by place, and prefixes that show what may follow.

A single key is a QShortcut: it yields to text fields by itself. A prefix such as ``.``
catches the next key only while it is pending, so no filter sits on the whole program.
Where a pane and the window both have a key, Qt calls it ambiguous; the pane's own wins then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from console.seat.commands import Record
from console.seat.keymap import chords

_PATIENCE_MS = 4_000
MODIFIERS = frozenset(
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
        self._places: dict[str, QWidget] = {}
        self._shortcuts: dict[tuple[str, str], QShortcut] = {}
        self._singles: dict[tuple[str, str], Record] = {}
        self._followers: dict[tuple[str, str], list[Record]] = {}
        self._waiting: list[Record] = []
        self._depth = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE_MS)
        self._timer.timeout.connect(self._give_up)

    def bind(self, records: Iterable[Record], places: Mapping[str, QWidget]) -> None:
        """Make the records' keys work; ``places`` gives the widget of each place but window."""
        self._places.update(places)
        for record in records:
            first, *further = chords(record.key) or ("",)
            if not first:
                continue
            at = (record.place, first)
            if further:
                self._followers.setdefault(at, []).append(record)
            else:
                self._singles[at] = record
            self._listen(*at, repeat=record.undo == "view" and not further)

    def renew(self, records: Iterable[Record]) -> None:
        """Forget every key and bind these; the places stay as they are."""
        for shortcut in self._shortcuts.values():
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        for table in (self._shortcuts, self._singles, self._followers):
            table.clear()
        self.bind(records, {})

    def _listen(self, place: str, chord: str, *, repeat: bool) -> None:
        if (place, chord) in self._shortcuts:
            return
        everywhere = place == "window"
        at = self._window if everywhere else self._places[place]
        shortcut = QShortcut(QKeySequence(chord), at)
        shortcut.setContext(
            Qt.ShortcutContext.WindowShortcut
            if everywhere
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        shortcut.setAutoRepeat(repeat)
        shortcut.setEnabled(self._depth == 0)
        shortcut.activated.connect(lambda: self._pressed(chord))
        shortcut.activatedAmbiguously.connect(lambda: self._pressed(chord))
        self._shortcuts[place, chord] = shortcut

    def _pressed(self, chord: str) -> None:
        """Do what a key means where the keyboard is, else what it means everywhere."""
        for place in (self._here(), "window"):
            record = self._singles.get((place, chord))
            if record is not None:
                self.trigger(record)
                return
            if (place, chord) in self._followers:
                self._begin(chord)
                return

    def _here(self) -> str:
        """Return the place that has the keyboard."""
        widget = QApplication.focusWidget()
        while widget is not None:
            for place, root in self._places.items():
                if root is widget:
                    return place
            widget = widget.parentWidget()
        return "window"

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
        for shortcut in self._shortcuts.values():
            shortcut.setEnabled(self._depth == 0)

    # --- prefixes ---------------------------------------------------------------------

    def _begin(self, chord: str) -> None:
        places = dict.fromkeys((self._here(), "window"))
        self._waiting = [r for place in places for r in self._followers.get((place, chord), ())]
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
        if Qt.Key(event.key()) in MODIFIERS:
            return False
        names = chord_names(event)
        found = next((r for n in names for r in self._waiting if chords(r.key)[1] == n), None)
        self._end()
        if found is not None:
            self.trigger(found)
        return True
