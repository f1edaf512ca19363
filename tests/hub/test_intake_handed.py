"""What officers hand over: patrol, hotline, chat groups, tables of an assessment."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from openpyxl import Workbook

from console import wire
from console.hub.intake import photos
from console.hub.intake.desk import picture_came
from tests.hub import small_town
from tests.hub.conftest import DUTY, ServedHub, TestClock, command, make_hub


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    with ServedHub(make_hub(tmp_path / "hub", clock, register_dir=register)) as served:
        yield served


def tell(town: ServedHub, source: str, **args: Any) -> requests.Response:
    return town.post("/api/commands", command("case.report", source=source, **args))


def cases(town: ServedHub) -> list[wire.CaseRow]:
    return list(town.hub.live.cases.values())


def detail(town: ServedHub, case: str) -> wire.CaseDetail:
    return wire.CaseDetail.model_validate(town.get(f"/api/cases/{case}").json())


def picture(town: ServedHub, data: bytes | None = None) -> str:
    url = f"{town.url}/api/intake/photos"
    answer = town.session.post(url, data=data or small_town.jpeg(), timeout=10)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


# --- a seat's own -------------------------------------------------------------------------


def test_a_patrol_report_lies_in_the_cameras_view_and_names_its_finder(town: ServedHub) -> None:
    result = tell(town, "patrol", camera="cam07", code="09001").json()
    (row,) = cases(town)
    assert result["target"] == row.id
    assert (row.code, row.name, row.sources) == ("09001", "无照经营游商", ["patrol"])
    camera = town.hub.live.cameras["cam07"]
    assert row.at.lat > camera.at.lat
    assert row.proposal is not None
    assert row.proposal.camera == "cam07"
    (fact,) = detail(town, row.id).history
    assert (fact.actor, fact.data["reporter"]) == (DUTY.id, DUTY.id)


def test_a_picture_that_follows_a_patrol_report_stands_in_its_case(town: ServedHub) -> None:
    told = tell(town, "patrol", camera="cam07", code="09001").json()
    photo = town.call(photos.take(town.hub, small_town.jpeg(), "snapshot", "cam07"))
    report, data = told["data"]["report"], {"camera": "cam07"}
    write = town.hub.store.write(
        lambda tx: picture_came(town.hub, tx, report, photo, "snapshot", data)
    )
    town.call(write)
    whole = detail(town, told["target"])
    assert [entry.case for entry in whole.media] == [told["target"]]
    assert whole.history[-1].media == [whole.media[0].id]


def test_a_hotline_call_is_placed_by_its_words(town: ServedHub) -> None:
    media = picture(town)
    answer = tell(
        town,
        "hotline",
        text="店铺越店经营",
        place="人民路石桥小学旁",
        name="周女士",
        phone="13900000000",
        media=[media],
    )
    assert answer.status_code == 200, answer.text
    (row,) = cases(town)
    whole = detail(town, row.id)
    assert (row.code, row.sources) == ("09005", ["hotline"])
    assert whole.reports[0].reporter == "周女士 13900000000"
    assert whole.media[0].id == media
    school = town.hub.live.places["p1"].at
    assert (row.at.lat, row.at.lon) == (school.lat, school.lon)


def test_a_report_from_a_seat_is_taken_back_by_rejecting_its_case(town: ServedHub) -> None:
    result = wire.CommandResult.model_validate(
        tell(town, "patrol", camera="cam07", code="09001").json()
    )
    assert result.undo is not None
    assert town.post("/api/commands", result.undo).status_code == 200
    assert not cases(town)
    tell(town, "patrol", camera="cam07", code="09001")
    joined = tell(town, "hotline", text="有小贩", place="人民路").json()
    if joined["data"]["joined"]:
        assert joined["undo"] is None
        assert joined["no_undo"]


def test_a_report_that_cannot_be_names_what_is_wrong(town: ServedHub) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"source": "ai", "text": "x"}, "source"),
        ({"source": "patrol", "camera": "cam99", "text": "x"}, "camera"),
        ({"source": "patrol", "camera": "cam07"}, "text"),
        ({"source": "hotline", "text": "x", "place": "火星"}, "place"),
        ({"source": "hotline", "text": "x", "lat": 48.1, "lon": 11.5}, "lat"),
        ({"source": "hotline", "text": "x", "lat": "here", "lon": 121}, "lat"),
        ({"source": "hotline", "text": "x", "lat": 28.136}, "lon"),
        ({"source": "hotline", "text": "x" * 3000, "place": "人民路"}, "text"),
        ({"source": "hotline", "text": "x", "place": "人民路", "code": "99999"}, "code"),
        ({"source": "hotline", "text": "x", "place": "人民路", "media": ["none"]}, "media"),
        ({"source": "hotline", "text": "x", "place": "人民路", "media": [7]}, "media"),
        ({"source": "hotline", "text": ["x"], "place": "人民路"}, "text"),
    )
    for args, field in wrong:
        answer = tell(town, **args)
        assert 400 <= answer.status_code < 500
        assert answer.json()["field"] == field
        assert not cases(town)


def test_what_is_no_picture_is_not_taken(town: ServedHub) -> None:
    url = f"{town.url}/api/intake/photos"
    for data in (b"", b"MZ\x90", b"<svg/>"):
        answer = town.session.post(url, data=data, timeout=10)
        assert (answer.status_code, answer.json()["field"]) == (422, "photo")


# --- chat groups --------------------------------------------------------------------------

PASTE = """张三 2026-11-22 10:23
人民路石桥小学门口有小贩
[图片]

李四  2026-11-22 10:24
收到

王五 2026-11-22 10:30
井盖不见了
[图片]
[图片]
"""


def test_a_paste_is_shown_first_and_then_taken_message_by_message(
    town: ServedHub, clock: TestClock
) -> None:
    ids = [picture(town), picture(town)]
    given = {"group": "石桥物业群", "text": PASTE, "media": ids}
    shown = town.post("/api/intake/chat/read", given).json()
    assert [row["name"] for row in shown["rows"]] == ["张三", "李四", "王五"]
    assert [row["talk"] for row in shown["rows"]] == [False, True, False]
    assert [row["pictures"] for row in shown["rows"]] == [1, 0, 1]
    assert shown["rows"][2]["missing"] == 1
    assert shown["rows"][2]["problem"] == "unknown_place"
    assert not cases(town)
    done = town.post("/api/intake/chat", given).json()
    assert [row["number"] for row in done["taken"]] == [1]
    assert [row["field"] for row in done["refused"]] == ["place"]
    again = town.post("/api/intake/chat", given | {"place": "城东路"}).json()
    assert [(row["number"], row["repeated"]) for row in again["taken"]] == [(1, True), (3, False)]
    assert {row.sources[0] for row in cases(town)} == {"chat"}
    first = next(row for row in cases(town) if row.code == "09001")
    (report,) = detail(town, first.id).reports
    assert (report.reporter, report.data["group"]) == ("张三", "石桥物业群")
    clock.move(minutes=1)
    parties = town.get("/api/intake/stats").json()["parties"]
    assert [(p["source"], p["name"], p["reports"]) for p in parties] == [("chat", "石桥物业群", 2)]


def test_only_the_messages_that_are_wanted_are_taken(town: ServedHub) -> None:
    given = {"group": "群", "text": PASTE, "place": "人民路", "take": [2]}
    done = town.post("/api/intake/chat", given).json()
    assert [row["number"] for row in done["taken"]] == [2]
    assert cases(town)[0].code == "00000"


def test_a_paste_that_cannot_be_names_what_is_wrong(town: ServedHub) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"text": " "}, "text"),
        ({"group": ""}, "group"),
        ({"media": ["no"]}, "media"),
    )
    for change, field in wrong:
        answer = town.post("/api/intake/chat", {"group": "群", "text": PASTE} | change)
        assert 400 <= answer.status_code < 500
        assert answer.json()["field"] == field


# --- assessments --------------------------------------------------------------------------

HEADER = ["编号", "问题描述", "问题类别", "地址", "经度", "纬度", "发现时间", "测评人"]
GOOD = [
    ["1", "小贩占道", "无照经营游商", "人民路", "", "", "2026-11-21 10:00", "赵六"],
    ["2", "垃圾成堆", "06010", "", "121.2400", "28.1360", "2026/11/20", ""],
    ["3", "店外经营", "", "石桥小学", "", "", "", ""],
]


def sheet(rows: list[list[str]], header: list[str] | None = None) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in [header or HEADER, *rows]:
        page.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def comma(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in [HEADER, *rows]).encode(encoding)


def send(
    town: ServedHub, data: bytes, name: str = "十月测评.xlsx", path: str = ""
) -> requests.Response:
    url = f"{town.url}/api/intake/survey{path}"
    return town.session.post(url, data=data, params={"name": name}, timeout=20)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (sheet(GOOD), "十月测评.xlsx"),
        (comma(GOOD), "十月测评.csv"),
        (comma(GOOD, "gb18030"), "十月测评.csv"),
    ],
)
def test_a_good_table_becomes_cases_once(town: ServedHub, data: bytes, name: str) -> None:
    shown = send(town, data, name, "/read").json()
    assert (shown["refused"], [row["number"] for row in shown["rows"]]) == (0, [2, 3, 4])
    assert not cases(town)
    done = send(town, data, name).json()
    assert [row["repeated"] for row in done["taken"]] == [False] * 3
    again = send(town, data, name).json()
    assert [row["repeated"] for row in again["taken"]] == [True] * 3
    assert {row.code for row in cases(town)} == {"09001", "06010", "09005"}
    assert {row.sources[0] for row in cases(town)} == {"survey"}
    report = detail(town, done["taken"][0]["case"]).reports[0]
    assert (report.reporter, report.data["survey"]) == ("赵六", "十月测评")
    assert report.at.isoformat() == "2026-11-21T02:00:00+00:00"


def test_of_a_bad_table_nothing_is_taken_and_the_row_is_named(town: ServedHub) -> None:
    wrong: tuple[tuple[int, str, str, str], ...] = (
        (2, "飞碟停放", "code", "unknown_class"),
        (3, "火星大道", "place", "unknown_place"),
        (4, "200", "lon", "bad_value"),
        (5, "48.1", "lat", "outside"),
        (6, "2027-01-01", "at", "in_the_future"),
        (6, "昨天", "at", "bad_value"),
        (6, "2026-02-30", "at", "bad_value"),
        (6, "1999-01-01", "at", "too_old"),
        (1, "字" * 2001, "text", "too_long"),
    )
    for column, value, field, problem in wrong:
        bad = ["9", "小贩", "09001", "", "121.24", "28.136", "2026-11-21", ""]
        if column == 3:
            bad[4] = bad[5] = ""
        bad[column] = value
        answer = send(town, sheet([*GOOD, bad]))
        body = answer.json()
        assert (answer.status_code, body["code"], body["field"]) == (422, "bad_rows", field)
        (row,) = body["current"]["rows"]
        assert (row["number"], row["problem"]) == (5, problem)
        assert not cases(town)


def test_a_table_that_is_none_is_refused(town: ServedHub) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (129 << 20))
    entities = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(GOOD))) as good, zipfile.ZipFile(entities, "w") as packed:
        for part in good.namelist():
            data = good.read(part)
            if part.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data.partition(b"?>")[2]
            packed.writestr(part, data)
    for body, name in (
        (bomb.getvalue(), "a.xlsx"),
        (entities.getvalue(), "a.xlsx"),
        (b"PK\x03\x04", "a.xlsx"),
        (b"\xff\xfe\x00", "a.csv"),
        (b"", "a.csv"),
        (comma([]), "a.csv"),
        (sheet(GOOD, ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]), "a.xlsx"),
        (b"%PDF", "a.pdf"),
    ):
        for path in ("", "/read"):
            answer = send(town, body, name, path)
            assert answer.status_code == 422, (name, answer.text)
            assert answer.json()["field"]
    assert not cases(town)
