"""A paper as it will look, before it goes out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QWidget

from console import wire
from console.seat.papers import Paper
from console.seat.settings import write_whole_bytes
from console.seat.trace import trace
from widgets.bridge import Desk
from widgets.documents.press import Press
from widgets.folders import outgoing
from widgets.overlay import Overlay

_STEP = 80


class Preview(Overlay):
    """Shows the printed pages. Ctrl+Enter gives the paper out, Esc puts it away.

    Given out, it is kept at the hub first, with its hash in the audit chain; then a copy is put
    into the officer's own folder.
    """

    wide = 900
    high = 4000

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._paper: Paper | None = None
        self._press: Press | None = None
        self._pdf = b""
        self._sending = False
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        self.hint.setWordWrap(True)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.hint)

    def show_paper(self, paper: Paper) -> None:
        """Print a paper and show it; one that is being looked at is put away."""
        self._paper, self._pdf, self._sending = paper, b"", False
        self.document.close()
        self.heading.setText(f"{paper.title}  {paper.number}")
        self.view.setAccessibleName(paper.title)
        self.hint.setText(self.tr("Printing…"))
        if self._press is not None:
            self._press.close()
        self._press = Press(paper, self._printed, self)
        self.open()

    def _printed(self, pdf: bytes) -> None:
        self._press = None
        self._pdf = pdf
        if not pdf:
            self.hint.setText(self.tr("The paper could not be printed. Nothing went out; Esc"))
            return
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        trace("paper_shown", pages=self.document.pageCount())
        self._say_how()

    def _say_how(self) -> None:
        pages = self.tr("%n page(s)", "", self.document.pageCount())
        how = self.tr("Ctrl+Enter gives it out and keeps it, Esc puts it away")
        self.hint.setText(f"{pages} · {how}")

    def retranslate(self) -> None:
        """Put the hint anew."""
        if self._pdf:
            self._say_how()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, give out, or put away."""
        bar = self.view.verticalScrollBar()
        steps: dict[int, Callable[[], int]] = {
            Qt.Key.Key_J: lambda: _STEP,
            Qt.Key.Key_Down: lambda: _STEP,
            Qt.Key.Key_K: lambda: -_STEP,
            Qt.Key.Key_Up: lambda: -_STEP,
            Qt.Key.Key_PageDown: bar.pageStep,
            Qt.Key.Key_Space: bar.pageStep,
            Qt.Key.Key_PageUp: lambda: -bar.pageStep(),
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._give_out()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[event.key()]())
        else:
            super().keyPressEvent(event)

    def _give_out(self) -> None:
        paper = self._paper
        if paper is None or not self._pdf or self._sending:
            return
        self._sending = True
        query = {"kind": paper.kind, "name": paper.name}
        if paper.case is not None:
            query["case"] = paper.case
        self.hint.setText(self.tr("The hub is keeping it…"))
        address = f"/api/documents?{urlencode(query)}"
        self._desk.upload(
            address, self._pdf, "application/pdf", wire.Media, self._kept, self._refused
        )

    def _refused(self, _problem: wire.Problem) -> None:
        self._sending = False
        self._say_how()

    def _kept(self, _media: wire.Media) -> None:
        """Put a copy where the officer finds it; the hub has it already."""
        assert self._paper is not None
        path = outgoing() / self._paper.name
        try:
            write_whole_bytes(path, self._pdf)
        except OSError as error:
            text = self.tr("The paper is kept at the hub, but could not be put into {path}: {why}")
            self._desk.toast.emit("warn", text.format(path=path.parent, why=error.strerror))
        else:
            self._desk.toast.emit("ok", self.tr("Given out: {path}").format(path=path))
        self._sending = False
        self.dismiss()

    def dismiss(self) -> None:
        """Put the paper away."""
        if self._press is not None:
            self._press.close()
            self._press = None
        super().dismiss()
