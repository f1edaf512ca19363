from __future__ import annotations

from pathlib import Path

import pytest

from console.city.model import Town
from console.city.story import Act, Alarm, CitizenReport, Director, Story, act_of, load_story
from console.city.world import World
from console.resources import resource


@pytest.fixture
def world(town: Town) -> World:
    """A town asleep: stories cost less when few are about."""
    return World(town, start=3 * 3600.0)


class Told:
    """What a director hands on."""

    def __init__(self, world: World, story: Story) -> None:
        self.reports: list[CitizenReport] = []
        self.alarms: list[Alarm] = []
        self.director = Director(world, story, self.reports.append, self.alarms.append)


def test_the_demo_begins_with_a_vendor_before_camera_seven(world: World) -> None:
    Told(world, load_story(resource("stories/demo.toml")))
    world.step(11)
    assert world.troubles.present == []
    world.step(2)
    assert [(t.kind, t.camera) for t in world.troubles.present] == [("vendor", "cam07")]


def test_the_citizen_tells_of_the_same_vendor_with_the_streets_name(world: World) -> None:
    told = Told(world, Story(acts=(Act(1.0, "vendor", "cam07", True, 30.0),)))
    world.step(40)
    vendor = world.troubles.present[0]
    assert [r.code for r in told.reports] == ["09001"]
    assert "市场街" in told.reports[0].text
    assert told.reports[0].at == vendor.at


def test_something_is_reported_every_minute_or_so(world: World) -> None:
    told = Told(world, Story(every=(40.0, 90.0)))
    seen = set()
    for _ in range(1800):
        world.step(1.0)
        seen |= {t.id for t in world.troubles.present if t.camera}
    happened = len(told.reports) + len(told.alarms) + len(seen)
    assert 14 <= happened <= 50
    assert len({r.code for r in told.reports}) >= 3
    assert told.alarms


def test_a_quiet_story_breaks_no_rule(world: World) -> None:
    told = Told(world, load_story(resource("stories/quiet.toml")))
    for _ in range(900):
        world.step(1.0)
    assert (told.reports, told.alarms, world.troubles.present) == ([], [], [])


def test_an_act_that_nobody_knows_is_refused(world: World) -> None:
    told = Told(world, Story())
    with pytest.raises(ValueError, match="dragon"):
        told.director.act(act_of({"do": "dragon"}, 0.0))
    with pytest.raises(ValueError, match="cam99"):
        told.director.act(act_of({"do": "vendor", "camera": "cam99"}, 0.0))


def test_every_story_of_the_program_can_be_played(town: Town) -> None:
    for path in sorted(resource("stories").glob("*.toml")):
        story = load_story(path)
        world = World(town, start=story.start, rain=story.rain, market=story.market)
        Told(world, story)
        world.step(30)


def test_a_broken_story_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[[act]]\nwhere = 3\n", "utf-8")
    with pytest.raises(ValueError, match=r"bad\.toml"):
        load_story(path)
