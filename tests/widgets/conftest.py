"""A desk with a town on it, and no hub.

The mirror is the real one, filled from wire models. The client is a stand-in: it keeps
what was submitted and answers from what a test puts into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console import wire
from console.domain.geo import moved
from console.seat.commands import Registry
from console.seat.saving import Saved
from console.seat.session import Seat
from console.seat.stream import Told
from tests.rig.pages import Pages
from widgets.bridge import Desk
from widgets.theme import load

M = TypeVar("M", bound=wire.Message)


class PatientBot(QtBot):
    """Waits as long as a busy machine needs: what never comes is all that takes so long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 30_000) -> None:  # noqa: N802 - pytest-qt's name
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Stand in for pytest-qt's own, which gives up after five seconds."""
    del qapp
    return PatientBot(request)


NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
LAT, LON = 28.1280, 121.2310
STREETS = ["珠城东路", "双港路", "榴岛大道", "广陵路", "县前街", "沿河路"]


def at(east: float, north: float) -> wire.Point:
    """A point so many metres from the town's centre."""
    lat, lon = moved(LAT, LON, east, north)
    return wire.Point(lat=lat, lon=lon)


def square(east: float, north: float, side: float) -> wire.Ring:
    corners = [(0, 0), (side, 0), (side, side), (0, side)]
    points = [at(east + x, north + y) for x, y in corners]
    return [(p.lon, p.lat) for p in points]


class StandInTalk:
    """Keeps the frames it was given."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.closed = False

    def send(self, pcm: bytes) -> None:
        self.frames.append(pcm)

    def close(self) -> None:
        self.closed = True


@dataclass
class StandInClient:
    """Stands in for the hub: records commands, answers at once from its tables."""

    submitted: list[wire.Command] = field(default_factory=list)
    prepared: list[tuple[str, str | None, str]] = field(default_factory=list)
    answers: dict[str, wire.CommandResult | wire.Problem] = field(default_factory=dict)
    details: dict[str, wire.CaseDetail] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    month: dict[str, int] = field(default_factory=dict)
    uploads: list[tuple[str, bytes, str]] = field(default_factory=list)
    uploaded: dict[str, wire.Message] = field(default_factory=dict)
    pages: Pages = field(default_factory=Pages)
    map_text: bytes = b'{"type":"FeatureCollection","features":[]}'
    talks: list[StandInTalk] = field(default_factory=list)
    watched: list[list[str]] = field(default_factory=list)
    looked: list[str | None] = field(default_factory=list)
    locks: int = 0
    password: str = ""
    signed_out: bool = False
    skew: float = 0.0

    def start(self, message: Callable[[Told], None], state: Callable[[str], None]) -> None:
        """Nothing comes; it counts as connected."""
        state("live")

    def submit(
        self, command: wire.Command, then: Callable[[wire.CommandResult | wire.Problem], None]
    ) -> None:
        self.submitted.append(command)
        done = wire.CommandResult(seq=len(self.submitted), target=command.target)
        then(self.answers.get(command.id, done))

    def detail(self, case_id: str, then: Callable[[wire.CaseDetail | wire.Problem], None]) -> None:
        then(self.details.get(case_id, wire.Problem(code="not_found")))

    def media(self, media_id: str, then: Callable[[bytes | wire.Problem], None]) -> None:
        then(self.files.get(media_id, wire.Problem(code="not_found")))

    def basemap(self, then: Callable[[bytes | wire.Problem], None]) -> None:
        then(self.map_text)

    def upload(
        self,
        path: str,
        data: bytes,
        type_: str,
        model: type[M],
        then: Callable[[M | wire.Problem], None],
    ) -> None:
        self.uploads.append((path, data, type_))
        answer = self.pages.answer(path, data) or self.uploaded.get(
            path, wire.Problem(code="not_found")
        )
        then(answer if isinstance(answer, model | wire.Problem) else wire.Problem(code="wrong"))

    def save(
        self, path: str, data: bytes, file: Path, then: Callable[[Saved | wire.Problem], None]
    ) -> None:
        self.uploads.append((path, data, str(file)))
        then(Saved(file, 3, cut=False))

    def month_report(
        self,
        start: datetime,
        end: datetime,
        then: Callable[[wire.MonthReport | wire.Problem], None],
    ) -> None:
        then(wire.MonthReport(start=start, end=end, total=self.month, lines={}))

    def prepare(self, speaker: str, case: str | None, template: str) -> None:
        self.prepared.append((speaker, case, template))

    def watching(self, cameras: list[str]) -> None:
        self.watched.append(cameras)

    def looking(self, case_id: str | None) -> None:
        self.looked.append(case_id)

    def lock(self) -> None:
        self.locks += 1

    def unlock(self, password: str, then: Callable[[wire.Officer | wire.Problem], None]) -> None:
        good = password == self.password
        then(
            wire.Officer(id="duty", name="", roles=[])
            if good
            else wire.Problem(code="wrong_password")
        )

    def sign_out(self) -> None:
        self.signed_out = True

    def talk(self, opening: wire.TalkOpen, state: Callable[[wire.TalkState], None]) -> StandInTalk:
        talk = StandInTalk()
        self.talks.append(talk)
        state(wire.TalkState(call=f"talk{len(self.talks)}", state="talking"))
        return talk

    def close(self) -> None:
        """Nothing to end."""


def sample_cases() -> list[wire.CaseRow]:
    classes = [
        ("09001", "无照经营游商"),
        ("09002", "跨门营业"),
        ("03005", "道路破损"),
        ("01012", "垃圾满溢"),
    ]
    states = ["proposed", "proposed", "filed", "dispatched", "on_site", "handled", "checked"]
    rows = []
    for n in range(1, 15):
        code, name = classes[n % len(classes)]
        state = "closed" if n > 12 else states[n % len(states)]
        street = STREETS[n % len(STREETS)]
        with_unit = state in {"dispatched", "on_site", "handled", "checked"}
        rows.append(
            wire.CaseRow(
                id=f"20261122-{n:04d}",
                version=n,
                state=state,
                kind="matter",
                code=code,
                name=name,
                place=f"{street}{n * 12}号附近",
                street=f"s{n % len(STREETS):02d}",
                grid=f"g3-{n % 4:02d}",
                grid_name=f"玉城{n % 4 + 1}网格",
                at=at(90.0 * n - 600, 55.0 * n - 350),
                sources=["ai", "citizen"] if n % 3 == 0 else ["citizen"],
                reports=2 if n % 3 == 0 else 1,
                opened=NOW - timedelta(minutes=7 * n),
                due=NOW + timedelta(minutes=40 * n - 90),
                stage_due=NOW + timedelta(minutes=10 - n) if state == "dispatched" else None,
                priority=2 if n == 3 else 0,
                unit=f"u{n:03d}" if with_unit else None,
                unit_name=f"王{n}" if with_unit else "",
                warnings=n % 2,
                proposal=wire.Proposal(
                    code=code,
                    unit="u001",
                    camera="cam07",
                    speaker="spk03",
                    reasons=[
                        wire.Reason(code="zone", text="县前街禁止摆摊区"),
                        wire.Reason(code="label", text="vendor"),
                    ],
                )
                if state == "proposed"
                else None,
            )
        )
    return rows


def sample_entities() -> dict[str, list[wire.Message]]:
    kinds: list[Literal["officer", "vehicle", "drone"]] = [
        "officer",
        "officer",
        "officer",
        "vehicle",
        "drone",
    ]
    texts = [
        "{street}的摊主请注意，请您立即停止占道经营，谢谢配合。",
        "请将物品收回店内，保持人行道畅通。",
    ]
    return {
        "case": list(sample_cases()),
        "camera": [
            wire.Camera(
                id=f"cam{n:02d}",
                name=f"{STREETS[n % len(STREETS)]}{n}号杆",
                at=at(120.0 * (n % 4) - 200, 110.0 * (n // 4) - 200),
                street=f"s{n % len(STREETS):02d}",
                group="老城" if n < 9 else "新城",
                bearing=22.5 * n % 360,
                main=f"rtsp://127.0.0.1:1/cam{n:02d}/main",
                sub=f"rtsp://127.0.0.1:1/cam{n:02d}/sub",
            )
            for n in range(1, 17)
        ],
        "speaker": [
            wire.Speaker(
                id=f"spk{n:02d}", name=f"{STREETS[n % 6]}音柱{n}", at=at(150.0 * n - 500, 80)
            )
            for n in range(1, 9)
        ],
        "unit": [
            wire.Unit(
                id=f"u{n:03d}",
                kind=kinds[n % len(kinds)],
                name=f"王{n}",
                squad="玉城中队",
                phone=f"1380000{n:04d}",
                state="free" if n % 3 else "tasked",
            )
            for n in range(1, 21)
        ],
        "street": [
            wire.Street(
                id=f"s{n:02d}",
                name=name,
                line=[
                    (p.lon, p.lat) for p in (at(-600, 150.0 * n - 400), at(600, 150.0 * n - 380))
                ],
                chief="李路长",
                phone="13900000000",
            )
            for n, name in enumerate(STREETS)
        ],
        "grid": [
            wire.Grid(
                id=f"g3-{n:02d}",
                level=3,
                name=f"玉城{n + 1}网格",
                ring=square(400.0 * n - 800, -400, 400),
            )
            for n in range(4)
        ],
        "zone": [
            wire.Zone(
                id="z01", kind="no_vending", name="县前街禁止摆摊区", ring=square(-50, -50, 120)
            ),
            wire.Zone(
                id="z02",
                kind="permitted_stall",
                name="夜市",
                ring=square(200, 90, 80),
                hours="17:00-23:00",
            ),
        ],
        "place": [wire.Place(id="p01", kind="school", name="实验小学", at=at(120, -160))],
        "call": [
            wire.Call(
                id="call01",
                case="20261122-0003",
                speaker="spk03",
                operator="duty",
                kind="warning",
                text=texts[1],
                state="done",
                asked=NOW - timedelta(minutes=3),
                ended=NOW - timedelta(minutes=2),
            )
        ],
        "template": [
            wire.Template(id=f"t{n}", number=n, title=title, text=texts[n % 2], codes=["09001"])
            for n, title in enumerate(["游商劝离", "跨门营业", "乱堆物料"], start=1)
        ],
        "catalogue": [
            wire.CatalogueItem(
                standard="GB/T 47678.5",
                kind="matter",
                code=code,
                major="街面秩序",
                name=name,
                hours=4,
            )
            for code, name in [
                ("09001", "无照经营游商"),
                ("09002", "跨门营业"),
                ("03005", "道路破损"),
            ]
        ],
    }


def sample_snapshot() -> wire.Snapshot:
    return wire.Snapshot(
        seq=100,
        at=NOW,
        town="榴城",
        officer=wire.Officer(
            id="duty",
            name="值班员",
            roles=["dispatcher", "speaker", "inspector"],
            districts=["*"],
            departments=["*"],
        ),
        entities={
            kind: [body.model_dump(mode="json") for body in bodies]
            for kind, bodies in sample_entities().items()
        },
    )


def sample_positions() -> list[wire.Position]:
    spots = {n: at(53.0 * n - 500, 31.0 * (n % 9) - 150) for n in range(1, 21)}
    return [
        wire.Position(
            unit=f"u{n:03d}", lat=p.lat, lon=p.lon, speed=1.2, course=17.0 * n % 360, at=NOW
        )
        for n, p in spots.items()
    ]


@pytest.fixture
def client() -> StandInClient:
    return StandInClient()


@pytest.fixture
def desk(qtbot: QtBot, client: StandInClient) -> Iterator[Desk]:
    """A desk whose mailbox is drained by the test (``desk.drain()``) or by ``desk.start()``."""
    seat = Seat(client)
    seat.mirror.load(sample_snapshot())
    seat.mirror.move(sample_positions())
    seat.mirror.health = wire.Health(
        at=NOW,
        parts=[
            wire.Part(name="hub", state="ok", since=NOW, figures={"seats": 1}),
            wire.Part(name="store", state="ok", since=NOW, figures={"commit_ms": 0.8}),
            wire.Part(name="voice", state="warn", note="spk05", since=NOW),
        ],
    )
    desk = Desk(seat, load("night"), Registry())
    yield desk
    desk.stop()
