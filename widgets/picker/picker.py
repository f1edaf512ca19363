"""A panel that finds one of many by a few letters: what all pickers have in common."""

from __future__ import annotations

from collections.abc import Callable
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
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from widgets.bridge import Desk
from widgets.overlay import Overlay
from widgets.theme import Theme

NUMBERED = 9
_ROLE = Qt.ItemDataRole.UserRole
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """One choice in two rows: ``text`` with ``right``, and smaller ``detail`` with ``note``.

    ``lead`` stands before both, such as a code. What is not ``possible`` is shown faint and cannot
    be chosen; ``number`` is the key that takes it, 0 for none.
    """

    text: str
    choose: Callable[[], None]
    detail: str = ""
    right: str = ""
    note: str = ""
    lead: str = ""
    possible: bool = True
    number: int = 0


class _Lines(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            number = str(line.number) if line.number else ""
            parts = (number, line.lead, line.text, line.right, line.detail, line.note)
            return " ".join(filter(None, parts))
        return line if role == _ROLE else None


class _Painted(QStyledItemDelegate):
    def __init__(self, theme: Callable[[], Theme], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lead = 0
        """Characters to keep room for before the text."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        theme = self._theme()
        return QSize(100, theme.row + theme.small.pixelSize() + theme.gap)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, line = self._theme(), index.data(_ROLE)
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.select)
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 5, 5)
        inner = box.adjusted(12, 5, -12, -5)
        upper = QRect(inner.x(), inner.y(), inner.width(), inner.height() * 11 // 20)
        lower = inner.adjusted(0, upper.height(), 0, 0)
        painter.setFont(theme.mono)
        digit = painter.fontMetrics().horizontalAdvance("0")
        if line.number:
            self._write(painter, inner, theme.mono, theme.accent, str(line.number))
        room = inner.adjusted(2 * digit, 0, 0, 0)
        self._write(painter, room, theme.mono, theme.faint, line.lead)
        start = (3 + self.lead + (1 if self.lead else 0)) * digit
        strong = theme.text if line.possible else theme.faint
        weak = theme.muted if line.possible else theme.faint
        self._pair(painter, upper, start, (theme.body, strong), (line.text, line.right))
        self._pair(painter, lower, start, (theme.small, weak), (line.detail, line.note))
        painter.restore()

    def _pair(
        self,
        painter: QPainter,
        box: QRect,
        start: int,
        look: tuple[QFont, QColor],
        words: tuple[str, str],
    ) -> None:
        """Write words at both ends of a row; those at the left give way."""
        font, colour = look
        painter.setFont(font)
        taken = painter.fontMetrics().horizontalAdvance(words[1])
        self._write(painter, box, font, colour, words[1], _RIGHT)
        room = box.adjusted(start, 0, -taken - 16, 0)
        self._write(painter, room, font, colour, words[0])

    @staticmethod
    def _write(
        painter: QPainter,
        box: QRect,
        font: QFont,
        colour: QColor,
        text: str,
        side: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE | side, fitting)


class Picker(Overlay):
    """Letters narrow the list, Up and Down choose, Enter takes, Escape leaves all as it is.

    While nothing is typed a number takes the line that wears it.
    """

    wide = 860
    high = 600

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._lines = _Lines(self)
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit(self)
        self.field.setMaxLength(60)
        self.field.textChanged.connect(lambda _: self._search())
        self.field.installEventFilter(self)
        self._painted = _Painted(lambda: desk.theme, self)
        self.list = QListView(self)
        self.list.setModel(self._lines)
        self.list.setItemDelegate(self._painted)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _: self.choose())
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        for part in (self.heading, self.field, self.list, self.hint):
            self.column.addWidget(part)
        desk.theme_changed.connect(self.list.viewport().update)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setAccessibleName(self.tr("Find"))
        self.list.setAccessibleName(self.tr("Found"))
        self.hint.setText(
            self.tr("A number or Enter takes, letters or pinyin initials find, Esc leaves")
        )

    def lines(self, typed: str) -> list[Line]:
        """Return what to choose from for what is typed."""
        raise NotImplementedError

    @property
    def shown(self) -> list[Line]:
        """The lines that are there to choose from."""
        return self._lines.lines

    def first_focus(self) -> QWidget:
        return self.field

    def _begin(self, heading: str, lead: int) -> None:
        """Open with an empty field; ``lead`` is how many characters stand before each line."""
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self._painted.lead = lead
        self.field.clear()
        self._search()
        super().open()

    def _search(self) -> None:
        self._lines.show(self.lines(self.field.text()))
        self._choose_row(0)

    def _choose_row(self, row: int) -> None:
        count = self._lines.rowCount()
        if count:
            self.list.setCurrentIndex(self._lines.index(max(0, min(row, count - 1)), 0))

    def choose(self) -> None:
        """Take the chosen line."""
        index = self.list.currentIndex()
        if index.isValid():
            self._take(index.data(_ROLE))

    def _take(self, line: Line) -> None:
        if line.possible:
            self.dismiss()
            line.choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, numbers and Enter work the list while the field has the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if key in steps:
            self._choose_row(self.list.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        else:
            return self._number(key - Qt.Key.Key_0)
        return True

    def _number(self, number: int) -> bool:
        """Take the line of a number key; where there is none, a digit is typed."""
        if self.field.text() or not 1 <= number <= NUMBERED:
            return False
        line = next((line for line in self.shown if line.number == number), None)
        if line is not None:
            self._take(line)
        return line is not None
