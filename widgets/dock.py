"""The frame around a pane: its title bar, its place in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from widgets.pane import Pane


class Title(QWidget):
    """Name, key and two small buttons; a line in the accent colour when the pane has the keys."""

    def __init__(self, dock: Dock, key: str) -> None:
        super().__init__(dock)
        self.setObjectName("DockTitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = QLabel(self)
        self.name.setObjectName("name")
        self.key = QLabel(key, self)
        self.key.setObjectName("key")
        self.out = QToolButton(self)
        self.out.setText("□")
        self.out.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self.shut = QToolButton(self)
        self.shut.setText("×")
        self.shut.clicked.connect(dock.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addStretch(1)
        for part in (self.key, self.out, self.shut):
            row.addWidget(part)
        for button in (self.out, self.shut):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_active(self, active: bool) -> None:
        """Show whether the pane has the keyboard."""
        if self.property("active") != active:
            self.setProperty("active", active)
            for part in (self, self.name):
                part.style().unpolish(part)
                part.style().polish(part)


class Dock(QDockWidget):
    """Holds one pane, in the window or floating on any monitor. The pane may come later."""

    def __init__(self, window: QWidget, name: str, key: str) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.title = Title(self, key)
        self.setTitleBarWidget(self.title)
        self.setWidget(QWidget(self))

    @property
    def pane(self) -> Pane | None:
        """The pane, once it has moved in."""
        widget = self.widget()
        return widget if isinstance(widget, Pane) else None

    def take(self, pane: Pane) -> None:
        """Let a pane move in."""
        empty = self.widget()
        self.setWidget(pane)
        empty.deleteLater()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the frame anew."""
        pane = self.pane
        if pane is not None:
            self.setWindowTitle(pane.title())
            self.title.name.setText(pane.title())
        self.title.out.setToolTip(self.tr("Take out of the window, or put back"))
        self.title.out.setAccessibleName(self.title.out.toolTip())
        self.title.shut.setToolTip(self.tr("Hide"))
        self.title.shut.setAccessibleName(self.title.shut.toolTip())
