"""Where the program's own data files lie, in a checkout and when installed."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))


def resource(name: str) -> Path:
    """Return the path of a file or folder below ``resources/``."""
    return _ROOT / "resources" / name


def document(name: str) -> Path:
    """Return the path of a file or folder below ``docs/``."""
    return _ROOT / "docs" / name
