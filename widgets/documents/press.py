"""Printing a paper: HTML in, the bytes of a PDF out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QObject, QUrl
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import QWebEnginePage

from console.seat.papers import Paper
from widgets.web import closed_page

A4 = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(24, 22, 20, 20),
    QPageLayout.Unit.Millimeter,
)
"""The sheet; the wider margin is where papers are bound."""


class Press(QObject):
    """Prints one paper. ``printed`` gets the PDF's bytes, or none where it failed.

    The paper and its photos lie in a folder only this account may read while they are printed.
    """

    def __init__(self, paper: Paper, printed: Callable[[bytes], None], parent: QObject) -> None:
        super().__init__(parent)
        self._printed = printed
        self._folder = tempfile.TemporaryDirectory(prefix="zhihui-paper-")
        folder = Path(self._folder.name)
        for name, data in paper.pictures.items():
            (folder / name).write_bytes(data)
        text = folder / "paper.html"
        text.write_text(paper.html, "utf-8")
        self._page: QWebEnginePage | None = closed_page(folder, self)
        self._page.loadFinished.connect(self._loaded)
        self._page.load(QUrl.fromLocalFile(str(text)))

    def _loaded(self, good: bool) -> None:
        if good and self._page is not None:
            self._page.printToPdf(self._done, A4)
        else:
            self._done(QByteArray())

    def _done(self, pdf: QByteArray) -> None:
        printed, self._printed = self._printed, lambda _: None
        self.close()
        printed(bytes(pdf.data()))

    def close(self) -> None:
        """Let go of the page and its files."""
        if self._page is not None:
            self._page.deleteLater()
            self._page = None
        self._folder.cleanup()
