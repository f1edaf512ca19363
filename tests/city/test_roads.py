from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.city.agents.patrol import ASIDE
from console.city.model import Town
from console.city.movers import Movers, straight
from console.city.roads import Mode, RoadGraph, Step
from console.city.world import World

PLACES = st.tuples(st.floats(300, 3700), st.floats(300, 2700))
MODES = st.sampled_from(["walk", "ride", "drive"])


def test_every_place_can_be_reached_from_every_other(roads: RoadGraph) -> None:
    first = roads.spot(*roads.nodes[0])
    assert all(math.isfinite(roads.length(first, roads.spot(*n))) for n in roads.nodes)


@settings(deadline=None, max_examples=60)
@given(start=PLACES, goal=PLACES, mode=MODES)
def test_a_way_is_unbroken_and_about_as_long_as_the_streets_it_takes(
    roads: RoadGraph, start: tuple[float, float], goal: tuple[float, float], mode: Mode
) -> None:
    one, other = roads.spot(*start), roads.spot(*goal)
    legs = roads.way(one, other, mode)
    for before, after in pairwise(legs):
        assert math.dist(before.track.points[-1], after.track.points[0]) < 0.5
    length = sum(leg.track.length for leg in legs)
    assert length < roads.length(one, other) * 1.3 + 80
    ends = roads.edges[other.edge].track.at(other.s)[:2]
    assert math.dist(legs[-1].track.points[-1], ends) < 40


def test_traffic_keeps_to_the_right(roads: RoadGraph) -> None:
    for edge in roads.edges:
        if edge.track.length < 60:
            continue
        middle = edge.track.length / 2
        x, y, dx, dy = edge.track.at(middle)
        leg = roads.lane(Step(edge.index, True), "drive")
        lx, ly = leg.track.at(leg.track.nearest(x, y)[1])[:2]
        assert dy * (lx - x) - dx * (ly - y) > 1.0


def test_a_follower_keeps_its_distance_and_stops_behind_the_one_in_front() -> None:
    movers = Movers(2)
    lane = straight([(0, 0), (1000, 0)], limit=20)
    front = movers.add([lane], 0.0, room=7, start=200)
    back = movers.add([lane], 12.0, room=7)
    for _ in range(300):
        movers.step(0.2, 0.0)
    assert movers.x[front] == pytest.approx(200)
    assert 185 < movers.x[back] <= 194
    assert movers.speed[back] < 0.2


def test_a_car_waits_at_red_and_goes_at_green(roads: RoadGraph) -> None:
    step = next(
        Step(e.index, True)
        for e in roads.edges
        if roads.lane(Step(e.index, True), "drive").signal >= 0 and e.track.length > 120
    )
    lane = roads.lane(step, "drive")
    movers = Movers(1)
    slot = movers.add([lane], 10.0, room=7, start=lane.track.length - 60)
    stood, arrived, clock = 0.0, False, 0.0
    while not arrived and clock < 120:
        clock += 0.2
        arrived = bool(movers.step(0.2, clock))
        stood += 0.2 if movers.speed[slot] < 0.1 else 0.0
    assert arrived
    assert stood < 40


def test_units_keep_to_the_streets_for_a_quarter_of_an_hour(world: World) -> None:
    for _ in range(900):
        world.step(1.0)
        if world.time % 30 == 0:
            for unit in world.patrol.units.values():
                if unit.slot >= 0:
                    gap, edge = world.roads.away(unit.x, unit.y)
                    assert gap <= edge.road.width / 2 + edge.road.pavement + 9.0


def test_an_officer_who_is_sent_gets_there_and_says_so(world: World, town: Town) -> None:
    unit = world.patrol.units["u001"]
    site = next(c for c in town.cameras if c.id == "cam07")
    world.patrol.send("u001", site.at)
    for _ in range(1200):
        world.step(0.5)
        if unit.state == "on_site":
            break
    assert unit.state == "on_site"
    assert math.dist((unit.x, unit.y), site.at) < ASIDE
    world.patrol.release("u001")
    world.step(30)
    assert unit.state == "patrol"
