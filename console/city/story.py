"""What happens in a day: acts at their times, and now and then something by chance.

A story is a TOML file of ``resources/stories``: a ``[day]`` table and ``[[act]]`` tables.
The same acts can be called for while the town runs (:meth:`Director.act`).
"""

from __future__ import annotations

import heapq
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from console.city import names
from console.city.agents.troubles import Trouble, TroubleKind
from console.city.geometry import Track, heading, inside
from console.city.model import XY, Site
from console.city.sites import SENSOR_KINDS
from console.city.world import World

CODES: dict[TroubleKind, str] = {
    "vendor": "09001",
    "overreach": "09005",
    "parked": "09009",
    "rubbish": "06010",
}
"""Class of the national catalogue (matters) by what it is."""

_WORDS: dict[TroubleKind, tuple[str, ...]] = {
    "vendor": (
        "{road}有人推着车{what}，占了路，接孩子都不好走。",
        "{road}又有流动摊贩{what}，请来管一管。",
    ),
    "overreach": ("{road}店家把货摆到人行道上了，只能走马路。", "{road}商铺出店经营，堵住人行道。"),
    "parked": ("{road}有车乱停，公交车都过不去。", "{road}违停车辆挡住了出入口。"),
    "rubbish": ("{road}路边一大堆垃圾没人清，有臭味。", "{road}有暴露垃圾，请安排清运。"),
}
_PLAIN: tuple[tuple[str, str], ...] = (
    ("06013", "{road}路面坑洼破损，骑车过去颠得厉害。"),
    ("07001", "{road}墙上电线杆上贴满小广告。"),
    ("06028", "{road}夜里音响声音太大，影响休息。"),
    ("09010", "{road}非机动车乱停，盲道被占。"),
    ("01037", "{road}路灯不亮好几天了。"),
)
_AT_ONCE = 14
"""With so many troubles about, chance adds no more."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing of a story. ``do`` is a trouble's kind, ``plain`` or a kind of sensor."""

    at: float
    do: str
    camera: str = ""
    stays: bool | None = None
    citizen_after: float | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """``every`` is the span of seconds between chance happenings; None for none."""

    start: float = 16.5 * 3600
    rain: float = 0.0
    market: bool = False
    every: tuple[float, float] | None = None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class CitizenReport:
    """What a citizen writes, and where he stands to take his photo."""

    code: str
    at: XY
    text: str
    name: str
    phone: str
    eye: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sensor of the register went off, or is quiet again (``value`` 0)."""

    sensor: Site
    value: float


@dataclass(order=True, slots=True)
class _Due:
    at: float
    order: int
    call: Callable[[], object] = field(compare=False)


def load_story(path: Path) -> Story:
    """Read a story; raise ``ValueError`` naming the file and what is wrong in it."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        day = table.get("day", {})
        every = day.get("every")
        return Story(
            start=seconds(str(day.get("start", "16:30"))),
            rain=float(day.get("rain", 0.0)),
            market=bool(day.get("market", False)),
            every=None if every is None else (float(every[0]), float(every[1])),
            acts=tuple(Act(**act) for act in table.get("act", [])),
        )
    except (OSError, TypeError, KeyError, IndexError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error


def seconds(time_of_day: str) -> float:
    """Return seconds after midnight of ``HH:MM``; raise ``ValueError`` where it is none."""
    hour, _, minute = time_of_day.partition(":")
    return int(hour) * 3600.0 + int(minute) * 60.0


class Director:
    """Lets a story happen in a world and hands on what citizens and sensors will say."""

    def __init__(
        self,
        world: World,
        story: Story,
        report: Callable[[CitizenReport], None],
        alarm: Callable[[Alarm], None],
    ) -> None:
        self._world, self._report, self._alarm = world, report, alarm
        self._rng = random.Random(f"story {world.town.seed}")
        self._due: list[_Due] = []
        self._order = 0
        self.every = story.every
        for act in story.acts:
            self._later(act.at, partial(self.act, act))
        if self.every:
            self._later(self._pause() + 60, self._chance)
        world.on_step.append(self._step)

    def act(self, act: Act) -> Trouble | None:
        """Let one thing happen now; raise ``ValueError`` for what is unknown."""
        now, troubles = self._world.time, self._world.troubles
        if act.do in SENSOR_KINDS:
            self._sensor(act.do)
            return None
        if act.do == "plain":
            self._plain()
            return None
        kind = _kind(act.do)
        if act.camera and act.camera not in self._world.stages:
            raise ValueError(f"no camera {act.camera}")
        if not act.camera:
            spot, facing = self._somewhere(kind)
            trouble = troubles.elsewhere(kind, spot, facing, now)
        elif kind == "vendor":
            trouble = troubles.vendor(act.camera, now, act.stays)
        else:
            trouble = troubles.thing(kind, act.camera, now)
        if act.citizen_after is not None or not act.camera:
            self._later(now + (act.citizen_after or 0.0), lambda: self._tell(trouble))
        return trouble

    def _step(self) -> None:
        while self._due and self._due[0].at <= self._world.time:
            heapq.heappop(self._due).call()

    def _later(self, at: float, call: Callable[[], object]) -> None:
        self._order += 1
        heapq.heappush(self._due, _Due(at, self._order, call))

    # --- chance -----------------------------------------------------------------------

    def _pause(self) -> float:
        return self._rng.uniform(*self.every) if self.every else 3600.0

    def _chance(self) -> None:
        self._later(self._world.time + self._pause(), self._chance)
        if self.every is None or len(self._world.troubles.present) >= _AT_ONCE:
            return
        rng = self._rng
        doing = rng.choices(
            ("vendor", "overreach", "rubbish", "parked", "plain", "bin", "manhole", "water"),
            (22, 16, 14, 12, 16, 10, 7, 3),
        )[0]
        camera = ""
        if doing in CODES and rng.random() < 0.55:
            camera = self._quiet_camera(doing)
        self.act(Act(self._world.time, doing, camera))

    def _quiet_camera(self, doing: str) -> str:
        """Choose a camera whose scene has no trouble yet and where it would be an offence."""
        zones = {"vendor": "no_vending", "parked": "no_parking"}
        busy = {trouble.camera for trouble in self._world.troubles.present}
        free = []
        for camera, stage in self._world.stages.items():
            middle = stage.spot(min(22.0, stage.front), -(stage.road.width / 2 - 1.0))
            needed = zones.get(doing)
            if camera not in busy and (needed is None or needed == self._zone_kind(middle)):
                free.append(camera)
        return self._rng.choice(free) if free else ""

    def _zone_kind(self, spot: XY) -> str:
        kinds = [z.kind for z in self._world.town.zones if inside(*spot, z.ring)]
        return kinds[0] if kinds else ""

    def _somewhere(self, kind: TroubleKind) -> tuple[XY, float]:
        rng = self._rng
        roads = [r for r in self._world.town.roads if r.kind in ("street", "main")]
        road = rng.choice(roads)
        track, side = Track(road.line), rng.choice((-1, 1))
        s = rng.uniform(0.1, 0.9) * track.length
        on_pavement = kind in ("overreach", "rubbish")
        offset = road.width / 2 + (road.pavement * 0.5 if on_pavement else -1.0)
        _, _, dx, dy = track.at(s)
        return track.beside(s, side * offset), heading(side * dx, side * dy)

    # --- what is told -----------------------------------------------------------------

    def _tell(self, trouble: Trouble) -> None:
        if not trouble.gone:
            words = self._rng.choice(_WORDS[trouble.kind])
            self._write(CODES[trouble.kind], trouble.at, words, trouble.what)

    def _plain(self) -> None:
        code, words = self._rng.choice(_PLAIN)
        spot, _ = self._somewhere("rubbish")
        self._write(code, spot, words, "")

    def _write(self, code: str, spot: XY, words: str, what: str) -> None:
        rng = self._rng
        road = self._world.roads.away(*spot)[1].road
        eye = self._world.viewpoint(spot, rng.choice((-1, 1)))
        text = words.format(road=road.name, what=what)
        self._report(CitizenReport(code, spot, text, names.person(rng), names.phone(rng), eye))

    def _sensor(self, kind: str) -> None:
        sensors = [site for site in self._world.town.sites if site.kind == kind]
        sensor = self._rng.choice(sensors)
        self._alarm(Alarm(sensor, 1.0))
        quiet = self._world.time + self._rng.uniform(600, 1500)
        self._later(quiet, lambda: self._alarm(Alarm(sensor, 0.0)))


def _kind(name: str) -> TroubleKind:
    for kind in CODES:
        if kind == name:
            return kind
    raise ValueError(f"no trouble is called {name}")


def act_of(message: dict[str, Any], now: float) -> Act:
    """Return the act that a control line asks for."""
    after = message.get("citizen_after")
    stays = message.get("stays")
    return Act(
        at=now,
        do=str(message.get("do")),
        camera=str(message.get("camera") or ""),
        stays=None if stays is None else bool(stays),
        citizen_after=None if after is None else float(after),
    )
