"""OwnTracks JSON: ``_type`` location over HTTP or MQTT (topic ``owntracks/USER/DEVICE``).

``tst`` is Unix seconds, ``vel`` km/h, ``cog`` degrees, ``acc`` and ``alt`` metres, ``batt`` per
cent. Other types (status, transition, waypoints, lwt, …) carry no position of now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.protocols.errors import ProtocolError
from console.protocols.fix import Fix, moment, number, word

KMH = 1 / 3.6


def terminal_of(topic: str) -> str:
    """Return ``USER/DEVICE`` of a topic, or an empty string where it has another shape."""
    parts = topic.split("/")
    return "/".join(parts[-2:]) if len(parts) == 3 and all(parts) else ""


def decode(message: Any, terminal: str = "") -> Fix | None:
    """Return the fix of a location message, or None for a type without one.

    ``terminal`` is what the transport says (``USER/DEVICE``); else the message's topic, else its
    ``tid``. An encrypted message is refused: the hub holds no key.
    """
    if not isinstance(message, Mapping):
        raise ProtocolError("message is no JSON object")
    kind = word(message.get("_type"), "_type")
    if kind == "encrypted":
        raise ProtocolError("message is encrypted", "_type")
    if kind != "location":
        return None
    topic = message.get("topic")
    name = terminal or terminal_of(topic if isinstance(topic, str) else "")
    return Fix(
        terminal=word(name or message.get("tid"), "tid"),
        lat=number(message.get("lat"), "lat", -90, 90),
        lon=number(message.get("lon"), "lon", -180, 180),
        at=moment(message.get("tst"), "tst"),
        speed=max(0.0, _number(message, "vel", -1, 3600) or 0.0) * KMH,
        course=max(0.0, _number(message, "cog", -1, 360) or 0.0) % 360,
        altitude=_number(message, "alt", -12_000, 100_000) or 0.0,
        accuracy=_number(message, "acc", 0, 1e7),
        battery=_number(message, "batt", 0, 100),
    )


def _number(message: Mapping[str, Any], field: str, low: float, high: float) -> float | None:
    value = message.get(field)
    return None if value is None else number(value, field, low, high)


def encode(fix: Fix) -> dict[str, Any]:
    """Return the location message of ``fix``; raise ``ProtocolError`` where it has no time."""
    if fix.at is None:
        raise ProtocolError("a fix that is sent has a time", "tst")
    message = {
        "_type": "location",
        "tid": fix.terminal[-2:],
        "lat": round(fix.lat, 7),
        "lon": round(fix.lon, 7),
        "tst": int(fix.at.timestamp()),
        "vel": round(fix.speed / KMH),
        "cog": round(fix.course),
        "alt": round(fix.altitude),
    }
    if "/" in fix.terminal:
        message["topic"] = f"owntracks/{fix.terminal}"
    if fix.accuracy is not None:
        message["acc"] = round(fix.accuracy)
    if fix.battery is not None:
        message["batt"] = round(fix.battery)
    return message
