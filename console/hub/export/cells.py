"""Cells that stay what they are: no text of a case becomes a formula in whoever opens the file."""

from __future__ import annotations

import re
from datetime import datetime

from console.domain.clock import CHINA

Cell = str | int | float | datetime | None

LONGEST = 32_767
"""Characters a cell of a workbook may hold."""

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""With what a text begins that a spreadsheet takes for a formula."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula."""
    return text[:1] in _FORMULA if text else False


def clean(text: str) -> str:
    """Return a text that a workbook can hold."""
    return _UNPRINTABLE.sub("", text)[:LONGEST]


def quoted(cell: Cell) -> str:
    """Return a cell as CSV holds it: a text that begins like a formula gets an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if not isinstance(cell, str):
        return str(cell)
    text = clean(cell)
    return f"'{text}" if is_risky(text) else text


def china_time(moment: datetime | None) -> datetime | None:
    """Return a moment as a clock in China shows it, to the second; spreadsheets know no zones."""
    return None if moment is None else moment.astimezone(CHINA).replace(microsecond=0, tzinfo=None)
