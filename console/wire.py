"""The messages hub and seats share: the one place that defines them.

Everything a seat knows arrives as a :class:`Snapshot` followed by numbered
:class:`Change` records; everything it wants leaves as a :class:`Command`.
Positions alone travel outside the log (:class:`Positions`): newest wins.
All coordinates are WGS-84 degrees, all times are aware UTC datetimes, all
lengths are metres unless a name says otherwise.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

API_VERSION = 1


class Message(BaseModel):
    """Base of all wire messages: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(Message):
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


Ring = list[tuple[float, float]]
"""A polygon's outer ring or a line as (lon, lat) pairs, GeoJSON order."""


# --- things the mirror holds -------------------------------------------------


class Reason(Message):
    """One line of why a proposal says what it says.

    ``code`` names the rule (``zone``, ``label``, ``text``, ``near``, …) and
    ``text`` the fact it rests on, as data: the seat words the sentence.
    """

    code: str
    text: str = ""


class Proposal(Message):
    """What the hub would do with a case; the officer accepts or corrects it."""

    code: str
    unit: str | None = None
    camera: str | None = None
    speaker: str | None = None
    reasons: list[Reason] = []


class CaseRow(Message):
    """One line of the queue; the detail is fetched by id when it is looked at."""

    id: str
    version: int
    state: str
    kind: Literal["matter", "component"]
    code: str
    name: str
    place: str
    street: str | None = None
    grid: str | None = None
    grid_name: str = ""
    at: Point
    sources: list[str]
    reports: int
    opened: datetime
    due: datetime
    stage_due: datetime | None = None
    priority: int = 0
    unit: str | None = None
    unit_name: str = ""
    warnings: int = 0
    claimed_by: str | None = None
    proposal: Proposal | None = None


class Fact(Message):
    """One line of a case's history; never changed, never removed."""

    seq: int
    at: datetime
    actor: str
    role: str
    action: str
    state: str
    note: str = ""
    media: list[str] = []
    data: dict[str, Any] = {}


class Report(Message):
    id: str
    case: str
    source: str
    at: datetime
    text: str = ""
    reporter: str = ""
    where: Point
    media: list[str] = []
    data: dict[str, Any] = {}


class Media(Message):
    """A photo, frame or sound kept with a case; the bytes come from /api/media/{id}."""

    id: str
    case: str | None
    role: Literal["report", "before", "after", "feedback", "snapshot", "call"]
    type: str
    size: int
    sha256: str
    at: datetime
    source: str = ""


class CaseDetail(Message):
    row: CaseRow
    history: list[Fact]
    reports: list[Report]
    media: list[Media]
    calls: list[Call]


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


class Call(Message):
    """One use of a loudspeaker, from asking to silence.

    ``audio`` is the sound as sent, ``before`` and ``after`` the frames of the nearest
    camera at the asking and some time later: ids of :class:`Media`.
    """

    id: str
    case: str | None
    speaker: str
    operator: str
    kind: Literal["warning", "talk"]
    text: str = ""
    state: Literal["asked", "opening", "speaking", "done", "failed"]
    asked: datetime
    opened: datetime | None = None
    first_packet: datetime | None = None
    ended: datetime | None = None
    why: str = ""
    sha256: str = ""
    audio: str | None = None
    before: str | None = None
    after: str | None = None


class Template(Message):
    """A spoken warning with slots; ``number`` is the key that sends it (1-9)."""

    id: str
    number: int
    title: str
    text: str
    codes: list[str] = []


class CatalogueItem(Message):
    """One class of case. The key is (standard, kind, code): a code stands in both lists."""

    standard: str
    kind: Literal["matter", "component"]
    code: str
    major: str
    name: str
    hours: float


KINDS: dict[str, type[Message]] = {
    "case": CaseRow,
    "camera": Camera,
    "speaker": Speaker,
    "unit": Unit,
    "street": Street,
    "grid": Grid,
    "zone": Zone,
    "place": Place,
    "call": Call,
    "template": Template,
    "catalogue": CatalogueItem,
}
"""Kind of change -> the model of its body. The id of a catalogue item is ``kind/code``."""


# --- the change log and the stream -------------------------------------------


class Change(Message):
    """One numbered step of the truth: the entity as it is now, or None when it is gone."""

    seq: int
    at: datetime
    kind: str
    id: str
    body: dict[str, Any] | None


class Snapshot(Message):
    """Everything at ``seq``: ``entities[kind]`` lists bodies of that kind."""

    version: int = API_VERSION
    seq: int
    at: datetime
    town: str
    officer: Officer
    entities: dict[str, list[dict[str, Any]]]


class Officer(Message):
    """Who sits at this seat."""

    id: str
    name: str
    roles: list[str]


class Position(Message):
    """Newest fix of a unit. ``speed`` m/s, ``course`` degrees from north."""

    unit: str
    lat: float
    lon: float
    speed: float = 0.0
    course: float = 0.0
    at: datetime


class Changes(Message):
    type: Literal["changes"] = "changes"
    changes: list[Change]


class Positions(Message):
    type: Literal["positions"] = "positions"
    positions: list[Position]


class Pruned(Message):
    """The log no longer reaches back to what the seat asked for: fetch a snapshot."""

    type: Literal["pruned"] = "pruned"
    oldest: int


class Part(Message):
    """One line of the health pane. ``figures`` are numbers with their unit in the name."""

    name: str
    state: Literal["ok", "warn", "fail", "off"]
    note: str = ""
    since: datetime | None = None
    figures: dict[str, float] = {}


class Health(Message):
    type: Literal["health"] = "health"
    at: datetime
    parts: list[Part]


class Beat(Message):
    """Sent every second when nothing else is; carries the hub's clock and last number."""

    type: Literal["beat"] = "beat"
    at: datetime
    seq: int


StreamMessage = Annotated[Changes | Positions | Pruned | Health | Beat, Field(discriminator="type")]


# --- commands ------------------------------------------------------------------


class Command(Message):
    """A wish of an officer.

    ``key`` makes it idempotent: the same key again returns the first result.
    ``version`` is the version of ``target`` the officer saw; a newer one at
    the hub is a conflict, reported with the current row, never overwritten. It counts
    what decisions rest on: state, class, place, unit; not another report or a note.
    """

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=64)
    key: str = Field(min_length=8, max_length=64)
    target: str | None = Field(default=None, max_length=64)
    version: int | None = None
    args: dict[str, Any] = {}


class CommandResult(Message):
    """``undo`` is the command that takes this one back, or None with ``no_undo`` saying why."""

    seq: int
    target: str | None = None
    undo: Command | None = None
    no_undo: str = ""
    data: dict[str, Any] = {}


class Problem(Message):
    """Body of each 4xx answer. ``code`` is stable; the seat words it in its language."""

    code: str
    detail: str = ""
    field: str | None = None
    current: dict[str, Any] | None = None


# --- live talk: WebSocket /api/talk ---------------------------------------------
# The seat sends one TalkOpen, then binary frames of 20 ms (s16le, 16 kHz, mono,
# 640 bytes); closing the socket, in whatever way, closes the speaker.


class TalkOpen(Message):
    speaker: str
    case: str | None = None
    key: str = Field(min_length=8, max_length=64)


class TalkState(Message):
    call: str
    state: Literal["opening", "talking", "closed", "failed"]
    why: str = ""


# --- signing in, watching, the audit chain ---------------------------------------------


class Login(Message):
    name: str = Field(max_length=64)
    password: str = Field(max_length=256)


class Account(Message):
    """Somebody who may sign in to a service; the password is only ever sent to the hub."""

    id: str = Field(pattern=r"^[a-z0-9_.-]{1,64}$")
    name: str = Field(min_length=1, max_length=64)
    roles: list[str]
    password: str = Field(max_length=256, repr=False)


class SettingRow(Message):
    """One setting of the hub, as the settings dialog shows it."""

    name: str
    type: str
    default: str
    value: str
    unit: str
    description: str


class Session(Message):
    """Answer to a good :class:`Login`; the token goes into the Authorization header."""

    token: str
    officer: Officer
    expires: datetime


class Watch(Message):
    """The cameras this seat shows now; the hub keeps in the audit who watched what."""

    cameras: list[str] = Field(max_length=256)


class AuditEntry(Message):
    """One line of the audit chain: ``hash`` covers ``before`` and everything else."""

    seq: int
    at: datetime
    actor: str
    action: str
    target: str
    detail: dict[str, Any]
    before: str
    hash: str


class AuditPage(Message):
    """Entries after the asked number, oldest first; ``intact`` says whether the chain holds."""

    entries: list[AuditEntry]
    intact: bool


class Prepare(Message):
    """Body of POST /api/voice/prepare: render a warning before it is sent."""

    speaker: str
    template: str
    case: str | None = None


class Prepared(Message):
    """The words as they will be spoken."""

    text: str


# --- launching the embedded hub ----------------------------------------------------


class Launch(Message):
    """First line on the embedded hub's standard input."""

    token: str
    intake_key: str
    officer: str = "duty"
    officer_name: str = "值班员"


class Ready(Message):
    """First line on the embedded hub's standard output."""

    port: int
    jt808_port: int
    pid: int


CaseDetail.model_rebuild()
Snapshot.model_rebuild()
