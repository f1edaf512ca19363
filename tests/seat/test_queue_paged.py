"""Pages of the queue: what is asked for, what is held, and that nothing jumps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from console import wire
from console.seat.queue_order import following
from console.seat.queue_paged import Answer, PagedOrder
from console.seat.queue_sheet import BLOCK, KEEP
from tests.rig.pages import Pages

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def case(number: int, *, minutes: float = 0, state: str = "filed", **more: object) -> wire.CaseRow:
    return wire.CaseRow(
        id=f"20261122-{number:05d}",
        version=1,
        state=state,
        kind="matter",
        code="09001",
        name="无照经营游商",
        place="珠城东路",
        at=wire.Point(lat=28.1, lon=121.2),
        sources=["ai"],
        reports=1,
        opened=NOW,
        due=NOW + timedelta(minutes=minutes or number),
    ).model_copy(update=more)


@cache
def cases(count: int) -> list[wire.CaseRow]:
    return [case(n) for n in range(count)]


class Line:
    """An order on a hub whose answers arrive when the test lets them."""

    def __init__(self, rows: int, filter_: wire.CaseFilter | None = None) -> None:
        self.pages = Pages(list(cases(rows)))
        self.mirror: dict[str, wire.CaseRow] = {}
        self.waiting: list[tuple[wire.QueueQuery, Callable[[Answer], None]]] = []
        self.told = 0
        wanted = filter_ or wire.CaseFilter()
        self.order = PagedOrder(self._ask, self.mirror, wanted, "urgency", self._tell)

    def _ask(self, query: wire.QueueQuery, then: Callable[[Answer], None]) -> None:
        self.waiting.append((query, then))

    def _tell(self) -> None:
        self.told += 1

    def answer(self, how_many: int = 10_000) -> None:
        """Let answers arrive, and those that are asked for by them."""
        while self.waiting and how_many:
            query, then = self.waiting.pop(0)
            answer = self.pages.answer("/api/queue", query.model_dump_json().encode())
            assert isinstance(answer, Answer)
            then(answer)
            how_many -= 1

    def open(self, around: str | None = None) -> PagedOrder:
        self.order.open(around)
        self.answer()
        return self.order

    def held(self) -> list[int]:
        return [index for index in range(len(self.order)) if self.order.row(index)]


def test_only_blocks_near_what_is_looked_at_are_asked_for() -> None:
    line = Line(9_000)
    order = line.open()
    assert len(order) == 9_000
    order.look(7_010, 7_040)
    line.answer()
    held = line.held()
    assert set(range(7_000, 7_200)) <= set(held)
    assert len(held) <= 8 * BLOCK


def test_in_the_direction_of_travel_more_is_at_hand() -> None:
    line = Line(9_000)
    order = line.open()
    order.look(4_010, 4_040)
    line.answer()
    order.look(4_020, 4_050)
    line.answer()
    assert order.row(4_250) is not None
    order.look(3_950, 3_980)
    line.answer()
    assert order.row(3_750) is not None


def test_two_questions_at_most_are_on_their_way() -> None:
    line = Line(9_000)
    order = line.open()
    for first in range(2_000, 8_000, 300):
        order.look(first, first + 30)
        assert len(line.waiting) <= 2


def test_however_far_one_walks_not_all_of_it_is_kept() -> None:
    line = Line(9_000)
    order = line.open()
    for first in range(0, 8_900, 100):
        order.look(first, first + 30)
        line.answer()
    assert len(line.held()) <= KEEP
    assert order.row(8_900) is not None


def test_a_row_on_its_way_becomes_current_when_it_comes() -> None:
    line = Line(5_000)
    order = line.open()
    order.go(4_999)
    assert order.cursor is None
    assert order.at == 4_999
    order.look(4_980, 4_999)
    line.answer()
    assert order.cursor == "20261122-04999"


def test_a_mirrors_newer_row_stands_in_place_of_the_hubs() -> None:
    line = Line(10)
    order = line.open()
    row = order.row(3)
    assert row is not None
    line.mirror[row.id] = row.model_copy(update={"version": 2, "state": "dispatched"})
    assert order.row(3) == line.mirror[row.id]
    line.mirror[row.id] = row.model_copy(update={"version": 0, "state": "proposed"})
    assert order.row(3) == row


def test_an_order_opens_around_a_case_that_is_in_it() -> None:
    line = Line(5_000)
    order = line.open("20261122-03210")
    assert order.at == 3_210
    assert order.cursor == "20261122-03210"


def test_an_order_opens_at_the_top_when_the_case_is_not_in_it() -> None:
    line = Line(5_000)
    order = line.open("20261122-99999")
    assert order.at is None
    assert order.row(0) is not None


def test_rows_stay_until_the_new_ones_are_all_there() -> None:
    line = Line(5_000)
    order = line.open("20261122-02000")
    order.look(1_990, 2_020)
    line.answer()
    line.pages.put(case(90_000, minutes=-5), case(90_001, minutes=-6))
    order.touch()
    for _ in range(4):
        assert all(order.row(index) for index in range(1_990, 2_020))
        assert order.cursor == "20261122-02000"
        line.answer(1)
    assert order.at == 2_002


def test_when_the_current_case_leaves_the_next_takes_its_place() -> None:
    line = Line(500, wire.CaseFilter(states=["filed"]))
    order = line.open("20261122-00200")
    order.look(190, 220)
    line.answer()
    line.pages.put(case(200, state="dispatched"))
    order.touch()
    line.answer()
    assert order.at == 200
    assert order.cursor == "20261122-00201"


def test_changes_that_come_while_pages_are_asked_for_are_not_forgotten() -> None:
    line = Line(500)
    order = line.open()
    assert order.touch()
    line.pages.put(case(90_000, minutes=-5))
    assert not order.touch(), "one sheet at a time: it is to be asked again"
    line.answer()
    assert order.touch()
    line.answer()
    first = order.row(0)
    assert first is not None
    assert first.id == "20261122-90000"


def test_an_answer_to_an_older_question_changes_nothing() -> None:
    line = Line(5_000)
    order = line.open()
    order.look(3_000, 3_030)
    late = line.waiting.pop(0)
    order.touch()
    line.answer()
    line.pages.rows = []
    late[1](wire.QueuePage(offset=3_000, rows=[case(1)], total=1, seq=1))
    assert len(order) == 5_000


def test_a_hub_that_is_away_leaves_the_rows_and_is_asked_again() -> None:
    line = Line(5_000)
    order = line.open()
    line.pages.away = True
    order.look(3_000, 3_030)
    line.answer()
    assert order.problem is not None
    assert order.row(0) is not None
    order.look(3_000, 3_031)
    assert not line.waiting, "a hub that is away is not asked at every step"
    line.pages.away = False
    order.again()
    line.answer()
    assert line.order.problem is None
    assert order.row(3_000) is not None


def test_a_question_the_hub_refuses_is_not_asked_twice() -> None:
    line = Line(10)
    line.order.open()
    line.waiting.pop(0)[1](wire.Problem(code="bad_input", field="filter.codes"))
    line.order.again()
    assert not line.waiting


def test_the_next_urgent_case_is_found_however_far_it_is() -> None:
    line = Line(3_000)
    line.pages.put(case(2_345, priority=0, supervised=1))
    order = line.open()
    order.go(0)
    order.seek(1, lambda row: row.supervised == 1)
    assert order.seeking
    line.answer()
    assert order.at == 2_345
    order.go(2_999)
    order.seek(-1, lambda row: row.supervised == 1)
    line.answer()
    assert order.at == 2_345


def test_a_search_for_the_next_urgent_case_ends_when_the_officer_moves() -> None:
    line = Line(3_000)
    order = line.open()
    order.go(0)
    order.seek(1, lambda row: row.supervised == 1)
    order.go(5)
    line.answer()
    assert order.at == 5
    assert not order.seeking


def test_a_case_further_away_is_reached_and_one_that_is_not_there_is_not() -> None:
    line = Line(5_000)
    order = line.open()
    order.go(7)
    order.reach("20261122-04444")
    line.answer()
    assert order.at == 4_444
    order.reach("20261122-77777")
    line.answer()
    assert order.at == 4_444


def test_without_a_count_the_end_is_found_by_walking_to_it() -> None:
    line = Line(350)
    line.pages.tells_total = False
    order = line.open()
    for _ in range(6):
        order.look(len(order) - 20, len(order) - 1)
        line.answer()
    assert len(order) == 350
    assert order.total == 350


def test_a_known_end_is_not_guessed_beyond_when_the_count_is_lost() -> None:
    line = Line(3_000)
    order = line.open()
    order.go(2_999)
    order.look(2_980, 2_999)
    line.answer()
    line.pages.tells_total = False
    order.touch()
    line.answer()
    assert len(order) == 3_000
    assert order.at == 2_999


def test_the_next_case_to_decide_is_the_next_one_on_the_screen() -> None:
    line = Line(300)
    line.pages.put(*(case(n, state="closed") for n in range(5, 9)))
    order = line.open()
    waits = {"filed"}
    found = following(order, "20261122-00004", lambda row: row.state in waits)
    assert found == "20261122-00009"


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "over", "go", "look"]), st.integers(0, 900)), max_size=30
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, start=st.integers(0, 599))
def test_whatever_changes_the_cursor_stays_with_its_case_and_rows_are_the_hubs(
    steps: list[tuple[str, int]], start: int
) -> None:
    line = Line(600, wire.CaseFilter(states=["filed"]))
    order = line.open()
    order.go(start)
    order.look(max(0, start - 5), start + 20)
    line.answer()
    for what, number in steps:
        chosen = order.cursor
        if what == "go":
            order.go(min(number, len(order) - 1))
            order.look(max(0, (order.at or 0) - 5), min((order.at or 0) + 20, len(order) - 1))
        elif what == "look":
            order.look(min(number, len(order) - 1), min(number + 25, len(order) - 1))
        elif f"20261122-{number:05d}" != chosen:
            state = "filed" if what == "put" else "closed"
            line.pages.put(case(number, minutes=(number * 7919) % 1000, state=state))
            order.touch()
            line.answer()
            assert order.cursor == chosen
        line.answer()
    order.touch()
    line.answer()
    whole = line.pages.page(wire.QueueQuery(filter=order.filter, limit=500)).rows
    assert order.row(order.at or 0) is not None
    for index, row in enumerate(whole):
        assert order.row(index) in (None, row)
