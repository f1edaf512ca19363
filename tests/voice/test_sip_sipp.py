"""The SIP caller against sipp, which plays devices that ask, wait, refuse and misbehave."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.protocols import sip
from console.voice.drivers.port import DeviceError
from console.voice.drivers.sip import SipDriver
from tests.rig.waiting import until_async

pytestmark = pytest.mark.anyio

_COPIED = "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]"
_OF_INVITE = _COPIED.replace("[last_CSeq:]", "CSeq: 1 INVITE")
_SDP = """v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 9 RTP/AVP 8
a=rtpmap:8 PCMA/8000"""


def send(status: str, *headers: str, body: str = "", copied: str = _COPIED) -> str:
    kind = "Content-Type: application/sdp\n" if body else ""
    contact = "Contact: <sip:spk01@127.0.0.1:[local_port]>\n"
    lines = "".join(f"{header}\n" for header in headers)
    text = f"SIP/2.0 {status}\n{copied}\n{contact}{lines}{kind}Content-Length: [len]\n\n{body}"
    return f"<send><![CDATA[\n{text}\n]]></send>"


def receive(method: str) -> str:
    return f'<recv request="{method}"></recv>'


OK = send("200 OK", body=_SDP)
BYE = receive("BYE") + send("200 OK", copied=_COPIED.replace(";tag=[call_number]", ""))
CHALLENGE = 'Digest realm="street", nonce="n1", qop="auth", algorithm=MD5'

VERIFIED = """<recv request="INVITE" auth="true"><action>
<verifyauth assign_to="good" username="spk01" password="s3cret"/></action></recv>
<nop next="1" test="good"></nop>"""


@asynccontextmanager
async def sipp(folder: Path, *steps: str, options: tuple[str, ...] = ()) -> AsyncIterator[int]:
    """Run a scenario once on a port of its own; it must come to its good end."""
    scenario = folder / "scenario.xml"
    scenario.write_text(f'<?xml version="1.0"?><scenario name="x">{"".join(steps)}</scenario>')
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["sipp", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(port), "-m", "1"]
    process = await asyncio.create_subprocess_exec(
        *command,
        *("-nostdin", "-timeout", "15", "-timeout_error", "-mp", "0", *options),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        await until_async(lambda: _taken(port))
        yield port
        output, _ = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, output[-2000:].decode("utf-8", "replace")
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def _taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


@asynccontextmanager
async def driver(answer_timeout: float = 3.0) -> AsyncIterator[SipDriver]:
    made = SipDriver(answer_timeout)
    await made.start()
    try:
        yield made
    finally:
        await asyncio.wait_for(made.stop(), 6.0)


def nothing(_why: str) -> None:
    raise AssertionError("the line was lost")


async def test_a_challenge_is_answered_with_the_password(tmp_path: Path) -> None:
    steps = (
        receive("INVITE"),
        send("401 Unauthorized", f"WWW-Authenticate: {CHALLENGE}"),
        receive("ACK"),
        VERIFIED,
        send("403 Forbidden"),
        '<label id="1"/>',
        OK,
        receive("ACK"),
        BYE,
    )
    async with sipp(tmp_path, *steps) as port, driver() as caller:
        line = await caller.open(f"sip:spk01:s3cret@127.0.0.1:{port}", nothing)
        assert line.codec == "PCMA"
        await line.close()


async def test_a_password_refused_twice_is_told_and_not_tried_for_ever(tmp_path: Path) -> None:
    refuse = send("401 Unauthorized", f"WWW-Authenticate: {CHALLENGE}")
    steps = (receive("INVITE"), refuse, receive("ACK")) * 2
    async with sipp(tmp_path, *steps) as port, driver() as caller:
        with pytest.raises(DeviceError, match="password"):
            await caller.open(f"sip:spk01:wrong@127.0.0.1:{port}", nothing)


@asynccontextmanager
async def bare_device() -> AsyncIterator[tuple[socket.socket, str]]:
    """A socket where a device would be, and the address by which it is called."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.setblocking(False)
        device.bind(("127.0.0.1", 0))
        yield device, f"sip:spk01@127.0.0.1:{device.getsockname()[1]}"


async def test_a_lost_invite_is_sent_again() -> None:
    loop = asyncio.get_running_loop()
    async with bare_device() as (device, url), driver() as caller:
        opening = asyncio.create_task(caller.open(url, nothing))
        first, _ = await loop.sock_recvfrom(device, 4096)
        second, peer = await asyncio.wait_for(loop.sock_recvfrom(device, 4096), 10)
        assert first == second
        request = sip.parse(second)
        assert isinstance(request, sip.Request)
        await loop.sock_sendto(device, sip.encode(sip.answer(request, 486, "x")), peer)
        with pytest.raises(DeviceError, match="busy"):
            await opening


async def test_damaged_answers_of_every_sort_are_survived(
    caplog: pytest.LogCaptureFixture,
) -> None:
    loop = asyncio.get_running_loop()
    chance = random.Random(7)
    async with bare_device() as (device, url), driver() as caller:
        opening = asyncio.create_task(caller.open(url, nothing))
        invite, peer = await loop.sock_recvfrom(device, 4096)
        request = sip.parse(invite)
        assert isinstance(request, sip.Request)
        good = sip.encode(sip.answer(request, 180, "x"))
        bye = sip.encode(sip.Request(request.headers, b"", "BYE", "sip:console@127.0.0.1"))
        for _ in range(300):
            damaged = bytearray(chance.choice([good, invite, bye, chance.randbytes(200)]))
            for _ in range(chance.randint(1, 8)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            await loop.sock_sendto(device, damaged[: chance.randint(1, len(damaged))], peer)
        await loop.sock_sendto(device, sip.encode(sip.answer(request, 486, "x")), peer)
        with pytest.raises(DeviceError):
            await opening
    assert "Exception" not in caplog.text


async def test_a_device_that_only_rings_is_cancelled(tmp_path: Path) -> None:
    steps = (
        receive("INVITE"),
        send("180 Ringing"),
        receive("CANCEL"),
        send("200 OK"),
        send("487 Request Terminated", copied=_OF_INVITE),
        receive("ACK"),
    )
    async with sipp(tmp_path, *steps) as port, driver(0.5) as caller:
        with pytest.raises(DeviceError, match="does not answer"):
            await caller.open(f"sip:spk01@127.0.0.1:{port}", nothing)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("486 Busy Here", "busy"),
        ("603 Decline", "declines"),
        ("488 Not Acceptable Here", "codec"),
        ("500 Oops", "answers 500"),
    ],
)
async def test_a_refusal_is_worded_and_acknowledged(tmp_path: Path, status: str, why: str) -> None:
    async with (
        sipp(tmp_path, receive("INVITE"), send(status), receive("ACK")) as port,
        driver() as caller,
    ):
        with pytest.raises(DeviceError, match=why):
            await caller.open(f"sip:spk01@127.0.0.1:{port}", nothing)


@pytest.mark.parametrize(
    "body",
    [
        "v=0",
        _SDP.replace("RTP/AVP 8", "RTP/AVP 111"),
        _SDP.replace("audio 9", "audio 0"),
        _SDP.replace("c=IN IP4 127.0.0.1", "c=IN IP4 no.such.name.invalid"),
    ],
)
async def test_an_answer_that_cannot_be_used_is_ended_with_a_cause(
    tmp_path: Path, body: str
) -> None:
    steps = (receive("INVITE"), send("200 OK", body=body), receive("ACK"), BYE)
    async with sipp(tmp_path, *steps) as port, driver() as caller:
        with pytest.raises(DeviceError, match="nonsense"):
            await caller.open(f"sip:spk01@127.0.0.1:{port}", nothing)


async def test_a_device_that_hangs_up_ends_the_line_with_a_cause(tmp_path: Path) -> None:
    bye = (
        "<send><![CDATA[\nBYE sip:console@[remote_ip]:[remote_port] SIP/2.0\n"
        "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]\n"
        "From: <sip:spk01@127.0.0.1>;tag=[call_number]\n"
        "To: <sip:console@127.0.0.1>;tag=x\nCall-ID: [call_id]\nCSeq: 1 BYE\n"
        "Content-Length: 0\n\n]]></send>"
    )
    lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    steps = (receive("INVITE"), OK, receive("ACK"), bye, '<recv response="200"></recv>')
    async with sipp(tmp_path, *steps) as port, driver() as caller:
        line = await caller.open(f"sip:spk01@127.0.0.1:{port}", lost.set_result)
        assert await asyncio.wait_for(lost, 20) == "the speaker hung up"
        await line.close()


async def test_an_answer_that_comes_again_is_acknowledged_again(tmp_path: Path) -> None:
    again = send("200 OK", body=_SDP, copied=_OF_INVITE)
    steps = (receive("INVITE"), OK, receive("ACK"), again, receive("ACK"), BYE)
    async with sipp(tmp_path, *steps) as port, driver() as caller:
        line = await caller.open(f"sip:spk01@127.0.0.1:{port}", nothing)
        await asyncio.sleep(1.0)  # nothing tells of an acknowledgement
        await line.close()
