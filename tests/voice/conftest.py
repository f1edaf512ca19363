"""The voice engine in this process, and what stands at the other end of its drivers."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest

from console.city.model import SpeakerSite
from console.city.speakers import Speakers
from console.voice.engine import Engine
from console.voice.sound import Samples, from_wav
from console.voice.speech import Speech
from tests.rig.waiting import PATIENCE


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Murmur:
    """A speech engine that needs no program: noise shaped by the text, of a known length."""

    name = "murmur"

    def available(self) -> bool:
        return True

    def render(self, text: str) -> tuple[Samples, int]:
        noise = np.random.default_rng(len(text)).normal(0, 3000, 2000 + 100 * len(text))
        smooth = np.convolve(noise, np.ones(4) / 4, "same")
        return smooth.astype(np.int16), 8000


@dataclass
class Log:
    """What the engine told, and a way to wait for it."""

    events: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, message: dict[str, Any], payload: bytes) -> None:
        self.events.append((message, payload))
        self._news.set()

    async def wait(
        self, seconds: float = PATIENCE, **wanted: object
    ) -> tuple[dict[str, Any], bytes]:
        """Return the first event with these fields, waiting for it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message, payload in self.events:
                    if all(message.get(name) == value for name, value in wanted.items()):
                        return message, payload
                self._news.clear()
                await self._news.wait()

    def phases(self, call: str, speaker: str = "spk01") -> list[str]:
        return [
            message["phase"]
            for message, _ in self.events
            if message["event"] == "phase"
            and (message["call"], message["speaker"]) == (call, speaker)
        ]

    def why(self, call: str) -> str:
        return next(str(m["why"]) for m, _ in self.events if m.get("call") == call and m.get("why"))


@asynccontextmanager
async def running_engine(folder: Path, **options: Any) -> AsyncIterator[tuple[Engine, Log]]:
    log = Log()
    engine = Engine(log, Speech([Murmur()], folder / "cache"), **options)
    await engine.start()
    try:
        yield engine, log
    finally:
        await asyncio.wait_for(engine.stop(), 6.0)


class Device(Protocol):
    """One speaker at the far end: it can die and come back at the same address."""

    url: str

    async def start(self) -> None: ...

    async def die(self) -> None: ...

    async def revive(self) -> None: ...

    def heard(self) -> Samples: ...


@asynccontextmanager
async def alive(device: Device) -> AsyncIterator[None]:
    """Start a device, and leave nothing of it whatever happens."""
    await device.start()
    try:
        yield
    finally:
        await device.die()


class CityDevice:
    """The town's own speaker, by SIP or bare RTP."""

    def __init__(self, folder: Path, protocol: Any) -> None:
        self._folder = folder
        self._site = SpeakerSite("spk01", "音柱一", (0.0, 0.0), 60.0, "r1", protocol)
        self._speakers: Speakers | None = None
        self._port = _lasting_port()
        self.url = ""

    async def start(self) -> None:
        self._speakers = Speakers([self._site], self._folder, lambda *_: None, port=self._port)
        self.url = (await self._speakers.start())["spk01"]
        self._port = int(self.url.rpartition(":")[2])
        if self._site.protocol == "rtp":
            self._port -= 2

    async def die(self) -> None:
        if self._speakers:
            await self._speakers.stop()
        self._speakers = None

    revive = start

    def heard(self) -> Samples:
        files = sorted((self._folder / "spk01").glob("*.wav"))
        return from_wav(files[-1].read_bytes())[0] if files else np.zeros(0, np.int16)


_BARESIP = """\
sip_listen 127.0.0.1:{port}
module_path /usr/lib/baresip/modules
module g711.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
audio_player aubridge,nowhere
audio_source aubridge,nowhere
snd_path {folder}
"""


def _lasting_port() -> int:
    """Return a UDP port that nobody is given by chance while its owner is dead."""
    while True:
        port = random.randrange(20_000, 30_000)
        free = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


class BaresipDevice:
    """baresip of the distribution, answering by itself and writing down what it decodes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        port = _lasting_port()
        self.url = f"sip:spk01@127.0.0.1:{port}"
        folder.mkdir(parents=True)
        (folder / "config").write_text(_BARESIP.format(port=port, folder=folder))
        (folder / "accounts").write_text("<sip:spk01@127.0.0.1>;regint=0;answermode=auto\n")
        (folder / "contacts").touch()

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            "baresip",
            "-f",
            str(self._folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert self._process.stdout
        async with asyncio.timeout(PATIENCE):
            while b"baresip is ready" not in (line := await self._process.stdout.readline()):
                assert line, "baresip ended"
        self._drain = asyncio.create_task(self._process.stdout.read())

    async def die(self) -> None:
        assert self._process
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._drain

    revive = start

    def heard(self) -> Samples:
        for path in sorted(self._folder.glob("dump-*-dec.wav"), reverse=True):
            with contextlib.suppress(ValueError):  # not yet written to its end
                return from_wav(path.read_bytes())[0]
        return np.zeros(0, np.int16)


class FolderDevice:
    """The speaker that is a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "spk01"
        self.url = f"file://{self._folder}"

    async def start(self) -> None:
        self._folder.mkdir(parents=True)

    async def die(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    revive = start

    def heard(self) -> Samples:
        files = sorted(self._folder.glob("*.wav"))
        return from_wav(files[-1].read_bytes())[0] if files else np.zeros(0, np.int16)
