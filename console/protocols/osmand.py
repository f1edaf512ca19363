"""The OsmAnd tracking query, as Traccar's clients send it: names and values, GET or POST.

Fields read: ``id`` or ``deviceid``; ``lat`` and ``lon``, or ``location`` as "lat,lon";
``timestamp`` (Unix seconds, milliseconds or ISO 8601); ``speed`` in knots; ``bearing`` or
``heading``; ``altitude``; ``accuracy``; ``batt``. Others are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.protocols.errors import ProtocolError
from console.protocols.fix import Fix, moment, number, word

KNOT = 1852 / 3600
"""Metres a second."""


def decode(form: Mapping[str, str]) -> Fix:
    """Return the fix a query or form tells; raise ``ProtocolError`` naming the field at fault."""
    where = form.get("location", "").split(",")
    lat, lon = where if len(where) == 2 else (form.get("lat"), form.get("lon"))
    course = form.get("bearing", form.get("heading", 0))
    return Fix(
        terminal=word(form.get("id", form.get("deviceid")), "id"),
        lat=number(lat, "lat", -90, 90),
        lon=number(lon, "lon", -180, 180),
        at=moment(form["timestamp"], "timestamp") if "timestamp" in form else None,
        # Clients send -1 for a speed or bearing that they do not know.
        speed=max(0.0, number(form.get("speed", 0), "speed", -1, 1000)) * KNOT,
        course=max(0.0, number(course, "bearing", -1, 360)) % 360,
        altitude=number(form.get("altitude", 0), "altitude", -12_000, 100_000),
        accuracy=_optional(form, "accuracy", 1e6),
        battery=_optional(form, "batt", 100),
    )


def _optional(form: Mapping[str, str], field: str, high: float) -> float | None:
    return number(form[field], field, 0, high) if form.get(field) else None


def encode(fix: Fix) -> dict[str, str]:
    """Return the query that tells ``fix``; raise ``ProtocolError`` where it has no time."""
    if fix.at is None:
        raise ProtocolError("a fix that is sent has a time", "timestamp")
    form = {
        "id": fix.terminal,
        "lat": f"{fix.lat:.7f}",
        "lon": f"{fix.lon:.7f}",
        "timestamp": f"{fix.at.timestamp():.3f}",
        "speed": f"{fix.speed / KNOT:.3f}",
        "bearing": f"{fix.course:.1f}",
        "altitude": f"{fix.altitude:.1f}",
    }
    if fix.accuracy is not None:
        form["accuracy"] = f"{fix.accuracy:.1f}"
    if fix.battery is not None:
        form["batt"] = f"{fix.battery:.0f}"
    return form
