"""Many commands at one stroke, with one undo."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.case import Role, State
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.rules.case_bulk import MAX_ITEMS
from tests.hub.case_lab import do, laid, now_of, person, refusal
from tests.hub.conftest import command, opened, run

DESK = person(Role.DISPATCHER)
ACCEPTOR = person(Role.ACCEPTOR)
CASES = [f"C-{number}" for number in range(5)]


@pytest.fixture
def hub(hub_on_each: Hub) -> Hub:
    return hub_on_each


def item(id_: str, target: str, **args: Any) -> dict[str, Any]:
    return {"id": id_, "target": target, "args": args}


async def states(hub: Hub) -> list[str]:
    return [(await now_of(hub, case)).state for case in CASES]


def test_what_can_be_done_is_done_and_what_is_refused_is_named(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            for case in CASES:
                await laid(hub, case, State.CLOSED if case == "C-2" else State.PROPOSED)
            items = [item("case.reject", case, reason="重复") for case in CASES]
            items[4]["version"] = 99
            seq = hub.store.seq
            done = await do(hub, DESK, "case.bulk", None, items=items)
            assert await states(hub) == ["void", "void", "closed", "void", "proposed"]
            assert done.data == {
                "done": ["C-0", "C-1", "C-3"],
                "refused": [
                    {"target": "C-2", "code": "illegal_step", "field": None},
                    {"target": "C-4", "code": "conflict", "field": None},
                ],
            }
            assert hub.store.seq == seq + 3
            entries = await hub.store.read(lambda reader: list(reader.audit_entries()))
            assert [entry.action for entry in entries[-4:]] == ["case.reject"] * 3 + ["case.bulk"]

    run(work())


def test_one_undo_takes_the_whole_stroke_back_the_last_first(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            for case in CASES:
                await laid(hub, case, State.PROPOSED)
            items = [item("case.merge", case, into="C-0") for case in CASES[1:]]
            items += [item("case.reclassify", "C-0", code="09006"), item("case.file", "C-0")]
            stroke = command("case.bulk", None, items=items)
            done = await execute(hub, DESK, stroke)
            assert await execute(hub, DESK, stroke) == done, "the same key happens once"
            assert await states(hub) == ["filed"] + ["merged"] * 4
            assert (await now_of(hub, "C-0")).reports == 10
            assert done.undo is not None
            assert [one["target"] for one in done.undo.args["items"]][:3] == ["C-0", "C-0", "C-4"]
            back = await execute(hub, DESK, done.undo)
            assert back.data["refused"] == []
            assert await states(hub) == ["proposed"] * 5
            main = await now_of(hub, "C-0")
            assert (main.reports, main.code) == (2, "09001")
            assert back.undo is not None
            await execute(hub, DESK, back.undo)
            assert await states(hub) == ["filed"] + ["merged"] * 4

    run(work())


def test_each_item_is_refused_or_allowed_by_itself_and_denials_are_audited(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            for case in CASES:
                await laid(hub, case, State.PROPOSED)
            items = [item("case.settle", "C-0", reason="即办"), item("case.accept", "C-1")]
            done = await do(hub, ACCEPTOR, "case.bulk", None, items=items)
            assert done.data["refused"][0]["code"] == "forbidden"
            assert await states(hub) == ["proposed", "accepted"] + ["proposed"] * 3
            entries = await hub.store.read(lambda reader: list(reader.audit_entries()))
            assert "command.denied" in [entry.action for entry in entries]

    run(work())


def test_what_is_no_list_of_commands_on_cases_is_refused_whole(hub: Hub) -> None:
    bad: list[Any] = [
        None,
        [],
        "x",
        [1],
        [item("voice.warn", "C-0")],
        [item("case.bulk", "C-0", items=[])],
        [{"id": "case.file"}],
        [item("case.file", "C-0") | {"more": 1}],
        [item("case.file", "C-0")] * (MAX_ITEMS + 1),
    ]

    async def work() -> None:
        async with opened(hub):
            for items in bad:
                problem = await refusal(hub, DESK, "case.bulk", None, items=items)
                assert (problem.code, problem.field) == ("bad_argument", "items")
            none = await do(hub, DESK, "case.bulk", None, items=[item("case.file", "gone")])
            assert none.undo is None
            assert none.no_undo

    run(work())
