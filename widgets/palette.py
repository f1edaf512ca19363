"""The palette: any command, case, camera, street or unit by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.seat.fuzzy import best, readings
from widgets.overlay import Overlay
from widgets.theme import Theme

SHOWN = 60
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is (``kind``), its text, other ways to find it, its key, what it does."""

    kind: str
    text: str
    run: Callable[[], None]
    also: str = ""
    key: str = ""
    possible: bool = True


def ranked(needle: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that fit, best first; all in their order for an empty needle."""
    if not needle.strip():
        return list(entries)[:SHOWN]
    found = []
    for place, entry in enumerate(entries):
        texts = (
            [*readings(entry.text), *readings(entry.also)] if entry.also else readings(entry.text)
        )
        value = best(needle, texts)
        if value is not None:
            found.append((-value, place, entry))
    found.sort(key=lambda item: item[:2])
    return [entry for _, _, entry in found[:SHOWN]]


class _Lines(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.entries)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.kind} {entry.text} {entry.key}"
        return entry if role == _ROLE else None


class _Line(QStyledItemDelegate):
    def __init__(self, theme: Callable[[], Theme], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, self._theme().row + 4)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, entry = self._theme(), index.data(_ROLE)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.select)
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 5, 5)
        line = box.adjusted(12, 0, -12, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.mono)
        painter.setPen(theme.muted)
        width = painter.fontMetrics().horizontalAdvance(entry.key) if entry.key else 0
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, entry.key)
        painter.setFont(theme.small)
        painter.setPen(theme.faint)
        painter.drawText(line, middle, entry.kind)
        words = line.adjusted(84, 0, -width - 14, 0)
        painter.setFont(theme.body)
        painter.setPen(theme.text if entry.possible else theme.faint)
        text = painter.fontMetrics().elidedText(
            entry.text, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, middle, text)
        painter.restore()


class Palette(Overlay):
    """Ctrl+K. Up and Down choose, Enter does it, Escape leaves."""

    wide = 760
    high = 560

    def __init__(
        self,
        window: QWidget,
        theme: Callable[[], Theme],
        entries: Callable[[], list[Entry]],
    ) -> None:
        super().__init__(window)
        self._entries = entries
        self._all: list[Entry] = []
        self._lines = _Lines(self)
        self.field = QLineEdit(self)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list = QListView(self)
        self.list.setModel(self._lines)
        self.list.setItemDelegate(_Line(theme, self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _: self.choose())
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Command, case, camera, street, unit …"))
        self.field.setAccessibleName(self.tr("Find"))
        self.list.setAccessibleName(self.tr("Found"))

    def open(self) -> None:
        """Open with everything that can be done now."""
        self._all = self._entries()
        self.field.clear()
        self._search("")
        super().open()

    def first_focus(self) -> QWidget:
        return self.field

    def _search(self, needle: str) -> None:
        self._lines.show(ranked(needle, self._all))
        self._choose_row(0)

    def _choose_row(self, row: int) -> None:
        count = self._lines.rowCount()
        if count:
            self.list.setCurrentIndex(self._lines.index(max(0, min(row, count - 1)), 0))

    def choose(self) -> None:
        """Do what the chosen line says."""
        index = self.list.currentIndex()
        if index.isValid():
            entry: Entry = index.data(_ROLE)
            self.dismiss()
            entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the field has the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._key(Qt.Key(event.key()))
            return False
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_PageUp: -10,
        }
        if key in steps:
            self._choose_row(self.list.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        else:
            return False
        return True
