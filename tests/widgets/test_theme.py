"""Both themes can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from widgets.style import palette, sheet
from widgets.theme import COLOURS, NAMES, load


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ground", ["window", "panel", "raised", "select"])
def test_text_stands_out_from_every_ground(name: str, ground: str) -> None:
    theme = load(name)
    back = getattr(theme, ground)
    assert contrast(theme.text, back) >= 7
    assert contrast(theme.muted, back) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sign", ["urgent", "warn", "ok", "info", "accent"])
def test_signs_stand_out_from_the_panes(name: str, sign: str) -> None:
    theme = load(name)
    assert contrast(getattr(theme, sign), theme.panel) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_each_colour_of_a_theme_is_one(name: str) -> None:
    theme = load(name)
    assert all(getattr(theme, colour).isValid() for colour in COLOURS)
    assert "$" not in sheet(theme)
    assert palette(theme).window().color() == theme.panel


def test_letters_grow_with_the_scale() -> None:
    assert load("night").body.pixelSize() >= 14
    assert load("night", 150).body.pixelSize() > load("night").body.pixelSize()
