"""The officer's handset: the tasks it fetches and the feedback it sends, as JSON and form fields.

``GET /field/v1/tasks?terminal=T`` lists open tasks, ``POST /field/v1/tasks/{case}/accept`` says the
officer goes, ``POST /field/v1/tasks/{case}/feedback`` (multipart: ``terminal``, ``text``,
``photo``) says what was done. This project's own format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from console.protocols.errors import ProtocolError
from console.protocols.fix import moment, number, word

MAX_TEXT = 1000

_BEIJING = timezone(timedelta(hours=8))
_NOTICE = re.compile(r"【派单】(\S+) .*（(-?\d+\.\d+),(-?\d+\.\d+)）")


@dataclass(frozen=True, slots=True)
class Task:
    """What the handset shows: where to go, for what, until when (UTC); WGS-84 degrees."""

    case: str
    code: str
    name: str
    place: str
    lat: float
    lon: float
    state: str
    due: datetime
    arrive_by: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    terminal: str
    text: str


def tasks(items: list[Task]) -> dict[str, Any]:
    """Return the JSON object of a task list."""
    return {"tasks": [_task(item) for item in items]}


def _task(item: Task) -> dict[str, Any]:
    found = asdict(item)
    found["due"] = item.due.isoformat()
    found["arrive_by"] = item.arrive_by.isoformat() if item.arrive_by else None
    return found


def read_tasks(message: Any) -> list[Task]:
    """Return the tasks of a list, as the handset reads it."""
    items = message.get("tasks") if isinstance(message, Mapping) else None
    if not isinstance(items, list):
        raise ProtocolError("tasks is no list", "tasks")
    return [_read_task(item) for item in items]


def _read_task(item: Any) -> Task:
    if not isinstance(item, Mapping):
        raise ProtocolError("a task is a JSON object", "tasks")
    by = item.get("arrive_by")
    return Task(
        case=word(item.get("case"), "case"),
        code=word(item.get("code"), "code"),
        name=word(item.get("name"), "name", 120),
        place=str(item.get("place") or ""),
        lat=number(item.get("lat"), "lat", -90, 90),
        lon=number(item.get("lon"), "lon", -180, 180),
        state=word(item.get("state"), "state"),
        due=moment(item.get("due"), "due"),
        arrive_by=None if by is None else moment(by, "arrive_by"),
        text=str(item.get("text") or ""),
    )


def feedback(form: Mapping[str, str]) -> Feedback:
    """Return what the officer says he did; raise ``ProtocolError`` naming the field at fault."""
    text = form.get("text", "").strip()
    if len(text) > MAX_TEXT:
        raise ProtocolError(f"text is longer than {MAX_TEXT} characters", "text")
    return Feedback(word(form.get("terminal"), "terminal"), text)


def notice(task: Task) -> str:
    """Return the line that a terminal with a small display shows for a task.

    Such as 【派单】C20261122-0007 无照经营游商 人民路附近（28.136000,121.231000）16:40前到场.
    """
    text = f"【派单】{task.case} {task.name} {task.place}（{task.lat:.6f},{task.lon:.6f}）"
    if task.arrive_by is None:
        return text
    return text + f"{task.arrive_by.astimezone(_BEIJING):%H:%M}前到场"


def read_notice(text: str) -> tuple[str, float, float] | None:
    """Return (case, lat, lon) of a notice, or None for any other text."""
    found = _NOTICE.search(text)
    if found is None:
        return None
    lat, lon = float(found[2]), float(found[3])
    return (found[1], lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
