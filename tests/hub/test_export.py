"""Tables that leave the hub: whole, in scope, written down, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from console import wire
from console.domain.case import Source, State
from console.hub.export import tables
from console.hub.export.columns import SOURCES, STATES, columns
from console.hub.export.sheets import CasesCsv, CasesWorkbook
from console.hub.store.live import Live
from tests.hub.conftest import NOON, ServedHub, case_row, seed

HEADINGS = list(columns(Live(), NOON))

HOSTILE = st.one_of(
    st.sampled_from(
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("x")']
    ),
    st.text(max_size=40),
)


def hostile_case(text: str) -> str:
    return case_row(
        name=text, place=text, unit=text, unit_name=text, grid_name=text, department_name=text,
        campaign=text, code=text, sources=[text or "ai"], street=text, district=text,
        assisting=[text],
    ).model_dump_json()  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    file = io.BytesIO()
    sheet = CasesWorkbook(file, columns(Live(), NOON))
    sheet.add([hostile_case(text) for text in texts])
    sheet.close("=note")
    rows = list(load_workbook(file)["案件"].iter_rows())
    assert len(rows) == len(texts) + 2
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    for cell in (cell for row in rows for cell in row):
        if isinstance(cell.value, str) and cell.value[:1] in set("=+-@\t\r"):
            assert cell.quotePrefix


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_no_cell_of_a_csv_is_a_formula(texts: list[str]) -> None:
    file = io.BytesIO()
    sheet = CasesCsv(file, columns(Live(), NOON))
    sheet.add([hostile_case(text) for text in texts])
    sheet.close("=note")
    raw = file.getvalue()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(texts) + 2
    assert not [
        cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r\n＝＋－＠") - {""}
    ]


def test_every_state_and_source_has_its_chinese_word() -> None:
    assert set(STATES) == set(State)
    assert set(SOURCES) == set(Source)


@pytest.fixture
def full(served: ServedHub) -> ServedHub:
    rows = [
        case_row(
            f"C20261122-{n:04d}",
            opened=NOON - timedelta(minutes=n),
            state="closed" if n % 2 else "proposed",
            ended=NOON if n % 2 else None,
            place="=1+1",
        )
        for n in range(1, 8)
    ]
    served.call(seed(served.hub, *rows))
    return served


def export(served: ServedHub, form: str, **filter_: Any) -> Any:
    return served.post(f"/api/export/cases.{form}", wire.CaseFilter(**filter_))


def test_a_table_holds_the_cases_of_the_filter_in_every_form(full: ServedHub) -> None:
    answer = export(full, "xlsx", states=["closed"])
    assert answer.status_code == 200
    assert answer.headers["X-Rows"] == "4"
    assert answer.headers["X-Cut"] == "0"
    rows = list(load_workbook(io.BytesIO(answer.content))["案件"].values)
    assert list(rows[0]) == HEADINGS
    lines = [dict(zip(HEADINGS, row, strict=True)) for row in rows[1:]]
    assert [line["案件编号"] for line in lines] == [f"C20261122-{n:04d}" for n in (1, 3, 5, 7)]
    assert lines[0]["状态"] == "已结案"
    assert f"{lines[0]['上报时间']:%Y-%m-%d %H:%M}" == "2026-11-22 11:59"

    text = export(full, "csv").content.decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    bodies = json.loads(export(full, "json").content)["rows"]
    assert [row["案件编号"] for row in read] == [body["id"] for body in bodies]
    assert len(read) == 7
    assert {row["地点"] for row in read} == {"'=1+1"}
    assert json.loads(export(full, "json", states=["void"]).content) == {"rows": [], "note": ""}


def test_a_table_that_is_too_long_says_so(full: ServedHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST", 5)
    monkeypatch.setattr(tables, "_BATCH", 2)
    answer = export(full, "xlsx")
    assert (answer.headers["X-Rows"], answer.headers["X-Cut"]) == ("5", "1")
    rows = list(load_workbook(io.BytesIO(answer.content))["案件"].values)
    assert len(rows) == 7
    assert "5" in str(rows[-1][0])


def test_who_took_what_is_in_the_audit_chain_before_it_leaves(full: ServedHub) -> None:
    export(full, "csv", states=["closed"])
    full.get(f"/api/export/report.xlsx?start={ago(1)}&end={ago(-1)}")
    entries = full.get("/api/audit").json()["entries"]
    told = {entry["action"]: entry for entry in entries if entry["action"].startswith("export.")}
    assert told["export.cases"]["actor"] == "duty"
    assert told["export.cases"]["detail"]["rows"] == 4
    assert told["export.cases"]["detail"]["filter"] == {"states": ["closed"]}
    assert "export.report" in told


def ago(days: int) -> str:
    return f"{NOON - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"


def test_a_reports_workbook_has_a_sheet_for_each_division(full: ServedHub) -> None:
    answer = full.get(f"/api/export/report.xlsx?start={ago(1)}&end={ago(-1)}")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["合计", "按类别", "按区域", "按单位", "按来源"]
    assert list(book["合计"].values)[1] == (7, 4, 4, 0, 0.5714)
    assert list(book["按来源"].values)[1][:4] == ("ai", "智能识别", 7, 4)


def test_who_may_not_take_out_gets_nothing(full: ServedHub) -> None:
    full.hub.duty = wire.Officer(
        id="eyes", name="巡查员", roles=["patroller"], districts=["*"], departments=["*"]
    )
    assert export(full, "csv").status_code == 403
    assert full.get(f"/api/export/report.xlsx?start={ago(1)}&end={ago(-1)}").status_code == 403
    assert full.post("/api/queue", wire.QueueQuery()).status_code == 200


def test_an_unknown_form_or_filter_is_refused_by_name(full: ServedHub) -> None:
    assert export(full, "pdf").status_code == 422
    answer = export(full, "csv", states=["nonsense"])
    assert (answer.status_code, answer.json()["field"]) == (422, "states")
    assert full.get("/api/export/report.xlsx?start=x&end=y").status_code == 422
