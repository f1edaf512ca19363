"""Where an officer's panes stand, kept in a file of the officer's own."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from pathlib import Path

from console.seat.settings import write_whole


@dataclass(frozen=True, slots=True)
class Layout:
    """Opaque bytes of the window: its geometry and the arrangement of its panes."""

    geometry: bytes
    state: bytes


class Layouts:
    """One file an officer below ``folder``; a damaged file counts as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, officer: str) -> Path:
        safe = re.sub(r"[^0-9A-Za-z_-]", lambda m: f"~{ord(m[0]):x}", officer) or "nobody"
        return self._folder / f"{safe}.json"

    def load(self, officer: str) -> Layout | None:
        """Return an officer's layout, or None."""
        try:
            data = json.loads(self._path(officer).read_text("utf-8"))
            return Layout(
                base64.b64decode(data["geometry"], validate=True),
                base64.b64decode(data["state"], validate=True),
            )
        except (OSError, ValueError, KeyError, TypeError, binascii.Error):
            return None

    def save(self, officer: str, layout: Layout) -> None:
        """Keep an officer's layout."""
        data = {
            "geometry": base64.b64encode(layout.geometry).decode(),
            "state": base64.b64encode(layout.state).decode(),
        }
        write_whole(self._path(officer), json.dumps(data))
