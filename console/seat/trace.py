"""Marks for benches: ``ZHIHUI_TRACE=FILE`` makes a seat write when its start-up got where."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

_FILE = os.environ.get("ZHIHUI_TRACE", "")


def tracing() -> bool:
    """Whether marks are asked for."""
    return bool(_FILE)


def trace(event: str, **facts: object) -> None:
    """Append ``{"event", "monotonic", …facts}`` (the machine's monotonic clock, seconds)."""
    if _FILE:
        mark = {"event": event, "monotonic": time.monotonic(), **facts}
        with Path(_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(mark) + "\n")
