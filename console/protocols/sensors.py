"""Readings of street sensors: this project's own JSON, over HTTP or MQTT.

One object or a list of at most :data:`MAX_READINGS` of::

    {"sensor": "s03", "at": "2026-11-22T08:30:00Z", "value": 31.5, "unit": "cm",
     "alarm": "over", "id": "s03-118", "text": "…"}

``sensor`` is the register's id. ``at`` is ISO 8601 or Unix seconds, and may be left out. ``alarm``
is empty, ``warn``, ``over``, ``tilt``, ``open`` or ``fault``; ``id`` makes an alarm unique.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.protocols.errors import ProtocolError
from console.protocols.fix import moment, number, word

MAX_READINGS = 1000
ALARMS = frozenset({"", "warn", "over", "tilt", "open", "fault"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sensor says. ``value`` is in ``unit``; None where it only says a state."""

    sensor: str
    at: datetime | None = None
    value: float | None = None
    unit: str = ""
    alarm: str = ""
    id: str = ""
    text: str = ""


def decode(message: Any) -> list[Reading]:
    """Return the readings, or raise ``ProtocolError`` naming the first field at fault."""
    items = message if isinstance(message, list) else [message]
    if len(items) > MAX_READINGS:
        raise ProtocolError(f"more than {MAX_READINGS} readings")
    return [_reading(item) for item in items]


def _reading(item: Any) -> Reading:
    if not isinstance(item, Mapping):
        raise ProtocolError("a reading is a JSON object")
    value = item.get("value")
    alarm = item.get("alarm") or ""
    if not isinstance(alarm, str) or alarm not in ALARMS:
        raise ProtocolError("alarm is none of the known ones", "alarm")
    return Reading(
        sensor=word(item.get("sensor"), "sensor"),
        at=None if item.get("at") is None else moment(item["at"], "at"),
        value=None if value is None else number(value, "value", -1e12, 1e12),
        unit=_optional(item, "unit", 16),
        alarm=alarm,
        id=_optional(item, "id", 64),
        text=_optional(item, "text", 500),
    )


def _optional(item: Mapping[str, Any], field: str, limit: int) -> str:
    value = item.get(field)
    return "" if value is None or value == "" else word(value, field, limit)


def encode(reading: Reading) -> dict[str, Any]:
    """Return the JSON object of a reading; what is empty is left out."""
    found = {
        "sensor": reading.sensor,
        "at": reading.at.isoformat() if reading.at else None,
        "value": reading.value,
        "unit": reading.unit,
        "alarm": reading.alarm,
        "id": reading.id,
        "text": reading.text,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}
