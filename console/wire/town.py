"""What stands and moves in the town: cameras, speakers, units, streets, grids, zones, places."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from console.wire.base import Message, Point, Ring


class Camera(Message):
    id: str
    name: str
    at: Point
    street: str = ""
    group: str = ""
    bearing: float = 0.0
    fov: float = 60.0
    reach: float = 60.0
    main: str
    sub: str


class Speaker(Message):
    """A loudspeaker. Its address stays at the hub: only the hub speaks to it."""

    id: str
    name: str
    at: Point
    street: str = ""
    reach: float = 60.0
    state: Literal["idle", "opening", "talking", "failed"] = "idle"
    by: str = ""
    why: str = ""


class Unit(Message):
    """Who can be sent. Where it is travels in :class:`Positions`."""

    id: str
    kind: Literal["officer", "vehicle", "drone"]
    name: str
    squad: str = ""
    phone: str = ""
    state: Literal["free", "tasked", "on_site", "off"] = "free"
    case: str | None = None


class Street(Message):
    id: str
    name: str
    line: Ring
    chief: str = ""
    phone: str = ""


class Grid(Message):
    id: str
    level: Literal[1, 2, 3]
    name: str
    ring: Ring
    parent: str | None = None
    leader: str = ""
    phone: str = ""


class Zone(Message):
    """An area with a rule and hours, such as no vending or a permitted stall."""

    id: str
    kind: str
    name: str
    ring: Ring
    hours: str = ""


class Place(Message):
    id: str
    kind: str
    name: str
    at: Point
    street: str = ""
    phone: str = ""


class Position(Message):
    """Newest fix of a unit. ``speed`` m/s, ``course`` degrees from north."""

    unit: str
    lat: float
    lon: float
    speed: float = 0.0
    course: float = 0.0
    at: datetime
