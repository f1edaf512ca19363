"""The queue over HTTP: bad questions, what an officer may see, what is kept up to date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine, text

from console import wire
from console.hub.store import Asked, QueueReader, Reader, Store, Tx
from tests.hub.conftest import DUTY, NOON, ServedHub, TestClock, case_row, run, seed


def ids(served: ServedHub, **query: Any) -> list[str]:
    answer = served.post("/api/queue", wire.QueueQuery(**query))
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["rows"]]


def test_a_page_says_where_it_begins_and_as_of_which_change(served: ServedHub) -> None:
    rows = [case_row(f"C{n}", opened=NOON - timedelta(minutes=n)) for n in range(5)]
    served.call(seed(served.hub, *rows))
    query = wire.QueueQuery(sort="newest", offset=1, limit=2)
    page = wire.QueuePage.model_validate(served.post("/api/queue", query).json())
    assert ([row.id for row in page.rows], page.offset) == (["C1", "C2"], 1)
    assert page.seq == served.hub.store.seq
    facets = served.post("/api/queue/facets", wire.CaseFilter()).json()
    assert facets["total"] == 5
    assert facets["facets"]["states"] == [{"value": "proposed", "count": 5}]
    assert served.post("/api/queue", query).json()["total"] == 5


NONSENSE: list[tuple[dict[str, Any], str]] = [
    ({"filter": {"states": ["nonsense"]}}, "filter.states"),
    ({"filter": {"sources": ["nonsense"]}}, "filter.sources"),
    ({"filter": {"kinds": ["nonsense"]}}, "filter.kinds"),
    ({"filter": {"grids": ["a\u0000b"]}}, "filter.grids"),
    ({"filter": {"units": ["u"] * 501}}, "filter.units"),
    ({"filter": {"text": "x" * 201}}, "filter.text"),
    ({"filter": {"text": "a\u0000b"}}, "filter.text"),
    ({"filter": {"priority": 10}}, "filter.priority"),
    ({"filter": {"opened_from": "2026-11-22T00:00:00"}}, "filter.opened_from"),
    ({"sort": "sideways"}, "sort"),
    ({"offset": -1}, "offset"),
    ({"offset": 10**30}, "offset"),
    ({"limit": 501}, "limit"),
    ({"around": "a\u0000b"}, "around"),
]


def test_a_question_that_makes_no_sense_is_refused_by_name(served: ServedHub) -> None:
    for body, field in NONSENSE:
        answer = served.post("/api/queue", body)
        assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_words_that_hold_what_searching_gives_a_meaning_find_only_themselves(
    served: ServedHub,
) -> None:
    served.call(seed(served.hub, case_row("C1", place='甲%b_c"d*'), case_row("C2", place="abcd")))
    for typed in ('"', "%", "_", "a%b", '" OR "', "NEAR(a b)", "*", "'; DROP TABLE queue; --"):
        assert set(ids(served, filter={"text": typed})) <= {"C1", "C2"}
    assert ids(served, filter={"text": 'd"*'}) == ["C1", "C2"]
    assert ids(served, filter={"text": "bcd"}) == ["C2"]


def test_an_officer_gets_only_what_he_answers_for(served: ServedHub) -> None:
    rows = [
        case_row("C1", district="d1"),
        case_row("C2", district="d2", department="z1"),
        case_row("C3", district="d2", assisting=["z2"]),
        case_row("C4", district="d2", unit="me"),
        case_row("C5", district="d2"),
    ]
    served.call(seed(served.hub, *rows))
    report = wire.Report(
        id="r1", case="C5", source="collector", at=NOON, where=rows[0].at, data={"by": "me"}
    )
    served.call(served.hub.store.write(lambda tx: tx.report(report)))

    def seen(districts: list[str], departments: list[str]) -> str:
        served.hub.duty = wire.Officer(
            id="me", name="我", roles=["dispatcher"], districts=districts, departments=departments
        )
        found = ids(served, sort="oldest")
        assert served.post("/api/queue/facets", wire.CaseFilter()).json()["total"] == len(found)
        exported = served.post("/api/export/cases.json", wire.CaseFilter()).json()["rows"]
        assert {row["id"] for row in exported} == set(found)
        return "".join(id_[1] for id_ in sorted(found))

    assert seen(["*"], []) == "12345"
    assert seen(["d1"], []) == "145"
    assert seen([], ["z1"]) == "245"
    assert seen([], ["z2"]) == "345"
    assert seen([], ["*"]) == "2345"
    assert seen([], []) == "45"


def test_a_grid_is_asked_for_with_all_that_lie_within_it(served: ServedHub) -> None:
    ring = [(121.0, 28.0), (121.1, 28.0), (121.1, 28.1)]
    grids = [
        wire.Grid(id="g1", level=1, name="区", ring=ring),
        wire.Grid(id="g2", level=2, name="街道", ring=ring, parent="g1"),
        wire.Grid(id="g3", level=3, name="网格", ring=ring, parent="g2"),
    ]
    served.call(seed(served.hub, *grids, case_row("C1", grid="g3"), case_row("C2", grid="g9")))
    assert ids(served, filter={"grids": ["g1"]}) == ["C1"]


def test_a_report_counts_what_was_opened_closed_in_time_and_void(served: ServedHub) -> None:
    rows = [
        case_row("C1", state="closed", ended=NOON),
        case_row("C2", state="archived", ended=NOON + timedelta(days=3), department="z1"),
        case_row("C3", state="void", ended=NOON, sources=["citizen", "ai"]),
        case_row("C4"),
        case_row("C5", opened=NOON - timedelta(days=40)),
    ]
    served.call(seed(served.hub, *rows))
    start, end = "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"
    answer = served.get(f"/api/report?start={start}&end={end}")
    report = wire.MonthReport.model_validate(answer.json())
    assert report.total == {"opened": 4, "closed": 2, "on_time": 1, "void": 1}
    assert report.lines["department"]["z1"]["closed"] == 1
    assert report.lines["source"]["citizen"]["void"] == 1
    assert report.lines["class"]["gb2026/matter/09001"]["opened"] == 4
    for bad in (
        f"start={end}&end={start}",
        "start=x&end=y",
        f"start={start}&end=2028-01-01T00:00Z",
    ):
        assert served.get(f"/api/report?{bad}").status_code == 422
    naive = served.get("/api/report?start=2026-11-01T00:00:00&end=2026-11-02T00:00:00")
    assert (naive.status_code, naive.json()["field"]) == (422, "start")


def found(store: Store, clock: TestClock, typed: str) -> Any:
    def read(reader: Reader) -> list[str]:
        asked = Asked.by(DUTY, wire.CaseFilter(text=typed), clock.now)
        page = QueueReader(reader, store.shelf, asked).page("oldest", 0, 10)
        return [wire.CaseRow.model_validate_json(body).id for body in page.bodies]

    return store.read(read)


def test_what_changes_of_a_case_is_found_and_what_it_was_no_more(
    database: str, clock: TestClock
) -> None:
    def told(id_: str, case: str, words: str) -> wire.Report:
        return wire.Report(
            id=id_, case=case, source="citizen", at=NOON, text=words, where=case_row().at
        )

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        try:
            await store.write(lambda tx: tx.put("case", case_row("C1", unit_name="一中队")))
            await store.write(lambda tx: tx.put("case", case_row("C2")))
            await store.write(lambda tx: tx.report(told("r1", "C1", "垃圾成堆")))
            assert await found(store, clock, "垃圾 中队") == ["C1"]
            await store.write(lambda tx: tx.put("case", case_row("C1", unit_name="二大队")))
            assert await found(store, clock, "中队") == []
            assert await found(store, clock, "垃圾 大队") == ["C1"]
            await store.write(lambda tx: tx.move_report(told("r1", "C2", "垃圾成堆")))
            await store.write(lambda tx: tx.put("case", case_row("C1", state="closed")))
            assert await found(store, clock, "垃圾") == ["C2"]
            assert await found(store, clock, "wzjy") == ["C1", "C2"]
            await store.write(lambda tx: tx.remove("case", "C2"))
            assert await found(store, clock, "wzjy") == ["C1"]
            assert await found(store, clock, "垃圾") == []
        finally:
            await store.close()

    run(work())


def test_cases_of_a_database_without_a_queue_are_in_it_once_it_is_opened(
    database: str, clock: TestClock
) -> None:
    def several(tx: Tx) -> None:
        for n in range(7):
            tx.put("case", case_row(f"C{n}"))

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        await store.write(several)
        await store.close()
        engine = create_engine(database)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM settings WHERE name = 'queue'"))
            connection.execute(text("DELETE FROM queue"))
        engine.dispose()
        store = Store(database, clock)
        await store.open()
        try:
            assert await found(store, clock, "wzjy") == [f"C{n}" for n in range(7)]
        finally:
            await store.close()

    run(work())
