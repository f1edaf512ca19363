"""The desk itself, on both engines: many at once, the same again, and text of any kind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from console.domain.case import Source
from console.domain.classify import Guess
from console.hub.intake.desk import IncomingReport, Received, receive
from console.hub.store import Reader
from console.wire import Report
from tests.hub import small_town
from tests.hub.conftest import NOON, TestClock, make_hub, opened, run


def _kept(received: Received, reader: Reader) -> Report | None:
    return reader.get_report(received.report)


REPORT = IncomingReport(
    door="test",
    external="1",
    source=Source.CITIZEN,
    at=NOON,
    lat=small_town.LAT,
    lon=small_town.LON,
    guess=Guess("09001", "text", "小贩"),
    text="有小贩",
)


def test_many_at_once_are_one_case_and_none_is_lost(
    tmp_path: Path, clock: TestClock, database: str
) -> None:
    async def work() -> None:
        register = small_town.write_register(tmp_path / "register")
        made = make_hub(tmp_path / "hub", clock, register_dir=register, database=database)
        async with opened(made) as hub:
            reports = [replace(REPORT, external=str(n)) for n in range(20)] * 2
            received = await asyncio.gather(*(receive(hub, report) for report in reports))
            assert len({found.case for found in received}) == 1
            assert sum(not found.joined and not found.repeated for found in received) == 1
            assert sum(found.repeated for found in received) == 20
            (row,) = hub.live.cases.values()
            assert (row.reports, row.sources) == (20, ["citizen"])
            kept = await hub.store.read(lambda reader: reader.reports_of(row.id))
            assert {report.data["external"] for report in kept} == {str(n) for n in range(20)}

    run(work())


def test_text_of_any_kind_is_kept(tmp_path: Path, clock: TestClock, database: str) -> None:
    async def work() -> None:
        made = make_hub(tmp_path / "hub", clock, database=database)
        async with opened(made) as hub:
            text = "\0零\u2028\U0001f6d2 </script>'; DROP TABLE reports"
            received = await receive(hub, replace(REPORT, text=text))
            kept = await hub.store.read(lambda reader: reader.get_report(received.report))
            assert kept is not None
            assert kept.text == text

    run(work())


def test_a_report_from_a_clock_ahead_is_dated_now(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path / "hub", clock)) as hub:
            late = replace(REPORT, external="2", at=NOON - timedelta(hours=3))
            ahead = replace(REPORT, external="3", at=NOON + timedelta(hours=3))
            for report, at in ((late, late.at), (ahead, NOON)):
                received = await receive(hub, report)
                kept = await hub.store.read(partial(_kept, received))
                assert kept is not None
                assert kept.at == at

    run(work())


def test_a_town_without_a_register_still_takes_reports(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path / "hub", clock)) as hub:
            await receive(hub, REPORT)
            (row,) = hub.live.cases.values()
            assert (row.street, row.grid, row.place) == (None, None, "28.13600, 121.23100")

    run(work())
