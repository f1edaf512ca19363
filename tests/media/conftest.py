from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from tests.media.camera import Camera, clip


class Until(Protocol):
    """Waits for a condition, failing after so many seconds."""

    def __call__(self, condition: Callable[[], object], seconds: float = 5.0) -> None: ...


@pytest.fixture(scope="session")
def pictures() -> list[list[bytes]]:
    """Four seconds of numbered pictures, a key picture each second."""
    return clip()


@pytest.fixture
def camera(pictures: list[list[bytes]]) -> Iterator[Camera]:
    with Camera(pictures) as camera:
        yield camera


@pytest.fixture
def until() -> Until:
    def wait(condition: Callable[[], object], seconds: float = 5.0) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"not within {seconds} s")
            time.sleep(0.005)

    return wait
