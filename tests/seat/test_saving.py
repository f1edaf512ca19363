"""Tables put into a file of the officer's own, from a real hub."""

from __future__ import annotations

import csv
import queue
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from console import wire
from console.seat.client import HubClient
from console.seat.saving import Saved
from tests.hub.conftest import TOKEN, ServedHub, TestClock, case_row, make_hub, seed


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedHub]:
    with ServedHub(make_hub(tmp_path / "hub", TestClock())) as served:
        yield served


def save(served: ServedHub, form: str, file: Path, token: str = TOKEN) -> Saved | wire.Problem:
    answers: queue.Queue[Saved | wire.Problem] = queue.Queue()
    client = HubClient(served.url, token)
    body = wire.CaseFilter().model_dump_json().encode()
    client.save(f"/api/export/cases.{form}", body, file, answers.put)
    try:
        return answers.get(timeout=20)
    finally:
        client.close()


def test_a_table_lies_in_the_folder_with_as_many_rows_as_were_said(
    served: ServedHub, tmp_path: Path
) -> None:
    served.call(seed(served.hub, case_row(), case_row("C20261122-0002", name="=HYPERLINK(1)")))
    got = save(served, "xlsx", tmp_path / "out" / "cases.xlsx")
    assert got == Saved(tmp_path / "out" / "cases.xlsx", 2, cut=False)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "cases.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 3
    save(served, "csv", tmp_path / "out" / "cases.csv")
    text = (tmp_path / "out" / "cases.csv").read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 3
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_a_refused_table_leaves_no_file(served: ServedHub, tmp_path: Path) -> None:
    got = save(served, "csv", tmp_path / "cases.csv", token="nobody-at-all")  # noqa: S106
    assert isinstance(got, wire.Problem)
    assert got.code == "unauthenticated"
    assert not list(tmp_path.glob("cases*"))


def test_a_folder_that_cannot_be_written_is_named(served: ServedHub, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    got = save(served, "csv", tmp_path / "file" / "cases.csv")
    assert isinstance(got, wire.Problem)
    assert got.code == "cannot_save"
    assert "cases.csv" in got.detail
