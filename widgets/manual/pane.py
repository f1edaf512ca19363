"""F1: the officer's manual, made when it is first looked at."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.resources import document
from widgets.bridge import Desk
from widgets.manual.page import html, page_path
from widgets.pane import Pane


class ManualPane(Pane):
    """Holds the browser once it is needed; before that it costs nothing."""

    name = "manual"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._folder = document("manual")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown = False
        desk.theme_changed.connect(self._fill)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Manual")

    def retranslate(self) -> None:
        """Show the manual of the language."""
        super().retranslate()
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._make()

    def _make(self) -> None:
        from widgets.manual.browser import ManualView  # costs 0.5 s

        self._shown = True
        self._view = ManualView(self._folder, self)
        self._column.addWidget(self._view)
        self.setFocusProxy(self._view)
        self._fill()

    def _fill(self) -> None:
        if self._shown:
            self._view.setAccessibleName(self.title())
            path = page_path(self._folder, QLocale().name())
            self._view.show_html(html(path.read_text("utf-8"), self.desk.theme))
