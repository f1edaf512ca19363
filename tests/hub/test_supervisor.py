"""Children: started, lost, started again, ended; and never the end of the hub."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image

from console import wire
from console.hub import supervisor
from console.hub.context import Hub
from console.hub.health import HealthBoard
from console.hub.refusal import Refused
from console.hub.supervisor import Child
from tests.hub.conftest import TestClock, case_row, make_hub, opened, run, seed
from tests.rig.waiting import until_async

ECHO = """
import sys
from console import pipe
while (frame := pipe.read_blocking(sys.stdin.buffer)) is not None:
    message, payload = frame
    if message["do"] == "die":
        sys.exit(3)
    sys.stdout.buffer.write(pipe.encode({"event": "echo", **message}, payload[::-1]))
    sys.stdout.buffer.flush()
"""
STUBBORN = """
import signal, sys, time
from console import pipe
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.stdout.buffer.write(pipe.encode({"event": "up"}))
sys.stdout.buffer.flush()
while True:
    time.sleep(60)
"""
GARBAGE = "import sys; sys.stdout.buffer.write(b'Traceback most recent call last' * 40)"


class Heard:
    """Collects events and lets a test wait for one."""

    def __init__(self, child: Child, *events: str) -> None:
        self.frames: list[tuple[dict[str, Any], bytes]] = []
        self._news = asyncio.Event()
        for event in events:
            child.on[event] = self._take

    def _take(self, message: dict[str, Any], payload: bytes) -> None:
        self.frames.append((message, payload))
        self._news.set()

    async def wait(self) -> tuple[dict[str, Any], bytes]:
        while not self.frames:
            self._news.clear()
            await self._news.wait()
        return self.frames.pop(0)


async def until_start(child: Child, number: int) -> None:
    await until_async(lambda: child.alive and child.starts == number)


@contextlib.asynccontextmanager
async def living(script: str, clock: TestClock) -> AsyncIterator[tuple[Child, HealthBoard]]:
    board = HealthBoard(clock)
    child = Child("echo", [sys.executable, "-c", script], board)
    child.start()
    try:
        yield child, board
    finally:
        await child.stop()


def test_messages_and_payloads_go_to_a_child_and_back(clock: TestClock) -> None:
    async def work() -> None:
        async with living(ECHO, clock) as (child, _):
            heard = Heard(child, "echo")
            assert not child.send({"do": "x"}), "there is no child yet"
            await until_async(lambda: child.alive)
            assert child.send({"do": "say", "n": 1}, b"abc")
            assert await heard.wait() == ({"event": "echo", "do": "say", "n": 1}, b"cba")

    run(work())


def test_a_child_that_dies_is_started_again_and_that_is_said_once(
    clock: TestClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "console.hub.supervisor")

    async def work() -> None:
        losses = []
        async with living(ECHO, clock) as (child, board):
            child.on_loss.append(lambda: losses.append(1))
            heard = Heard(child, "echo")
            for turn in (1, 2):
                await until_start(child, turn)
                child.send({"do": "die"})
                await until_async(lambda: not child.alive)
            await until_start(child, 3)
            (part,) = board.read().parts
            assert part.state == "fail"
            child.send({"do": "say"})
            await heard.wait()
            assert board.read().parts[0].state == "ok"
            assert board.read().parts[0].figures["starts"] == 3
        assert len(losses) == 3

    run(work())
    assert [record.message for record in caplog.records] == [
        "child echo is lost: ended with 3",
        "child echo is back",
    ]


def test_a_child_that_writes_garbage_or_is_not_there_is_only_a_line_on_the_board(
    clock: TestClock,
) -> None:
    async def work() -> None:
        async with living(GARBAGE, clock) as (child, board):
            await until_async(lambda: child.starts == 2)
            assert board.read().parts[0].state == "fail"
        board = HealthBoard(clock)
        child = Child("none", ["/nowhere/at/all"], board)
        child.start()
        await until_async(lambda: bool(board.read().parts))
        assert not child.send({"do": "x"})
        await child.stop()

    run(work())


def test_a_child_that_will_not_end_is_killed(clock: TestClock) -> None:
    async def work() -> None:
        async with living(STUBBORN, clock) as (child, _):
            await Heard(child, "up").wait()
            process = psutil.Process(child.pid)
            ending = time.monotonic()
        assert time.monotonic() - ending < 10.0
        assert not process.is_running()

    run(work())


def test_a_child_that_reads_nothing_is_started_again(
    clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "OUTBOX_LIMIT", 1 << 18)

    async def work() -> None:
        async with living(STUBBORN, clock) as (child, _):
            await Heard(child, "up").wait()
            assert any(not child.send({"do": "x"}, bytes(1 << 17)) for _ in range(20))
            await until_async(lambda: child.starts == 2)

    run(work())


def fail(_message: dict[str, Any], _payload: bytes) -> None:
    raise RuntimeError("a fault of a handler")


def test_a_handler_that_fails_does_not_cost_the_child(clock: TestClock) -> None:
    async def work() -> None:
        async with living(ECHO, clock) as (child, _):
            await until_async(lambda: child.alive)
            child.on["echo"] = fail
            child.send({"do": "say"})
            heard = Heard(child, "other")
            child.send({"do": "say", "event": "other"})
            await heard.wait()
            assert child.starts == 1

    run(work())


def still_hub(
    tmp_path: Path, clock: TestClock, answer: str, first: str = "ask = frame[0]['ask']"
) -> Hub:
    """Return a hub whose media child is a script that answers with ``answer``."""
    script = (
        "import sys\nfrom console import pipe\n"
        "while (frame := pipe.read_blocking(sys.stdin.buffer)) is not None:\n"
        f"    {first}\n    {answer}\n    sys.stdout.buffer.flush()\n"
    )
    hub = make_hub(tmp_path, clock, children=("media",))
    hub.children["media"].argv = [sys.executable, "-c", script]
    return hub


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "JPEG")
    return file.getvalue()


CAMERA = wire.Camera(
    id="cam07", name="七号", at=wire.Point(lat=1, lon=1), main="rtsp://h/1", sub="rtsp://h/2"
)


def test_a_still_is_kept_with_its_camera_and_its_moment(tmp_path: Path, clock: TestClock) -> None:
    picture = jpeg()
    hub = still_hub(
        tmp_path,
        clock,
        "sys.stdout.buffer.write(pipe.encode({'event': 'still', 'ask': ask, 'ok': True, "
        f"'at': 1700000000.5}}, {picture!r}))",
    )

    async def work() -> None:
        async with opened(hub):
            await seed(hub, CAMERA)
            await until_async(lambda: hub.children["media"].alive)
            media = await hub.stills.take("cam07", "before", "C1")
            assert (media.source, media.case, media.role) == ("cam07", "C1", "before")
            assert media.at.timestamp() == 1700000000.5
            assert await hub.media.read(media) == picture
            with pytest.raises(Refused) as unknown:
                await hub.stills.grab("cam99")
            assert unknown.value.problem.code == "unknown_camera"

    run(work())


def test_the_cameras_of_waiting_cases_are_held_ready(tmp_path: Path, clock: TestClock) -> None:
    hub = still_hub(
        tmp_path,
        clock,
        "sys.stdout.buffer.write(pipe.encode({'event': 'kept', 'urls': frame[0]['urls']}))",
        first="",
    )

    async def work() -> None:
        heard = Heard(hub.children["media"], "kept")
        async with opened(hub):
            other = CAMERA.model_copy(update={"id": "cam08", "main": "rtsp://h/8"})
            proposal = wire.Proposal(code="09001", camera="cam08")
            await seed(hub, CAMERA, other, case_row("C1", proposal=proposal))
            await until_async(lambda: hub.children["media"].alive)
            hub.stills.keep_warm()
            assert (await heard.wait())[0]["urls"] == ["rtsp://h/8"]
            await seed(hub, case_row("C1", proposal=proposal, state="closed"))
            hub.stills.keep_warm()
            assert (await heard.wait())[0]["urls"] == []

    run(work())


def test_no_still_is_a_refusal_when_the_camera_the_child_or_the_answer_fails(
    tmp_path: Path, clock: TestClock
) -> None:
    hub = still_hub(
        tmp_path,
        clock,
        "sys.stdout.buffer.write(pipe.encode({'event': 'still', 'ask': ask, 'ok': False, "
        "'why': 'dark'})) if ask < 3 else sys.exit(1)",
    )

    async def work() -> None:
        async with opened(make_hub(tmp_path / "other", clock)) as childless:
            await seed(childless, CAMERA)
            with pytest.raises(Refused, match="the media process is away"):
                await childless.stills.grab("cam07")
        async with opened(hub):
            await seed(hub, CAMERA)
            await until_async(lambda: hub.children["media"].alive)
            with pytest.raises(Refused, match="dark"):
                await hub.stills.grab("cam07")
            with pytest.raises(Refused, match=r"the media process (ended|is away)"):
                await hub.stills.grab("cam07")

    run(work())
