"""Papers: what stands in them, and what can never stand in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from console import wire
from console.domain.case import Action, Role, Source, State
from console.seat.mirror import Mirror
from console.seat.papers import Letterhead, bulletin, case_file, order, words

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HEAD = Letterhead("青溪县综合行政执法局", "值班员", NOW)


def row(**fields: object) -> wire.CaseRow:
    body: dict[str, object] = {
        "id": "C20261122-0007",
        "version": 1,
        "state": "handled",
        "kind": "matter",
        "code": "09001",
        "name": "无照经营游商",
        "place": "人民路12号",
        "at": {"lat": 28.65, "lon": 121.26},
        "sources": ["ai", "citizen"],
        "reports": 2,
        "opened": NOW,
        "due": NOW + timedelta(hours=24),
    }
    return wire.CaseRow.model_validate(body | fields)


def fact(**fields: object) -> wire.Fact:
    body: dict[str, object] = {
        "seq": 1,
        "at": NOW,
        "actor": "duty",
        "role": "dispatcher",
        "action": "dispatch",
        "state": "dispatched",
    }
    return wire.Fact.model_validate(body | fields)


def detail(**fields: object) -> wire.CaseDetail:
    body: dict[str, object] = {"row": row(), "history": [], "reports": [], "media": [], "calls": []}
    return wire.CaseDetail.model_validate(body | fields)


def photo(id_: str) -> wire.Media:
    return wire.Media(
        id=id_,
        case="C20261122-0007",
        role="before",
        type="image/jpeg",
        size=3,
        sha256=f"{id_:0<64}",
        at=NOW,
        source="cam07",
    )


def test_what_people_wrote_is_never_markup() -> None:
    hostile = "<img src=x onerror=alert(1)>{{ row }}</style>"
    report = wire.Report(
        id="r1", case="c", source="citizen", at=NOW, text=hostile, reporter=hostile, where=row().at
    )
    paper = case_file(
        detail(row=row(place=hostile), history=[fact(note=hostile)], reports=[report]),
        {},
        Mirror(),
        HEAD,
    )
    assert "onerror=alert(1)>" not in paper.html
    assert paper.html.count("&lt;img src=x onerror=alert(1)&gt;{{ row }}") == 4


def test_a_case_file_tells_clocks_history_and_hashes_of_photos() -> None:
    clock = wire.StageClock(
        stage="arrive",
        limit="natural_minutes:10",
        started=NOW,
        due=NOW + timedelta(minutes=10),
        stopped=NOW + timedelta(minutes=12),
        late=True,
    )
    whole = detail(history=[fact()], media=[photo("m1"), photo("m2")], clocks=[clock])
    paper = case_file(whole, {"m1": b"jpg"}, Mirror(), HEAD)
    for said in ("到场", "10分钟", "超时", "派遣", f"{'m1':0<64}", f"{'m2':0<64}"):
        assert said in paper.html
    assert paper.pictures == {"m1.img": b"jpg"}
    assert paper.html.count("（照片已不可用）") == 1


def test_times_in_papers_are_chinas() -> None:
    assert "2026-11-22 12:00:00" in case_file(detail(), {}, Mirror(), HEAD).html


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("state", State),
        ("source", Source),
        ("role", Role),
        ("action", Action),
    ],
)
def test_papers_have_a_word_for_everything_the_flow_knows(table: str, keys: type[StrEnum]) -> None:
    assert {key.value for key in keys} <= set(words()[table])


def test_the_name_of_a_file_cannot_leave_its_folder() -> None:
    paper = case_file(detail(row=row(id="../../etc/passwd")), {}, Mirror(), HEAD)
    assert paper.name == "案件卷宗_______etc_passwd.pdf"


def test_an_order_has_a_line_of_receipt_for_each_department() -> None:
    mirror = Mirror()
    mirror.departments["d1"] = wire.Department(id="d1", name="市政中心")
    mirror.cases["C20261122-0007"] = row()
    sheet = wire.SupervisionOrder(
        id="D2026-0012",
        number="督〔2026〕12号",
        title="<i>人民路</i>占道经营",
        text="请立即整改。\n三日内反馈。",
        cases=["C20261122-0007", "C20261101-0001"],
        departments=["d1", "d2"],
        limit="working_days:3",
        issued=NOW,
        issued_by="duty",
        deadline=NOW + timedelta(days=3),
        receipts=[wire.Receipt(department="d1", at=NOW, by="u1", name="李四")],
        answers=[wire.Answer(department="d1", at=NOW, by="u1", text="已清理")],
    )
    paper = order(sheet, mirror, HEAD)
    for said in ("市政中心、d2", "李四", "已清理", "3个工作日", "人民路12号", "C20261101-0001"):
        assert said in paper.html
    assert "<i>" not in paper.html
    assert paper.name == "督查交办单_督〔2026〕12号.pdf"


def test_a_warning_asks_for_a_receipt_and_no_answer() -> None:
    sheet = wire.Notice(
        id="W2026-0001",
        number="警〔2026〕1号",
        title="台风来临",
        text="请加固户外广告。",
        departments=["d1"],
        issued=NOW,
        issued_by="duty",
    )
    paper = order(sheet, Mirror(), HEAD)
    assert paper.kind == "notice"
    assert "办理结果" not in paper.html
    assert "请收到后签收" in paper.html


def test_a_bulletin_gives_rates_of_what_was_to_be_closed() -> None:
    total = {"opened": 110, "closed": 99, "on_time": 90, "void": 10}
    report = wire.MonthReport(
        start=NOW, end=NOW + timedelta(days=30), total=total, lines={"source": {"ai": total}}
    )
    html = bulletin(report, Mirror(), HEAD).html
    assert "99.00%" in html
    assert "90.00%" in html
    assert "智能识别" in html


def test_a_bulletin_of_a_month_without_cases_gives_no_rate() -> None:
    nothing = dict.fromkeys(("opened", "closed", "on_time", "void"), 0)
    report = wire.MonthReport(start=NOW, end=NOW, total=nothing, lines={})
    assert "结案率 —" in bulletin(report, Mirror(), HEAD).html
