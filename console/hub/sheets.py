"""Reading tables that people hand over, CSV or XLSX, as rows of text and within bounds.

A workbook is a zip of XML made by a stranger: its unpacked size is looked at before anything is
unpacked, entities and document types are refused by defusedxml, which openpyxl uses where it is
there, and formulas are refused, since what they show is not what they say.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

MAX_BYTES = 32 << 20
MAX_UNPACKED = 128 << 20
MAX_PARTS = 2_000
"""Files inside a workbook."""
MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELLS = 4_000_000
MAX_CELL = 20_000
"""Characters in one cell."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;"


class SheetError(ValueError):
    """A table that cannot be read. ``code`` is stable; ``row`` counts as the sheet shows it."""

    def __init__(self, code: str, detail: str = "", row: int | None = None) -> None:
        where = f"row {row}: " if row else ""
        super().__init__(f"{where}{detail or code}")
        self.code = code
        self.detail = detail
        self.row = row


def read_rows(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number, column -> trimmed text) of each row that is not empty.

    The first row that is not empty names the columns. ``name`` only tells a CSV file from what is
    neither. CSV is UTF-8 or GB 18030, with commas, tabs or semicolons; of a workbook the first
    sheet is read. Blocking. Raises :class:`SheetError` as soon as the trouble is reached, so
    that whoever imports must take all rows before he keeps any.
    """
    if len(data) > MAX_BYTES:
        raise SheetError("too_large", f"more than {MAX_BYTES >> 20} MB")
    if data.startswith(_ZIP):
        rows: Iterable[tuple[int, list[str]]] = _workbook(data)
    elif data.startswith(_OLE) or not name.lower().endswith((".csv", ".tsv", ".txt")):
        raise SheetError("no_table", "neither CSV nor XLSX")
    else:
        rows = _csv(data)
    return _named(rows)


def _named(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the cells of each row the names in the first."""
    columns: list[str] | None = None
    cells_seen = 0
    for rows_seen, (number, cells) in enumerate(rows):
        while cells and not cells[-1]:
            cells.pop()
        cells_seen += len(cells)
        if rows_seen > MAX_ROWS or cells_seen > MAX_CELLS:
            raise SheetError("too_many_rows", f"more than {MAX_ROWS} rows", number)
        if not cells:
            continue
        if columns is None:
            columns = _header(cells, number)
            continue
        if len(cells) > len(columns):
            raise SheetError("wrong_columns", "more cells than the header has columns", number)
        cells += [""] * (len(columns) - len(cells))
        yield number, dict(zip(columns, cells, strict=True))
    if columns is None:
        raise SheetError("empty", "no row at all")


def _header(cells: list[str], number: int) -> list[str]:
    if len(cells) > MAX_COLUMNS:
        raise SheetError("wrong_columns", f"more than {MAX_COLUMNS} columns", number)
    if "" in cells:
        raise SheetError("wrong_columns", "a column without a name", number)
    if len(set(cells)) < len(cells):
        raise SheetError("wrong_columns", "two columns of one name", number)
    return cells


def _cell(value: str, number: int) -> str:
    text = value.strip()
    if len(text) > MAX_CELL:
        raise SheetError("cell_too_long", f"a cell of {len(text)} characters", number)
    if text.startswith("="):
        raise SheetError("formula", f"a formula: {text[:40]}", number)
    return text


# --- CSV -----------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError("bad_csv", str(error), number) from error
        yield number, [_cell(cell, number) for cell in cells]


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise SheetError("bad_encoding", "neither UTF-8 nor GB 18030")


# --- XLSX ----------------------------------------------------------------------------


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet, each as it stands there, read before the first is given.

    openpyxl tells of what it does not know, such as a drop-down list, by warnings: nobody's care.
    """
    _weigh(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return iter(list(_sheet(data)))
        except SheetError:
            raise
        # What a broken or hostile workbook raises deep in zip, XML or openpyxl has no common base.
        except Exception as error:
            raise SheetError("bad_workbook", f"no workbook: {type(error).__name__}") from error


def _weigh(data: bytes) -> None:
    """Refuse a bomb by its directory: zipfile never unpacks more of a part than that says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SheetError("bad_workbook", "no zip file") from error
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise SheetError("too_large", f"unpacks to more than {MAX_UNPACKED >> 20} MB")


def _sheet(data: bytes) -> Iterator[tuple[int, list[str]]]:
    # Imported late: the hub starts without it.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is anybody's word
        cells_seen = 0
        for number, cells in enumerate(sheet.iter_rows(), 1):
            cells_seen += len(cells)
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS or cells_seen > MAX_CELLS:
                raise SheetError("too_many_rows", "more rows or columns than a table has", number)
            yield number, [_written(cell, number) for cell in cells]
    finally:
        book.close()


def _written(cell: Any, number: int) -> str:
    """Return a cell's value as text; a whole number has no decimal point, a moment is ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise SheetError("formula", "a formula", number)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _cell(str(value), number)
