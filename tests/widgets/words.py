"""What a widget tree says: to find words nobody translated, and widgets nobody named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTreeWidget,
    QWidget,
)

_TAGS = re.compile(r"<[^>]*>|&\w+;")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_KEPT = frozenset(
    [
        *("Ctrl", "Shift", "Alt", "Enter", "Esc", "Space", "PgUp", "PgDn", "Home", "End", "Tab"),
        *("WGS", "MQTT", "RTSP", "SIP", "Zhihui"),
    ]
)
"""Words that stay as they are in every language: keys, standards, names."""
_OF_QT = ("qt_", "ScrollLeft", "ScrollRight")


def spoken(widget: QWidget) -> Iterator[str]:
    """What one widget shows or tells a screen reader."""
    yield widget.accessibleName()
    yield widget.toolTip()
    yield widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QMenu():
            yield widget.title()
            yield from (action.text() for action in widget.actions())
        case QTabBar():
            yield from (widget.tabText(n) for n in range(widget.count()))
        case QTreeWidget():
            header = widget.headerItem()
            yield from (header.text(n) for n in range(widget.columnCount()))
        case _:
            return


def tree(root: QWidget) -> list[QWidget]:
    """A widget and everything in it, but for the parts Qt makes for itself."""
    parts = [root, *root.findChildren(QWidget)]
    return [part for part in parts if not part.objectName().startswith(_OF_QT)]


def english_left(root: QWidget) -> set[str]:
    """Texts in a widget tree that still hold English words."""
    texts = {text for widget in tree(root) for text in spoken(widget) if text}
    return {
        text
        for text in texts
        if any(word not in _KEPT for word in _ENGLISH.findall(_TAGS.sub(" ", text)))
    }


def nameless(root: QWidget) -> list[str]:
    """Widgets that take the keyboard but tell a screen reader nothing."""
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in tree(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window().windowType() != Qt.WindowType.Popup
        and not any(spoken(widget))
    ]
