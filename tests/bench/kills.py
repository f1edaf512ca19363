"""Two hundred times kill -9 of the hub or of a seat at work: is anything acknowledged lost?"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests
from websockets.sync.client import connect

from console import wire
from console.process import child_command
from tests.bench.report import Bar, Report
from tests.rig.room import Room
from tests.rig.waiting import until

KILLS = 200
_PATIENCE = 120.0
CASES = 4
STORY = """
[day]
start = "16:30"
every = [1.0, 3.0]
"""


class Pair:
    """A hub and a seat over one folder, each started again after it was killed."""

    def __init__(self, room: Room, folder: Path) -> None:
        self._room = room
        self._book = folder / "acknowledged.jsonl"
        self._log = (folder / "pair.log").open("ab")
        self.hub = self._start_hub()
        self.seat = self._start_seat()

    def _start_hub(self) -> subprocess.Popen[bytes]:
        command = child_command(
            "console.hub",
            "--embedded",
            *("--data", str(self._room.folder / "data")),
            *("--register", str(self._room.city.register)),
            *("--port", str(self._room.ports[0]), "--jt808-port", str(self._room.ports[1])),
        )
        hub = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )
        launch = wire.Launch(token=self._room.token, intake_key=self._room.intake_key)
        assert hub.stdin is not None
        hub.stdin.write(launch.model_dump_json().encode() + b"\n")
        hub.stdin.flush()
        assert hub.stdout is not None
        if not hub.stdout.readline():
            raise RuntimeError("the hub did not come back")
        return hub

    def _start_seat(self) -> subprocess.Popen[bytes]:
        seat = subprocess.Popen(
            [sys.executable, "-m", "tests.rig.clerk", self._room.url, str(self._book)],
            stdin=subprocess.PIPE,
            stderr=self._log,
        )
        assert seat.stdin is not None
        seat.stdin.write(self._room.token.encode() + b"\n")
        seat.stdin.flush()
        return seat

    def wait_for_work(self) -> None:
        """Wait until something more was acknowledged: a kill before that proves nothing."""
        before = self._written()
        until(lambda: self._written() > before, _PATIENCE)

    def _written(self) -> int:
        return self._book.stat().st_size if self._book.exists() else 0

    def kill(self, *, hub: bool) -> None:
        """Kill one of the two without warning and start it again."""
        victim = self.hub if hub else self.seat
        victim.kill()
        victim.wait()
        for pipe in (victim.stdin, victim.stdout):
            if pipe is not None:
                pipe.close()
        if hub:
            self.hub = self._start_hub()
        else:
            self.seat = self._start_seat()

    def acknowledged(self) -> list[dict[str, Any]]:
        """Return what the seat wrote down; a line cut by a kill was not acknowledged."""
        if not self._book.exists():
            return []
        lines = self._book.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.endswith("}")]

    def close(self) -> None:
        """End both."""
        for child in (self.seat, self.hub):
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()
        self._log.close()


def measure(report: Report, folder: Path) -> None:
    """Kill at random moments, then ask the hub for every acknowledged command again."""
    dice = random.Random(20261122)
    story = folder / "busy.toml"
    story.write_text(STORY, encoding="utf-8")
    with Room(folder, story=str(story), speed=6.0) as room:
        room.hub.stop()
        pair = Pair(room, folder)
        try:
            _open_cases(room)
            for number in range(KILLS):
                pair.wait_for_work()
                time.sleep(dice.uniform(0.0, 1.0))
                pair.kill(hub=number % 2 == 0)
            pair.wait_for_work()
            pair.seat.kill()
            lost = [line for line in pair.acknowledged() if not _stands(room, line)]
            report.add("kills", KILLS)
            report.add("acknowledged", len(pair.acknowledged()))
            report.add("acknowledged_lost", len(lost), Bar(0, "commands"))
            report.add("log_gaps", _gaps(room), Bar(0, "numbers"))
            report.add("audit_chain_broken", _audit_breaks(room), Bar(0, "breaks"))
        finally:
            pair.close()


def _open_cases(room: Room) -> None:
    until(lambda: len(room.get("/api/snapshot")["entities"].get("case", [])) >= CASES, 180)


def _audit_breaks(room: Room) -> int:
    """Walk the audit chain page by page; return how many pages do not hold."""
    breaks, since = 0, 0
    while True:
        page = room.get(f"/api/audit?since={since}")
        breaks += not page["intact"]
        if not page["entries"]:
            return breaks
        since = page["entries"][-1]["seq"]


def _stands(room: Room, line: dict[str, Any]) -> bool:
    """Whether the same key brings the same result, and its fact stands in the case's history."""
    again = requests.post(
        f"{room.url}/api/commands",
        json=line["command"],
        headers={"Authorization": f"Bearer {room.token}"},
        timeout=10,
    )
    if again.status_code != 200 or again.json()["seq"] != line["result"]["seq"]:
        return False
    action = line["command"]["id"].partition(".")[2]
    if action == "bulk":
        return all(_has(room, case, "note") for case in line["result"]["data"]["done"])
    return _has(room, line["command"]["target"], action)


def _has(room: Room, case: str, action: str) -> bool:
    """Whether an action stands in a case's history."""
    history = room.get(f"/api/cases/{case}")["history"]
    return any(fact["action"] == action for fact in history)


def _gaps(room: Room) -> int:
    """Return how many numbers are missing in what the change log still holds."""
    last = int(room.get("/api/snapshot")["seq"])
    seen: list[int] = []
    since = 0
    headers = {"Authorization": f"Bearer {room.token}"}
    while not seen or seen[-1] < last:
        address = f"{room.url.replace('http', 'ws', 1)}/api/stream?since={since}"
        with connect(address, additional_headers=headers, max_size=None) as stream:
            for text in stream:
                message = json.loads(text)
                if message["type"] == "pruned":
                    since = int(message["oldest"]) - 1
                    break
                if message["type"] == "changes":
                    seen += [change["seq"] for change in message["changes"]]
                if seen and seen[-1] >= last:
                    break
    return seen[-1] - seen[0] + 1 - len(seen)
