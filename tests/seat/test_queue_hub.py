"""The queue over a real hub: its pages are walked, filtered and counted as the seat asks."""

from __future__ import annotations

import queue
from collections.abc import Callable

from console import wire
from console.seat.queue_filter import Token, Wanted, case_filter
from console.seat.queue_paged import Answer, PagedOrder
from tests.seat.conftest import PATIENCE, Line


class Asker:
    """An order whose answers are taken on the test's own thread."""

    def __init__(self, line: Line, filter_: wire.CaseFilter) -> None:
        self._client = line.client
        self._answers: queue.Queue[Callable[[], None]] = queue.Queue()
        self.order = PagedOrder(self._ask, {}, filter_, "urgency", lambda: None)

    def _ask(self, query: wire.QueueQuery, then: Callable[[Answer], None]) -> None:
        def got(answer: Answer) -> None:
            self._answers.put(lambda: then(answer))

        body = query.model_dump_json().encode()
        self._client.upload("/api/queue", body, "application/json", wire.QueuePage, got)

    def answer(self) -> None:
        self._answers.get(timeout=PATIENCE)()


def facets(line: Line, filter_: wire.CaseFilter) -> wire.Facets:
    got: queue.Queue[wire.Facets | wire.Problem] = queue.Queue()
    body = filter_.model_dump_json().encode()
    line.client.upload("/api/queue/facets", body, "application/json", wire.Facets, got.put)
    answer = got.get(timeout=PATIENCE)
    assert isinstance(answer, wire.Facets)
    return answer


def test_the_hubs_pages_are_what_the_seat_asked_for(line: Line) -> None:
    line.start()
    case = line.case()
    wanted = Wanted((Token("state", case.state), Token("class", case.code[:2])), "水果")
    filter_ = case_filter(wanted, frozenset(), case.opened)
    asker = Asker(line, filter_)
    asker.order.open(case.id)
    asker.answer()
    row = asker.order.row(0)
    assert row is not None
    assert (row.id, asker.order.cursor, asker.order.total) == (case.id, case.id, 1)
    counted = facets(line, filter_)
    assert counted.total == 1
    assert {facet.value for facet in counted.facets["states"]} == {case.state}


def test_a_filter_that_finds_nothing_and_a_case_of_another_are_no_fault(line: Line) -> None:
    line.start()
    case = line.case()
    asker = Asker(line, case_filter(Wanted(text="no such words"), frozenset(), case.opened))
    asker.order.open(case.id)
    asker.answer()
    assert asker.order.ready
    assert (len(asker.order), asker.order.cursor) == (0, None)
    asker = Asker(line, wire.CaseFilter(codes=["../x"]))
    asker.order.open()
    asker.answer()
    assert asker.order.problem is None or asker.order.problem.code != "hub_error"
