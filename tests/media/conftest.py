from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.media.camera import Camera, clip


@pytest.fixture(scope="session")
def pictures() -> list[list[bytes]]:
    """Four seconds of numbered pictures, a key picture each second."""
    return clip()


@pytest.fixture
def camera(pictures: list[list[bytes]]) -> Iterator[Camera]:
    with Camera(pictures) as camera:
        yield camera


@pytest.fixture
def rare_keys() -> Iterator[Camera]:
    """A camera that sends a key picture each eight seconds only."""
    with Camera(clip(length=120, group=120)) as camera:
        yield camera
