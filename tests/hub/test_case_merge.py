"""Several reports, one case: merged, taken apart again, split off, moved."""

from __future__ import annotations

import pytest

from console import wire
from console.domain.case import Action, Role, State
from console.hub.context import Hub
from console.hub.rules.case_facts import lineage
from tests.hub.case_lab import do, furnish, laid, now_of, person, refusal, told
from tests.hub.conftest import ServedHub, opened, run

DESK = person(Role.DISPATCHER)


@pytest.fixture
def hub(hub_on_each: Hub) -> Hub:
    return hub_on_each


def test_a_merged_case_keeps_both_histories_and_comes_back_as_it_was(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.ACCEPTED)
            await laid(hub, "B", State.FILED)
            done = await do(hub, DESK, "case.merge", "A", into="B")
            merged, main = await now_of(hub, "A"), await now_of(hub, "B")
            assert (merged.state, merged.merged_into) == ("merged", "B")
            assert (main.state, main.reports) == ("filed", 4)
            assert "A" not in hub.live.cases
            assert [fact.data for fact in await told(hub, "A", Action.MERGE)] == [{"into": "B"}]
            assert [fact.data for fact in await told(hub, "B", Action.MERGE)] == [{"case": "A"}]
            assert done.undo is not None
            await do(hub, DESK, "case.unmerge", "A", version=done.undo.version)
            merged, main = await now_of(hub, "A"), await now_of(hub, "B")
            assert (merged.state, merged.merged_into, merged.ended) == ("accepted", None, None)
            assert (main.reports, main.sources) == (2, ["citizen"])
            assert [fact.data for fact in await told(hub, "B", Action.UNMERGE)] == [{"case": "A"}]

    run(work())


def test_what_merged_into_a_merged_case_counts_up_and_down_the_whole_line(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            for id_ in "ABC":
                await laid(hub, id_, State.PROPOSED)
            await do(hub, DESK, "case.merge", "A", into="B")
            await do(hub, DESK, "case.merge", "B", into="C")
            assert (await now_of(hub, "C")).reports == 6
            row = await now_of(hub, "C")
            assert await hub.store.read(lambda reader: lineage(reader, row).merged) == ["B", "A"]
            await do(hub, DESK, "case.unmerge", "A")
            assert [(await now_of(hub, id_)).reports for id_ in "ABC"] == [2, 2, 4]

    run(work())


def test_a_case_is_merged_only_into_another_open_one(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.PROPOSED)
            await laid(hub, "B", State.PROPOSED)
            await laid(hub, "over", State.CLOSED)
            for into, code, field in (
                ("A", "guard_not_itself", "into"),
                ("over", "guard_other_open", "into"),
                ("nowhere", "unknown_case", "into"),
                ("", "argument_missing", "into"),
            ):
                problem = await refusal(hub, DESK, "case.merge", "A", into=into)
                assert (problem.code, problem.field) == (code, field)
            await do(hub, DESK, "case.merge", "A", into="B")
            circle = await refusal(hub, DESK, "case.merge", "B", into="A")
            assert circle.code == "guard_other_open"

    run(work())


def test_some_reports_are_split_off_with_their_files_and_merged_back(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.FILED)
            done = await do(hub, DESK, "case.split", "A", reports=["A-r2"], code="09006")
            child = await now_of(hub, done.data["child"])
            assert (child.state, child.parent, child.code) == ("proposed", "A", "09006")
            assert (child.reports, (await now_of(hub, "A")).reports) == (1, 1)
            moved = await hub.store.read(lambda reader: reader.reports_of(child.id))
            assert [(report.id, report.case) for report in moved] == [("A-r2", child.id)]
            (first,) = await told(hub, child.id, Action.PROPOSE)
            assert first.data["parent"] == "A"
            assert first.data["classed"]["class"]["code"] == "09006"
            row = await now_of(hub, "A")
            bound = await hub.store.read(lambda reader: lineage(reader, row))
            assert bound.children == [child.id]
            assert done.undo is not None
            await do(hub, DESK, done.undo.id, done.undo.target, **done.undo.args)
            assert (await now_of(hub, child.id)).merged_into == "A"
            assert (await now_of(hub, "A")).reports == 2

    run(work())


def test_a_case_keeps_at_least_one_report(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.FILED)
            await laid(hub, "B", State.FILED)
            for reports, code in (
                (["A-r1", "A-r2"], "guard_reports_left"),
                ([], "guard_reports_left"),
                (["B-r1"], "unknown_report"),
                ("A-r1", "bad_argument"),
            ):
                problem = await refusal(hub, DESK, "case.split", "A", reports=reports)
                assert (problem.code, problem.field) == (code, "reports")
            await do(hub, DESK, "case.move_report", "A", report="A-r1", to="B")
            assert [(await now_of(hub, id_)).reports for id_ in "AB"] == [1, 3]
            last = await refusal(hub, DESK, "case.move_report", "A", report="A-r2", to="B")
            assert last.code == "guard_reports_left"
            (gone,) = await told(hub, "A", Action.MOVE_REPORT)
            (come,) = await told(hub, "B", Action.MOVE_REPORT)
            assert (gone.data["to"], come.data["from"]) == ("B", "A")

    run(work())


def test_who_found_a_merged_case_does_not_close_the_one_it_lives_on_in(hub: Hub) -> None:
    finder = person(Role.DISPATCHER, id_="finder")

    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.FILED)
            await laid(hub, "B", State.CHECKED)
            found = (await hub.store.read(lambda reader: reader.reports_of("A")))[0]
            by = found.model_copy(update={"data": {"by": finder.id}})
            await hub.store.write(lambda tx: tx.move_report(by))
            await do(hub, DESK, "case.merge", "A", into="B")
            problem = await refusal(hub, finder, "case.close", "B", reason="已整改")
            assert problem.code == "guard_collector"
            await do(hub, DESK, "case.close", "B", reason="已整改")

    run(work())


def test_the_detail_shows_the_reports_of_what_merged_into_it(served: ServedHub) -> None:
    async def prepare() -> None:
        hub = served.hub
        await hub.store.write(lambda tx: furnish(hub, tx))
        await laid(hub, "A", State.PROPOSED)
        await laid(hub, "B", State.FILED)
        await do(hub, DESK, "case.merge", "A", into="B")
        await do(hub, DESK, "case.reclassify", "B", code="09006")

    served.call(prepare())
    detail = wire.CaseDetail.model_validate(served.get("/api/cases/B").json())
    assert {report.id for report in detail.reports} == {"A-r1", "A-r2", "B-r1", "B-r2"}
    assert (detail.merged, detail.children) == (["A"], [])
    assert detail.classed["class"]["code"] == "09006"
