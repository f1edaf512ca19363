"""Waiting for what no event tells of, as patiently as a busy machine needs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds; reached only where something never comes, so a good run does not pay for it."""
_LOOK = 0.01


def until(true: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Return the first true answer; raise ``TimeoutError`` when there is none in time."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:g} s")
        time.sleep(_LOOK)
    return found


async def until_async(true: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Do the same on an event loop."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:g} s")
        await asyncio.sleep(_LOOK)
    return found
