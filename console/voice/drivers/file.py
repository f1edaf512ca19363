"""``file:///folder``: a speaker that is a folder; each call becomes a WAV file. For tests."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import numpy as np

from console.voice.drivers.port import DeviceError, Line, LineLostError
from console.voice.sound import to_wav


class _FileLine:
    """Collects what is said; the file appears when the line is closed."""

    codec: Literal["L16"] = "L16"

    def __init__(self, path: Path, lines: set[_FileLine]) -> None:
        if not path.parent.is_dir():
            raise DeviceError("the speaker's folder is not there")
        self._path = path
        self._sound = bytearray()
        self._lines = lines
        lines.add(self)

    def write(self, frame: bytes) -> None:
        if not self._path.parent.is_dir():
            raise LineLostError("the speaker's folder is gone")
        self._sound += frame

    async def close(self) -> None:
        self._lines.discard(self)
        with contextlib.suppress(OSError):
            self._path.write_bytes(to_wav(np.frombuffer(self._sound, "<i2").astype(np.int16)))


class FileDriver:
    """See the module."""

    askable = True

    def __init__(self) -> None:
        self._lines: set[_FileLine] = set()
        self._numbers = itertools.count(1)

    async def start(self) -> None:
        """Nothing is held between calls."""

    async def open(self, url: str, lost: Callable[[str], None]) -> Line:
        return _FileLine(_folder(url) / f"{next(self._numbers):06}.wav", self._lines)

    async def probe(self, url: str) -> str:
        if not _folder(url).is_dir():
            raise DeviceError("the speaker's folder is not there")
        return "the folder is there"

    async def stop(self) -> None:
        for line in list(self._lines):
            await line.close()


def _folder(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))
