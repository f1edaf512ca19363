"""Free space, and a file held back so that a full disk can still be written to."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from typing import Literal

log = logging.getLogger(__name__)


class Reserve:
    """A file of ``size`` bytes that is given up when the disk is full."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._path = folder / "reserve"
        self._size = size

    @property
    def held(self) -> bool:
        """Whether the reserve is there to be released."""
        return self._path.exists()

    def release(self) -> bool:
        """Give the space back; True where there was some. Called on the writer thread."""
        try:
            self._path.unlink()
        except OSError:
            return False
        log.error("the disk is full: the reserve was released")
        return True

    def hold(self) -> None:
        """Take the reserve where there is plenty of room for it."""
        if self.held or not self._size:
            return
        if shutil.disk_usage(self._folder).free < 4 * self._size:
            return
        with self._path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, self._size)

    def look(self, warn_mb: int) -> tuple[Literal["ok", "warn", "fail"], str, dict[str, float]]:
        """Take the reserve if possible; return state, note and figures for the health board."""
        try:
            self.hold()
            usage = shutil.disk_usage(self._folder)
        except OSError as error:
            return "fail", str(error), {}
        free = usage.free / 1e6
        figures = {"free_mb": free // 1, "total_mb": usage.total / 1e6 // 1}
        if self._size and not self.held:
            return "fail", "the reserve is gone", figures
        return ("warn" if free < warn_mb else "ok"), "", figures
