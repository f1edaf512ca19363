"""``file:///folder``: a speaker that is a folder; each call becomes a WAV file. For tests."""

from __future__ import annotations

import itertools
import threading
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from console.voice.drivers.port import DeviceError, Line, LineLostError
from console.voice.sound import RATE


class _FileLine:
    """Writes as it is spoken; the file is whole when the line is closed."""

    codec: Literal["L16"] = "L16"

    def __init__(self, path: Path, lines: set[_FileLine]) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._raw = path.open("wb")
        except OSError as error:
            raise DeviceError("the speaker's folder is not there") from error
        self._file: wave.Wave_write | None = wave.open(self._raw, "wb")
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(RATE)
        self._lines = lines
        lines.add(self)

    def write(self, frame: bytes) -> None:
        with self._lock:
            if self._file is None or not self._path.exists():
                raise LineLostError("the speaker's folder is gone")
            self._file.writeframes(frame)

    async def close(self) -> None:
        self._lines.discard(self)
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._raw.close()
                self._file = None


class FileDriver:
    """See the module."""

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
