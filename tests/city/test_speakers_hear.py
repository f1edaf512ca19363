"""The town's loudspeakers as the other end of a public protocol."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.city.model import SpeakerSite
from console.city.speakers import Speakers
from console.protocols import g711, rtp, sdp, sip
from tests.rig.speakers import aligned

pytestmark = pytest.mark.anyio

SITES = [
    SpeakerSite("spk01", "一", (0.0, 0.0), 60.0, "r1", "sip"),
    SpeakerSite("spk02", "二", (0.0, 0.0), 60.0, "r1", "sip"),
    SpeakerSite("spk03", "三", (0.0, 0.0), 60.0, "r1", "rtp"),
]
VOICE = np.round(np.random.default_rng(1).normal(0, 3000, 8000)).astype(np.int16)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Heard(list[tuple[str, float, Path]]):
    def took(self, speaker: str, seconds: float, path: Path) -> None:
        self.append((speaker, seconds, path))

    def sound(self) -> g711.Samples:
        return np.frombuffer(self[-1][2].read_bytes()[44:], "<i2").astype(np.int16)


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[tuple[dict[str, str], Heard]]:
    heard = Heard()
    speakers = Speakers(SITES, folder, heard.took)
    try:
        yield await speakers.start(), heard
    finally:
        await speakers.stop()


class Caller:
    """A plain caller: one socket for signalling, one for sound."""

    def __init__(self, url: str) -> None:
        self.target = sip.uri(url)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.connect(self.target.address)
        self.call_id = f"{self.socket.getsockname()[1]}-{time.monotonic_ns()}"

    async def ask(self, method: str, body: bytes = b"", user: str = "") -> sip.Response:
        uri = self.target.text.replace(self.target.user, user) if user else self.target.text
        headers = [
            ("Via", f"SIP/2.0/UDP 127.0.0.1;branch={sip.MAGIC}{method}"),
            ("From", "<sip:test@127.0.0.1>;tag=t"),
            ("To", f"<{uri}>"),
            ("Call-ID", self.call_id),
            ("CSeq", f"1 {method}"),
        ]
        self.socket.send(sip.encode(sip.Request(headers, body, method, uri)))
        loop = asyncio.get_running_loop()
        answer = sip.parse(await asyncio.wait_for(loop.sock_recv(self.socket, 4096), 2))
        assert isinstance(answer, sip.Response)
        return answer


def offer(*numbers: int) -> bytes:
    formats = tuple(sdp.Format(number) for number in numbers)
    return sdp.build(sdp.Description((sdp.Media("audio", 9, formats),))).encode()


def packets(law: g711.Law, samples: g711.Samples, ssrc: int = 7, start: int = 0) -> list[bytes]:
    octets = g711.encode(samples, law)
    return [
        rtp.pack(
            rtp.Packet(g711.PAYLOAD_TYPE[law], at // 160, start + at, ssrc, octets[at : at + 160])
        )
        for at in range(0, len(octets), 160)
    ]


def send(port: int, *data: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for one in data:
            out.sendto(one, ("127.0.0.1", port))


async def until_heard(heard: Heard) -> None:
    async with asyncio.timeout(30):
        while not heard:  # noqa: ASYNC110 - what is heard comes by a plain callback
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("law", ["PCMA", "PCMU"])
async def test_a_call_is_answered_heard_and_kept_as_it_was_sent(
    tmp_path: Path, law: g711.Law
) -> None:
    async with town(tmp_path) as (urls, heard):
        caller = Caller(urls["spk01"])
        answer = await caller.ask("INVITE", offer(111, g711.PAYLOAD_TYPE[law]))
        assert answer.status == 200
        media = sdp.parse(answer.body).media[0]
        assert [one.number for one in media.formats] == [g711.PAYLOAD_TYPE[law]]
        began = time.time()
        send(media.port, *packets(law, VOICE))
        await asyncio.sleep(0.1)
        assert (await caller.ask("BYE")).status == 200
        caller.socket.close()
        assert [(one[0], one[1]) for one in heard] == [("spk01", 1.0)]
        assert aligned(VOICE, heard.sound())[0] > 0.99
        assert float(heard[0][2].stem) == pytest.approx(began, abs=5)


async def test_lost_and_late_packets_leave_gaps_in_their_places(tmp_path: Path) -> None:
    async with town(tmp_path) as (urls, heard):
        port = int(urls["spk03"].rpartition(":")[2])
        sent = packets("PCMA", VOICE, start=(1 << 32) - 800)
        del sent[10]
        sent[20], sent[21] = sent[21], sent[20]
        send(port, *sent, *packets("PCMA", VOICE, ssrc=8), b"no rtp", b"")
        await until_heard(heard)
        sound = heard.sound()
        assert len(sound) == len(VOICE)
        assert not sound[1600:1760].any()
        assert np.abs(sound[3200:3520] - VOICE[3200:3520].astype(int)).max() < 500


async def test_it_answers_only_what_it_is(tmp_path: Path) -> None:
    async with town(tmp_path) as (urls, _):
        first, second = Caller(urls["spk01"]), Caller(urls["spk01"])
        assert (await first.ask("OPTIONS")).status == 200
        assert (await first.ask("OPTIONS", user="spk99")).status == 404
        assert (await first.ask("INVITE", offer(8), user="spk03")).status == 404
        assert (await first.ask("INVITE", offer(96))).status == 488
        assert (await first.ask("INVITE", b"no sdp")).status == 488
        assert (await first.ask("BYE")).status == 481
        assert (await first.ask("INVITE", offer(8))).status == 200
        assert (await second.ask("INVITE", offer(8))).status == 486
        assert (await first.ask("INVITE", offer(8))).status == 200, "the answer was lost"
        for caller in (first, second):
            caller.socket.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(st.binary(max_size=300), max_size=20))
def test_any_datagram_is_survived(tmp_path: Path, data: list[bytes]) -> None:
    async def throw() -> None:
        async with town(tmp_path) as (urls, _):
            caller = Caller(urls["spk01"])
            page = int(urls["spk03"].rpartition(":")[2])
            for one in data:
                with contextlib.suppress(OSError):
                    caller.socket.send(one)
                send(page, one, b"\x80\x08" + one)
            assert (await caller.ask("OPTIONS")).status == 200
            caller.socket.close()

    asyncio.run(throw())
