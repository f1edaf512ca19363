"""Painted views kept on disk, so that the next start of the same town need not paint them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np

from console.city.model import Town
from console.city.video.backdrop import Backdrop
from console.city.video.view import View

_LIMIT = 160 << 20
"""Bytes kept at most; what was used longest ago goes first."""
_PARTS = ("colour", "glow", "depth", "solid", "cover")


class Attic:
    """One folder; a file's name says of what town, view and painter it is.

    A file that is damaged or cannot be written only costs the painting.
    """

    def __init__(self, folder: Path, town: Town) -> None:
        self._folder = folder
        seed = hashlib.sha256(repr(town).encode())
        seed.update(_painter())
        self._seed = seed.digest()

    def fetch(self, view: View) -> Backdrop | None:
        """Return a view painted before, None where it must be painted."""
        path = self._path(view)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
                parts = [found[name] for name in _PARTS]
            path.touch()
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        size = view.height, view.width
        return Backdrop(view, *parts) if all(part.shape[:2] == size for part in parts) else None

    def store(self, backdrop: Backdrop) -> None:
        """Keep a painted view."""
        path = self._path(backdrop.view)
        fresh = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                np.savez(file, **{name: getattr(backdrop, name) for name in _PARTS})
            fresh.replace(path)
            self._tidy()

    def _path(self, view: View) -> Path:
        name = hashlib.sha256(self._seed)
        for part in (view.eye, view.axes, np.array([view.focal, view.width, view.height])):
            name.update(part.tobytes())
        return self._folder / f"{name.hexdigest()[:32]}.npz"

    def _tidy(self) -> None:
        files = [(path, path.stat()) for path in self._folder.iterdir() if path.is_file()]
        held = sum(stat.st_size for _, stat in files)
        for path, stat in sorted(files, key=lambda file: file[1].st_mtime):
            if held <= _LIMIT:
                break
            path.unlink(missing_ok=True)
            held -= stat.st_size


def _painter() -> bytes:
    """Return what changes whenever pictures may: this package's text, or the whole program."""
    digest = hashlib.sha256(cv2.__version__.encode())
    sources = sorted(Path(__file__).parent.glob("*.py"))
    for source in sources:
        digest.update(source.read_bytes())
    if not sources:
        stat = Path(sys.executable).stat()
        digest.update(f"{stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.digest()
