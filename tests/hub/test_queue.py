"""The queue's pages are what filtering and sorting all cases by hand gives, on both engines."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from console import wire
from console.domain.case import Source, State
from console.domain.urgency import rank
from console.hub.store import Asked, QueueReader, Reader, Store, Tx
from console.hub.store.queue_filter import OPEN_STATES
from console.search_text import initials, normal, words
from tests.hub.conftest import DUTY, NOON, TestClock, case_row, run

NAMES = ("无照经营游商", "店外经营", "占道促销", "暴露垃圾", "路灯不亮", "井盖缺失")
PLACES = ("人民路12号", "解放路3弄", "珠城东路88号", "Ｂ区广场", "滨江道")
TEXTS = ("小贩在路边卖水果", "电话13812345678请回复", "垃圾袋堆了三天", "", "灯坏了 No.7")
TYPED = (
    "人民", "路", "wzjy", "小贩", "5678", "垃圾 人民", "ｎｏ", "b区", "C20261122-0007", "8", "灯",
    "没有",
)  # fmt: skip
SORTS: tuple[wire.Sort, ...] = ("urgency", "newest", "oldest")
CODES = (["09"], ["gb2026/matter/09001"], ["01", "gb2026/matter/09005"])


def some_case(dice: random.Random, number: int) -> tuple[wire.CaseRow, wire.Report]:
    """Return a case with one report, of few values so that filters hit."""
    state = dice.choice(list(State))
    opened = NOON - timedelta(minutes=dice.randrange(0, 40 * 24 * 60, 7))
    over = state not in OPEN_STATES
    claimed = dice.random() < 0.2
    row = case_row(
        f"C20261122-{number:04d}",
        state=state,
        kind=dice.choice(("matter", "component")),
        code=dice.choice(("09001", "09005", "01023")),
        name=dice.choice(NAMES),
        place=dice.choice(PLACES),
        street=dice.choice((None, "r01", "r02")),
        grid=dice.choice((None, "g1", "g2", "g3")),
        district=dice.choice(("", "d1", "d2")),
        sources=dice.sample([source.value for source in Source], dice.choice((1, 1, 2))),
        opened=opened,
        due=opened + timedelta(hours=dice.choice((2, 24, 1000))),
        stage_due=dice.choice((None, opened + timedelta(minutes=10))),
        paused=opened if state == State.SUSPENDED else None,
        priority=dice.choice((0, 0, 0, 1, 2)),
        supervised=dice.choice((0, 0, 1)),
        department=dice.choice((None, "z1", "z2")),
        department_name="住建局",
        assisting=dice.choice(([], [], ["z2"], ["z3"])),
        unit=dice.choice((None, "u1", "u2")),
        unit_name=dice.choice(("", "一中队")),
        claimed_by=dice.choice(("duty", "other")) if claimed else None,
        claimed_until=NOON + timedelta(minutes=dice.choice((-5, 5))) if claimed else None,
        campaign=dice.choice((None, None, "c1")),
        ended=opened + timedelta(hours=dice.choice((1, 30))) if over else None,
    )
    report = wire.Report(
        id=f"r{number}",
        case=row.id,
        source=dice.choice(("citizen", "collector")),
        at=opened,
        text=dice.choice(TEXTS),
        where=row.at,
        data=dice.choice(({}, {"by": "amy"})),
    )
    return row, report


def some_filter(dice: random.Random) -> wire.CaseFilter:
    """Return a filter of up to three conditions, perhaps with words."""
    choices: dict[str, Callable[[], Any]] = {
        "states": lambda: dice.sample([s.value for s in State], dice.choice((1, 3, 9))),
        "kinds": lambda: [dice.choice(("matter", "component"))],
        "codes": lambda: dice.choice(CODES),
        "sources": lambda: dice.sample([s.value for s in Source], 2),
        "districts": lambda: dice.choice((["d1"], ["d1", "d2"])),
        "grids": lambda: dice.choice((["g1"], ["g2", "g3"])),
        "streets": lambda: ["r01"],
        "departments": lambda: dice.choice((["z1"], ["z2", "z3"])),
        "units": lambda: ["u1"],
        "campaign": lambda: "c1",
        "late": lambda: dice.choice((True, False)),
        "supervised": lambda: dice.choice((True, False)),
        "claimed": lambda: dice.choice(("mine", "nobody")),
        "priority": lambda: dice.choice((1, 2)),
        "opened_from": lambda: NOON - timedelta(days=dice.randrange(1, 40)),
        "opened_to": lambda: NOON - timedelta(days=dice.randrange(0, 30)),
    }
    chosen = dice.sample(list(choices), dice.choice((0, 1, 1, 2, 3)))
    text = dice.choice(TYPED) if dice.random() < 0.4 else ""
    return wire.CaseFilter(text=text, **{name: choices[name]() for name in chosen})


def late(row: wire.CaseRow) -> bool:
    if row.state in OPEN_STATES:
        nearer = min(row.due, row.stage_due or row.due)
        return row.paused is None and nearer < NOON
    assert row.ended is not None
    return row.ended > row.due


def searched(row: wire.CaseRow, report: wire.Report) -> str:
    names = [normal(n) for n in (row.name, row.place, row.unit_name, row.department_name)]
    return " ".join([*names, *map(initials, names), normal(row.id), row.code, normal(report.text)])


def wanted(filter_: wire.CaseFilter, row: wire.CaseRow, report: wire.Report) -> bool:
    """Whether a case belongs to a filter, said as plainly as can be."""
    given = filter_
    departments = {row.department, *row.assisting}
    claimed = row.claimed_by if row.claimed_until is not None and row.claimed_until > NOON else None
    whole = f"gb2026/{row.kind}/{row.code}"
    text = searched(row, report)
    return (
        (not given.states or row.state in given.states)
        and (not given.kinds or row.kind in given.kinds)
        and (not given.codes or bool({whole, row.code[:2]} & set(given.codes)))
        and (not given.sources or bool(set(row.sources) & set(given.sources)))
        and (not given.districts or row.district in given.districts)
        and (not given.grids or row.grid in given.grids)
        and (not given.streets or row.street in given.streets)
        and (not given.departments or bool(departments & set(given.departments)))
        and (not given.units or row.unit in given.units)
        and given.campaign in (None, row.campaign)
        and given.late in (None, late(row))
        and given.supervised in (None, row.supervised > 0)
        and (given.claimed != "mine" or claimed == DUTY.id)
        and (given.claimed != "nobody" or claimed is None)
        and row.priority >= given.priority
        and (given.opened_from is None or row.opened >= given.opened_from)
        and (given.opened_to is None or row.opened < given.opened_to)
        and all(word in text for word in words(given.text))
    )


def in_order(rows: list[wire.CaseRow], sort: wire.Sort) -> list[str]:
    """Sort as the queue does; what came in at the same moment keeps the order it came in."""
    came = sorted(rows, key=lambda row: (row.opened, row.id))
    if sort == "oldest":
        return [row.id for row in came]
    if sort == "newest":
        return [row.id for row in reversed(came)]
    still = [row for row in came if row.state in OPEN_STATES]
    over = [row.id for row in reversed(came) if row.state not in OPEN_STATES]
    still.sort(key=lambda row: rank(row.state, row.priority, row.due, row.stage_due, row.opened))
    return [row.id for row in still] + over


def fill(cases: list[tuple[wire.CaseRow, wire.Report]]) -> Callable[[Tx], None]:
    def put(tx: Tx) -> None:
        for row, report in cases:
            tx.put("case", row)
            tx.report(report)

    return put


def ids(bodies: list[str]) -> list[str]:
    return [wire.CaseRow.model_validate_json(body).id for body in bodies]


@pytest.mark.parametrize("seed", range(3))
def test_a_page_is_what_filtering_and_sorting_by_hand_gives(
    database: str, clock: TestClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.hub.store.queue_read.SHALLOW", 7)
    dice = random.Random(seed)
    cases = [some_case(dice, number) for number in range(1, 241)]

    def ask(reader: Reader, store: Store) -> None:
        for _ in range(60):
            filter_, sort = some_filter(dice), dice.choice(SORTS)
            expected = in_order([r for r, t in cases if wanted(filter_, r, t)], sort)
            asked = Asked.by(DUTY, filter_, clock.now)
            queue = QueueReader(reader, store.shelf, asked)
            offset, limit = dice.choice((0, 0, 5, 40, 150)), dice.choice((1, 10, 100))
            page = queue.page(sort, offset, limit)
            assert ids(page.bodies) == expected[offset : offset + limit], (filter_, sort)
            assert page.total in (None, len(expected))
            assert queue.facets().total == len(expected)
            assert queue.page(sort, offset, limit).total == len(expected)
            if expected:
                place = dice.randrange(len(expected))
                around = queue.page(sort, 0, limit, expected[place])
                assert around.offset == place - place % limit
                assert expected[place] in ids(around.bodies)

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        try:
            for at in range(0, len(cases), 50):
                await store.write(fill(cases[at : at + 50]))
            await store.read(lambda reader: ask(reader, store))
        finally:
            await store.close()

    run(work())
