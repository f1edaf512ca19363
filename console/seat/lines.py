"""Ready lines of text: reasons by command, and answers to who reported."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from console.resources import resource

log = logging.getLogger(__name__)

MOST = 9
"""As many as there are number keys."""


@dataclass
class Lines:
    """Lines in Chinese and English, out of ``own`` where the bureau keeps files there."""

    own: Path | None = None

    def reasons(self, verb: str, language: str) -> list[str]:
        """Return the ready reasons of a command such as ``reject``, in the order of their keys."""
        return [_text(row, language) for row in self._reasons if verb in row.get("of", ())][:MOST]

    def replies(self, language: str, **slots: str) -> list[str]:
        """Return the ready answers with their slots filled; an unknown slot stays as it is."""
        return [_filled(_text(row, language), slots) for row in self._replies][:MOST]

    @cached_property
    def _reasons(self) -> list[dict[str, Any]]:
        return self._read("reasons.toml", "reason")

    @cached_property
    def _replies(self) -> list[dict[str, Any]]:
        return self._read("replies.toml", "reply")

    def _read(self, name: str, table: str) -> list[dict[str, Any]]:
        """Return a file's rows; a bureau's own file that cannot be read is said and passed over."""
        path = self.own / name if self.own is not None else None
        if path is not None and path.exists():
            try:
                return _rows(path, table)
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
                log.error("%s cannot be used, the program's own lines stand: %s", path, error)
        return _rows(resource("templates") / name, table)


def _rows(path: Path, table: str) -> list[dict[str, Any]]:
    rows = tomllib.loads(path.read_text("utf-8")).get(table, [])
    good = isinstance(rows, list) and all(
        isinstance(row, dict) and isinstance(row.get("zh"), str) for row in rows
    )
    if not good:
        raise TypeError(f"each [[{table}]] needs a text zh")
    return list(rows)


def _text(row: dict[str, Any], language: str) -> str:
    text = row.get("en") if language == "en" else None
    return str(text or row["zh"])


def _filled(text: str, slots: dict[str, str]) -> str:
    for name, value in slots.items():
        text = text.replace("{" + name + "}", value)
    return text
