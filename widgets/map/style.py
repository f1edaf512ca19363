"""How the map looks: colours out of the theme, widths and what is shown at which zoom."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from widgets.theme import Theme

ROAD_MINIMUM = {"ring": 3.2, "main": 2.6, "street": 1.6, "lane": 0.8}
"""Least width of a road in pixels."""

ROAD_FROM = {"ring": 0.0, "main": 0.0, "street": 12.5, "lane": 14.0}
LABEL_FROM = {"ring": 13.5, "main": 13.5, "street": 15.2, "lane": 16.0}
"""Zoom from which a road of a class, or its name, is drawn."""

PLACE_FROM = {
    "hospital": 15.2,
    "school": 15.2,
    "market": 15.2,
    "bus_station": 15.2,
    "square": 15.2,
    "park": 14.4,
    "water": 14.4,
    "squad": 15.2,
    "toilet": 17.2,
    "kiosk": 18.2,
}
SHOP_FROM = 17.6
"""Zoom from which a place is named; a kind not listed is a shop or a fixture."""

UNNAMED = frozenset({"manhole", "bin"})
BUILDINGS_FROM = 13.6
SHADOWS_FROM = 16.2
HEIGHTS_FROM = 16.8
PAVEMENTS_FROM = 15.0

ZONE_KINDS = ("no_vending", "permitted_stall", "no_parking", "loading_bay")


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """Return a colour with ``share`` of another in it."""
    return QColor.fromRgbF(
        colour.redF() + (other.redF() - colour.redF()) * share,
        colour.greenF() + (other.greenF() - colour.greenF()) * share,
        colour.blueF() + (other.blueF() - colour.blueF()) * share,
    )


@dataclass(frozen=True, slots=True)
class Style:
    """A theme's map colours with what is derived of them."""

    theme: Theme

    @property
    def night(self) -> bool:
        """Tell whether the land is dark."""
        return self.theme.map_land.lightnessF() < 0.5

    def area(self, kind: str) -> QColor:
        """Fill of an area."""
        theme = self.theme
        if kind == "water":
            return theme.map_water
        if kind == "park":
            return theme.map_park
        if kind == "field":
            return mixed(theme.map_land, theme.map_park, 0.45)
        return mixed(theme.map_land, theme.map_building, 0.35)

    def shore(self) -> QColor:
        """Line along water."""
        return mixed(self.theme.map_water, self.theme.map_label, 0.18)

    def pavement(self) -> QColor:
        """Ground beside the carriageway."""
        return mixed(self.theme.map_land, self.theme.map_road_lane, 0.45)

    def road(self, kind: str) -> QColor:
        """Fill of a road."""
        theme = self.theme
        return {
            "ring": theme.map_road_ring,
            "main": theme.map_road_main,
            "street": theme.map_road_street,
        }.get(kind, theme.map_road_lane)

    def casing(self, kind: str) -> QColor:
        """Edge of a road."""
        if self.night:
            return mixed(self.theme.map_land, QColor("black"), 0.45)
        return mixed(
            self.road(kind), QColor("#5b4a2c" if kind in ("ring", "main") else "#6c6a64"), 0.42
        )

    def centre_line(self) -> QColor:
        """Marking in the middle of a wide road."""
        return mixed(self.theme.map_road_main, self.theme.map_label, 0.3)

    def building(self, use: str) -> QColor:
        """Roof of a building."""
        theme = self.theme
        tints = {"school": theme.warn, "market": theme.warn, "hospital": theme.urgent}
        if use in tints:
            return mixed(theme.map_building, tints[use], 0.14)
        if use == "shop":
            return mixed(theme.map_building, theme.warn, 0.05)
        return theme.map_building

    def wall(self, use: str) -> QColor:
        """Side of a building that faces the viewer."""
        return mixed(self.building(use), QColor("black"), 0.25 if self.night else 0.16)

    def roof_line(self, use: str) -> QColor:
        """Edge of a roof."""
        other = self.theme.map_label if self.night else QColor("black")
        return mixed(self.building(use), other, 0.16)

    def shadow(self) -> QColor:
        """What a building takes from the ground's light."""
        return QColor(0, 0, 0, 70 if self.night else 26)

    def zone(self, kind: str) -> QColor:
        """Line and hatching of a zone."""
        theme = self.theme
        return {
            "no_vending": theme.urgent,
            "permitted_stall": theme.ok,
            "no_parking": theme.warn,
        }.get(kind, theme.info)

    def grid(self, level: int) -> QColor:
        """Border of a management grid."""
        colour = QColor(self.theme.accent)
        colour.setAlphaF({1: 0.75, 2: 0.6, 3: 0.45}[level])
        return colour

    def label(self, kind: str) -> QColor:
        """Letters of a label."""
        theme = self.theme
        if kind == "water":
            return mixed(theme.map_water, theme.info, 0.75)
        if kind == "park":
            return mixed(theme.map_park, theme.ok if self.night else QColor("#1e6b35"), 0.75)
        if kind in ZONE_KINDS:
            return self.zone(kind)
        if kind == "grid":
            return mixed(theme.accent, theme.map_label, 0.25)
        if kind in ("lane", "shop"):
            return mixed(theme.map_label, theme.map_land, 0.25)
        return theme.map_label

    def halo(self) -> QColor:
        """What parts letters from the ground."""
        colour = QColor(self.theme.map_land)
        colour.setAlphaF(0.9)
        return colour


def grid_level(zoom: float) -> int:
    """Return which of the three grid levels a zoom shows."""
    return 1 if zoom < 15.0 else 2 if zoom < 16.6 else 3
