"""The detail: it follows its case, keeps its place, and opens pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console import wire
from console.seat.case_commands import CaseCommands
from tests.widgets.conftest import NOW, StandInClient
from widgets.bridge import Desk
from widgets.case.pane import CasePane
from widgets.case.pictures import decode
from widgets.case.sections import clock_text
from widgets.case.viewer import Viewer
from widgets.counter import CaseCounter
from widgets.theme import load

CASE = "20261122-0003"
OTHER = "20261122-0008"


def photo(red: int) -> bytes:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(QColor(red, 80, 90))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def detail(row: wire.CaseRow, facts: int = 3) -> wire.CaseDetail:
    roles: list[Literal["report", "before", "after"]] = ["report", "before", "after"]
    return wire.CaseDetail(
        row=row,
        history=[
            wire.Fact(
                seq=n,
                at=NOW - timedelta(minutes=9 - n),
                actor="值班员",
                role="dispatcher",
                action=("propose", "warn", "dispatch", "note")[n % 4],
                state=row.state,
                note=f"第{n}步",
            )
            for n in range(facts)
        ],
        reports=[
            wire.Report(
                id="r1", case=row.id, source="citizen", at=NOW, text="有人摆摊", where=row.at
            )
        ],
        media=[
            wire.Media(
                id=f"m{n}", case=row.id, role=role, type="image/jpeg", size=1, sha256="0", at=NOW
            )
            for n, role in enumerate(roles)
        ],
        calls=[],
    )


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, client: StandInClient) -> CasePane:
    client.skew = (NOW - datetime.now(UTC)).total_seconds()
    client.files = {f"m{n}": photo(60 * n) for n in range(3)}
    client.details = {row.id: detail(row) for row in desk.mirror.cases.values()}
    desk.registry.add(CaseCommands(CaseCounter(desk)).records())
    pane = CasePane(desk)
    qtbot.addWidget(pane)
    pane.resize(480, 500)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def noting(asked: list[str], ask: Callable[..., None]) -> Callable[..., None]:
    """The same question, noted."""

    def noted(what: str, then: Callable[[Any], None]) -> None:
        asked.append(what)
        ask(what, then)

    return noted


def arrive(qtbot: QtBot, pane: CasePane, desk: Desk, facts: int = 3) -> None:
    def there() -> bool:
        desk.drain()
        return pane.detail is not None and len(pane.detail.history) == facts

    qtbot.waitUntil(there)


def words(pane: CasePane) -> str:
    return pane.view.accessibleDescription()


def press(pane: CasePane, key: str) -> None:
    next(record for record in pane.commands() if record.key == key).run()


def change(desk: Desk, row: wire.CaseRow) -> None:
    body = wire.Change(
        seq=desk.mirror.seq + 1,
        at=NOW,
        kind="case",
        id=row.id,
        body=row.model_dump(mode="json"),
    )
    desk.post(lambda: desk.receive(wire.Changes(changes=[body])))
    desk.drain()


def test_the_row_is_shown_at_once_and_the_rest_when_it_came(
    pane: CasePane, desk: Desk, qtbot: QtBot
) -> None:
    desk.select_case(CASE)
    assert pane.detail is None
    assert desk.mirror.cases[CASE].place in words(pane)
    arrive(qtbot, pane, desk)
    assert "第2步" in words(pane)
    assert "有人摆摊" in words(pane)


def test_who_answers_for_the_spot_is_named_with_the_phone(pane: CasePane, desk: Desk) -> None:
    desk.select_case(CASE)
    assert "李路长" in words(pane)
    assert "13900000000" in words(pane)


def test_a_change_of_the_case_is_fetched_and_the_page_does_not_jump(
    pane: CasePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    client.details[CASE] = detail(desk.mirror.cases[CASE], facts=20)
    desk.select_case(CASE)
    arrive(qtbot, pane, desk, facts=20)
    pane.view.scroll_by(150)
    stood = pane.view.verticalScrollBar().value()
    assert stood == 150
    row = desk.mirror.cases[CASE].model_copy(update={"version": 99, "state": "on_site"})
    client.details[CASE] = detail(row, facts=21)
    change(desk, row)
    arrive(qtbot, pane, desk, facts=21)
    assert pane.view.verticalScrollBar().value() == stood


def test_another_case_begins_at_the_top(
    pane: CasePane, desk: Desk, client: StandInClient, qtbot: QtBot
) -> None:
    client.details[CASE] = detail(desk.mirror.cases[CASE], facts=20)
    desk.select_case(CASE)
    arrive(qtbot, pane, desk, facts=20)
    pane.view.scroll_by(300)
    desk.select_case(OTHER)
    assert pane.view.verticalScrollBar().value() == 0


def test_an_answer_for_a_case_the_officer_left_is_not_shown(pane: CasePane, desk: Desk) -> None:
    desk.select_case(CASE)
    late = detail(desk.mirror.cases[CASE])
    desk.select_case(OTHER)
    pane._take(late)  # noqa: SLF001 - the answer as the desk would give it
    assert pane.detail is None


def test_many_changes_at_once_are_one_question(
    pane: CasePane,
    desk: Desk,
    client: StandInClient,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(client, "detail", noting(asked, client.detail))
    desk.select_case(CASE)
    for version in range(50, 60):
        change(desk, desk.mirror.cases[CASE].model_copy(update={"version": version}))
    arrive(qtbot, pane, desk)
    assert asked == [CASE]


def test_the_bar_shows_only_what_the_flow_table_permits(pane: CasePane, desk: Desk) -> None:
    desk.select_case(OTHER)
    shown = {record.id for record in pane.actions_bar.records}
    assert {"case.file", "case.dispatch", "case.reject"} <= shown
    assert "case.check" not in shown
    desk.select_case(None)
    assert not pane.actions_bar.isVisible()


def test_a_click_on_the_bar_does_what_its_key_does(
    pane: CasePane, desk: Desk, client: StandInClient
) -> None:
    desk.select_case(OTHER)
    record = next(r for r in pane.actions_bar.records if r.id == "case.file")
    pane.actions_bar.wanted.emit(record)
    assert [command.id for command in client.submitted] == ["case.file"]


def test_a_picture_opens_large_steps_and_closes(pane: CasePane, desk: Desk, qtbot: QtBot) -> None:
    desk.select_case(CASE)
    arrive(qtbot, pane, desk)
    assert [media.role for media in pane.strip.shown] == ["before", "after", "report"]
    press(pane, "Right")
    press(pane, "Space")
    viewer = pane.findChild(Viewer) or pane.window().findChild(Viewer)
    assert viewer is not None
    assert viewer.isVisible()
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert pane.strip.chosen == 2
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert pane.strip.chosen == 2, "the last picture is the end"
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_pictures_are_asked_for_once(
    pane: CasePane,
    desk: Desk,
    client: StandInClient,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(client, "media", noting(asked, client.media))
    desk.select_case(CASE)
    arrive(qtbot, pane, desk)
    for _ in range(3):
        pane.view.viewport().repaint()
        desk.drain()
    assert sorted(asked) == ["m0", "m1", "m2"]


def test_bytes_that_are_no_picture_are_no_picture() -> None:
    assert decode(b"not a picture", None).isNull()


def test_a_moment_of_today_is_told_by_the_clock_alone() -> None:
    assert len(clock_text(NOW - timedelta(minutes=1), NOW)) == len("08:29:00")
    assert len(clock_text(NOW - timedelta(days=3), NOW)) == len("11-19 08:30")


def test_the_theme_changes_while_the_case_is_shown(pane: CasePane, desk: Desk) -> None:
    desk.select_case(CASE)
    desk.set_theme(load("day"))
    assert pane.grab().toImage().pixelColor(3, 300).lightness() > 180


# --- what an officer decides by -----------------------------------------------------------


def whole(row: wire.CaseRow, **more: Any) -> wire.CaseDetail:
    return detail(row).model_copy(update=more)


def take(pane: CasePane, desk: Desk, row: wire.CaseRow, **more: Any) -> None:
    """Show a case as it would be with these parts."""
    desk.mirror.cases[row.id] = row
    desk.select_case(row.id)
    pane._take(whole(row, **more))  # noqa: SLF001 - the answer as the desk would give it


def test_what_else_it_may_be_stands_with_its_numbers(pane: CasePane, desk: Desk) -> None:
    row = desk.mirror.cases[OTHER]
    others = [wire.Candidate(code="09002", share=0.22), wire.Candidate(code="03005", share=0.08)]
    proposal = wire.Proposal(code="09001", unit="u002", officer="林国强", others=others)
    take(pane, desk, row.model_copy(update={"state": "proposed", "proposal": proposal}))
    assert "T 2 跨门营业 22% T 3 道路破损 8%" in words(pane), "as the picker numbers them"
    assert "林国强" in words(pane)


def test_possible_duplicates_are_numbered_as_they_are_merged(
    pane: CasePane, desk: Desk, client: StandInClient
) -> None:
    similar = [
        wire.Similar(case=CASE, metres=12, hours=0.1, basis=["near", "photo"]),
        wire.Similar(case="20200101-0001", metres=40, hours=5, basis=["text"]),
    ]
    take(pane, desk, desk.mirror.cases[OTHER], similar=similar)
    assert f"1 {CASE}" in words(pane)
    assert "2 20200101-0001" in words(pane), "one this seat does not hold is shown by its number"
    assert "12 m" in words(pane)
    assert "same photo" in words(pane)


def test_clocks_say_what_was_kept_and_what_was_not(pane: CasePane, desk: Desk) -> None:
    def clock(stage: str, begun: int, due: int, stopped: int | None) -> wire.StageClock:
        return wire.StageClock(
            stage=stage,
            limit="natural_minutes:10",
            started=NOW - timedelta(minutes=begun),
            due=NOW + timedelta(minutes=due),
            stopped=None if stopped is None else NOW - timedelta(minutes=stopped),
            late=stopped is not None and -stopped > due,
        )

    clocks = [
        clock("accept", 40, -30, 36),
        clock("arrive", 30, -20, 15),
        clock("whole", 40, 60, None),
    ]
    take(pane, desk, desk.mirror.cases[OTHER], clocks=clocks)
    said = [line for line in words(pane).splitlines() if "10 minutes" in line]
    assert said[0].startswith("In all 10 minutes")
    assert "left" in said[0]
    assert said[1] == "Acceptance 10 minutes in 4:00"
    assert said[2] == "Arrival 10 minutes late by 5:00"


def test_history_says_whom_a_deed_concerned(pane: CasePane, desk: Desk) -> None:
    def fact(seq: int, action: str, note: str = "", **data: Any) -> wire.Fact:
        return wire.Fact(
            seq=seq,
            at=NOW,
            actor="王建国",
            role="dispatcher",
            action=action,
            state="filed",
            note=note,
            data=data,
        )

    base = "gb2026/matter/"
    history = [
        fact(1, "reclassify", **{"from": f"{base}09002", "to": f"{base}09001"}),
        fact(2, "dispatch", unit="u002", name="王2"),
        fact(3, "merge", into=CASE),
        fact(4, "suspend", "等待配件", days=30),
        fact(5, "prioritise", priority=2),
        fact(6, "timeout", stage="arrive", limit="natural_minutes:10"),
        fact(7, "of_a_newer_hub", what="ever"),
        fact(8, "split", child="C20261122-0031"),
        fact(9, "join", "又有人报"),
    ]
    take(pane, desk, desk.mirror.cases[OTHER], history=history)
    for said in (
        "Class changed 跨门营业 → 无照经营游商",
        "Sent 王2 王建国 · dispatcher",
        f"Merged into {CASE}",
        "Suspended for 30 days",
        "等待配件",
        "Priority Urgent",
        "Not in time Arrival  10 minutes",
        "of_a_newer_hub",
        "Split into C20261122-0031",
    ):
        assert said in words(pane)


def test_who_else_is_at_it_and_why_it_stands_is_said_above_the_page(
    pane: CasePane, desk: Desk
) -> None:
    changes = {
        "claimed_by": "zhang",
        "claimed_name": "张敏",
        "claimed_until": NOW,
        "supervised": 2,
        "state": "suspended",
        "paused": NOW,
        "resumes": NOW + timedelta(days=30),
    }
    take(pane, desk, desk.mirror.cases[OTHER].model_copy(update=changes))
    desk.mirror.present = [
        wire.Present(officer="li", name="李卫", case=OTHER, since=NOW),
        wire.Present(officer="duty", name="值班员", case=OTHER, since=NOW),
    ]
    desk.presence_changed.emit()
    said = "\n".join(text for _, text in pane.banners.lines)
    for part in ("张敏", "李卫", "The bureau", "2026-12-22"):
        assert part in said
    assert "值班员" not in said, "he knows that he looks himself"
    desk.select_case(CASE)
    assert not pane.banners.isVisible()


def test_it_is_said_that_keys_act_on_all_that_is_picked(pane: CasePane, desk: Desk) -> None:
    desk.select_case(CASE)
    desk.pick([CASE, OTHER])
    assert "2 cases are picked" in pane.banners.lines[0][1]
    desk.pick([])
    assert not pane.banners.isVisible()


def test_many_pictures_stay_in_one_row_that_follows_the_chosen_one(
    pane: CasePane, desk: Desk
) -> None:
    media = [
        wire.Media(
            id=f"m{n}", case=OTHER, role="report", type="image/jpeg", size=1, sha256="0", at=NOW
        )
        for n in range(9)
    ]
    take(pane, desk, desk.mirror.cases[OTHER], media=media)
    across = len(pane.strip.boxes)
    assert 2 <= across < 9
    for _ in range(across):
        press(pane, "Right")
    assert pane.strip.chosen == across
    assert list(pane.strip.boxes) == list(range(1, across + 1))
    assert len({box.y() for box in pane.strip.boxes.values()}) == 1


def test_the_first_report_and_the_newest_stand_above_the_pictures(
    pane: CasePane, desk: Desk
) -> None:
    row = desk.mirror.cases[OTHER]
    reports = [
        wire.Report(id=f"r{n}", case=OTHER, source="citizen", at=NOW, text=f"第{n}报", where=row.at)
        for n in range(6)
    ]
    take(pane, desk, row, reports=reports)
    above = words(pane).split("Pictures")[0]
    assert [n for n in range(6) if f"第{n}报" in above] == [0, 4, 5]
    assert all(f"第{n}报" in words(pane) for n in range(6)), "the others are not lost"


def test_the_bar_shows_the_officers_own_keys_and_counts_the_rarer_ones(
    pane: CasePane, desk: Desk
) -> None:
    desk.select_case(OTHER)
    assert all(", " not in record.key for record in pane.actions_bar.records)
    desk.registry.bind("case.file", "F6")
    desk.setting_changed.emit("keys")
    assert "F6 File" in pane.actions_bar.accessibleDescription()
