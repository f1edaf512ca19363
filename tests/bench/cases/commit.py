"""How long an officer's command takes until it is safe on disk: embedded, with fsync.

From the seat's side, over HTTP: sending, checking, writing case, history, log, audit and queue,
the fsync, the answer. Twenty thousand cases are open, as in a big city.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from console import wire
from tests.bench.cases.seed import OPEN_CASES, seed
from tests.bench.report import Bar, Report, percentile
from tests.rig.embedded import Embedded

CASES = 3 * OPEN_CASES
COMMANDS = 2400
_STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("case.claim", {}),
    ("case.accept", {}),
    ("case.prioritise", {"priority": 2}),
    ("case.note", {"text": "已电话联系商户，十分钟内整改"}),
    ("case.prioritise", {"priority": 0}),
    ("case.release", {}),
)


def measure(report: Report, folder: Path) -> None:
    """Take cases through a few steps, one command after the other."""
    seed(f"sqlite:///{folder / 'cases.db'}", CASES)
    with Embedded(folder) as hub:
        times: list[float] = []
        refused = 0
        for command in _commands(hub):
            began = time.perf_counter()
            answer = hub.post("/api/commands", command)
            times.append(time.perf_counter() - began)
            refused += answer.status_code != 200
        report.add("commit_open_cases", OPEN_CASES)
        report.add("commit_commands", len(times))
        report.add("commit_commands_refused", refused, Bar(0, "commands"))
        report.add("commit_p50_ms", percentile(times, 0.5) * 1e3)
        report.add("commit_p99_ms", percentile(times, 0.99) * 1e3, Bar(25.0, "ms"))
        report.add("commit_max_ms", max(times) * 1e3)


def _commands(hub: Embedded) -> Iterator[wire.Command]:
    """Yield the steps of one proposed case after the other."""
    query = wire.QueueQuery(
        filter=wire.CaseFilter(states=["proposed"]), limit=COMMANDS // len(_STEPS)
    )
    for row in hub.post("/api/queue", query).json()["rows"]:
        for id_, args in _STEPS:
            yield wire.Command(id=id_, key=uuid.uuid4().hex, target=row["id"], args=args)
