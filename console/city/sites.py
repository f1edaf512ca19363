"""What stands on poles and corners: cameras, loudspeakers, zones with hours, places, sensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import shapely
from shapely.geometry import LineString, Point

from console.city import names
from console.city.buildings import Built
from console.city.geometry import Track, heading
from console.city.model import XY, Building, CameraSite, Road, Site, SpeakerSite, Zone
from console.city.streets import Layout

SENSOR_KINDS = {"bin": "垃圾箱满溢", "manhole": "井盖开启", "water": "水位"}
"""Sites of these kinds measure something and go to the register's sensors."""

AIM = 40.0
"""A camera's middle meets the ground about this many metres ahead."""

_Hours = str


@dataclass(frozen=True, slots=True)
class _Pole:
    """A camera's table row: street, plan point, looking along (+1) or against (-1) the line."""

    name: str
    road: str
    plan: XY
    way: Literal[-1, 1]
    group: str


_POLES = (
    _Pole("人民路解放街口", "人民路", (2000, 1806), 1, "主干道"),
    _Pole("解放街鼓楼广场", "解放街", (1690, 1780), 1, "广场"),
    _Pole("解放东路", "解放东路", (2370, 1780), 1, "主干道"),
    _Pole("珠城东路市民广场", "珠城东路", (2030, 880), 1, "广场"),
    _Pole("珠城西路", "珠城西路", (1440, 880), -1, "主干道"),
    _Pole("河滨路江滨公园", "河滨路", (1450, 1330), 1, "滨江"),
    _Pole("市场街实验小学", "市场街", (1760, 1665), 1, "学校市场"),
    _Pole("市场街东口", "市场街", (2290, 1665), -1, "学校市场"),
    _Pole("学前路小学后门", "学前路", (1700, 1572), 1, "学校市场"),
    _Pole("迎宾路人民医院", "迎宾路", (2650, 2090), 1, "医院"),
    _Pole("站前路珠城东路口", "站前路", (3300, 915), 1, "主干道"),
    _Pole("中山路解放西路口", "中山路", (1010, 1810), 1, "主干道"),
    _Pole("中山路第一中学", "中山路", (1010, 920), 1, "学校市场"),
    _Pole("文化路人民路口", "文化路", (2030, 2320), 1, "主干道"),
    _Pole("青云路", "青云路", (2980, 1815), 1, "背街小巷"),
    _Pole("滨江路", "滨江路", (2040, 1140), 1, "滨江"),
)

_NO_VENDING: tuple[tuple[str, str, XY, float, _Hours], ...] = (
    ("市场街实验小学禁摆区", "市场街", (1760, 1665), 85, ""),
    ("鼓楼广场禁摆区", "解放街", (1690, 1780), 120, "06:00-23:00"),
    ("市民广场禁摆区", "珠城东路", (2030, 880), 150, "06:00-23:00"),
    ("人民医院门口禁摆区", "迎宾路", (2650, 2090), 130, ""),
    ("第一中学门口禁摆区", "中山路", (1010, 920), 150, "06:00-22:00"),
    ("江滨公园禁摆区", "河滨路", (1450, 1330), 160, "06:00-22:00"),
    ("学前路禁摆区", "学前路", (1700, 1572), 80, "06:30-18:00"),
)

_STALLS: tuple[tuple[str, str, XY, float, _Hours], ...] = (
    ("柴市巷早餐点", "柴市巷", (1490, 1350), 60, "05:30-09:00"),
    ("北苑路夜市", "北苑路", (1500, 2500), 160, "18:00-23:30"),
    ("新华路瓜果自产自销点", "新华路", (2700, 1540), 90, "06:00-18:00"),
    ("振兴路修鞋织补点", "振兴路", (2050, 600), 60, "08:00-18:00"),
    ("青云路便民点", "青云路", (2980, 2150), 70, "06:00-20:00"),
)

_PLACES: tuple[tuple[str, str, str, XY], ...] = (
    ("squad", "综合行政执法局指挥中心", "人民路", (2015, 2100)),
    ("squad", "城中中队驻地", "鼓楼街", (1500, 2062)),
    ("squad", "城东中队驻地", "解放东路", (3100, 1795)),
    ("squad", "滨江中队驻地", "滨江路", (1250, 1128)),
    ("bus_station", "客运中心", "站前路", (3315, 700)),
    ("park", "西湖公园", "湖西路", (800, 2065)),
    ("square", "鼓楼广场", "解放街", (1780, 1800)),
    ("square", "市民广场", "珠城东路", (2100, 895)),
)


_GAUGES = (
    ("人民大桥水位", (2010.0, 1290.0)),
    ("中山大桥水位", (1020.0, 1290.0)),
    ("迎宾大桥水位", (2660.0, 1290.0)),
)


@dataclass(frozen=True, slots=True)
class Sited:
    """All sites of the town, and the buildings with their signs hung."""

    cameras: tuple[CameraSite, ...]
    speakers: tuple[SpeakerSite, ...]
    zones: tuple[Zone, ...]
    places: tuple[Site, ...]
    buildings: tuple[Building, ...]


def place_sites(layout: Layout, built: Built, rng: random.Random) -> Sited:
    """Put everything with an address where it belongs."""
    roads = {road.name: road for road in reversed(layout.roads)}
    cameras = tuple(_camera(i, pole, roads, layout) for i, pole in enumerate(_POLES))
    buildings, shops = _shops(layout, built.buildings, rng)
    places = [
        *_compounds(built, layout, rng),
        *_fixed(roads, layout, rng),
        *shops,
        *_amenities(layout, rng),
        *_sensors(layout, rng),
    ]
    numbered = tuple(replace(p, id=f"p{i + 1:03d}") for i, p in enumerate(places))
    return Sited(cameras, _speakers(cameras, roads), _zones(roads, layout), numbered, buildings)


def _stand(road: Road, layout: Layout, plan: XY) -> tuple[Track, float]:
    track = Track(road.line)
    return track, track.nearest(*layout.bend(*plan))[1]


def _camera(index: int, pole: _Pole, roads: dict[str, Road], layout: Layout) -> CameraSite:
    """A pole on the kerb to the right of the view, aimed at the middle of the roadway."""
    road = roads[pole.road]
    track, s = _stand(road, layout, pole.plan)
    x, y = track.beside(s, pole.way * (road.width / 2 + 0.8))
    tx, ty = track.at(min(max(s + pole.way * AIM, 0.0), track.length))[:2]
    return CameraSite(
        id=f"cam{index + 1:02d}",
        name=pole.name,
        at=(round(x, 2), round(y, 2)),
        height=6.0 if road.kind != "main" else 7.5,
        bearing=round(heading(tx - x, ty - y), 1),
        tilt=10.0,
        fov=64.0,
        road=road.id,
        group=pole.group,
    )


def _speakers(cameras: tuple[CameraSite, ...], roads: dict[str, Road]) -> tuple[SpeakerSite, ...]:
    """One beside each camera, on the same pole; every third hangs on plain RTP."""
    made = []
    for index, camera in enumerate(cameras):
        protocol: Literal["sip", "rtp"] = "rtp" if index % 3 == 2 else "sip"
        spot = (round(camera.at[0] + 0.3, 2), round(camera.at[1] + 0.3, 2))
        made.append(
            SpeakerSite(
                f"spk{index + 1:02d}", f"{camera.name}音柱", spot, 70.0, camera.road, protocol
            )
        )
    return tuple(made)


def _zones(roads: dict[str, Road], layout: Layout) -> tuple[Zone, ...]:
    made: list[Zone] = []

    def add(
        kind: Literal["no_vending", "permitted_stall", "no_parking", "loading_bay"],
        row: tuple[str, str, XY, float, _Hours],
        sides: tuple[float, float],
    ) -> None:
        name, street, plan, length, hours = row
        road = roads[street]
        track, s = _stand(road, layout, plan)
        reach = road.width / 2 + road.pavement
        left, right = (side * reach for side in sides)
        end = min(s + length, track.length)
        ring = tuple((round(x, 2), round(y, 2)) for x, y in track.strip(s, end, left, right))
        made.append(Zone(f"z{len(made) + 1:02d}", kind, name, ring, hours))

    for row in _NO_VENDING:
        add("no_vending", row, (-1.0, 1.0))
    for row in _STALLS:
        add("permitted_stall", row, (-1.0, 1.0))
    for name, street, plan in (
        ("解放街禁停路段", "解放街", (1720, 1780)),
        ("人民路禁停路段", "人民路", (2000, 1812)),
        ("文化路禁停路段", "文化路", (2040, 2320)),
    ):
        add("no_parking", (name, street, plan, 180, "07:00-21:00"), (-1.0, 1.0))
    for index, (street, plan) in enumerate(
        (("市场街", (1450, 1665)), ("鼓楼街", (1500, 2050)), ("新华路", (2900, 1540)),
         ("振兴路", (1700, 600)), ("北苑路", (2200, 2500)), ("东门街", (2330, 1900)))
    ):  # fmt: skip
        row = (f"有礼装卸点{index + 1}号", street, plan, 24.0, "09:00-16:00")
        add("loading_bay", row, (0.55, 0.95))
    return tuple(made)


def _compounds(built: Built, layout: Layout, rng: random.Random) -> Iterator[Site]:
    lines = shapely.STRtree([LineString(r.line) for r in layout.roads])
    for building in built.buildings:
        if building.name:
            xs, ys = zip(*building.ring, strict=True)
            spot = (sum(xs) / len(xs), sum(ys) / len(ys))
            road = layout.roads[int(lines.nearest(Point(spot)))]
            yield Site("", building.use, building.name, spot, road.id, names.phone(rng))


def _fixed(roads: dict[str, Road], layout: Layout, rng: random.Random) -> Iterator[Site]:
    for kind, name, street, plan in _PLACES:
        yield Site("", kind, name, layout.bend(*plan), roads[street].id, names.phone(rng))


def _shops(
    layout: Layout, buildings: tuple[Building, ...], rng: random.Random
) -> tuple[tuple[Building, ...], list[Site]]:
    """Give two of five shop houses a name, a number and a telephone."""
    lines = [LineString(r.line) for r in layout.roads]
    tree = shapely.STRtree(lines)
    signed, shops = [], []
    for building in buildings:
        if building.use != "shop" or rng.random() < 0.6:
            signed.append(building)
            continue
        xs, ys = zip(*building.ring, strict=True)
        middle = Point(sum(xs) / 4, sum(ys) / 4)
        index = int(tree.nearest(middle))
        road, kind_name = layout.roads[index], names.shop(rng)
        door = shapely.shortest_line(middle, lines[index])
        front = door.interpolate(max(0.0, door.length - road.width / 2 - road.pavement))
        number = 2 * int(lines[index].project(middle) / 6) + 1
        kind, name = kind_name
        signed.append(replace(building, name=name))
        spot = (round(front.x, 2), round(front.y, 2))
        title = f"{name}（{road.name}{number}号）"
        shops.append(Site("", f"shop_{kind}", title, spot, road.id, names.phone(rng)))
    return tuple(signed), shops


def _along(layout: Layout, rng: random.Random) -> tuple[Road, XY]:
    """Return a random spot on the pavement of a random street or main road."""
    road = rng.choice([r for r in layout.roads if r.kind in ("street", "main")])
    track = Track(road.line)
    side = rng.choice((-1, 1)) * (road.width / 2 + road.pavement - 0.8)
    x, y = track.beside(rng.uniform(30, track.length - 30), side)
    return road, (round(x, 2), round(y, 2))


def _amenities(layout: Layout, rng: random.Random) -> Iterator[Site]:
    for kind, label, count in (("toilet", "公共厕所", 14), ("kiosk", "垃圾分类亭", 24)):
        for number in range(count):
            road, spot = _along(layout, rng)
            yield Site("", kind, f"{road.name}{label}{number + 1}号", spot, road.id)


def _sensors(layout: Layout, rng: random.Random) -> Iterator[Site]:
    for kind, label, count in (("bin", "智能果皮箱", 18), ("manhole", "智能井盖", 27)):
        for number in range(count):
            road, spot = _along(layout, rng)
            yield Site("", kind, f"{road.name}{label}{number + 1}号", spot, road.id)
    for number, (name, plan) in enumerate(_GAUGES):
        spot = layout.bend(*plan)
        road = min(layout.roads, key=partial(_distance, spot))
        yield Site("", "water", f"{name}{number + 1}号", spot, road.id)


def _distance(spot: XY, road: Road) -> float:
    return Track(road.line).nearest(*spot)[0]
