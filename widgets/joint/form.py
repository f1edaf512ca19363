"""A form over the window: fields from what they say of themselves, sent by Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from widgets.overlay import Overlay

Kind = Literal["line", "text", "number", "choice", "free_choice", "many", "photo"]
Choices = Sequence[tuple[str, str]]
Values = dict[str, Any]
_VALUE = Qt.ItemDataRole.UserRole
_TEXT_HIGH, _MANY_HIGH = 92, 118


_BOXES = """
QListView::item { padding: 2px; }
QListView::indicator { width: 13px; height: 13px; border-radius: 3px;
  border: 1px solid palette(placeholder-text); }
QListView::indicator:checked { background: palette(link); }
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One row. ``choices`` are (value, what it is called); ``free_choice`` takes other words too.

    A ``number`` is a float, ``many`` a list of values, ``photo`` the path of a file.
    """

    name: str
    label: str
    kind: Kind = "line"
    choices: Choices = ()
    value: str = ""
    needed: bool = False


class Form(Overlay):
    """Tab goes from field to field; the form stays until the hub has taken it."""

    wide = 680

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.rows: dict[str, QWidget] = {}
        self._fields: Sequence[Field] = ()
        self._then: Callable[[Values], None] = lambda _: None
        self._body = QWidget(self)
        self.column.addWidget(self.heading)
        self.column.addWidget(self._body)
        self.column.addWidget(self.hint)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.send)

    def ask(self, title: str, fields: Sequence[Field], then: Callable[[Values], None]) -> None:
        """Open with empty fields; ``then`` gets what was filled in, by name."""
        self._fields, self._then = fields, then
        self.heading.setText(title)
        self.setAccessibleName(title)
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.deleteLater()
        layout = QFormLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(8)
        self.rows = {}
        for field in fields:
            row = self._row(field)
            row.setAccessibleName(field.label)
            if isinstance(row, PhotoRow):
                row.path.setAccessibleName(field.label)
            self.rows[field.name] = row
            layout.addRow(f"{field.label} *" if field.needed else field.label, row)
        self._tell()
        self.open()

    def first_focus(self) -> QWidget:
        return next(iter(self.rows.values()), self)

    def values(self) -> Values:
        """Return what is filled in; what is empty is left out."""
        found = {field.name: self._value(field) for field in self._fields}
        return {name: value for name, value in found.items() if value not in ("", [], None)}

    def send(self) -> None:
        """Give away what is filled in, unless something needed is missing."""
        try:
            given = self.values()
        except ValueError:
            self.complain(self.tr("That is no number"))
            return
        for field in self._fields:
            if field.needed and field.name not in given:
                self.complain(self.tr("{field} is needed").format(field=field.label))
                self.rows[field.name].setFocus()
                return
        self._then(given)

    def complain(self, text: str) -> None:
        """Say under the fields what is wrong."""
        self.hint.setText(f"▲ {text}")

    def _tell(self) -> None:
        self.hint.setText(self.tr("Tab goes on, Ctrl+Enter sends, Esc leaves; * is needed"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    # --- rows ------------------------------------------------------------------------------

    def _row(self, field: Field) -> QWidget:
        match field.kind:
            case "text":
                text = QPlainTextEdit(self._body)
                text.setTabChangesFocus(True)
                text.setFixedHeight(_TEXT_HIGH)
                text.setPlainText(field.value)
                return text
            case "choice" | "free_choice":
                combo = QComboBox(self._body)
                combo.setEditable(field.kind == "free_choice")
                for value, called in field.choices:
                    combo.addItem(called, value)
                combo.setCurrentIndex(max(0, combo.findData(field.value)))
                return combo
            case "many":
                return self._many(field)
            case "photo":
                return PhotoRow(self._body, self.tr("Choose…"), self.tr("Pictures"))
            case _:
                line = QLineEdit(field.value, self._body)
                line.setMaxLength(500)
                return line

    def _many(self, field: Field) -> QListWidget:
        listed = QListWidget(self._body)
        listed.setFixedHeight(_MANY_HIGH)
        listed.setStyleSheet(_BOXES)
        for value, called in field.choices:
            item = QListWidgetItem(called, listed)
            item.setData(_VALUE, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        listed.setCurrentRow(0)
        return listed

    def _value(self, field: Field) -> Any:
        row = self.rows[field.name]
        match row:
            case QPlainTextEdit():
                return row.toPlainText().strip()
            case QComboBox():
                text = row.currentText().strip()
                at = row.findText(text)
                return row.itemData(at) if at >= 0 else text
            case QListWidget():
                items = [row.item(place) for place in range(row.count())]
                return [i.data(_VALUE) for i in items if i.checkState() == Qt.CheckState.Checked]
            case PhotoRow():
                return row.path.text().strip()
            case QLineEdit():
                text = row.text().strip()
                return float(text) if field.kind == "number" and text else text
        raise AssertionError(field.kind)


class PhotoRow(QWidget):
    """A picture's path, typed or chosen."""

    def __init__(self, parent: QWidget, choose: str, pictures: str) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.path = QLineEdit(self)
        button = QPushButton(choose, self)
        button.setAutoDefault(False)
        button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(button)
        self.setFocusProxy(self.path)

    def _choose(self) -> None:
        pattern = f"{self._pictures} (*.jpg *.jpeg *.png *.webp)"
        path, _ = QFileDialog.getOpenFileName(self, "", str(Path.home()), pattern)
        if path:
            self.path.setText(path)
