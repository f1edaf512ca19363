"""Which microphones this machine has."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from widgets.voice.microphone import has_sound_system

_DEFAULT = QT_TRANSLATE_NOOP("Setting", "The system's microphone")
_NONE = QT_TRANSLATE_NOOP("Setting", "No microphone")


def microphones() -> list[tuple[str, str]]:
    """Return what ``voice.microphone`` may be: (value, what it is called)."""
    found = [
        ("default", QCoreApplication.translate("Setting", str(_DEFAULT))),
        ("none", QCoreApplication.translate("Setting", str(_NONE))),
    ]
    if has_sound_system():
        from PySide6.QtMultimedia import QMediaDevices

        names = [device.description() for device in QMediaDevices.audioInputs()]
        found += [(f"device:{name}", name) for name in names]
    return found
