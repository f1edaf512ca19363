"""The manual: themed pages and a browser that shows nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from console.resources import document
from widgets.manual.page import html, page_path
from widgets.theme import NAMES, load

FOLDER = document("manual")


@pytest.mark.parametrize("address", ["https://example.org/x.png", "http://127.0.0.1/", "ws://x"])
def test_nothing_is_fetched_from_a_network(address: str) -> None:
    from widgets.web import permitted

    assert not permitted(QUrl(address), FOLDER)


def test_only_files_of_the_manual_are_read(tmp_path: Path) -> None:
    from widgets.web import permitted

    (tmp_path / "secret.png").touch()
    assert permitted(QUrl.fromLocalFile(str(FOLDER / "en.md")), FOLDER)
    assert not permitted(QUrl.fromLocalFile(str(tmp_path / "secret.png")), FOLDER)
    assert not permitted(QUrl.fromLocalFile(f"{FOLDER}/../glossary.md"), FOLDER)


def test_raw_html_in_a_page_stays_text() -> None:
    page = html("<script>alert(1)</script>", load("day"))
    assert "<script>" not in page


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_wear_the_theme(name: str) -> None:
    theme = load(name)
    assert theme.panel.name() in html("# Title", theme)


def test_a_language_without_a_manual_gets_the_english_one() -> None:
    assert page_path(FOLDER, "fr_FR").name == "en.md"
    assert page_path(FOLDER, "zh_CN").name == "zh.md"
