"""A month's figures as a workbook: one sheet in all, one for each way they are divided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from console import wire
from console.hub.export.cells import Cell
from console.hub.export.columns import SOURCES
from console.hub.export.sheets import Book
from console.hub.store.live import Live

_FIGURES = {"opened": "上报", "closed": "结案", "on_time": "按期结案", "void": "作废并案移交"}
_SHEETS = {"class": "按类别", "district": "按区域", "department": "按单位", "source": "按来源"}
_RATE = "结案率"


def figures(report: wire.MonthReport, live: Live, file: IO[bytes]) -> None:
    """Write a report into a file."""
    book = Book()
    headings = [*_FIGURES.values(), _RATE]
    book.open("合计", headings)
    book.row(_line(report.total))
    names = _names(live)
    for key, title in _SHEETS.items():
        book.open(title, ["编号", "名称", *headings])
        lines = report.lines.get(key, {})
        for value in sorted(lines, key=lambda value: (-lines[value]["opened"], value)):
            name = names[key].get(value, value)
            book.row([value, name, *_line(lines[value])])
    book.save(file)


def _line(line: Mapping[str, int]) -> list[Cell]:
    counted = line["opened"] - line["void"]
    rate = round(line["closed"] / counted, 4) if counted else None
    return [*(line[figure] for figure in _FIGURES), rate]


def _names(live: Live) -> dict[str, dict[str, str]]:
    """Return what the values of each sheet are called."""
    return {
        "class": {id_: item.name for id_, item in live.catalogue.items()},
        "district": {id_: grid.name for id_, grid in live.grids.items()},
        "department": {id_: one.name for id_, one in live.departments.items()},
        "source": SOURCES,
    }
