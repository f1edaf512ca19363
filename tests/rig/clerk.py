"""A seat without a screen that works cases as fast as it may and writes down what was acknowledged.

``python -m tests.rig.clerk URL FILE`` reads the token as one line of standard input. Each line
of FILE is a command and its result, on disk before the next command is sent.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import random
import sys
import uuid
from pathlib import Path
from typing import Any

from console import wire
from console.seat.client import HubClient
from console.seat.mirror import Fresh, Mirror
from console.seat.stream import Told

_STEPS = (
    "case.file", "case.claim", "case.note", "case.recall", "case.bulk", "case.dispatch",
    "case.release", "case.merge", "case.note", "case.recall", "case.unmerge",
)  # fmt: skip
_IN = {
    "case.file": {"proposed", "accepted"},
    "case.dispatch": {"proposed", "filed"},
    "case.recall": {"dispatched", "filed", "accepted"},
    "case.merge": {"proposed", "filed"},
    "case.unmerge": {"merged"},
}
"""Step -> the states it is tried in; the others are tried in any."""
_STROKE = 3
"""Commands given at one stroke."""


def _next_command(mirror: Mirror, turn: int) -> wire.Command | None:
    """Return a step that is legal for some case, as far as this seat knows."""
    step = _STEPS[turn % len(_STEPS)]
    rows = [row for row in mirror.cases.values() if row.state in _IN.get(step, {row.state})]
    others = [row for row in mirror.cases.values() if row.state in _IN["case.merge"]]
    if not rows:
        return None
    row, target = random.choice(rows), True
    args: dict[str, Any] = {}
    match step:
        case "case.note":
            args = {"text": f"note {turn}"}
        case "case.merge":
            into = [other for other in others if other.id != row.id]
            # Most stay on their own, or there would soon be a single one.
            if len(into) < _STROKE:
                return None
            args = {"into": random.choice(into).id}
        case "case.bulk":
            some = random.sample(rows, min(_STROKE, len(rows)))
            note = {"text": f"stroke {turn}"}
            args["items"] = [{"id": "case.note", "target": r.id, "args": note} for r in some]
            target = False
    key = uuid.uuid4().hex
    return wire.Command(id=step, key=key, target=row.id if target else None, args=args)


def main() -> None:
    """Work until killed."""
    url, file = sys.argv[1], Path(sys.argv[2])
    token = sys.stdin.readline().strip()
    told: queue.Queue[Told] = queue.Queue()
    answers: queue.Queue[wire.CommandResult | wire.Problem] = queue.Queue()
    mirror = Mirror()
    client = HubClient(url, token)
    client.start(told.put, lambda _state: None)
    with file.open("a", encoding="utf-8") as book:
        for turn in itertools.count():
            _follow(mirror, told, wait=not mirror.cases)
            command = _next_command(mirror, turn)
            if command is None:
                continue
            client.submit(command, answers.put)
            result = answers.get()
            if isinstance(result, wire.CommandResult):
                line = {"command": command.model_dump(), "result": result.model_dump()}
                book.write(json.dumps(line) + "\n")
                book.flush()
                os.fsync(book.fileno())


def _follow(mirror: Mirror, told: queue.Queue[Told], *, wait: bool) -> None:
    """Apply what has arrived; with ``wait`` until something has."""
    while wait or not told.empty():
        match told.get():
            case Fresh() as fresh:
                mirror.load(fresh.snapshot, fresh.tables)
                wait = False
            case wire.Changes(changes=changes):
                mirror.apply(changes)
                wait = False


if __name__ == "__main__":
    main()
