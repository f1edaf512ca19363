"""All keys on one page, where each may be changed, and the hint of what may follow a prefix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from console.seat.commands import CommandClashError, Record
from console.seat.fuzzy import best, readings
from console.seat.keymap import OwnKeys, chords
from widgets.actions import MODIFIERS, chord_names, key_text
from widgets.bridge import Desk
from widgets.overlay import Overlay
from widgets.theme import Theme
from widgets.wording import command_text, place_text

_ID = Qt.ItemDataRole.UserRole


def grouped(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the records that have a key, by place, in the order of the registry."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        if record.key:
            groups.setdefault(record.place, []).append(record)
    return groups


class KeyHelp(Overlay):
    """``?``: every command with its key, by where it works. Letters find, Enter changes a key."""

    rebound = Signal()
    wide = 900
    high = 780

    def __init__(self, window: QWidget, desk: Desk, own: OwnKeys) -> None:
        super().__init__(window)
        self._desk, self._own = desk, own
        self._catching: str | None = None
        self._caught: list[str] = []
        self.field = QLineEdit(self)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QTreeWidget(self)
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderHidden(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setColumnWidth(0, 120)
        self.list.itemActivated.connect(lambda *_: self._catch())
        self.hint = QLabel(self)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        for part in (self.field, self.list, self.hint):
            self.column.addWidget(part)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Find a key or a command"))
        self.field.setAccessibleName(self.tr("Find"))
        self.list.setAccessibleName(self.tr("Keys"))
        self._say_how()

    def open(self) -> None:
        """Open with the keys as they are bound now."""
        self._let_go()
        self.field.clear()
        self._fill()
        super().open()

    def first_focus(self) -> QWidget:
        return self.field

    # --- the list --------------------------------------------------------------------

    def _fill(self) -> None:
        """List the records that fit what is typed, each place under its name."""
        chosen = self._chosen()
        self.list.clear()
        found: dict[str, list[Record]] = {}
        for record in self._desk.registry:
            if self._fits(record):
                found.setdefault(record.place, []).append(record)
        for place, records in found.items():
            self._head(place_text(place))
            for record in records:
                self._line(record)
        self._choose(chosen)

    def _fits(self, record: Record) -> bool:
        needle = self.field.text().strip()
        if not needle or needle.casefold() == key_text(record.key).casefold():
            return True
        texts = [*readings(command_text(record.title)), record.title]
        return best(needle, texts) is not None

    def _head(self, text: str) -> None:
        item = QTreeWidgetItem(["", text])
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(1, self._desk.theme.faint)
        self.list.addTopLevelItem(item)

    def _line(self, record: Record) -> None:
        theme = self._desk.theme
        item = QTreeWidgetItem([key_text(record.key), command_text(record.title)])
        item.setData(0, _ID, record.id)
        item.setTextAlignment(0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFont(0, theme.mono)
        item.setForeground(0, theme.accent)
        if record.key != self._own.shipped(record.id):
            item.setFont(1, theme.strong)
        self.list.addTopLevelItem(item)

    def _chosen(self) -> str | None:
        item = self.list.currentItem()
        return str(item.data(0, _ID)) if item is not None and item.data(0, _ID) else None

    def _choose(self, command_id: str | None) -> None:
        """Choose a command's line, or the first there is."""
        lines = [self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount())]
        known = [item for item in lines if item is not None and item.data(0, _ID)]
        same = [item for item in known if item.data(0, _ID) == command_id]
        for item in [*same, *known][:1]:
            self.list.setCurrentItem(item)

    def _step(self, by: int) -> None:
        """Go so many lines on, over the names of places."""
        at = self.list.currentIndex().row()
        last = self.list.topLevelItemCount() - 1
        sign = 1 if by > 0 else -1
        at = max(0, min(last, at + by))
        while 0 <= at <= last:
            item = self.list.topLevelItem(at)
            if item is not None and item.data(0, _ID):
                self.list.setCurrentItem(item)
                return
            at += sign

    # --- changing a key ------------------------------------------------------------------

    def _catch(self) -> None:
        """Let the next key be that of the chosen command."""
        self._catching, self._caught = self._chosen(), []
        # Nothing is typed now: an input method must not hold the key back.
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._say_how()

    def _let_go(self) -> None:
        self._catching = None
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._say_how()

    def _say_how(self, fault: str = "") -> None:
        if self._catching is None:
            text = self.tr("Letters find, Enter changes the key, Esc closes")
        else:
            title = command_text(self._desk.registry.title(self._catching))
            text = self.tr(
                "{command}: press the new key. Backspace takes its key away, Delete gives back the "
                "first one, Esc leaves it"
            ).format(command=title)
        self.hint.setText("\n".join(filter(None, (fault, text))))

    def _caught_key(self, event: QKeyEvent) -> None:
        command_id = self._catching
        assert command_id is not None
        match event.key():
            case Qt.Key.Key_Escape:
                self._let_go()
            case Qt.Key.Key_Backspace:
                self._bind(command_id, "")
            case Qt.Key.Key_Delete:
                self._bind(command_id, self._own.shipped(command_id))
            case key if Qt.Key(key) not in MODIFIERS:
                self._caught.append(chord_names(event)[0])
                if len(self._caught) > 1 or not self._begins(self._caught[0]):
                    self._bind(command_id, ", ".join(self._caught))

    def _begins(self, chord: str) -> bool:
        """Tell whether a key is the prefix of others, so that one more follows."""
        return any(len(c := chords(r.key)) > 1 and c[0] == chord for r in self._desk.registry)

    def _bind(self, command_id: str, key: str) -> None:
        try:
            self._own.change(self._desk.registry, command_id, key)
        except CommandClashError:
            owner = self._owner(command_id, key)
            self._caught = []
            text = self.tr("{key} belongs to: {command}")
            self._say_how(text.format(key=key_text(key), command=command_text(owner)))
            return
        self._let_go()
        self._fill()
        self.rebound.emit()

    def _owner(self, command_id: str, key: str) -> str:
        """Return the title of the command that has a key already, or begins with it."""
        place = self._desk.registry[command_id].place
        for record in self._desk.registry:
            parts, wanted = chords(record.key), chords(key)
            short = min(len(parts), len(wanted))
            other = record.id != command_id and record.place == place
            if other and short and parts[:short] == wanted[:short]:
                return record.title
        return key

    # --- keys ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Work the list from the field; while a key is waited for, take every one."""
        if watched is not self.field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self._catching is not None:
            if event.type() == QEvent.Type.KeyPress:
                self._caught_key(event)
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 15,
            Qt.Key.Key_PageUp: -15,
        }
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._chosen():
                self._catch()
        else:
            return False
        return True


class Hint(QLabel):
    """What may follow a prefix, above the window's foot."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("Overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setContentsMargins(14, 8, 14, 8)
        self.hide()

    def say(self, prefix: str, followers: list[Record], theme: Theme) -> None:
        """Show the followers of a prefix, or nothing for an empty one."""
        if not prefix:
            self.hide()
            return
        window = self.parentWidget()
        assert window is not None
        head = QCoreApplication.translate("KeyHelp", "After {key}").format(key=key_text(prefix))
        columns = 1 if len(followers) <= _COLUMN else 2
        rows = -(-len(followers) // columns)
        stacks = [followers[n * rows : (n + 1) * rows] for n in range(columns)]
        self.setText(
            f"<p style='color:{theme.muted.name()}'>{escape(head)}</p><table><tr>"
            + "".join(f"<td style='padding-right:24px'>{_table(s, theme)}</td>" for s in stacks)
            + "</tr></table>"
        )
        self.setAccessibleName(head)
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 56)
        self.show()
        self.raise_()


_COLUMN = 12


def _table(records: Sequence[Record], theme: Theme) -> str:
    """Return keys and titles as HTML; what is not possible now is faint."""
    rows = []
    for record in records:
        colour = (theme.text if record.when() else theme.faint).name()
        key = escape(key_text(record.key).split(" ", 1)[1])
        title = escape(command_text(record.title))
        rows.append(
            f"<tr><td style='color:{colour}'><b>{key}</b></td>"
            f"<td style='padding-left:10px; color:{colour}'>{title}</td></tr>"
        )
    return f"<table cellspacing=3 cellpadding=1>{''.join(rows)}</table>"
