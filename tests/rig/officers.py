"""Many officers at work without screens, each with a seat of his own, as fast as they are told.

``python -m tests.rig.officers URL FILE`` reads JSON lines: first the tokens of its officers, then
phases ``{"actions": N, "think": SECONDS}``. It answers each with a line, and at the end of input
writes what was acknowledged, and when each seat had applied which change, to FILE.
"""

from __future__ import annotations

import json
import queue
import random
import sys
import threading
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from console import wire
from console.domain import flow
from console.domain.case import Action, Role, State
from console.seat.client import HubClient
from console.seat.merge import again
from console.seat.mirror import Fresh, Mirror
from console.seat.stream import Told

ROLES = [Role.ACCEPTOR, Role.DISPATCHER]
SAMPLE = 7
"""Every so many changes each seat writes down when it had applied one."""
HOT = 12
"""So few cases are fought over by those who claim."""
TOGETHER = 4
"""Commands of one stroke."""

_MOVES = (Action.ACCEPT, Action.FILE, Action.RECALL, Action.DISPATCH)
_DEEDS = (
    ("claim", 20),
    ("note", 24),
    ("prioritise", 18),
    ("reclassify", 6),
    ("move", 20),
    ("stroke", 6),
    ("merge", 6),
)


class Officer:
    """One officer, his mirror of the truth, and what the hub acknowledged to him."""

    def __init__(self, url: str, name: str, token: str) -> None:
        self.name = name
        self.acknowledged: list[dict[str, Any]] = []
        self.applied: list[tuple[int, float]] = []
        self.held: list[tuple[str, float, float]] = []
        self.refused: Counter[str] = Counter()
        self._dice = random.Random(name)
        self._mirror = Mirror()
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._client = HubClient(url, token)
        self._answers: queue.SimpleQueue[wire.CommandResult | wire.Problem] = queue.SimpleQueue()

    def start(self) -> None:
        self._client.start(self._told, lambda _state: None)

    def wait(self) -> None:
        """Wait for the first snapshot."""
        if not self._ready.wait(60):
            raise TimeoutError(f"{self.name} was given no snapshot")

    def close(self) -> None:
        self._client.close()

    def _told(self, told: Told) -> None:
        match told:
            case Fresh():
                with self._lock:
                    self._mirror.load(told.snapshot, told.tables)
                self._ready.set()
            case wire.Changes(changes=changes):
                with self._lock:
                    self._mirror.apply(changes)
                now = time.monotonic()
                self.applied += [(c.seq, now) for c in changes if c.seq % SAMPLE == 0]

    # --- working -----------------------------------------------------------------------

    def work(self, actions: int, think: float) -> None:
        """Do so many things, after pauses of ``think`` seconds on an average."""
        names, weights = zip(*_DEEDS, strict=True)
        done = 0
        while done < actions:
            if think:
                time.sleep(self._dice.expovariate(1 / think))
            deed = self._dice.choices(names, weights)[0]
            done += getattr(self, f"_{deed}")()

    def _row(self, hot: bool = False) -> wire.CaseRow:
        with self._lock:
            rows = list(self._mirror.cases.values())
        return self._dice.choice(rows[:HOT] if hot else rows)

    def _send(
        self, id_: str, row: wire.CaseRow | None, versioned: bool = False, **args: Any
    ) -> wire.CommandResult | None:
        """Send a command as the desk does, once again where it merges; return what came of it."""
        command = wire.Command(
            id=id_,
            key=uuid.uuid4().hex,
            target=row.id if row else None,
            version=row.version if row and versioned else None,
            args=args,
        )
        for _ in range(3):
            sent = time.monotonic()
            self._client.submit(command, self._answers.put)
            answer = self._answers.get()
            if isinstance(answer, wire.CommandResult):
                self._note_down(command, answer, sent)
                return answer
            self.refused[answer.code] += 1
            second = again(command, answer, ROLES)
            if second is None:
                return None
            self.refused["merged"] += 1
            command = second
        return None

    def _note_down(self, command: wire.Command, result: wire.CommandResult, sent: float) -> None:
        self.acknowledged.append(
            {
                "id": command.id,
                "case": command.target,
                "version": command.version,
                "seq": result.seq,
                "sent": sent,
                "took": time.monotonic() - sent,
                "text": command.args.get("text", ""),
                "done": result.data.get("done", []),
            }
        )

    def _note(self) -> int:
        self._send("case.note", self._row(), text=uuid.uuid4().hex)
        return 1

    def _prioritise(self) -> int:
        self._send("case.prioritise", self._row(), True, priority=self._dice.randrange(4))
        return 1

    def _reclassify(self) -> int:
        code = self._dice.choice(["09001", "09002", "09003", "09006"])
        row = self._row()
        if row.code != code:
            self._send("case.reclassify", row, True, code=f"gb2026/matter/{code}")
        return 1

    def _move(self) -> int:
        row = self._row()
        legal = [a for a in _MOVES if flow.rule(State(row.state), a, ROLES)]
        if legal:
            action = self._dice.choice(legal)
            if action is Action.DISPATCH and row.state != State.FILED:
                action = Action.FILE
            args = {}
            if action is Action.DISPATCH:
                args["department"] = min(self._mirror.departments)
            self._send(f"case.{action}", row, True, **args)
        return 1

    def _stroke(self) -> int:
        rows = {row.id: row for row in (self._row() for _ in range(TOGETHER))}
        items = [
            {"id": "case.prioritise", "target": id_, "args": {"priority": self._dice.randrange(4)}}
            for id_ in rows
        ]
        self._send("case.bulk", None, items=items)
        return len(items)

    def _merge(self) -> int:
        row, into = self._row(), self._row()
        if row.state == State.MERGED:
            self._send("case.unmerge", row, True)
        elif row.id != into.id and flow.rule(State(row.state), Action.MERGE, ROLES):
            self._send("case.merge", row, True, into=into.id)
        return 1

    def _claim(self) -> int:
        """Take one of the cases everybody wants, write something, put it back."""
        row = self._row(hot=True)
        if self._send("case.claim", row) is None:
            return 1
        since = time.monotonic()
        self._send("case.note", row, text=uuid.uuid4().hex)
        until = time.monotonic()
        if self._send("case.release", row) is not None:
            self.held.append((row.id, since, until))
        return 3


def main() -> None:
    """Work as told on standard input."""
    url, file = sys.argv[1], Path(sys.argv[2])
    tokens: dict[str, str] = json.loads(sys.stdin.readline())
    officers = [Officer(url, name, token) for name, token in tokens.items()]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.wait()
    _say("ready")
    for line in sys.stdin:
        phase = json.loads(line)
        share = -(-phase["actions"] // len(officers))
        threads = [
            threading.Thread(target=officer.work, args=(share, phase["think"]))
            for officer in officers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        _say("done")
    for officer in officers:
        officer.close()
    _write(file, officers)


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def _write(file: Path, officers: list[Officer]) -> None:
    with file.open("w", encoding="utf-8") as book:
        for officer in officers:
            page = {
                "officer": officer.name,
                "acknowledged": officer.acknowledged,
                "applied": officer.applied,
                "held": officer.held,
                "refused": officer.refused,
            }
            book.write(json.dumps(page) + "\n")


if __name__ == "__main__":
    main()
