"""Paintings outlive the process that made them, and a damaged one is painted anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from console.city.model import Town
from console.city.video.attic import Attic
from console.city.video.backdrop import Backdrop
from console.city.video.plan import Plan
from console.city.video.view import View


@pytest.fixture(scope="module")
def painted(town: Town) -> Backdrop:
    return Backdrop.of(Plan(town), View.of(town.cameras[6], (320, 180)))


def test_what_was_stored_comes_back_the_same(town: Town, painted: Backdrop, tmp_path: Path) -> None:
    Attic(tmp_path, town).store(painted)
    found = Attic(tmp_path, town).fetch(painted.view)
    assert found is not None
    for name in ("colour", "glow", "depth", "solid", "cover"):
        assert np.array_equal(getattr(found, name), getattr(painted, name))


def test_another_town_or_view_is_not_mistaken_for_it(
    town: Town, painted: Backdrop, tmp_path: Path
) -> None:
    Attic(tmp_path, town).store(painted)
    assert Attic(tmp_path, replace(town, name="elsewhere")).fetch(painted.view) is None
    assert Attic(tmp_path, town).fetch(View.of(town.cameras[7], (320, 180))) is None


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_damaged_painting_is_none(
    town: Town, painted: Backdrop, tmp_path: Path, share: float
) -> None:
    attic = Attic(tmp_path, town)
    attic.store(painted)
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    path.write_bytes(data[: int(len(data) * share)])
    assert attic.fetch(painted.view) is None
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert attic.fetch(painted.view) is None


def test_a_folder_that_cannot_be_written_costs_only_the_painting(
    town: Town, painted: Backdrop, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    attic = Attic(blocked, town)
    attic.store(painted)
    assert attic.fetch(painted.view) is None
