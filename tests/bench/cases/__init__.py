"""The figures of cases: keys per case, the queue at a million, commits, many seats, clocks.

``./dev bench cases`` measures all; name parts to measure only those: clocks keys learned queue
commit seats kills.
"""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path

from tests.bench.report import Report

PARTS = ("clocks", "keys", "learned", "queue", "commit", "seats", "kills")


def run(arguments: list[str]) -> Report:
    """Measure the parts named, or all of them."""
    unknown = set(arguments) - set(PARTS)
    if unknown:
        raise SystemExit(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    report = Report("cases")
    for name in arguments or PARTS:
        with tempfile.TemporaryDirectory(prefix="zhihui-bench-") as folder:
            importlib.import_module(f"tests.bench.cases.{name}").measure(report, Path(folder))
    return report
