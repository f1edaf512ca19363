"""What every pane of the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from console.seat.commands import Record
    from widgets.bridge import Desk


class Pane(QWidget):
    """One part of the window. Panes know the desk, never each other.

    ``name`` is also the ``place`` of the pane's commands.
    """

    name: ClassVar[str] = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setObjectName(self.name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def title(self) -> str:
        """Return the pane's name in the officer's language."""
        raise NotImplementedError

    def commands(self) -> list[Record]:
        """Return the commands that live in this pane."""
        return []

    def take_focus(self) -> None:
        """Give the keyboard to the part of the pane that works with it."""
        self.setFocus()

    def retranslate(self) -> None:
        """Put every visible word anew; called when the language changes."""
        self.setAccessibleName(self.title())
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setAccessibleName(self.title())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
