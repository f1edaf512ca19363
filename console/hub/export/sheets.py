"""Writing tables row by row into a file: a workbook, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Protocol

from openpyxl import Workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from console import wire
from console.hub.export.cells import Cell, clean, is_risky, quoted
from console.hub.export.columns import Column

_MOMENT = "yyyy-mm-dd hh:mm:ss"
_WIDTH = 16


class Sheet(Protocol):
    """A table of cases in the making."""

    def add(self, bodies: Sequence[str]) -> None:
        """Write some cases, given as their JSON."""

    def close(self, note: str) -> None:
        """Finish the file; ``note`` says what is missing in it, if anything."""


class CasesWorkbook:
    """Cases as the one sheet of a workbook."""

    def __init__(self, file: IO[bytes], columns: Mapping[str, Column]) -> None:
        self._file, self._columns = file, list(columns.values())
        self._book = Book()
        self._book.open("案件", list(columns))

    def add(self, bodies: Sequence[str]) -> None:
        """Write some cases."""
        for body in bodies:
            row = wire.CaseRow.model_validate_json(body)
            self._book.row([column(row) for column in self._columns])

    def close(self, note: str) -> None:
        """Finish the workbook."""
        if note:
            self._book.row([note])
        self._book.save(self._file)


class CasesCsv:
    """Cases as CSV in UTF-8, marked so that Excel reads it as that."""

    def __init__(self, file: IO[bytes], columns: Mapping[str, Column]) -> None:
        self._columns = list(columns.values())
        self._text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(columns)

    def add(self, bodies: Sequence[str]) -> None:
        """Write some cases."""
        for body in bodies:
            row = wire.CaseRow.model_validate_json(body)
            self._writer.writerow([quoted(column(row)) for column in self._columns])

    def close(self, note: str) -> None:
        """Finish the file, which stays open."""
        if note:
            self._writer.writerow([quoted(note)])
        self._text.flush()
        self._text.detach()


class CasesJson:
    """Cases as they are kept: ``{"rows": […], "note": "…"}``."""

    def __init__(self, file: IO[bytes], _columns: Mapping[str, Column]) -> None:
        self._file = file
        self._between = b'{"rows":[\n'

    def add(self, bodies: Sequence[str]) -> None:
        """Write some cases."""
        for body in bodies:
            self._file.write(self._between + body.encode())
            self._between = b",\n"

    def close(self, note: str) -> None:
        """Finish the file."""
        start = self._between if self._between.startswith(b"{") else b""
        self._file.write(
            start + b'\n],"note":' + json.dumps(note, ensure_ascii=False).encode() + b"}\n"
        )


class Book:
    """A workbook whose every text is text, whatever it begins with."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def open(self, title: str, headings: Sequence[str]) -> None:
        """Begin a sheet; rows go into it from now on."""
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for at in range(len(headings)):
            self._sheet.column_dimensions[chr(ord("A") + at)].width = _WIDTH
        cells = [self._cell(heading) for heading in headings]
        for cell in cells:
            cell.font = Font(bold=True)
        self._sheet.append(cells)

    def row(self, cells: Iterable[Cell]) -> None:
        """Write a row."""
        self._sheet.append([self._cell(cell) for cell in cells])

    def _cell(self, value: Cell) -> BookCell:
        if not isinstance(value, str):
            cell: BookCell = WriteOnlyCell(self._sheet, value)
            if isinstance(value, datetime):
                cell.number_format = _MOMENT
            return cell
        text = clean(value)
        cell = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = is_risky(text)
        return cell

    def save(self, file: IO[bytes]) -> None:
        """Write the workbook out."""
        self._book.save(file)
