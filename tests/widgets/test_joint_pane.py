"""The joint pane: its lists, what a line says in full, forms that send commands."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console import wire
from console.seat.mirror import ChangeSet
from console.seat.papers import Paper
from tests.widgets.conftest import NOW, StandInClient
from widgets.bridge import Desk, Question
from widgets.joint.form import Form, PhotoRow
from widgets.joint.pane import JointPane

MEDIA = wire.Media(
    id="m1", case=None, role="report", type="image/png", size=1, sha256="0" * 64, at=NOW
)


def order(number: int, **fields: object) -> wire.SupervisionOrder:
    body = {
        "id": f"D2026-{number:04d}",
        "number": f"督〔2026〕{number}号",
        "title": f"第{number}单",
        "text": "三日内<清理>",
        "departments": ["water", "roads"],
        "limit": "working_days:3",
        "issued": NOW,
        "issued_by": "duty",
        "deadline": NOW + timedelta(hours=number),
    }
    return wire.SupervisionOrder.model_validate(body | fields)


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> JointPane:
    mirror = desk.mirror
    mirror.officer = mirror.officer.model_copy(
        update={"roles": ["leader"], "departments": ["*"], "districts": ["*"]}
    )
    for id_, name in (("water", "水务局"), ("roads", "交通局")):
        mirror.departments[id_] = wire.Department(id=id_, name=name)
    for made in (order(2), order(1), order(3, state="closed")):
        mirror.orders[made.id] = made
    mirror.campaigns["Z2026-001"] = wire.Campaign(
        id="Z2026-001", title="户外广告", goal=60000, unit="m²", start=NOW.date(), total=12600
    )
    mirror.rounds["X2026-001"] = wire.Round(
        id="X2026-001", title="双随机", started=NOW, started_by="duty"
    )
    pane = JointPane(desk)
    qtbot.addWidget(pane)
    pane.retranslate()
    pane.resize(1100, 600)
    pane.show()
    return pane


def cells(pane: JointPane, column: int) -> list[str]:
    items = [pane.table.topLevelItem(row) for row in range(pane.table.topLevelItemCount())]
    return [item.text(column) for item in items if item is not None]


def run(pane: JointPane, command: str) -> None:
    record = next(record for record in pane.commands() if record.id == command)
    assert record.when()
    record.run()


def possible(pane: JointPane) -> set[str]:
    return {record.id for record in pane.commands() if record.when()}


def client(desk: Desk) -> StandInClient:
    found = desk.seat.client
    assert isinstance(found, StandInClient)
    return found


def test_orders_stand_by_their_deadline_and_closed_ones_last(pane: JointPane) -> None:
    assert cells(pane, 1) == ["第1单", "第2单", "第3单"]
    assert cells(pane, 2)[0] == "水务局、交通局"


def test_an_order_says_in_full_who_has_it_and_escapes_what_was_written(pane: JointPane) -> None:
    text = pane.page.text.text()
    assert "三日内&lt;清理&gt;" in text
    assert "水务局" in text
    assert text.count("not yet") == 4


def test_the_chosen_order_stays_chosen_when_a_more_urgent_one_comes(
    pane: JointPane, desk: Desk
) -> None:
    run(pane, "joint.next")
    assert pane.chosen() == "D2026-0002"
    desk.mirror.orders["D2026-0009"] = order(9, deadline=NOW - timedelta(hours=1), overdue=True)
    desk.changed.emit(ChangeSet({"order": {"D2026-0009"}}))
    assert cells(pane, 0)[0] == "督〔2026〕9号"
    assert "Overdue" in cells(pane, 4)[0]
    assert pane.chosen() == "D2026-0002"


def test_a_new_order_is_sent_by_the_form_alone(pane: JointPane, desk: Desk) -> None:
    case = next(iter(desk.mirror.cases))
    desk.select_case(case)
    run(pane, "joint.new")
    form = pane.deeds.form
    title, text, many = form.rows["title"], form.rows["text"], form.rows["departments"]
    assert isinstance(title, QLineEdit)
    assert isinstance(text, QPlainTextEdit)
    assert isinstance(many, QListWidget)
    title.setText("河道垃圾")
    QTest.keyClick(title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form.send()
    assert "Text is needed" in form.hint.text()
    text.setPlainText("三日内清理")
    many.setFocus()
    QTest.keyClick(many, Qt.Key.Key_Space)
    form.send()
    (command,) = client(desk).submitted
    assert command.id == "order.issue"
    assert command.args == {
        "title": "河道垃圾",
        "text": "三日内清理",
        "departments": ["roads"],
        "cases": [case],
        "level": 1,
        "limit": "working_days:3",
    }
    desk.drain()
    assert not form.isVisible()


def test_a_form_that_the_hub_refuses_stays_open_and_says_why(pane: JointPane, desk: Desk) -> None:
    client(desk).answers["round.start"] = wire.Problem(code="bad_argument", detail="title")
    pane.show_section("round")
    run(pane, "joint.new")
    form = pane.deeds.form
    title = form.rows["title"]
    assert isinstance(title, QLineEdit)
    title.setText("暗访")
    form.send()
    desk.drain()
    assert form.isVisible()
    assert "did not understand" in form.hint.text()


def test_a_receipt_asks_for_which_department_and_the_last_one_needs_no_asking(
    pane: JointPane, desk: Desk
) -> None:
    asked: list[Question] = []
    desk.asked.connect(asked.append)
    run(pane, "joint.receive")
    assert asked[0].choices == ["水务局", "交通局"]
    asked[0].then("交通局")
    assert client(desk).submitted[-1].args == {"department": "roads"}
    had = wire.Receipt(department="roads", at=NOW, by="duty")
    desk.mirror.orders["D2026-0001"] = order(1, receipts=[had.model_dump()])
    run(pane, "joint.receive")
    assert client(desk).submitted[-1].args == {"department": "water"}
    assert len(asked) == 1


def test_closing_an_order_needs_a_word_and_ctrl_enter(pane: JointPane, desk: Desk) -> None:
    asked: list[Question] = []
    desk.asked.connect(asked.append)
    run(pane, "joint.close")
    assert asked[0].confirm
    asked[0].then("办结")
    command = client(desk).submitted[-1]
    assert (command.id, command.target, command.args) == (
        "order.close",
        "D2026-0001",
        {"result": "办结"},
    )


def test_a_campaign_shows_how_much_of_its_goal_is_done(pane: JointPane) -> None:
    pane.show_section("campaign")
    assert cells(pane, 3) == ["21% ■■□□□□□□□□"]
    assert pane.page.bar.accessibleName() == "12,600 / 60,000 m²  ·  21%"
    assert pane.page.bar.isVisible()


def test_a_piece_of_a_campaign_takes_its_photos_along(
    pane: JointPane, desk: Desk, tmp_path: Path
) -> None:
    photo = tmp_path / "before.png"
    photo.write_bytes(b"picture")
    client(desk).uploaded["/api/joint/photos"] = MEDIA
    pane.show_section("campaign")
    run(pane, "joint.add")
    form = pane.deeds.form
    amount, before = form.rows["amount"], form.rows["before"]
    assert isinstance(amount, QLineEdit)
    assert isinstance(before, PhotoRow)
    amount.setText("many")
    form.send()
    assert "no number" in form.hint.text()
    amount.setText("120.5")
    before.path.setText(str(tmp_path / "none.png"))
    form.send()
    assert "cannot be read" in form.hint.text()
    before.path.setText(str(photo))
    form.send()
    desk.drain()
    assert ("/api/joint/photos", b"picture", "image/png") in client(desk).uploads
    assert client(desk).submitted[-1].args == {"amount": 120.5, "before": "m1"}


def test_photos_of_before_and_after_stand_beside_a_piece(pane: JointPane, desk: Desk) -> None:
    entry = wire.CampaignEntry(
        id="e1", campaign="Z2026-001", at=NOW, amount=3, by="duty", before="m1", after="m2"
    )
    found = wire.CampaignEntries(entries=[entry], total=1)
    client(desk).uploaded["/api/joint/entries"] = found
    pane.show_section("campaign")
    desk.drain()
    assert pane.page.entries == [entry]


def test_the_selected_case_is_linked_to_a_round(pane: JointPane, desk: Desk) -> None:
    pane.show_section("round")
    assert "joint.add" not in possible(pane)
    case = next(iter(desk.mirror.cases))
    desk.select_case(case)
    run(pane, "joint.add")
    command = client(desk).submitted[-1]
    assert (command.id, command.args) == ("round.add_case", {"case": case})


def test_what_was_counted_is_shown_by_month(pane: JointPane, desk: Desk) -> None:
    line = wire.JointLine(
        topic="persuasion", month="2026-11", kind="跨门经营", district="", records=2, count=7
    )
    client(desk).uploaded["/api/joint/totals"] = wire.JointTotals(lines=[line])
    said = wire.Persuasion(id="Q1", at=NOW, kind="跨门经营", count=7, officer="duty", name="值班")
    client(desk).uploaded["/api/joint/persuasions"] = wire.Persuasions(persuasions=[said])
    pane.show_section("count")
    desk.drain()
    desk.drain()
    assert cells(pane, 5) == ["7"]
    assert "跨门经营 × 7" in pane.page.more.text()


def test_who_does_not_lead_issues_nothing_but_counts(pane: JointPane, desk: Desk) -> None:
    desk.mirror.officer = desk.mirror.officer.model_copy(update={"roles": ["unit_admin"]})
    assert possible(pane) & {"joint.new", "joint.close"} == set()
    assert {"joint.receive", "joint.answer"} <= possible(pane)
    pane.show_section("count")
    assert "joint.new" in possible(pane)


def test_an_overlay_of_the_pane_is_told_of_so_that_no_key_is_lost(
    pane: JointPane, desk: Desk
) -> None:
    told: list[object] = []
    desk.overlaid.connect(told.append)
    pane.show_section("count")
    run(pane, "joint.new")
    run(pane, "joint.mediate")
    assert [type(one) for one in told] == [Form]


def test_what_may_be_done_stands_below_with_its_key(pane: JointPane, desk: Desk) -> None:
    assert "R\N{NO-BREAK SPACE}Give the receipt" in pane.hints.text()
    assert "E\N{NO-BREAK SPACE}" not in pane.hints.text()
    desk.mirror.orders.clear()
    pane.refresh()
    assert "Nothing here yet" in pane.page.text.text()
    assert "R\N{NO-BREAK SPACE}Give the receipt" not in pane.hints.text()


def test_an_order_goes_out_as_a_paper(pane: JointPane, desk: Desk) -> None:
    papers: list[Paper] = []
    desk.paper_wanted.connect(papers.append)
    run(pane, "joint.print")
    assert (papers[0].kind, papers[0].number) == ("order", "督〔2026〕1号")


def test_a_department_is_told_once_of_what_came_in_for_it(pane: JointPane, desk: Desk) -> None:
    told: list[str] = []
    desk.toast.connect(lambda _level, text: told.append(text))
    desk.mirror.officer = desk.mirror.officer.model_copy(update={"departments": ["water"]})
    for number, departments in ((7, ["roads"]), (8, ["water"]), (8, ["water"])):
        made = order(number, departments=departments)
        desk.mirror.orders[made.id] = made
        desk.changed.emit(ChangeSet({"order": {made.id}}))
    assert told == ["督〔2026〕8号 came in: 第8单"]


def test_an_answer_takes_its_photos_along(pane: JointPane, desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "after.jpg"
    photo.write_bytes(b"picture")
    client(desk).uploaded["/api/joint/photos"] = MEDIA
    desk.mirror.orders["D2026-0001"] = order(1, departments=["water"])
    run(pane, "joint.answer")
    text, after = pane.deeds.form.rows["text"], pane.deeds.form.rows["after"]
    assert isinstance(text, QPlainTextEdit)
    assert isinstance(after, PhotoRow)
    text.setPlainText("已清理")
    after.path.setText(str(photo))
    pane.deeds.form.send()
    desk.drain()
    assert client(desk).submitted[-1].args == {
        "text": "已清理",
        "department": "water",
        "media": ["m1"],
    }
    media = [wire.Answer(department="water", at=NOW, by="u", text="好", media=["m1"]).model_dump()]
    desk.mirror.orders["D2026-0001"] = order(1, answers=media)
    pane.refresh()
    assert "水务局" in [label.accessibleName() for label in pane.page.findChildren(QLabel)]
