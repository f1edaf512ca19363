"""Tables from outside: what is read, and what is refused with its row."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from console.hub import sheets
from console.hub.sheets import SheetError, read_rows

Cells = list[object]


def workbook(*rows: Cells) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return the workbook with a piece of one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode(), 1)
            after.writestr(name, text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes, name: str = "a.csv") -> SheetError:
    with pytest.raises(SheetError) as caught:
        list(read_rows(data, name))
    return caught.value


def test_a_workbook_is_read_as_text_with_the_numbers_of_its_rows() -> None:
    data = workbook(["编号", "名称", "日期"], [], [9001, " 游商 ", date(2026, 1, 2)], [1.5, True])
    assert list(read_rows(data, "x.xlsx")) == [
        (3, {"编号": "9001", "名称": "游商", "日期": "2026-01-02"}),
        (4, {"编号": "1.5", "名称": "true", "日期": ""}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_usual_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = '编号,名称\n\n01,"两\n行"\n02,井盖\n'.replace(",", delimiter)
    assert list(read_rows(text.encode(encoding), "a.csv")) == [
        (3, {"编号": "01", "名称": "两\n行"}),
        (5, {"编号": "02", "名称": "井盖"}),
    ]


def test_a_formula_is_refused_with_its_row_in_both_formats() -> None:
    for data in (workbook(["a"], [1], ["=1+1"]), b"a\n1\n=HYPERLINK(1)\n"):
        error = refused(data)
        assert (error.code, error.row) == ("formula", 3)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            with parts.open(f"xl/{number}", "w") as part:
                for _ in range(50):
                    part.write(b"0" * (1 << 20))
    assert len(out.getvalue()) < 1 << 20
    assert refused(out.getvalue()).code == "too_large"


def test_entities_in_a_workbook_are_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet '
    assert refused(with_part(workbook(["a"], [1]), SHEET, "<worksheet ", bomb)).code == (
        "bad_workbook"
    )


def test_what_a_workbook_says_of_its_own_size_is_not_believed() -> None:
    data = with_part(workbook(["a"], [1]), SHEET, 'ref="A1:A2"', 'ref="A1:XFD1048576"')
    assert list(read_rows(data, "x.xlsx")) == [(2, {"a": "1"})]


@pytest.mark.parametrize(
    ("old", "new"),
    [('<row r="2"', '<row r="999999999999"'), ('r="A2"', 'r="XFD2"'), ('r="A2"', 'r="??"')],
)
def test_a_workbook_with_cells_nowhere_does_not_run_away(old: str, new: str) -> None:
    error = refused(with_part(workbook(["a"], [1]), SHEET, old, new))
    assert error.code in ("bad_workbook", "too_many_rows")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"a,a\n1,2\n", "wrong_columns"),
        (b"a,,c\n1,2,3\n", "wrong_columns"),
        (b"a,b\n1,2,3\n", "wrong_columns"),
        (b'a\n"open\n', "bad_csv"),
        (b'a\n"x"y\n', "bad_csv"),
        (b"a\n" + b"x" * (sheets.MAX_CELL + 1), "cell_too_long"),
        (b"a\n" + b"x" * 200_000, "bad_csv"),
        (b"\xff\xff\xff", "bad_encoding"),
        ("a\n1".encode("utf-16"), "bad_encoding"),
        (b"\xd0\xcf\x11\xe0old", "no_table"),
        (b"PK\x03\x04 no zip", "bad_workbook"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_file_of_another_name_is_no_table() -> None:
    assert refused(b"a\n1\n", "a.exe").code == "no_table"
