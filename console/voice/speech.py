"""Text -> speech: the port, the chain of engines, the cache of what was rendered once."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from console.voice.normalise import normalise
from console.voice.sound import Samples, from_wav, levelled, resampled, to_wav, trimmed

MAX_TEXT = 500
"""Characters in one warning; a longer one would hold a speaker for minutes."""

_CACHE_BYTES = 256 << 20
_IN_MEMORY = 64

_log = logging.getLogger("voice.speech")


class SpeechError(Exception):
    """No engine could say it."""


class SpeechEngine(Protocol):
    """Says a normalised text."""

    name: str
    """Engine, voice and settings: another name means other sound."""

    def available(self) -> bool:
        """Tell whether it can be used on this machine; looked up once."""

    def render(self, text: str) -> tuple[Samples, int]:
        """Return samples and their rate; raise :class:`SpeechError`. Blocks, on a worker thread."""


class Speech:
    """Renders by the first engine that can, and remembers on disk by the text's hash."""

    def __init__(self, engines: Sequence[SpeechEngine], folder: Path) -> None:
        self._engines = [engine for engine in engines if engine.available()]
        self._folder = folder
        self._memory: OrderedDict[str, Samples] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[Samples]] = {}
        self._failed: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)
        self._prune()

    @property
    def engine(self) -> str:
        """The engine that speaks now, or ``none``."""
        return self._engines[0].name if self._engines else "none"

    def known(self, text: str) -> Samples | None:
        """Return speech that is in memory already."""
        found = self._memory.get(text)
        if found is not None:
            self._memory.move_to_end(text)
        return found

    async def say(self, text: str) -> Samples:
        """Return a text as speech at 8 kHz, levelled; raise :class:`SpeechError`."""
        text = text.strip()[:MAX_TEXT]
        if (found := self.known(text)) is not None:
            return found
        task = self._under_way.get(text)
        if not task:
            task = asyncio.create_task(asyncio.to_thread(self._load_or_render, text))
            self._under_way[text] = task
            task.add_done_callback(lambda _: self._under_way.pop(text, None))
        samples = await asyncio.shield(task)
        self._memory[text] = samples
        while len(self._memory) > _IN_MEMORY:
            self._memory.popitem(last=False)
        return samples

    def _load_or_render(self, text: str) -> Samples:
        spoken = normalise(text)
        for engine in self._engines:
            key = hashlib.sha256(f"{engine.name}\n{spoken}".encode()).hexdigest()
            path = self._folder / f"{key}.wav"
            try:
                return from_wav(path.read_bytes())[0]
            except (OSError, ValueError):
                pass
            try:
                samples, rate = engine.render(spoken)
            except SpeechError as error:
                if engine.name not in self._failed:
                    self._failed.add(engine.name)
                    _log.warning("%s cannot speak: %s", engine.name, error)
                continue
            if engine.name in self._failed:
                self._failed.discard(engine.name)
                _log.warning("%s speaks again", engine.name)
            samples = levelled(trimmed(resampled(samples, rate)))
            self._keep(path, samples)
            return samples
        raise SpeechError("no speech engine could say it")

    @staticmethod
    def _keep(path: Path, samples: Samples) -> None:
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            part.write_bytes(to_wav(samples))
            part.replace(path)
        except OSError as error:
            _log.warning("speech cannot be cached: %s", error.strerror)

    def _prune(self) -> None:
        """Drop the oldest recordings beyond the cache's size, and what a crash left half done."""
        for part in self._folder.glob("*.part"):
            part.unlink(missing_ok=True)
        files = sorted(self._folder.glob("*.wav"), key=lambda path: -path.stat().st_mtime)
        total = 0
        for path in files:
            total += path.stat().st_size
            if total > _CACHE_BYTES:
                path.unlink(missing_ok=True)
