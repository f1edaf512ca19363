"""The seat's settings: data with a type, a default, a unit and a description each.

The file, the dialog and the documentation all come from :data:`SETTINGS`. Secrets are
never settings.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.seat.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``choices`` is empty where any value of the default's type is good.

    ``least``, ``most`` and ``step`` bound what the dialog offers for a number. ``text``,
    ``unit`` and choices are marked for translation in the context ``Setting``.
    """

    name: str
    default: str | int | float | bool
    text: str
    unit: str = ""
    choices: tuple[str | int, ...] = ()
    least: int = 0
    most: int = 0
    step: int = 1


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "night",
        QT_TRANSLATE_NOOP("Setting", "Look of the window"),
        choices=("night", "day"),
    ),
    Setting(
        "language",
        "zh_CN",
        QT_TRANSLATE_NOOP("Setting", "Language of the interface"),
        choices=("zh_CN", "en"),
    ),
    Setting(
        "scale",
        100,
        QT_TRANSLATE_NOOP("Setting", "Size of letters and rows"),
        "%",
        least=80,
        most=200,
        step=10,
    ),
    Setting(
        "toast_seconds",
        5.0,
        QT_TRANSLATE_NOOP("Setting", "How long a notice stays"),
        "s",
        least=2,
        most=60,
    ),
    Setting(
        "wall.tiles",
        9,
        QT_TRANSLATE_NOOP("Setting", "Tiles of the camera wall"),
        choices=(1, 4, 9, 16),
    ),
    Setting(
        "lock_minutes",
        15,
        QT_TRANSLATE_NOOP("Setting", "Lock a seat nobody has touched for (0: never)"),
        "min",
        least=0,
        most=240,
        step=5,
    ),
    Setting("voice.microphone", "default", QT_TRANSLATE_NOOP("Setting", "Microphone")),
)
"""``voice.microphone`` is ``default``, ``none``, ``device:NAME``, or for tests ``tone`` or
``file:/path.wav``."""

WORDS = (
    QT_TRANSLATE_NOOP("Setting", "night"),
    QT_TRANSLATE_NOOP("Setting", "day"),
    QT_TRANSLATE_NOOP("Setting", "zh_CN"),
    QT_TRANSLATE_NOOP("Setting", "en"),
    QT_TRANSLATE_NOOP("Setting", "s"),
    QT_TRANSLATE_NOOP("Setting", "min"),
    QT_TRANSLATE_NOOP("Setting", "%"),
)
"""Choices and units, for the translation tool alone."""


class Settings:
    """Values by name, kept in one JSON file; without a path they live in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._known = {setting.name: setting for setting in SETTINGS}
        self._values: dict[str, Any] = {}
        self.damaged = ""
        if path is not None and path.exists():
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            stored = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            self.damaged = str(error)
            return
        if not isinstance(stored, dict):
            self.damaged = "no object"
            return
        self._values = {k: v for k, v in stored.items() if self._fits(k, v)}

    def _fits(self, name: str, value: Any) -> bool:
        setting = self._known.get(name)
        if setting is None:
            return False
        if setting.choices and value not in setting.choices:
            return False
        if isinstance(setting.default, float):
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        return type(value) is type(setting.default)

    def __getitem__(self, name: str) -> Any:
        return self._values.get(name, self._known[name].default)

    def __setitem__(self, name: str, value: Any) -> None:
        if not self._fits(name, value):
            raise ValueError(f"{value!r} is no value of {name}")
        self._values[name] = value
        if self._path is not None:
            write_whole(self._path, json.dumps(self._values, ensure_ascii=False, indent=1))


def write_whole(path: Path, text: str) -> None:
    """Replace a file so that a crash leaves either the old text or the new one."""
    write_whole_bytes(path, text.encode())


def write_whole_bytes(path: Path, data: bytes) -> None:
    """Replace a file so that a crash leaves either the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(path.suffix + ".new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
