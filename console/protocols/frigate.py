"""Frigate's tracked-object events: the JSON it publishes on ``frigate/events``.

A message has ``type`` (new, update, end) and the object ``before`` and ``after``. Only ``after``
says how it is; boxes are pixels of the detection stream, times Unix seconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from console.protocols.errors import ProtocolError
from console.protocols.fix import moment, number, word

Kind = Literal["new", "update", "end"]
Box = tuple[float, float, float, float]

_ID = re.compile(r"[A-Za-z0-9._-]{1,80}")


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the life of a tracked object.

    ``score`` and ``sub_score`` run from 0 to 1. ``zones`` are those it is in now, ``entered`` all
    it was ever in. ``frame`` is when the judged frame was taken, ``end`` when the object was lost.
    """

    id: str
    kind: Kind
    camera: str
    label: str
    start: datetime
    frame: datetime
    score: float = 0.0
    end: datetime | None = None
    sub_label: str = ""
    sub_score: float | None = None
    zones: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    box: Box | None = None
    stationary: bool = False
    false_positive: bool = False
    has_snapshot: bool = False
    has_clip: bool = False


def decode(message: Any) -> Event:
    """Return the event, or raise ``ProtocolError`` naming the field at fault."""
    if not isinstance(message, Mapping):
        raise ProtocolError("message is no JSON object")
    kind = message.get("type")
    if kind not in ("new", "update", "end"):
        raise ProtocolError("type is none of new, update, end", "type")
    after = message.get("after")
    if not isinstance(after, Mapping):
        raise ProtocolError("after is no JSON object", "after")
    identity = word(after.get("id"), "after.id", 80)
    if not _ID.fullmatch(identity):
        raise ProtocolError("id is none of Frigate's", "after.id")
    start = moment(after.get("start_time"), "after.start_time")
    frame, end = after.get("frame_time"), after.get("end_time")
    sub_label, sub_score = _sub_label(after.get("sub_label"))
    return Event(
        id=identity,
        kind=cast("Kind", kind),
        camera=word(after.get("camera"), "after.camera"),
        label=word(after.get("label"), "after.label"),
        start=start,
        frame=start if frame is None else moment(frame, "after.frame_time"),
        score=_score(after),
        end=None if end is None else moment(end, "after.end_time"),
        sub_label=sub_label,
        sub_score=sub_score,
        zones=_names(after, "current_zones"),
        entered=_names(after, "entered_zones"),
        box=_box(after.get("box")),
        stationary=after.get("stationary") is True,
        false_positive=after.get("false_positive") is True,
        has_snapshot=after.get("has_snapshot") is True,
        has_clip=after.get("has_clip") is True,
    )


def _score(after: Mapping[str, Any]) -> float:
    scores = [
        number(after[key], f"after.{key}", 0, 1)
        for key in ("score", "top_score")
        if after.get(key) is not None
    ]
    return max(scores, default=0.0)


def _sub_label(value: Any) -> tuple[str, float | None]:
    """Read both shapes: a name in old versions, [name, score] in new ones."""
    if isinstance(value, list) and len(value) == 2:
        return word(value[0], "after.sub_label"), number(value[1], "after.sub_label", 0, 1)
    return ("", None) if value in (None, "") else (word(value, "after.sub_label"), None)


def _names(after: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = after.get(field)
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 64:
        raise ProtocolError(f"{field} is no list of names", f"after.{field}")
    return tuple(word(item, f"after.{field}") for item in value)


def _box(value: Any) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise ProtocolError("box has not four numbers", "after.box")
    left, top, right, bottom = (number(item, "after.box", -1e5, 1e5) for item in value)
    return left, top, right, bottom


def encode(event: Event, before: Event | None = None) -> dict[str, Any]:
    """Return the message that tells ``event``, after ``before`` (for a new one: itself)."""
    return {
        "type": event.kind,
        "before": _tracked(before or event),
        "after": _tracked(event),
    }


def _tracked(event: Event) -> dict[str, Any]:
    box = list(event.box) if event.box else None
    area = (event.box[2] - event.box[0]) * (event.box[3] - event.box[1]) if event.box else 0
    name = event.sub_label or None
    frame = event.frame.timestamp()
    return {
        "id": event.id,
        "camera": event.camera,
        "frame_time": frame,
        "snapshot": {"frame_time": frame, "box": box, "area": area, "score": event.score},
        "label": event.label,
        "sub_label": [name, event.sub_score] if name and event.sub_score is not None else name,
        "top_score": event.score,
        "false_positive": event.false_positive,
        "start_time": event.start.timestamp(),
        "end_time": event.end.timestamp() if event.end else None,
        "score": event.score,
        "box": box,
        "area": area,
        "stationary": event.stationary,
        "current_zones": list(event.zones),
        "entered_zones": list(event.entered),
        "has_snapshot": event.has_snapshot,
        "has_clip": event.has_clip,
    }
