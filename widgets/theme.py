"""The look: colours, fonts and measures, read from ``resources/themes/NAME.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QFont

from console.resources import resource

FAMILY = "Noto Sans CJK SC"
MONO = "Noto Sans Mono CJK SC"
NAMES = ("night", "day")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of meaning, fonts by use, and lengths in pixels.

    ``urgent``, ``warn``, ``ok`` and ``info`` are never the only sign of a state: a
    shape, a letter or a word stands beside them.
    """

    name: str
    window: QColor
    panel: QColor
    raised: QColor
    line: QColor
    text: QColor
    muted: QColor
    faint: QColor
    accent: QColor
    select: QColor
    urgent: QColor
    warn: QColor
    ok: QColor
    info: QColor
    map_land: QColor
    map_water: QColor
    map_park: QColor
    map_building: QColor
    map_road_ring: QColor
    map_road_main: QColor
    map_road_street: QColor
    map_road_lane: QColor
    map_label: QColor
    body: QFont
    small: QFont
    strong: QFont
    mono: QFont
    title: QFont
    row: int
    gap: int


COLOURS = tuple(f.name for f in fields(Theme) if f.type == "QColor")


def _font(size: float, *, family: str = FAMILY, bold: bool = False) -> QFont:
    font = QFont(family)
    font.setPixelSize(round(size))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def load(name: str, scale: int = 100) -> Theme:
    """Return a theme with its letters and rows at ``scale`` per cent."""
    data = tomllib.loads(resource(f"themes/{name}.toml").read_text("utf-8"))
    colours = {key: QColor(data["colours"][key]) for key in COLOURS}
    size = {key: value * scale / 100 for key, value in data["sizes"].items()}
    return Theme(
        name=name,
        **colours,
        body=_font(size["body"]),
        small=_font(size["small"]),
        strong=_font(size["strong"], bold=True),
        mono=_font(size["mono"], family=MONO),
        title=_font(size["title"], bold=True),
        row=round(size["row"]),
        gap=round(size["gap"]),
    )
