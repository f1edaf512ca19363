"""What the simulated town is made of. Metres east/north of the town's origin, degrees from north.

The static :class:`Town` comes from a seed; :class:`Agent` is anything that moves or
changes. Everything the city shows or says — the register, the pictures, the tracks, the
reports — is read off these two, so that what the map says is what the camera shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

XY = tuple[float, float]

RoadClass = Literal["ring", "main", "street", "lane"]
BuildingUse = Literal["shop", "home", "school", "market", "office", "hospital"]
AgentKind = Literal[
    "vendor",
    "overreach",
    "car",
    "parked",
    "truck",
    "bus",
    "bike",
    "person",
    "officer",
    "patrol_car",
    "drone",
    "rubbish",
]


@dataclass(frozen=True, slots=True)
class Road:
    """A named street's centre line: ``width`` from kerb to kerb, a ``pavement`` on each side."""

    id: str
    name: str
    kind: RoadClass
    line: tuple[XY, ...]
    width: float
    pavement: float = 4.0
    chief: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Building:
    """A block with a footprint ring, a height in metres and a look for the renderer."""

    id: str
    use: BuildingUse
    ring: tuple[XY, ...]
    height: float
    look: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """Water, park, square, … with a ring; drawn on the base map and in the pictures."""

    id: str
    kind: Literal["water", "park", "square", "field"]
    ring: tuple[XY, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """An area with a rule. ``hours`` is ``HH:MM-HH:MM`` or empty for always."""

    id: str
    kind: Literal["no_vending", "permitted_stall", "no_parking", "loading_bay"]
    name: str
    ring: tuple[XY, ...]
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A shop, school, market, toilet, … as a point of the register."""

    id: str
    kind: str
    name: str
    at: XY
    road: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CameraSite:
    """A camera on a pole: ``bearing`` from north, ``tilt`` below the horizon, ``fov`` across."""

    id: str
    name: str
    at: XY
    height: float
    bearing: float
    tilt: float
    fov: float
    road: str
    group: str


@dataclass(frozen=True, slots=True)
class SpeakerSite:
    id: str
    name: str
    at: XY
    reach: float
    road: str
    protocol: Literal["sip", "rtp"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of the three-level management grid."""

    id: str
    level: Literal[1, 2, 3]
    name: str
    ring: tuple[XY, ...]
    parent: str | None
    leader: str
    phone: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A unit of the register: an officer, a vehicle or a drone with its terminal."""

    id: str
    kind: Literal["officer", "vehicle", "drone"]
    name: str
    squad: str
    phone: str
    terminal: str
    protocol: Literal["jt808", "osmand", "owntracks"]
    home: XY


@dataclass(frozen=True, slots=True)
class Town:
    """The whole standing town. ``origin`` is the WGS-84 (lat, lon) of (0, 0)."""

    name: str
    seed: int
    origin: tuple[float, float]
    size: XY
    roads: tuple[Road, ...]
    buildings: tuple[Building, ...]
    areas: tuple[Area, ...]
    zones: tuple[Zone, ...]
    sites: tuple[Site, ...]
    cameras: tuple[CameraSite, ...]
    speakers: tuple[SpeakerSite, ...]
    grids: tuple[GridCell, ...]
    staff: tuple[Staff, ...]


@dataclass(slots=True)
class Agent:
    """What moves or comes and goes: ``look`` picks colours, ``size`` is (length, width, height).

    ``x, y`` is the middle of the footprint. A vendor's ``state`` is ``walking`` (pushing his
    cart), ``selling``, ``packing`` or ``leaving``; the cart belongs to him and needs no agent
    of its own. An officer's is ``patrol``, ``going`` or ``on_site``. Others leave it empty.
    """

    id: str
    kind: AgentKind
    x: float
    y: float
    heading: float = 0.0
    speed: float = 0.0
    look: int = 0
    state: str = ""
    size: tuple[float, float, float] = (0.5, 0.5, 1.7)


@dataclass(slots=True)
class Scene:
    """One moment of the moving town, as the renderer and the AI box see it.

    ``daylight`` and ``rain`` run from 0 to 1; ``clock`` is the town's own time of
    day in seconds since midnight.
    """

    clock: float
    daylight: float
    rain: float
    agents: list[Agent] = field(default_factory=list)
