"""Waiting for what another thread does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def until(done: Callable[[], bool], seconds: float = 10.0) -> None:
    """Return once ``done`` is true; fail when it is not in time."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not done():
        assert time.monotonic() < end, "it never came"
        pause.wait(0.01)
