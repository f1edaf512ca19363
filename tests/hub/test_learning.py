"""What became of proposals, what is learned from it, and how that is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from console import wire
from console.domain.classify import Guess, learned
from console.hub.context import Hub
from console.hub.learning import features
from console.hub.learning.learner import LEAST
from console.hub.learning.model import ModelError, load
from console.hub.learning.train import fit
from console.hub.rules.proposal import understand
from console.hub.store import Store, Tx
from console.hub.store.learning import (
    ended_after,
    examples,
    outcome_of,
    put_outcomes,
    recurred,
    tallies,
)
from tests.hub.conftest import (
    NOON,
    ServedHub,
    TestClock,
    case_row,
    command,
    make_hub,
    opened,
    run,
)

TEXTS = {
    "09001": ["推车的人卖早点", "三轮车卖瓜果围了一圈人", "有人在桥头摆摊吆喝"],
    "06010": ["一堆烂菜叶没人收", "墙角剩饭发臭", "袋子破了满地脏东西"],
    "01037": ["晚上这条路一片漆黑", "灯杆上的灯灭了两盏", "路边照明坏了好几天"],
}


def closed(number: int, code: str, text: str, **fields: object) -> tuple[wire.CaseRow, wire.Report]:
    """Return a case that was proposed, worked and closed under a class, with what was reported."""
    proposal = wire.Proposal(
        code=str(fields.pop("proposed", code)), reasons=[wire.Reason(code="text", text=text)]
    )
    given = {"state": "closed", "code": code, "proposal": proposal, "grid": "g3-1"} | fields
    row = case_row(f"C20261101-{number:04d}", **given)
    report = wire.Report(
        id=f"r{number}", case=row.id, source="citizen", at=NOON, text=text, where=row.at
    )
    return row, report


def put(tx: Tx, cases: Iterable[tuple[wire.CaseRow, wire.Report]]) -> None:
    for row, report in cases:
        tx.put("case", row)
        tx.report(report)


async def close(hub: Hub, *cases: tuple[wire.CaseRow, wire.Report]) -> None:
    await hub.store.write(lambda tx: put(tx, cases))


def many(each: int) -> list[tuple[wire.CaseRow, wire.Report]]:
    numbered = [
        (code, f"{texts[n % len(texts)]}，在{n}号门前")
        for code, texts in TEXTS.items()
        for n in range(each)
    ]
    return [closed(place, code, text) for place, (code, text) in enumerate(numbered)]


def test_proposals_are_counted_as_accepted_corrected_or_rejected(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await close(
                hub,
                closed(1, "09001", "摆摊"),
                closed(2, "09005", "店外摆", proposed="09001"),
                closed(3, "09001", "没有的事", state="void"),
                closed(4, "09001", "还在办", state="filed"),
                closed(5, "09001", "并走了", state="merged"),
            )
            await hub.learning.harvest()
            report = await hub.learning.report()
            line = next(line for line in report.lines if line.of == "gb2026/matter/09001")
            assert (line.accepted, line.corrected, line.rejected) == (1, 1, 1)
            assert line.name == "无照经营游商"
            assert report.by_basis["text"].accepted == 1
            assert report.state == "none"

    run(work())


def test_a_case_that_ends_twice_counts_once_with_its_last_end(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            row, report = closed(1, "09001", "摆摊")
            await close(hub, (row, report))
            await hub.learning.harvest()
            clock.move(hours=1)
            again = row.model_copy(update={"state": "closed", "code": "09005"})
            await hub.store.write(lambda tx: tx.put("case", again))
            await hub.learning.harvest()
            lines = (await hub.learning.report()).lines
            assert [(h.accepted, h.corrected) for h in lines] == [(0, 1)]

    run(work())


def test_every_ended_case_is_seen_once_and_counted_on_both_engines(
    database: str, clock: TestClock
) -> None:
    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        try:
            await store.write(lambda tx: put(tx, many(80)))
            first = await store.read(lambda reader: ended_after(reader, None, 100))
            rest = await store.read(lambda reader: ended_after(reader, first[-1][0], 1000))
            assert len({row.id for _, row in (*first, *rest)}) == 240

            def note(tx: Tx) -> None:
                told = (outcome_of(tx, row, at) for (at, _), row in (*first, *rest))
                put_outcomes(tx, [one for one in told if one])

            await store.write(note)
            await store.write(note)
            counted = await store.read(tallies)
            assert sorted((one.final, one.count) for one in counted) == [
                (f"gb2026/matter/{code}", 80) for code in sorted(TEXTS)
            ]
            assert len(await store.read(lambda reader: examples(reader, 100))) == 100
            since = NOON - timedelta(hours=1)
            asked = ("gb2026/matter/09001", "g3-1")
            assert await store.read(lambda reader: recurred(reader, *asked, since)) == 80
            assert await store.read(lambda reader: recurred(reader, *asked, clock.now)) == 80
            later = NOON + timedelta(hours=1)
            assert await store.read(lambda reader: recurred(reader, *asked, later)) == 0
        finally:
            await store.close()

    run(work())


def test_a_hub_with_too_few_cases_says_so_and_learns_nothing(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await close(hub, *many(LEAST - 1))
            await hub.learning.train()
            assert hub.learning.state == "too_few"
            assert hub.learning.shares("摆摊") == []

    run(work())


def test_what_is_learned_guesses_survives_a_restart_and_is_not_taken_when_tampered_with(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await close(hub, *many(LEAST))
            await hub.learning.train()
            report = await hub.learning.report()
            assert (report.state, report.classes, report.examples) == ("ready", 3, 3 * LEAST)
            assert report.accuracy is not None
            assert report.accuracy > 0.9
            guess, others = understand(hub, Guess(), "巷子里照明坏了，一片漆黑")
            assert (guess.code, guess.basis) == ("01037", "learned")
            assert guess.code not in [other.code for other in others]
            plain, _ = understand(hub, Guess("09005", "text", "店外"), "照明坏了")
            assert plain.code == "09005"
        async with opened(make_hub(tmp_path, clock)) as hub:
            await hub.learning.restore()
            assert hub.learning.shares("照明坏了")[0][0] == "01037"
        file = next((tmp_path / "learning").glob("*.npz"))
        file.write_bytes(file.read_bytes() + b"x")
        async with opened(make_hub(tmp_path, clock)) as hub:
            await hub.learning.restore()
            assert hub.learning.shares("照明坏了") == []

    run(work())


def test_a_hub_that_ends_while_it_learns_leaves_no_child_behind(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await close(hub, *many(LEAST))
            learning = hub.spawn(hub.learning.train(), "train")
            await asyncio.wait({learning}, timeout=0.4)
        left = [child.cmdline() for child in psutil.Process().children()]
        assert not [argv for argv in left if "console.hub.learning.train" in argv]

    run(work())


def test_only_an_administrator_has_the_hub_learn(served: ServedHub) -> None:
    served.hub.duty = wire.Officer(
        id="d", name="d", roles=["dispatcher"], districts=["*"], departments=["*"]
    )
    answer = served.post("/api/commands", command("learning.train"))
    assert answer.status_code == 403
    assert served.get("/api/learning").json()["state"] == "none"


def test_nothing_but_plain_arrays_is_read_as_a_model() -> None:
    model = fit([features.counts(text) for text in ("摆摊", "路灯")] * 2, ["a", "b"] * 2)
    assert load(model.dump()).shares("摆摊")[0][0] == "a"
    for bad in (b"", b"PK\x03\x04", json.dumps([1]).encode(), model.dump()[:-40]):
        with pytest.raises(ModelError):
            load(bad)


def test_a_learned_class_stands_only_where_the_report_says_nothing_plainly() -> None:
    likely, clear = [("01037", 0.5)], [("01037", 0.8)]
    assert learned(Guess(), likely) == Guess("01037", "learned", "50%")
    assert learned(Guess(), [("01037", 0.2)]) == Guess()
    assert learned(Guess("09006", "hint", "占道"), likely).basis == "hint"
    assert learned(Guess("09006", "hint", "占道"), clear).basis == "learned"
    assert learned(Guess("09006", "service", "占道"), clear).basis == "service"
    assert learned(Guess("09006", "label", "vendor"), clear).basis == "label"
    assert learned(Guess(), []) == Guess()
