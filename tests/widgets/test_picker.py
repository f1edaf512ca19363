"""The pickers of class and unit, worked by keys alone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from console import wire
from console.hub.catalogue import base
from console.seat.classes import Classes
from widgets.bridge import Desk
from widgets.picker.classes import ClassPicker
from widgets.picker.units import UnitPicker


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> QMainWindow:
    """A window over a desk that knows the whole catalogue."""
    for item in base.classes():
        desk.mirror.catalogue[wire.id_of(item)] = item
    for rule in base.rules():
        desk.mirror.rules[rule.id] = rule
    for id_, name in (("housing", "住房和城乡建设局"), ("police", "公安局")):
        department = wire.Department(id=id_, name=name, phone="0576-0000")
        desk.mirror.departments[id_] = department
    window = QMainWindow()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    return window


def proposed(desk: Desk) -> wire.CaseRow:
    """A case whose class and unit the hub has proposed, with two other likely classes."""
    row = next(case for case in desk.mirror.cases.values() if case.state == "proposed")
    assert row.proposal is not None
    rules = [rule.id for rule in base.rules() if rule.of == "gb2026/matter/09001"]
    proposal = row.proposal.model_copy(
        update={
            "code": "09001",
            "rule": rules[1],
            "unit": "u020",
            "department": "police",
            "others": [
                wire.Candidate(code="09005", share=0.3),
                wire.Candidate(code="09006", share=0.1),
            ],
        }
    )
    return row.model_copy(update={"code": "09001", "rule": rules[1], "proposal": proposal})


class Chosen(list[tuple[str, str | None]]):
    def __call__(self, first: str, second: str | None) -> None:
        self.append((first, second))


def test_numbers_take_the_proposed_class_and_its_alternatives(
    desk: Desk, window: QMainWindow
) -> None:
    picker, chosen, case = ClassPicker(window, desk), Chosen(), proposed(desk)
    for key in ("1", "2", "3"):
        picker.open(case, chosen)
        QTest.keyClicks(picker.field, key)
        assert not picker.isVisible()
    assert [class_id for class_id, _ in chosen] == [
        "gb2026/matter/09001",
        "gb2026/matter/09005",
        "gb2026/matter/09006",
    ]
    assert chosen[0][1] == case.rule


def test_the_other_conditions_of_the_class_have_numbers_too(
    desk: Desk, window: QMainWindow
) -> None:
    picker, chosen, case = ClassPicker(window, desk), Chosen(), proposed(desk)
    picker.open(case, chosen)
    QTest.keyClicks(picker.field, "4")
    class_id, rule = chosen[0]
    assert class_id == "gb2026/matter/09001"
    assert rule is not None
    assert rule != case.rule


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("wzjy", "09001"),
        ("游商", "09001"),
        ("09012", "09012"),
        ("井盖 缺失", "01023"),
        ("ld", "01037"),
    ],
)
def test_a_class_is_found_by_code_by_two_characters_and_by_initials(
    desk: Desk, window: QMainWindow, typed: str, code: str
) -> None:
    picker = ClassPicker(window, desk)
    picker.open(proposed(desk), Chosen())
    picker.field.setText(typed)
    assert code in [line.lead for line in picker.shown]
    assert picker.shown[0].detail


def test_a_code_may_be_typed_where_no_line_wears_its_first_digit(
    desk: Desk, window: QMainWindow
) -> None:
    picker, chosen = ClassPicker(window, desk), Chosen()
    picker.open(proposed(desk), chosen)
    QTest.keyClicks(picker.field, "06010")
    assert picker.shown[0].lead == "06010"
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert chosen == [("gb2026/matter/06010", "base/gb2026/matter/06010/2-large")]


def test_escape_leaves_everything_as_it_is(desk: Desk, window: QMainWindow) -> None:
    picker, chosen = ClassPicker(window, desk), Chosen()
    picker.open(proposed(desk), chosen)
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert chosen == []


def test_a_rule_that_no_longer_counts_is_not_offered(desk: Desk, window: QMainWindow) -> None:
    del window
    ended = next(rule for rule in desk.mirror.rules.values() if rule.of == "gb2026/matter/09001")
    desk.mirror.rules[ended.id] = ended.model_copy(update={"until": date(2026, 1, 1)})
    offered = Classes(desk.mirror, date(2026, 11, 22)).of("gb2026/matter/09001")
    assert ended.id not in [entry.rule.id for entry in offered if entry.rule]
    assert offered


def test_no_case_is_put_under_the_older_standard(desk: Desk, window: QMainWindow) -> None:
    del window
    entries = Classes(desk.mirror, date(2026, 11, 22)).entries
    assert {entry.item.scheme for entry in entries} == {"gb2026"}


def test_units_are_offered_free_and_near_first_then_the_department_that_answers(
    desk: Desk, window: QMainWindow
) -> None:
    picker, chosen, case = UnitPicker(window, desk), Chosen(), proposed(desk)
    picker.open(case, chosen)
    numbered = [line for line in picker.shown if line.number]
    assert [line.number for line in numbered] == list(range(1, 10))
    assert numbered[0].text == "王20"
    assert numbered[3].text == "公安局"
    QTest.keyClicks(picker.field, "4")
    assert chosen == [("department", "police")]


def test_a_department_is_found_by_initials_and_a_busy_unit_cannot_be_taken(
    desk: Desk, window: QMainWindow
) -> None:
    picker, chosen, case = UnitPicker(window, desk), Chosen(), proposed(desk)
    picker.open(case, chosen)
    QTest.keyClicks(picker.field, "zfhcx")
    assert [line.text for line in picker.shown] == ["住房和城乡建设局"]
    picker.field.setText("u003")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.isVisible()
    assert chosen == []


def test_units_alone_or_departments_alone_may_be_asked_for(desk: Desk, window: QMainWindow) -> None:
    picker, case = UnitPicker(window, desk), proposed(desk)
    picker.open(case, Chosen(), kinds=("department",))
    assert [line.text for line in picker.shown] == ["公安局", "住房和城乡建设局"]
    picker.open(case, Chosen(), kinds=("unit",))
    assert "公安局" not in [line.text for line in picker.shown]
