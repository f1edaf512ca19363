"""The queue at a million cases on SQLite and at ten million on PostgreSQL, as a seat sees it.

Every figure is taken over HTTP from a hub of its own. ``ZHIHUI_BENCH_CASES`` divides the numbers of
cases, to try the measuring itself.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from console import wire
from tests.bench.cases import seed as city
from tests.bench.cases.painted import key_to_painted
from tests.bench.report import Bar, Report, percentile
from tests.hub.postgres import Postgres
from tests.rig.embedded import Embedded

MANY, MORE = 1_000_000, 10_000_000
FILTERS = 200
OFFSETS = 300
MONTHS = 5
TYPED = (
    "人民", "东路", "水果", "路灯", "垃圾", "井盖", "油烟", "噪音", "解放", "双港", "绿化",
    "渣土车", "占道 人民", "井盖 珠城", "消防 通道", "滨江西路", "12号", "中队104", "zdjy", "rmdl",
    "摊", "0007",
)  # fmt: skip
_SORTS: tuple[wire.Sort, ...] = ("urgency", "urgency", "newest", "oldest")


def measure(report: Report, folder: Path) -> None:
    """Take the figures of both engines, one after the other."""
    share = int(os.environ.get("ZHIHUI_BENCH_CASES", "1"))
    lite = folder / "sqlite"
    lite.mkdir()
    began = time.monotonic()
    city.seed(f"sqlite:///{lite / 'cases.db'}", MANY // share)
    report.add("queue_sqlite_seed_s", time.monotonic() - began)
    report.add("queue_sqlite_gb", (lite / "cases.db").stat().st_size / 1e9)
    with Embedded(lite) as hub:
        _measure(report, hub, "queue_sqlite", MANY // share, first=100.0, month=200.0, painted=8.0)
    with Postgres() as postgres, postgres.database() as database:
        url = postgres.url(database)
        began = time.monotonic()
        city.seed(url, MORE // share)
        report.add("queue_postgresql_seed_s", time.monotonic() - began)
        with postgres.connect() as connection:
            size = connection.execute("SELECT pg_database_size(%s)", (database,)).fetchone()
        report.add("queue_postgresql_gb", size[0] / 1e9 if size else None)
        data = folder / "postgresql"
        data.mkdir()
        with Embedded(data, url) as hub:
            _measure(report, hub, "queue_postgresql", MORE // share, painted=16.0)


def _measure(
    report: Report,
    hub: Embedded,
    name: str,
    count: int,
    *,
    painted: float,
    first: float | None = None,
    month: float | None = None,
) -> None:
    def add(figure: str, seconds: list[float], share: float, bar: float | None = None) -> None:
        value = percentile(seconds, share) * 1e3
        report.add(f"{name}_{figure}", value, None if bar is None else Bar(bar, "ms"))

    report.add(f"{name}_cases", count)
    dice = random.Random(20261122)
    pages = [_timed(hub, "/api/queue", query) for query in _first_pages(dice)]
    add("filter_to_first_page_p50_ms", pages, 0.5)
    add("filter_to_first_page_p95_ms", pages, 0.95, first)
    add("filter_to_first_page_max_ms", pages, 1.0)
    far = [
        wire.QueueQuery(offset=dice.randrange(count), sort=dice.choice(_SORTS))
        for _ in range(OFFSETS)
    ]
    add("random_offset_p99_ms", [_timed(hub, "/api/queue", query) for query in far], 0.99)
    add("facets_of_all_ms", [_timed(hub, "/api/queue/facets", wire.CaseFilter())], 1.0)
    wanted = wire.CaseFilter(states=["proposed", "filed", "dispatched"])
    add("facets_of_open_ms", [_timed(hub, "/api/queue/facets", wanted)], 1.0)
    months = [city.NOW - timedelta(days=30 * n) for n in range(MONTHS)]
    add("month_report_p95_ms", [_month(hub, end) for end in months], 0.95, month)
    add("key_to_painted_p99_ms", key_to_painted(hub.url, hub.token), 0.99, painted)


def _timed(hub: Embedded, path: str, body: wire.Message) -> float:
    began = time.perf_counter()
    answer = hub.post(path, body)
    took = time.perf_counter() - began
    answer.raise_for_status()
    return took


def _month(hub: Embedded, end: Any) -> float:
    start = end - timedelta(days=30)
    began = time.perf_counter()
    hub.get("/api/report", start=start.isoformat(), end=end.isoformat())
    return time.perf_counter() - began


def _first_pages(dice: random.Random) -> Iterator[wire.QueueQuery]:
    """Yield what an officer filters by: up to three conditions, every second time with words."""
    for _ in range(FILTERS):
        names = dice.sample(list(_CONDITIONS), dice.choice((0, 1, 1, 2, 2, 3)))
        given = {name: _CONDITIONS[name](dice) for name in names}
        text = dice.choice(TYPED) if dice.random() < 0.5 else ""
        filter_ = wire.CaseFilter(text=text, **given)
        yield wire.QueueQuery(filter=filter_, sort=dice.choice(_SORTS))


def _ago(dice: random.Random) -> Any:
    return city.NOW - timedelta(days=dice.choice((1, 30, 200)))


_CONDITIONS: dict[str, Callable[[random.Random], Any]] = {
    "states": lambda dice: dice.choice(
        (["proposed"], ["archived"], ["void", "merged"], ["closed", "archived"], ["suspended"])
    ),
    "kinds": lambda dice: [dice.choice(("matter", "component"))],
    "codes": lambda dice: [dice.choice(("09", "01", "gb2026/matter/06022", "gb2026/matter/09005"))],
    "sources": lambda dice: dice.choice((["citizen"], ["survey"], ["ai", "patrol"])),
    "districts": lambda dice: dice.sample(city.DISTRICTS, dice.choice((1, 2))),
    "grids": lambda dice: dice.sample(city.GRIDS, dice.choice((1, 5))),
    "streets": lambda dice: [dice.choice(city.STREETS)],
    "departments": lambda dice: [dice.choice(city.DEPARTMENTS)],
    "units": lambda dice: [dice.choice(city.UNITS)],
    "campaign": lambda _: "c2026",
    "late": lambda dice: dice.choice((True, False)),
    "supervised": lambda _: True,
    "claimed": lambda dice: dice.choice(("mine", "nobody")),
    "priority": lambda dice: dice.choice((1, 2)),
    "opened_from": _ago,
    "opened_to": _ago,
}
