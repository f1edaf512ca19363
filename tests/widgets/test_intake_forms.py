"""The forms for reports: opened by keys, worked by keys, and errors that name their row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QMainWindow, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console import wire
from tests.widgets.conftest import StandInClient
from widgets.bridge import Desk
from widgets.intake.desk import IntakeDesk
from widgets.intake.form import Form

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def forms(qtbot: QtBot, desk: Desk) -> Iterator[IntakeDesk]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    intake = IntakeDesk(window, desk, lambda _form: None)
    desk.registry.add(intake.records())
    yield intake
    window.close()


def opened(forms: IntakeDesk, desk: Desk, command: str, name: str) -> Form:
    desk.registry[command].run()
    form = forms.forms[name]
    assert form.isVisible()
    return form


def fill(form: Form, **texts: str) -> None:
    for name, text in texts.items():
        field = form.fields[name]
        if isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        else:
            field.setText(text)


def enter(form: Form, name: str, *, control: bool = True) -> None:
    modifiers = CONTROL if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(form.fields[name], Qt.Key.Key_Return, modifiers)
    form.desk.drain()


def taken(*rows: wire.TakenRow, left: int = 0) -> wire.TakenRows:
    return wire.TakenRows(taken=list(rows), left=left)


def test_a_call_is_written_down_and_sent_by_one_stroke(
    forms: IntakeDesk, desk: Desk, client: StandInClient
) -> None:
    form = opened(forms, desk, "report.hotline", "Hotline")
    fill(form, name="周女士", phone="139", place="双港路", text="有人摆摊", code="09001")
    client.answers["case.report"] = wire.CommandResult(seq=1, target="20261122-0003")
    enter(form, "text")
    (command,) = client.submitted
    assert command.id == "case.report"
    assert command.args == {
        "source": "hotline",
        "name": "周女士",
        "phone": "139",
        "place": "双港路",
        "text": "有人摆摊",
        "code": "gb2026/matter/09001",
    }
    assert not form.isVisible()
    assert form.text("name") == ""
    assert desk.selection.case is not None


def test_enter_in_a_line_goes_to_the_next_field(forms: IntakeDesk, desk: Desk) -> None:
    form = opened(forms, desk, "report.hotline", "Hotline")
    assert form.fields["name"].hasFocus()
    enter(form, "name", control=False)
    assert form.fields["phone"].hasFocus()


def test_what_the_hub_refuses_is_named_and_stays_in_the_form(
    forms: IntakeDesk, desk: Desk, client: StandInClient
) -> None:
    form = opened(forms, desk, "report.hotline", "Hotline")
    fill(form, place="火星", text="有人摆摊")
    client.answers["case.report"] = wire.Problem(code="unknown_place", field="place")
    enter(form, "text")
    assert form.said.text() == "place: no street or place of this town"
    assert form.fields["place"].hasFocus()
    assert form.text("text") == "有人摆摊"


def test_a_patrol_report_is_a_number_and_enter(
    forms: IntakeDesk, desk: Desk, client: StandInClient
) -> None:
    desk.camera = "cam05"
    form = opened(forms, desk, "report.patrol", "Patrol")
    QTest.keyClicks(form.fields["code"], "1")
    enter(form, "code", control=False)
    (command,) = client.submitted
    assert (command.args["camera"], command.args["code"]) == ("cam05", "gb2026/matter/09001")
    assert not form.isVisible()


def test_without_a_camera_there_is_nothing_to_report(forms: IntakeDesk, desk: Desk) -> None:
    assert not desk.registry["report.patrol"].when()
    desk.camera = "cam05"
    assert desk.registry["report.patrol"].when()


CHAT = "/api/intake/chat"
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def message(number: int, **more: object) -> wire.HandedRow:
    body = {"number": number, "name": "张三", "at": NOW, "text": "摆摊", "code": "09001"}
    return wire.HandedRow.model_validate(body | more)


def listed(form: Form) -> QListWidget:
    found = form.findChild(QListWidget)
    assert found is not None
    return found


def test_a_paste_is_shown_and_what_is_chosen_is_taken(
    forms: IntakeDesk, desk: Desk, client: StandInClient
) -> None:
    form = opened(forms, desk, "report.chat", "Chat")
    fill(form, group="物业群", place="双港路", text="张三 12:00\n摆摊")
    rows = [message(1), message(2, talk=True), message(3, problem="unknown_place", field="place")]
    client.uploaded[f"{CHAT}/read"] = wire.Handed(rows=rows, refused=1)
    enter(form, "text")
    view = listed(form)
    assert view.hasFocus()
    assert view.item(0).text().endswith("place: no street or place of this town")
    checked = [view.item(n).checkState() == Qt.CheckState.Checked for n in range(3)]
    assert checked == [True, True, False]
    QTest.keyClick(view, Qt.Key.Key_Space)
    done = wire.TakenRow(number=1, report="r", case="c")
    client.uploaded[CHAT] = taken(done)
    QTest.keyClick(view, Qt.Key.Key_Return, CONTROL)
    desk.drain()
    given = wire.ChatPaste.model_validate_json(client.uploads[-1][1])
    assert (given.group, given.take) == ("物业群", [1])
    assert not form.isVisible()


def test_messages_without_a_place_stay_to_be_placed(
    forms: IntakeDesk, desk: Desk, client: StandInClient
) -> None:
    form = opened(forms, desk, "report.chat", "Chat")
    fill(form, group="群", text="摆摊")
    bad = message(1, problem="unknown_place", field="place")
    client.uploaded[f"{CHAT}/read"] = wire.Handed(rows=[bad], refused=1)
    client.uploaded[CHAT] = wire.TakenRows(taken=[], refused=[bad])
    enter(form, "text")
    QTest.keyClick(listed(form), Qt.Key.Key_Return, CONTROL)
    desk.drain()
    assert form.isVisible()
    assert form.fields["place"].hasFocus()
    assert form.text("text") == "摆摊"


def test_a_picture_from_the_clipboard_leaves_its_mark(
    forms: IntakeDesk, desk: Desk, client: StandInClient
) -> None:
    form = opened(forms, desk, "report.chat", "Chat")
    client.uploaded["/api/intake/photos"] = wire.Media(
        id="m1", case=None, role="report", type="image/jpeg", size=1, sha256="0", at=NOW
    )
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    clipboard = QMimeData()
    clipboard.setImageData(picture)
    text = form.fields["text"]
    assert isinstance(text, QPlainTextEdit)
    assert text.canInsertFromMimeData(clipboard)
    text.insertFromMimeData(clipboard)
    desk.drain()
    path, data, type_ = client.uploads[-1]
    assert (path, type_, data[:2]) == ("/api/intake/photos", "image/jpeg", b"\xff\xd8")
    assert form.text("text") == "[图片]"


def test_a_bad_table_names_its_rows_and_a_good_one_is_taken_to_its_end(
    forms: IntakeDesk, desk: Desk, client: StandInClient, tmp_path: Path
) -> None:
    form = opened(forms, desk, "report.survey", "Survey")
    fill(form, file=str(tmp_path / "none.csv"))
    enter(form, "file")
    assert "none.csv" in form.said.text()
    table = tmp_path / "a.csv"
    table.write_text("x", "utf-8")
    fill(form, file=str(table))
    path = "/api/intake/survey{}?name=a.csv&party="
    bad = message(5, problem="unknown_class", field="code", detail="飞碟")
    client.uploaded[path.format("/read")] = wire.Handed(rows=[message(2), bad], refused=1)
    enter(form, "file")
    assert listed(form).item(0).text().endswith("class: no such class (飞碟)")
    client.uploaded[path.format("/read")] = wire.Handed(rows=[message(2)], refused=0)
    enter(form, "file")
    client.uploaded[path.format("")] = taken(wire.TakenRow(number=2, report="r", case="c"))
    enter(form, "file")
    assert not form.isVisible()


def test_escape_keeps_what_was_written(forms: IntakeDesk, desk: Desk) -> None:
    form = opened(forms, desk, "report.hotline", "Hotline")
    fill(form, text="有人")
    QTest.keyClick(form.fields["text"], Qt.Key.Key_Escape)
    assert not form.isVisible()
    desk.registry["report.hotline"].run()
    assert form.text("text") == "有人"
    assert isinstance(form.fields["name"], QLineEdit)
