"""A talk channel never outlives the one who opened it."""

from __future__ import annotations

import subprocess
import sys
import time
import wave
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.rig.room import Room
from tests.rig.waiting import until

SOON = 5.0
"""Seconds on a busy machine; ``./dev bench voice`` holds the bar of half a second."""


def call_in(room: Room, state: str) -> dict[str, Any] | None:
    calls = room.get("/api/snapshot")["entities"].get("call", [])
    return next((call for call in calls if call["state"] == state), None)


def test_a_killed_seat_closes_the_loudspeaker(tmp_path: Path) -> None:
    with Room(tmp_path, story="quiet") as room:
        speakers = room.get("/api/snapshot")["entities"]["speaker"]
        talker = subprocess.Popen(
            [sys.executable, "-m", "tests.rig.talker", room.url, speakers[0]["id"]],
            stdin=subprocess.PIPE,
        )
        assert talker.stdin is not None
        with talker.stdin:
            talker.stdin.write(room.token.encode() + b"\n")
        until(lambda: (call_in(room, "speaking") or {}).get("first_packet"))
        killed = time.time()
        talker.kill()
        talker.wait()
        call = until(lambda: call_in(room, "done"))
        assert call is not None
        ended = datetime.fromisoformat(call["ended"]).timestamp()
        assert ended - killed < SOON
        heard = tmp_path / "city/heard" / call["speaker"]
        path = until(lambda: next(heard.glob("*.wav"), None))
        assert path is not None
        with wave.open(str(path)) as sound:
            silent = float(path.stem) + sound.getnframes() / sound.getframerate()
        assert silent - killed < SOON
