"""What is painted is what the model says: in its place, behind what hides it, gone after."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from console.city.model import Agent, CameraSite, Scene, Town
from console.city.video.backdrop import Backdrop, Light
from console.city.video.lettering import lettering
from console.city.video.plan import Plan
from console.city.video.planes import Planes
from console.city.video.sprites import Sprites
from console.city.video.stage import Ground, Stage
from console.city.video.troupe import Troupe
from console.city.video.view import View

_DAY = Light(1.0, 0.0)


@pytest.fixture(scope="module")
def camera(town: Town) -> CameraSite:
    return town.cameras[6]


@pytest.fixture(scope="module")
def backdrop(town: Town, camera: CameraSite) -> Backdrop:
    return Backdrop.of(Plan(town), View.of(camera))


@pytest.fixture
def painter() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def blank() -> Planes:
    return Planes(np.zeros((360, 640), np.uint8), np.zeros((180, 320, 2), np.uint8))


def ahead(camera: CameraSite, metres: float, right: float = 0.0) -> tuple[float, float]:
    b = math.radians(camera.bearing)
    x, y = camera.at
    return (
        x + metres * math.sin(b) + right * math.cos(b),
        y + metres * math.cos(b) - right * math.sin(b),
    )


def vendor(camera: CameraSite, metres: float, right: float = 0.0) -> Agent:
    x, y = ahead(camera, metres, right)
    return Agent("v1", "vendor", x, y, 90.0, 0.0, 1, "selling", (2.4, 2.4, 2.6))


def scene(*agents: Agent, daylight: float = 1.0) -> Scene:
    return Scene(43200.0, daylight, 0.0, list(agents))


class Set:
    """A stage and who plays on it, for one whole picture after the other."""

    def __init__(self, backdrop: Backdrop, painter: ThreadPoolExecutor) -> None:
        self._stage = Stage("", Ground.of(backdrop, _DAY), Sprites(), painter)
        self._troupe = Troupe()

    def shot(self, *agents: Agent) -> Planes:
        self._troupe.update(scene(*agents), 1.0, 0.0)
        target = blank()
        self._stage.forget()
        self._stage.frame(self._troupe, 0.0, target)
        return target


def changed(one: Planes, other: Planes) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.asarray(np.abs(one.luma.astype(int) - other.luma.astype(int)) > 10)


@pytest.mark.parametrize("metres", [14.0, 30.0, 60.0])
def test_a_vendor_changes_the_picture_in_his_box_and_nowhere_far(
    backdrop: Backdrop, camera: CameraSite, painter: ThreadPoolExecutor, metres: float
) -> None:
    place = Set(backdrop, painter)
    agent = vendor(camera, metres, -3.0)
    empty, sold = place.shot(), place.shot(agent)
    box = backdrop.view.box_of(agent)
    assert box is not None
    x1, y1, x2, y2 = (round(edge) for edge in box)
    difference = changed(empty, sold)
    assert difference[y1:y2, x1:x2].mean() > 0.25
    margin = max(8, round((x2 - x1) * 0.45))
    difference[max(0, y1 - margin) : y2 + margin, max(0, x1 - margin) : x2 + margin] = False
    assert difference.sum() == 0
    assert not changed(empty, place.shot()).any()


def test_nobody_is_seen_through_a_house(
    backdrop: Backdrop, camera: CameraSite, painter: ThreadPoolExecutor, town: Town
) -> None:
    view = backdrop.view

    def indoors() -> Iterator[Agent]:
        for house in town.buildings:
            middle = np.mean(house.ring, axis=0)
            for start, end in zip(house.ring, house.ring[1:], strict=False):
                wall = (np.array(start) + end) / 2
                x, y = wall + (middle - wall) / np.hypot(*(middle - wall)) * 4
                if 20 < math.dist((x, y), camera.at) < 90:
                    yield Agent("c", "car", float(x), float(y), 0.0, size=(4.6, 1.8, 1.5))

    boxes = ((view.box_of(agent), agent) for agent in indoors())
    agent = next(a for box, a in boxes if box and box[0] > 40 and box[2] < 600 and box[1] > 20)
    place = Set(backdrop, painter)
    assert not changed(place.shot(), place.shot(agent)).any()


def test_a_hundred_moving_pictures_leave_no_trace(
    backdrop: Backdrop, camera: CameraSite, painter: ThreadPoolExecutor
) -> None:
    stage = Stage("看一看", Ground.of(backdrop, _DAY), Sprites(), painter)
    x, y = ahead(camera, 12.0, 2.0)
    walker = Agent("p", "person", x, y, camera.bearing, 1.3, 2, "", (0.5, 0.5, 1.7))
    car = replace(walker, id="c", kind="car", speed=9.0, size=(4.6, 1.8, 1.5))
    car.x, car.y = ahead(camera, 10.0, -4.0)
    troupe, target = Troupe(), blank()
    for step in range(100):
        now = step / 12
        if step % 3 == 0:
            moved = [replace(one) for one in (walker, car)]
            for one in moved:
                b = math.radians(one.heading)
                one.x += one.speed * now * math.sin(b)
                one.y += one.speed * now * math.cos(b)
            troupe.update(scene(*moved), 1.0, now)
        stage.frame(troupe, now, target)
    fresh = blank()
    stage.forget()
    stage.frame(troupe, now, fresh)
    assert np.array_equal(fresh.luma, target.luma)
    assert np.array_equal(fresh.chroma, target.chroma)


def test_people_go_on_between_two_scenes_and_never_jump() -> None:
    troupe = Troupe()
    walker = Agent("p", "person", 0.0, 0.0, 90.0, 1.5, 0)
    troupe.update(scene(walker), 1.0, 10.0)
    assert troupe.at(10.2)[0, 0] == pytest.approx(0.3)
    late = replace(walker, x=0.2)
    troupe.update(scene(late), 1.0, 10.2)
    assert troupe.at(10.2)[0, 0] == pytest.approx(0.3)
    assert troupe.at(11.0)[0, 0] == pytest.approx(0.2 + 1.2, abs=0.01)
    troupe.update(scene(replace(walker, x=50.0)), 1.0, 10.4)
    assert troupe.at(10.4)[0, 0] == pytest.approx(50.0)


def test_a_late_scene_holds_people_back_instead_of_sending_them_away() -> None:
    troupe = Troupe()
    troupe.update(scene(Agent("p", "car", 0.0, 0.0, 0.0, 10.0)), 1.0, 0.0)
    assert troupe.at(60.0)[0, 1] < 10.0


def test_night_is_dark_and_its_windows_shine(
    backdrop: Backdrop, painter: ThreadPoolExecutor
) -> None:
    day, night = backdrop.lit(_DAY), backdrop.lit(Light(0.0, 0.0))
    assert night.mean() < day.mean() * 0.5
    assert (night.max(axis=2) > 200).any()


def test_new_light_comes_without_holding_up_a_frame(
    backdrop: Backdrop, painter: ThreadPoolExecutor
) -> None:
    bright_ground = Ground.of(backdrop, _DAY)
    stage, troupe, target = Stage("", bright_ground, Sprites(), painter), Troupe(), blank()
    stage.adopt(backdrop, bright_ground)
    troupe.update(scene(), 1.0, 0.0)
    stage.frame(troupe, 0.0, target)
    bright = target.luma.mean()
    troupe.update(scene(daylight=0.0), 1.0, 0.2)
    stage.frame(troupe, 0.2, target)
    painter.submit(int).result()
    troupe.update(scene(daylight=0.0), 1.0, 0.4)
    stage.frame(troupe, 0.4, target)
    assert target.luma.mean() < bright * 0.7


def test_signs_are_lettered_with_any_font() -> None:
    coverage = lettering("便民超市", 24)
    assert coverage.shape[0] >= 10
    assert coverage.shape[1] > 2 * coverage.shape[0]
    assert coverage.max() == 255


def test_nobody_stands_in_the_way_of_a_photo_but_its_subject() -> None:
    troupe = Troupe()
    near = Agent("near", "bus", 3.0, 0.0, size=(11.0, 2.5, 3.1))
    subject, far = Agent("subject", "vendor", 4.0, 0.0), Agent("far", "person", 12.0, 0.0)
    troupe.update(scene(near, subject, far), 1.0, 0.0)
    photo = troupe.frozen(0.0)
    photo.clear((0.0, 0.0, 1.6), 5.0, "subject")
    assert [agent.id for agent in photo.agents] == ["subject", "far"]
    assert photo.at(0.0).tolist() == [[4.0, 0.0], [12.0, 0.0]]
    assert len(troupe.agents) == 3
