"""Settings and layouts: files that may be damaged and must never stop the start."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.seat.layouts import Layout, Layouts
from console.seat.settings import SETTINGS, Settings


def test_a_setting_is_there_again_after_a_restart(tmp_path: Path) -> None:
    Settings(tmp_path / "s.json")["theme"] = "day"
    assert Settings(tmp_path / "s.json")["theme"] == "day"


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no value of theme"):
        Settings()["theme"] = "pink"
    with pytest.raises(ValueError, match="no value of scale"):
        Settings()["scale"] = "big"


@given(text=st.text(max_size=80))
def test_a_damaged_settings_file_gives_the_defaults(text: str, tmp_path_factory: object) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    path = tmp_path_factory.mktemp("s") / "s.json"
    path.write_text(text, "utf-8")
    settings = Settings(path)
    assert all(settings[s.name] == s.default for s in SETTINGS)


def test_each_officer_has_a_layout_of_their_own(tmp_path: Path) -> None:
    layouts = Layouts(tmp_path)
    layouts.save("duty", Layout(b"a", b"b"))
    layouts.save("../王", Layout(b"c", b"d"))
    assert layouts.load("duty") == Layout(b"a", b"b")
    assert layouts.load("../王") == Layout(b"c", b"d")
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*.json"))


def test_a_damaged_layout_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "duty.json").write_text('{"geometry": "!"}', "utf-8")
    assert Layouts(tmp_path).load("duty") is None
    assert Layouts(tmp_path).load("nobody") is None
