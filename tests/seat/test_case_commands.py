"""The case commands on a desk of paper: what is asked, what is sent, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest

from console import wire
from console.domain import flow
from console.domain.case import Action, Role
from console.hub.app import HANDLERS
from console.seat.asking import sent
from console.seat.case_commands import CaseCommands
from console.seat.case_deeds import DEEDS
from console.seat.commands import Record, Registry
from console.seat.history import History
from console.seat.keymap import clashes
from console.seat.mirror import Mirror
from console.seat.selection import Selection
from console.seat.session import Seat

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HERE = wire.Point(lat=28.128, lon=121.231)


def row(number: int, state: str = "proposed", **more: Any) -> wire.CaseRow:
    return wire.CaseRow(
        id=f"20261122-{number:04d}",
        version=1,
        state=state,
        kind="matter",
        code="09001",
        name="无照经营游商",
        place="县前街12号",
        at=HERE,
        sources=["citizen"],
        reports=more.pop("reports", 1),
        opened=NOW,
        due=NOW + timedelta(hours=number),
        **more,
    )


class PaperDesk:
    """Answers each question with the next line of ``says``, and keeps what was sent."""

    def __init__(self, *rows: wire.CaseRow, roles: Sequence[str] = ("dispatcher",)) -> None:
        self.seat = Seat(client=None)  # type: ignore[arg-type]  # nothing here speaks to a hub
        self.mirror: Mirror = self.seat.mirror
        self.mirror.cases.update({one.id: one for one in rows})
        self.mirror.officer = wire.Officer(id="duty", name="值班员", roles=list(roles))
        self.history = History()
        self.selection = Selection(case=rows[0] if rows else None)
        self.whole: wire.CaseDetail | None = None
        self.details: dict[str, wire.CaseDetail] = {}
        self.says: list[str | int] = []
        self.asked: list[dict[str, Any]] = []
        self.sent: list[tuple[str, Any, dict[str, Any]]] = []
        self.nonsense: list[str] = []
        self.shown: list[str] = []

    def select_case(self, case_id: str | None) -> None:
        self.selection = Selection(case=self.mirror.cases[case_id] if case_id else None)

    def submit(self, command_id: str, target: str, args: dict[str, Any]) -> None:
        self.sent.append((command_id, target, args))

    def submit_all(
        self, title: str, command_id: str, ids: Sequence[str], args: dict[str, Any]
    ) -> None:
        self.sent.append((command_id, list(ids), args))

    def detail(self, case_id: str, then: Callable[[wire.CaseDetail], None]) -> None:
        self.whole = self.details[case_id]
        then(self.whole)

    def undo(self) -> None:
        self.sent.append(("undo", "", {}))

    def redo(self) -> None:
        self.sent.append(("redo", "", {}))

    def choice_text(self, text: str) -> str:
        return text

    def ask_about(self, title: str, prompt: str, then: Callable[[str], None], **how: Any) -> None:
        """A number of ``says`` takes a ready line, a text is typed; without any it is left."""
        self.asked.append({"title": title, "prompt": prompt, **how})
        if self.says:
            said = self.says.pop(0)
            then(how["choices"][said - 1] if isinstance(said, int) else said)

    def misread(self, text: str) -> None:
        self.nonsense.append(text)

    def pick_class(self, case: wire.CaseRow, then: Callable[[str, str | None], None]) -> None:
        then("gb2026/matter/09005", "r17")

    def pick_unit(
        self, case: wire.CaseRow, kinds: Sequence[str], then: Callable[[str, str], None]
    ) -> None:
        kind, id_ = str(self.says.pop(0)).split(":")
        assert kind in kinds
        then(kind, id_)

    def look_in(self, pane: str) -> None:
        self.shown.append(pane)


def records(desk: PaperDesk) -> dict[str, Record]:
    return {record.id: record for record in CaseCommands(desk).records()}


def press(desk: PaperDesk, command_id: str, *says: str | int) -> None:
    """Run a command that must be possible, answering its questions."""
    desk.says = list(says)
    record = records(desk)[command_id]
    assert record.when(), command_id
    record.run()


def detail(of: wire.CaseRow, **more: Any) -> wire.CaseDetail:
    return wire.CaseDetail(row=of, history=[], reports=[], media=[], calls=[]).model_copy(
        update=more
    )


# --- the registry ------------------------------------------------------------------------


_NOT_OF_THE_DESK = {
    Action.PROPOSE: "the hub proposes",
    Action.JOIN: "reports join by merging or by moving one",
    Action.WARN: "warnings are the voice pane's",
    Action.TIMEOUT: "a clock runs out by itself",
}


def test_every_action_a_person_may_take_has_a_command() -> None:
    taken = {row.action for row in flow.RULES if row.roles - {Role.SYSTEM}} - set(_NOT_OF_THE_DESK)
    bound = {record.action for record in records(PaperDesk()).values()}
    assert taken - bound == set()


def test_every_command_has_a_title_a_key_and_an_undo_or_the_reason_why_not() -> None:
    for record in records(PaperDesk()).values():
        assert record.title
        assert record.key, f"{record.id} cannot be reached by a key"
        assert record.place == "window"
        assert record.undo, f"{record.id} neither has an undo nor says why"


def test_the_hub_carries_out_every_command() -> None:
    carried = {command_id for handlers in HANDLERS for command_id in handlers}
    assert {deed.command or deed.id for deed in DEEDS} - carried == set()
    assert "case.bulk" in carried


def test_no_two_commands_share_a_key() -> None:
    registry = Registry()
    registry.add(records(PaperDesk()).values())
    assert clashes(registry) == []


def test_what_is_legally_final_is_confirmed_apart() -> None:
    found = records(PaperDesk())
    for verb in ("close", "settle", "force_close", "transfer"):
        assert found[f"case.{verb}"].confirm
    assert not found["case.reject"].confirm


# --- one case ----------------------------------------------------------------------------


def test_accepting_the_proposal_sends_and_goes_to_the_next_that_waits() -> None:
    desk = PaperDesk(row(1), row(2, "dispatched"), row(3))
    press(desk, "proposal.accept")
    assert desk.sent == [("case.dispatch", "20261122-0001", {})]
    assert desk.selection.case == desk.mirror.cases["20261122-0003"]


def test_a_ready_reason_is_one_key_and_the_next_case_comes() -> None:
    desk = PaperDesk(row(1), row(2))
    press(desk, "case.reject", 4)
    ((command, _, args),) = desk.sent
    assert (command, args) == ("case.reject", {"reason": "重复上报，已有案件在处置"})
    assert desk.selection.case == desk.mirror.cases["20261122-0002"]


def test_suspending_asks_for_days_and_then_for_the_reason() -> None:
    desk = PaperDesk(row(1, "dispatched"))
    press(desk, "case.suspend", "20 天", "等新路灯")
    assert desk.sent == [("case.suspend", "20261122-0001", {"days": 20, "reason": "等新路灯"})]
    press(desk, "case.suspend", 2, 1)
    assert desk.sent[-1][2] == {"days": 7, "reason": "等待配件、材料到货"}


def test_an_answer_that_makes_no_sense_is_asked_again() -> None:
    desk = PaperDesk(row(1, "dispatched"))
    press(desk, "case.suspend", "lange", 1, "x")
    assert desk.nonsense == ["lange"]
    assert desk.sent[0][2] == {"days": 3, "reason": "x"}


def test_the_priority_is_two_keys() -> None:
    desk = PaperDesk(row(1))
    press(desk, "case.prioritise", 2)
    assert desk.asked[0]["closed"]
    assert desk.sent == [("case.prioritise", "20261122-0001", {"priority": 2})]


def test_merging_offers_the_duplicates_by_the_numbers_of_the_detail() -> None:
    mine, other = row(1), row(2, "dispatched")
    desk = PaperDesk(mine, other, row(3))
    near = [wire.Similar(case=n, metres=12, hours=0.1) for n in ("20261122-0003", other.id)]
    desk.details[mine.id] = detail(mine, similar=near)
    press(desk, "case.merge", 2)
    assert desk.sent == [("case.merge", mine.id, {"into": other.id})]


def test_a_case_can_be_named_by_the_end_of_its_number() -> None:
    mine = row(1)
    desk = PaperDesk(mine, row(12, "dispatched"))
    desk.details[mine.id] = detail(mine)
    press(desk, "case.merge", "0012")
    assert desk.sent[0][2] == {"into": "20261122-0012"}


def test_several_reports_are_split_off_by_their_numbers() -> None:
    mine = row(1, "filed", reports=3)
    reports = [
        wire.Report(id=f"r{n}", case=mine.id, source="citizen", at=NOW, where=HERE)
        for n in (1, 2, 3)
    ]
    desk = PaperDesk(mine)
    desk.details[mine.id] = detail(mine, reports=reports)
    press(desk, "case.split", "3 9", "1 3")
    assert desk.nonsense == ["3 9"]
    assert desk.sent[0][2] == {"reports": ["r1", "r3"]}


def test_one_report_does_not_split() -> None:
    assert not records(PaperDesk(row(1, "filed")))["case.split"].when()


def test_the_nearest_officers_are_listed_by_distance_and_sent_by_number() -> None:
    desk = PaperDesk(row(1))
    units: list[tuple[Literal["free", "tasked"], float]]
    units = [("free", 0.003), ("tasked", 0.0), ("free", 0.001)]
    for n, (state, north) in enumerate(units):
        unit = wire.Unit(id=f"u{n}", kind="officer", name=f"王{n}", squad="一中队", state=state)
        desk.mirror.units[unit.id] = unit
        desk.mirror.move([wire.Position(unit=unit.id, lat=HERE.lat + north, lon=HERE.lon, at=NOW)])
    press(desk, "case.nearest", 1)
    assert desk.asked[0]["choices"][0] == "王2  一中队  111 m"
    assert desk.sent == [("case.dispatch", "20261122-0001", {"unit": "u2"})]


def test_a_case_is_sent_to_a_unit_or_a_department() -> None:
    desk = PaperDesk(row(1), row(2))
    press(desk, "case.dispatch", "department:d3")
    assert desk.sent == [("case.dispatch", "20261122-0001", {"department": "d3"})]


def test_an_assisting_unit_joins_those_that_assist_already() -> None:
    desk = PaperDesk(row(1, "dispatched", assisting=["d1"]))
    press(desk, "case.assist", "department:d2")
    assert desk.sent[0][2] == {"departments": ["d1", "d2"]}


def test_a_class_is_sent_with_its_rule() -> None:
    desk = PaperDesk(row(1))
    press(desk, "case.reclassify")
    assert desk.sent[0][2] == {"code": "gb2026/matter/09005", "rule": "r17"}
    assert desk.selection.case == desk.mirror.cases["20261122-0001"], "the case stays"


def test_a_place_is_corrected_by_name_or_by_degrees() -> None:
    desk = PaperDesk(row(1))
    desk.mirror.places["p1"] = wire.Place(
        id="p1", kind="school", name="实验小学", at=wire.Point(lat=28.2, lon=121.3)
    )
    press(desk, "case.relocate", "syxx")
    press(desk, "case.relocate", "28.125, 121.25")
    assert [args for _, _, args in desk.sent] == [
        {"lat": 28.2, "lon": 121.3},
        {"lat": 28.125, "lon": 121.25},
    ]


def test_answers_to_the_reporter_carry_the_case() -> None:
    desk = PaperDesk(row(1))
    press(desk, "case.reply", 1)
    text = desk.sent[0][2]["text"]
    assert "20261122-0001" in text
    assert "县前街12号" in text
    assert "{" not in text


def test_claims_are_taken_released_and_taken_over() -> None:
    def possible(**of_row: Any) -> set[str]:
        found = records(PaperDesk(row(1, **of_row)))
        return {v for v in ("claim", "release", "take_over") if found[f"case.{v}"].when()}

    assert possible() == {"claim"}
    assert possible(claimed_by="duty") == {"release"}
    assert possible(claimed_by="zhang") == {"take_over"}


def test_what_the_table_forbids_is_not_offered() -> None:
    found = records(PaperDesk(row(1, "closed"), roles=["collector"]))
    assert not found["case.close"].when()
    assert not found["proposal.accept"].when()
    assert found["case.note"].when()


def test_the_map_and_the_wall_are_asked_to_show_the_case() -> None:
    desk = PaperDesk(row(1))
    assert not records(desk)["case.locate"].when(), "nothing is selected"
    desk.selection = Selection(case=row(1), lat=HERE.lat, lon=HERE.lon)
    press(desk, "case.locate")
    press(desk, "case.cameras")
    assert desk.shown == ["map", "wall"]


# --- several cases -----------------------------------------------------------------------


def test_what_is_picked_goes_out_as_one_command_after_a_question() -> None:
    desk = PaperDesk(row(1), row(2), row(3))
    desk.seat.picked = {"20261122-0002", "20261122-0003"}
    press(desk, "case.file")
    assert desk.sent == []
    assert desk.asked[0]["cases"] == 2
    press(desk, "case.file", 1)
    assert desk.sent == [("case.file", ["20261122-0002", "20261122-0003"], {})]


def test_a_reason_for_all_is_asked_once() -> None:
    desk = PaperDesk(row(1), row(2), row(3))
    desk.seat.picked = {"20261122-0001", "20261122-0002"}
    press(desk, "case.reject", 1)
    assert len(desk.asked) == 1
    assert desk.sent[0][1] == ["20261122-0001", "20261122-0002"]


def test_the_picked_are_merged_into_one_of_them() -> None:
    desk = PaperDesk(row(1), row(2))
    desk.details["20261122-0001"] = detail(row(1))
    desk.seat.picked = {"20261122-0001", "20261122-0002"}
    press(desk, "case.merge", "0002")
    assert desk.sent == [("case.merge", ["20261122-0001"], {"into": "20261122-0002"})]


def test_cases_this_seat_does_not_hold_are_left_to_the_hub() -> None:
    desk = PaperDesk(row(1, "closed"))
    desk.seat.picked = {"20200101-0001", "20200101-0002"}
    press(desk, "case.file", 1)
    assert desk.sent[0][1] == ["20200101-0001", "20200101-0002"]


@pytest.mark.parametrize("answers", [{"at": {"lat": 1.0, "lon": 2.0}}, {"sure": True}])
def test_what_only_asks_is_not_sent(answers: dict[str, Any]) -> None:
    assert sent(answers) in ({"lat": 1.0, "lon": 2.0}, {})
