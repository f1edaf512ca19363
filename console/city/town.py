"""A county town out of a seed: the same seed always makes the same town."""

from __future__ import annotations

import random
from typing import Literal

from console.city import names
from console.city.buildings import COMPOUNDS, build, playing_field
from console.city.geometry import Track
from console.city.grids import make_grids
from console.city.model import XY, Road, Staff, Town
from console.city.sites import place_sites
from console.city.streets import SIZE, make_layout

ORIGIN = (28.8375, 121.0795)
"""WGS-84 (lat, lon) of the town's south-west corner: its middle lies near 28.851 N 121.100 E."""

OFFICERS, VEHICLES, DRONES = 120, 68, 12


def make_town(seed: int) -> Town:
    """Return the town of this seed."""
    rng = random.Random(f"town {seed}")
    layout = make_layout(rng)
    built = build(layout, rng)
    sited = place_sites(layout, built, rng)
    schools = [compound for compound in COMPOUNDS if compound.use == "school"]
    fields = [playing_field(school, layout, f"a{i + 21}") for i, school in enumerate(schools)]
    beat = next(c for c in sited.cameras if c.id == "cam07").road
    return Town(
        name=rng.choice(names.TOWNS),
        seed=seed,
        origin=ORIGIN,
        size=SIZE,
        roads=layout.roads,
        buildings=sited.buildings,
        areas=(*layout.areas, *fields),
        zones=sited.zones,
        sites=sited.places,
        cameras=sited.cameras,
        speakers=sited.speakers,
        grids=make_grids(layout, rng),
        staff=_staff(layout.roads, beat, rng),
    )


def _staff(roads: tuple[Road, ...], beat: str, rng: random.Random) -> tuple[Staff, ...]:
    """Two hundred units; the first officers of the first squad walk the street ``beat``."""
    inner = [r for r in roads if r.kind in ("street", "main", "lane")]
    wide = [r for r in roads if r.kind in ("street", "main", "ring")]
    market = next(r for r in roads if r.id == beat)
    staff: list[Staff] = []
    plan: list[tuple[Literal["officer", "vehicle", "drone"], int]] = [
        ("officer", OFFICERS),
        ("vehicle", VEHICLES),
        ("drone", DRONES),
    ]
    for kind, count in plan:
        for number in range(count):
            index = len(staff) + 1
            road = rng.choice(inner if kind == "officer" else wide)
            home = _home(road, rng)
            if kind == "officer" and number < 2:
                home = Track(market.line).at(120.0 + 700.0 * number)[:2]
            squad = names.SQUADS[number % len(names.SQUADS)]
            staff.append(
                Staff(
                    id=f"u{index:03d}",
                    kind=kind,
                    name=_name(kind, number, squad, rng),
                    squad=squad,
                    phone=names.phone(rng),
                    terminal=_terminal(kind, number, index),
                    protocol=_protocol(kind, number),
                    home=home,
                )
            )
    return tuple(staff)


def _home(road: Road, rng: random.Random) -> XY:
    track = Track(road.line)
    x, y = track.at(rng.uniform(0, track.length))[:2]
    return round(x, 2), round(y, 2)


def _name(kind: str, number: int, squad: str, rng: random.Random) -> str:
    if kind == "officer":
        return names.person(rng)
    if kind == "vehicle":
        return f"执法{number + 1:02d}车（浙J·{rng.randrange(10_000, 99_999)}）"
    return f"无人机{number + 1}号"


def _terminal(kind: str, number: int, index: int) -> str:
    """Return what the terminal calls itself: a SIM's number, for OwnTracks user and device."""
    if _protocol(kind, number) == "owntracks":
        return f"zhifa/u{index:03d}"
    return f"1290576{index:04d}"


def _protocol(kind: str, number: int) -> Literal["jt808", "osmand", "owntracks"]:
    """Most carry a JT/T 808 terminal; some officers and cars an application instead."""
    if kind == "officer" and number % 10 == 9:
        return "osmand"
    if kind == "officer" and number % 15 == 7:
        return "owntracks"
    if kind == "vehicle" and number % 17 == 16:
        return "osmand"
    return "jt808"
