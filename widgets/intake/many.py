"""Several reports at once: a paste out of a chat group, a table of an assessment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import (
    QCompleter,
    QFileSystemModel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from console import wire
from widgets.bridge import Desk
from widgets.intake.form import Form
from widgets.intake.words import row_problem, row_text

_SHOWN = 500
"""Rows that a list shows; what is refused comes first."""

_TEXT, _LIST = 150, 220
"""Heights in pixels."""

PICTURE = "[图片]"
"""What stands in the words where a picture was pasted, as chat programs write it."""


class Many(Form):
    """A form in two strokes: Ctrl+Enter shows how it is read, Ctrl+Enter again takes it."""

    wide = 860

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self.list = QListWidget()
        self.read = False
        """Whether the list shows what is in the fields."""
        super().__init__(window, desk)
        self.list.setParent(self)
        self.list.setFixedHeight(_LIST)
        self.list.hide()
        self.column.insertWidget(2, self.list)

    def changed(self) -> None:
        """Read anew before anything is taken: a field is another than what was read."""
        if self.read:
            self.read = False
            self.list.hide()
            self.say("")

    def show_rows(self, rows: list[wire.HandedRow], *, chosen: bool) -> None:
        """List rows, refused ones first; with ``chosen`` each can be left out by Space."""
        self.list.clear()
        names = self._names()
        for row in sorted(rows, key=lambda row: not row.problem)[:_SHOWN]:
            why = row_problem(row)
            text = row_text(row, names.get(row.code, ""))
            item = QListWidgetItem(f"{text}  —  {why}" if why else text)
            item.setData(Qt.ItemDataRole.UserRole, row.number)
            if why:
                item.setForeground(self.desk.theme.urgent)
            if chosen:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                state = Qt.CheckState.Unchecked if row.talk else Qt.CheckState.Checked
                item.setCheckState(state)
            self.list.addItem(item)
        self.list.show()
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.read = True
        self._place()

    def _names(self) -> dict[str, str]:
        items = self.desk.mirror.catalogue.values()
        return {
            item.code: item.name
            for item in items
            if (item.scheme, item.kind) == (wire.BASE_SCHEME, "matter")
        }

    def refused(self, problem: wire.Problem) -> None:
        """Show the bad rows of a table where the answer names them."""
        rows = (problem.current or {}).get("rows")
        if isinstance(rows, list):
            self.show_rows([wire.HandedRow.model_validate(row) for row in rows], chosen=False)
            self.say_refused(len(rows))
        else:
            super().refused(problem)

    def say_refused(self, count: int) -> None:
        """Say that nothing was taken for bad rows."""
        text = self.tr("%n row(s) cannot be taken, so nothing is: mend them first", "", count)
        self.say(text, bad=True)

    def done(self, taken: list[wire.TakenRow]) -> None:
        """Say what became of everything."""
        new = sum(not row.repeated for row in taken)
        joined = sum(row.joined for row in taken)
        text = self.tr("%n report(s) taken", "", new)
        if joined:
            text += self.tr(", %n of them joined an open case", "", joined)
        if new < len(taken):
            text += self.tr(", %n had been taken before", "", len(taken) - new)
        self.desk.toast.emit("ok", text)


class _Paste(QPlainTextEdit):
    """Words with pictures: a picture from the clipboard leaves its mark where it was put."""

    pictured = Signal(QImage)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a picture apart, words as they are."""
        image = source.imageData() if source.hasImage() else None
        if isinstance(image, QImage):
            self.pictured.emit(image)
        else:
            super().insertFromMimeData(source)


class Chat(Many):
    """``; c``: messages and pictures out of a group; each message that is wanted is a report."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self._media: list[str] = []
        super().__init__(window, desk)

    def build(self) -> None:
        for name in ("group", "place"):
            field = QLineEdit(self)
            field.setMaxLength(64 if name == "group" else 200)
            field.textChanged.connect(self.changed)
            self.add(name, field)
        text = _Paste(self)
        text.setFixedHeight(_TEXT)
        text.textChanged.connect(self.changed)
        text.pictured.connect(self._picture)
        self.add("text", text)

    def words(self) -> dict[str, str]:
        return {
            "heading": self.tr("Out of a chat group"),
            "group": self.tr("Group"),
            "place": self.tr("Where, if a message does not say"),
            "text": self.tr("Messages and pictures (Ctrl+V)"),
            "hint": self.tr(
                "Ctrl+Enter shows how it is read, Space leaves a message out, "
                "Ctrl+Enter again takes it; Esc keeps it for later"
            ),
        }

    def _picture(self, image: QImage) -> None:
        """Hand a picture to the hub and leave its mark in the words."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"jpeg"))
        writer.setQuality(90)
        writer.write(image)
        data = bytes(buffer.data().data())
        text = self.fields["text"]
        assert isinstance(text, QPlainTextEdit)
        self.say(self.tr("Sending a picture…"))

        def kept(media: wire.Media) -> None:
            self._media.append(media.id)
            text.insertPlainText(PICTURE)
            self.say(self.tr("%n picture(s)", "", len(self._media)))

        path = "/api/intake/photos"
        self.desk.upload(path, data, "image/jpeg", wire.Media, kept, self.refused)

    def _paste(self, take: list[int] | None) -> wire.ChatPaste | None:
        """Return what is in the fields, or None where something is missing."""
        for name in ("group", "text"):
            if not self.text(name):
                self.refused(wire.Problem(code="missing", field=name))
                return None
        return wire.ChatPaste(
            group=self.text("group"),
            text=self.text("text")[:200_000],
            media=self._media,
            place=self.text("place"),
            take=take,
        )

    def send(self) -> None:
        if self.read:
            self._take([])
        elif (given := self._paste(None)) is not None:
            path = "/api/intake/chat/read"
            self.desk.request(path, given, wire.Handed, self._shown, self.refused)

    def _shown(self, handed: wire.Handed) -> None:
        self.show_rows(handed.rows, chosen=True)
        self.say(self.tr("%n message(s) read", "", len(handed.rows)))

    def _take(self, before: list[wire.TakenRow]) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        chosen = [
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]
        given = self._paste(chosen)
        if given is None:
            return

        def taken(rows: wire.TakenRows) -> None:
            every = before + rows.taken
            if rows.left and rows.taken:
                self.say(self.tr("%n report(s) to go…", "", rows.left))
                self._take(every)
                return
            self.done(rows.taken)
            if rows.refused:
                self.show_rows(rows.refused, chosen=True)
                self.say(self.tr("These were not taken: say where it was"), bad=True)
                self.read = False
                self.fields["place"].setFocus()
                return
            self._media.clear()
            self.empty()
            self.changed()
            self.dismiss()

        self.desk.request("/api/intake/chat", given, wire.TakenRows, taken, self.refused)


class Survey(Many):
    """``; i``: a table of an assessment, shown row by row and taken whole or not at all."""

    def build(self) -> None:
        file = self._file = QLineEdit(self)
        file.setMaxLength(1000)
        completer = QCompleter(self)
        model = QFileSystemModel(completer)
        model.setRootPath("")
        completer.setModel(model)
        file.setCompleter(completer)
        party = QLineEdit(self)
        party.setMaxLength(64)
        for name, field in (("file", file), ("party", party)):
            field.textChanged.connect(self.changed)
            self.add(name, field)

    def words(self) -> dict[str, str]:
        return {
            "heading": self.tr("Table of an assessment"),
            "file": self.tr("File (CSV or XLSX)"),
            "party": self.tr("Who assessed"),
            "hint": self.tr(
                "Type the path, Tab takes what is offered; Ctrl+Enter shows the rows, "
                "Ctrl+Enter again takes them; Esc keeps it for later"
            ),
        }

    def open(self) -> None:
        """Begin in the officer's own folder."""
        if not self.text("file"):
            self._file.setText(f"{Path.home()}/")
        super().open()

    def send(self) -> None:
        path = Path(self.text("file")).expanduser()
        try:
            data = path.read_bytes()
        except OSError as error:
            self.say(f"{path}: {error.strerror}", bad=True)
            self.fields["file"].setFocus()
            return
        query = urlencode({"name": path.name, "party": self.text("party")})
        self.say(self.tr("Sending…"))
        if self.read:
            self._take(data, query)
        else:
            address = f"/api/intake/survey/read?{query}"
            type_ = "application/octet-stream"
            self.desk.upload(address, data, type_, wire.Handed, self._shown, self.refused)

    def _shown(self, handed: wire.Handed) -> None:
        self.show_rows(handed.rows, chosen=False)
        if handed.refused:
            self.say_refused(handed.refused)
            self.read = False
        else:
            self.say(self.tr("%n row(s), all good: Ctrl+Enter takes them", "", len(handed.rows)))

    def _take(self, data: bytes, query: str) -> None:
        def taken(rows: wire.TakenRows) -> None:
            if rows.left and rows.taken:
                self.say(self.tr("%n report(s) to go…", "", rows.left))
                self._take(data, query)
                return
            self.done(rows.taken)
            self.empty()
            self.changed()
            self.dismiss()

        address = f"/api/intake/survey?{query}"
        type_ = "application/octet-stream"
        self.desk.upload(address, data, type_, wire.TakenRows, taken, self.refused)
