"""The map's words for layers and for what a unit does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.seat.text import QT_TRANSLATE_NOOP

_LAYERS = {
    "units": QT_TRANSLATE_NOOP("Map", "Units"),
    "cases": QT_TRANSLATE_NOOP("Map", "Cases"),
    "cameras": QT_TRANSLATE_NOOP("Map", "Cameras"),
    "speakers": QT_TRANSLATE_NOOP("Map", "Loudspeakers"),
    "grids": QT_TRANSLATE_NOOP("Map", "Management grids"),
    "zones": QT_TRANSLATE_NOOP("Map", "Zones"),
    "places": QT_TRANSLATE_NOOP("Map", "Places"),
}

_UNIT_STATES = {
    "free": QT_TRANSLATE_NOOP("Map", "free"),
    "tasked": QT_TRANSLATE_NOOP("Map", "on the way"),
    "on_site": QT_TRANSLATE_NOOP("Map", "on site"),
    "off": QT_TRANSLATE_NOOP("Map", "off duty"),
}


def layer_text(layer: str) -> str:
    """Return the word for a layer."""
    return QCoreApplication.translate("Map", _LAYERS[layer])


def unit_state_text(state: str) -> str:
    """Return the word for what a unit does."""
    return QCoreApplication.translate("Map", _UNIT_STATES[state])
