"""What each driver owes, held against each of them with the same tests."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from console.voice import engine as engine_module
from console.voice.drivers import SCHEMES, scheme
from console.voice.drivers.sip import SipDriver
from console.voice.sound import from_wav
from tests.rig.speakers import aligned
from tests.rig.waiting import until_async
from tests.voice.conftest import (
    BaresipDevice,
    CityDevice,
    Device,
    FolderDevice,
    Log,
    alive,
    running_engine,
)

pytestmark = pytest.mark.anyio

TEXT = "请您立即停止占道经营"

DEVICES: dict[str, Callable[[Path], Device]] = {
    "sip": lambda folder: CityDevice(folder, "sip"),
    "rtp": lambda folder: CityDevice(folder, "rtp"),
    "file": FolderDevice,
    "baresip": lambda folder: BaresipDevice(folder),
}


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Device:
    return DEVICES[request.param](tmp_path / "heard")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_PROBE_FIRST", 0.05)
    monkeypatch.setattr(SipDriver.__init__, "__defaults__", (1.0,))


def warn(call: str, device: Device) -> dict[str, object]:
    targets = [{"speaker": "spk01", "url": device.url}]
    return {"do": "warn", "call": call, "targets": targets, "text": TEXT, "repeat": 1}


async def ended(log: Log, call: str) -> str:
    """Wait until the call's speaker is closed or failed; return which."""
    await until_async(lambda: bool({"closed", "failed"} & set(log.phases(call))))
    return log.phases(call)[-1]


async def test_a_warning_arrives_whole_and_reports_each_phase(
    device: Device, tmp_path: Path
) -> None:
    async with alive(device), running_engine(tmp_path) as (engine, log):
        engine.take(warn("c1", device))
        record, wav = await log.wait(call="c1", event="record")
        assert log.phases("c1") == ["opening", "open", "first_packet", "speaking", "closed"]
        sent = from_wav(wav)[0]
        await until_async(lambda: device.heard().size >= sent.size)
        match, shift = aligned(sent, device.heard())
        assert match >= 0.99
        assert abs(shift) <= 160
        assert record["sha256"] == hashlib.sha256(wav).hexdigest()


async def test_live_talk_arrives_and_ends_on_release(device: Device, tmp_path: Path) -> None:
    voice = np.random.default_rng(3).normal(0, 4000, 16_000)
    voice = np.convolve(voice, np.ones(8) / 8, "same").astype("<i2")
    async with alive(device), running_engine(tmp_path) as (engine, log):
        targets = [{"speaker": "spk01", "url": device.url}]
        engine.take({"do": "talk", "call": "t1", "targets": targets})
        # All at once: on a busy machine frames sent by the clock come late and leave a gap.
        for index in range(50):
            frame = voice[index * 320 : index * 320 + 320].tobytes()
            engine.take({"do": "audio", "call": "t1"}, frame)
        await log.wait(call="t1", phase="first_packet")
        engine.take({"do": "end", "call": "t1"})
        _, wav = await log.wait(call="t1", event="record")
        assert log.phases("t1")[-1] == "closed"
        sent = from_wav(wav)[0]
        await until_async(lambda: device.heard().size >= sent.size)
        match, _ = aligned(sent, device.heard())
        assert match >= 0.98


async def test_a_device_that_dies_and_returns_is_lost_once_and_back_once(
    device: Device, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="voice")
    async with alive(device), running_engine(tmp_path) as (engine, log):
        engine.take(warn("c1", device))
        await log.wait(call="c1", phase="first_packet")
        await device.die()
        assert await ended(log, "c1") == "failed"
        assert log.why("c1")
        engine.take(warn("c2", device))
        assert await ended(log, "c2") == "failed"
        await device.revive()
        if SCHEMES[scheme(device.url)]().askable:
            await log.wait(event="probed", speaker="spk01", ok=True)
        engine.take(warn("c3", device))
        assert await ended(log, "c3") == "closed"
    lines = [record.message for record in caplog.records if record.name == "voice.drivers"]
    assert [" is lost: " in line for line in lines] == [True, False]
    assert lines[1].endswith(" is back")


async def test_silence_closes_at_once(device: Device, tmp_path: Path) -> None:
    async with alive(device), running_engine(tmp_path) as (engine, log):
        engine.take(warn("c1", device) | {"text": TEXT * 60})  # eight seconds
        await log.wait(call="c1", phase="first_packet")
        engine.take({"do": "silence"})
        assert await asyncio.wait_for(ended(log, "c1"), 5.0) == "closed"


async def test_the_engine_stops_in_the_middle_of_a_call(device: Device, tmp_path: Path) -> None:
    async with alive(device), running_engine(tmp_path) as (engine, log):
        engine.take(warn("c1", device))
        await log.wait(call="c1", phase="first_packet")
    assert log.phases("c1")[-1] in ("closed", "failed")


@pytest.mark.parametrize(
    "url",
    [
        "sip:spk01:hunter2@127.0.0.1:9",
        "rtp://admin:hunter2@127.0.0.1:9",
        "file:///nowhere/hunter3",
        "gopher://admin:hunter2@127.0.0.1",
    ],
)
async def test_a_password_is_never_told(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running_engine(tmp_path) as (engine, log):
        targets = [{"speaker": "spk01", "url": url}]
        engine.take({"do": "warn", "call": "c1", "targets": targets, "text": TEXT})
        assert await ended(log, "c1") == "failed"
    assert "hunter2" not in caplog.text
    assert "hunter2" not in repr(log.events)
