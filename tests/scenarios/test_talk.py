"""A talk channel never outlives the one who opened it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.rig.room import Room


def wait(what: str, true: Callable[[], Any], patience: float = 20.0) -> Any:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if found := true():
            return found
        threading.Event().wait(0.02)
    raise TimeoutError(what)


def call_in(room: Room, state: str) -> dict[str, Any] | None:
    calls = room.get("/api/snapshot")["entities"].get("call", [])
    return next((call for call in calls if call["state"] == state), None)


def test_a_killed_seat_closes_the_loudspeaker_within_half_a_second(tmp_path: Path) -> None:
    with Room(tmp_path, story="quiet") as room:
        speakers = room.get("/api/snapshot")["entities"]["speaker"]
        talker = subprocess.Popen(
            [sys.executable, "-m", "tests.rig.talker", room.url, speakers[0]["id"]],
            stdin=subprocess.PIPE,
        )
        assert talker.stdin is not None
        with talker.stdin:
            talker.stdin.write(room.token.encode() + b"\n")
        wait("the talk to be open", lambda: call_in(room, "speaking"))
        threading.Event().wait(0.5)
        killed = time.time()
        talker.kill()
        talker.wait()
        call = wait("the talk to end", lambda: call_in(room, "done"))
        ended = datetime.fromisoformat(call["ended"]).timestamp()
        assert ended - killed <= 0.5
        heard = tmp_path / "city/heard" / call["speaker"]
        path: Path = wait("the loudspeaker's record", lambda: next(heard.glob("*.wav"), None))
        with wave.open(str(path)) as sound:
            silent = float(path.stem) + sound.getnframes() / sound.getframerate()
        assert silent - killed <= 0.5
