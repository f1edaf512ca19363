"""The town's loudspeakers on a thread of their own, for tests that have no event loop."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from console.city.model import SpeakerSite
from console.city.speakers import Speakers
from console.voice.sound import Samples, from_wav
from tests.rig.waiting import PATIENCE


class RunningSpeakers:
    """Loudspeakers ``spk01``, ``spk02``, … that keep what they hear in ``folder``."""

    def __init__(self, folder: Path, *protocols: Literal["sip", "rtp"]) -> None:
        self.folder = folder
        self.urls: dict[str, str] = {}
        self._sites = [
            SpeakerSite(f"spk{number:02}", f"音柱{number}", (0.0, 0.0), 60.0, "r01", protocol)
            for number, protocol in enumerate(protocols, 1)
        ]
        self._heard = threading.Condition()
        self._files: dict[str, list[Path]] = {}
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="speakers")

    async def _run(self) -> None:
        speakers = Speakers(self._sites, self.folder, self._took)
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self.urls = await speakers.start()
        self._ready.set()
        await self._end.wait()
        await speakers.stop()

    def _took(self, speaker: str, _seconds: float, path: Path) -> None:
        with self._heard:
            self._files.setdefault(speaker, []).append(path)
            self._heard.notify_all()

    def __enter__(self) -> RunningSpeakers:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)

    def recording(self, speaker: str = "spk01", number: int = 1, seconds: float = PATIENCE) -> Path:
        """Wait for the ``number``-th recording of a speaker."""
        with self._heard:
            assert self._heard.wait_for(
                lambda: len(self._files.get(speaker, [])) >= number, seconds
            ), f"{speaker} heard nothing"
            return self._files[speaker][number - 1]

    def heard(self, speaker: str = "spk01", number: int = 1, seconds: float = PATIENCE) -> Samples:
        """Wait for the ``number``-th recording of a speaker and return its sound."""
        return from_wav(self.recording(speaker, number, seconds).read_bytes())[0]


def heard_at(path: Path) -> float:
    """Return the unix time at which a recording began: that of its first packet."""
    return float(path.stem)


def aligned(sent: Samples, heard: Samples) -> tuple[float, int]:
    """Return the peak of the normalised correlation and where in ``heard`` ``sent`` begins."""
    size = 1 << (len(sent) + len(heard)).bit_length()
    a, b = sent.astype(float), heard.astype(float)
    both: NDArray[np.float64] = np.fft.irfft(
        np.fft.rfft(b, size) * np.conj(np.fft.rfft(a, size)), size
    )
    at = int(np.argmax(both))
    shift = at if at < size // 2 else at - size
    part = b[max(0, shift) : max(0, shift) + len(a)]
    whole = float(np.linalg.norm(a[: len(part)]) * np.linalg.norm(part))
    return (float(np.dot(a[: len(part)], part)) / whole if whole else 0.0), shift
