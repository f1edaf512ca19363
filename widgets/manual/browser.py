"""The view that shows the manual and nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from widgets.web import closed_page


class ManualView(QWebEngineView):
    """Shows HTML whose pictures lie below ``folder``."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setPage(closed_page(folder, self))

    def show_html(self, text: str) -> None:
        """Show a page; its relative addresses count from the manual's folder."""
        self.setHtml(text, QUrl.fromLocalFile(f"{self._folder}/"))
