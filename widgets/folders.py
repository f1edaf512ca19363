"""Where an officer finds what the console made for him."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def outgoing() -> Path:
    """Return the folder for papers and tables: ``Zhihui`` in the officer's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "Zhihui"
