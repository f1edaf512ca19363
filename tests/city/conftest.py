"""One town, one graph for all tests of the city: they are never changed."""

from __future__ import annotations

import pytest

from console.city.model import Town
from console.city.roads import RoadGraph
from console.city.town import make_town
from console.city.world import World


@pytest.fixture(scope="session")
def town() -> Town:
    return make_town(7)


@pytest.fixture(scope="session")
def roads(town: Town) -> RoadGraph:
    return RoadGraph(town)


@pytest.fixture
def world(town: Town) -> World:
    return World(town, start=16.5 * 3600)
