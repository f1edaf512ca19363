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
_CALM = 5
"""Commits in five seconds that a hub does for itself."""
_PATIENCE = 900.0
_STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("case.claim", {}),
    ("case.prioritise", {"priority": 3}),
    ("case.note", {"text": "已电话联系商户，十分钟内整改"}),
    ("case.release", {}),
    ("case.accept", {}),
    ("case.note", {"text": "已受理"}),
)


def measure(report: Report, folder: Path) -> None:
    """Take cases through a few steps, one command after the other."""
    seed(f"sqlite:///{folder / 'cases.db'}", CASES)
    with Embedded(folder) as hub:
        _wait_until_calm(hub)
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


def _wait_until_calm(hub: Embedded) -> None:
    """Let the hub catch up with cases it never saw: limits that ran out, outcomes to learn from."""
    before, until = -1.0, time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        parts = {part["name"]: part for part in hub.get("/api/health")["parts"]}
        now = float(parts["store"]["figures"]["commits"]) if "store" in parts else -1.0
        if 0 <= before <= now <= before + _CALM:
            return
        before = now
        time.sleep(5)
    raise TimeoutError("the hub does not come to rest")


def _commands(hub: Embedded) -> Iterator[wire.Command]:
    """Yield the steps of one proposed case after the other."""
    query = wire.QueueQuery(
        filter=wire.CaseFilter(states=["proposed"]), limit=COMMANDS // len(_STEPS)
    )
    for row in hub.post("/api/queue", query).json()["rows"]:
        for id_, args in _STEPS:
            yield wire.Command(id=id_, key=uuid.uuid4().hex, target=row["id"], args=args)
