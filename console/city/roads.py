"""The road graph: shortest ways, and the lines on which one walks, rides and drives.

Traffic keeps to the right. A way is a list of :class:`Leg`: a stretch of lane or the
bow across a junction, each a plain line that the movers follow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString, Point

from console.city.geometry import Track
from console.city.model import XY, Road, Town

Mode = Literal["walk", "ride", "drive"]

_DRIVE = {"lane": (1.4, 1.4), "street": (1.9, 1.9), "main": (2.0, 5.0), "ring": (3.0, 6.5)}
_RIDE = {"lane": 2.3, "street": 3.5, "main": 6.6, "ring": 9.6}
_LIMIT = {"lane": 4.0, "street": 8.5, "main": 12.0, "ring": 15.0}
_SIGNALLED = {"main", "ring"}


@dataclass(frozen=True, slots=True)
class Edge:
    """A stretch of road between two junctions, from node ``start`` to node ``end``."""

    index: int
    start: int
    end: int
    road: Road
    track: Track


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the graph: ``s`` metres from the start of an edge."""

    edge: int
    s: float


@dataclass(frozen=True, slots=True)
class Step:
    """An edge with the direction in which it is taken."""

    edge: int
    forward: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """One line to follow. ``key`` is common to all who use the same lane.

    ``limit`` is m/s; ``signal`` is twice the junction's number plus the group of its
    lights at the end of the leg, or -1; ``step`` tells the edge, None on a junction.
    """

    key: int
    track: Track
    limit: float
    signal: int = -1
    step: Step | None = None


class RoadGraph:
    """Nodes are where streets meet; both they and the edges follow from the town alone."""

    def __init__(self, town: Town) -> None:
        self.nodes: list[XY] = []
        self.edges: list[Edge] = []
        self._build(town)
        self.out: list[list[Step]] = [[] for _ in self.nodes]
        for edge in self.edges:
            self.out[edge.start].append(Step(edge.index, True))
            self.out[edge.end].append(Step(edge.index, False))
        self._clear = [self._room(node) for node in range(len(self.nodes))]
        self._lights = [self._signalled(node) for node in range(len(self.nodes))]
        self._tree = shapely.STRtree([LineString(e.track.points) for e in self.edges])
        self._lanes: dict[tuple[int, bool, float], Leg] = {}
        self._bows: dict[tuple[int, int], Leg] = {}
        self._measure()

    # --- building -------------------------------------------------------------------

    def _build(self, town: Town) -> None:
        uses: dict[XY, int] = {}
        for road in town.roads:
            for point in road.line:
                uses[point] = uses.get(point, 0) + 1
            for point in (road.line[0], road.line[-1]):
                uses[point] += 1
        numbers: dict[XY, int] = {}
        for road in town.roads:
            cuts = [i for i, point in enumerate(road.line) if uses[point] > 1]
            for first, last in pairwise(cuts):
                ends = (road.line[first], road.line[last])
                for point in ends:
                    if point not in numbers:
                        numbers[point] = len(self.nodes)
                        self.nodes.append(point)
                start, end = numbers[ends[0]], numbers[ends[1]]
                track = Track(road.line[first : last + 1])
                self.edges.append(Edge(len(self.edges), start, end, road, track))

    def _room(self, node: int) -> float:
        widest = max(self.edges[step.edge].road.width for step in self.out[node])
        return widest / 2 + 1.0 if len(self.out[node]) > 1 else 0.0

    def _signalled(self, node: int) -> bool:
        roads = [self.edges[step.edge].road for step in self.out[node]]
        wide = [road for road in roads if road.kind in _SIGNALLED]
        return len(roads) >= 3 and len(wide) >= 3

    def _measure(self) -> None:
        count = len(self.nodes)
        shortest: dict[tuple[int, int], Edge] = {}
        for edge in self.edges:
            for pair in ((edge.start, edge.end), (edge.end, edge.start)):
                known = shortest.get(pair)
                if known is None or edge.track.length < known.track.length:
                    shortest[pair] = edge
        self._between = shortest
        rows, columns = zip(*shortest, strict=True)
        weights = [edge.track.length for edge in shortest.values()]
        graph = csr_array((weights, (rows, columns)), shape=(count, count))
        lengths, before = dijkstra(graph, return_predecessors=True)
        self._lengths = np.asarray(lengths, dtype=np.float64)
        self._before = np.asarray(before, dtype=np.int32)

    # --- finding ways -------------------------------------------------------------------

    def spot(self, x: float, y: float) -> Spot:
        """Return the place on the graph nearest to a point."""
        index = int(self._tree.nearest(Point(x, y)))
        return Spot(index, self.edges[index].track.nearest(x, y)[1])

    def away(self, x: float, y: float) -> tuple[float, Edge]:
        """Return metres to the nearest centre line, and its edge."""
        index = int(self._tree.nearest(Point(x, y)))
        return self.edges[index].track.nearest(x, y)[0], self.edges[index]

    def length(self, start: Spot, goal: Spot) -> float:
        """Return metres of the shortest way between two places."""
        return self._best(start, goal)[0]

    def way(self, start: Spot, goal: Spot, mode: Mode, lane: int = 0) -> list[Leg]:
        """Return the legs of the shortest way."""
        _, steps = self._best(start, goal)
        legs: list[Leg] = []
        for index, step in enumerate(steps):
            leg = self.lane(step, mode, lane)
            total = self.edges[step.edge].track.length
            first = start.s / total if index == 0 else (0.0 if step.forward else 1.0)
            last = goal.s / total if index == len(steps) - 1 else (1.0 if step.forward else 0.0)
            if not step.forward:
                first, last = 1 - first, 1 - last
            if index:
                legs.append(self.bow(legs[-1], leg))
            legs.append(_part(leg, first, last))
        return legs

    def _best(self, start: Spot, goal: Spot) -> tuple[float, list[Step]]:
        one, other = self.edges[start.edge], self.edges[goal.edge]
        if start.edge == goal.edge:
            return abs(goal.s - start.s), [Step(start.edge, goal.s >= start.s)]
        best, ends = math.inf, (0, 0)
        for leave, lead in ((one.start, start.s), (one.end, one.track.length - start.s)):
            for enter, tail in ((other.start, goal.s), (other.end, other.track.length - goal.s)):
                total = lead + float(self._lengths[leave, enter]) + tail
                if total < best:
                    best, ends = total, (leave, enter)
        leave, enter = ends
        nodes = [enter]
        while nodes[-1] != leave:
            nodes.append(int(self._before[leave, nodes[-1]]))
        nodes.reverse()
        steps = [Step(start.edge, leave == one.end)]
        for a, b in pairwise(nodes):
            edge = self._between[(a, b)]
            steps.append(Step(edge.index, edge.start == a))
        steps.append(Step(goal.edge, enter == other.start))
        return best, steps

    # --- lines to follow ------------------------------------------------------------------

    def target(self, step: Step) -> int:
        """Return the node that a step leads to."""
        edge = self.edges[step.edge]
        return edge.end if step.forward else edge.start

    def lane(self, step: Step, mode: Mode, lane: int = 0, side: int = 1) -> Leg:
        """Return the line of one edge; ``side`` -1 puts a walker on the left pavement."""
        edge = self.edges[step.edge]
        road = edge.road
        offset = {
            "walk": side * (road.width / 2 + road.pavement * 0.5),
            "ride": _RIDE[road.kind],
            "drive": _DRIVE[road.kind][lane],
        }[mode]
        key = (step.edge, step.forward, offset)
        if key not in self._lanes:
            points = edge.track.points if step.forward else edge.track.points[::-1]
            node = self.target(step)
            trim = max(self._clear[edge.start], self._clear[edge.end])
            track = Track(Track(points).shifted(offset, trim))
            signal = -1
            if self._lights[node] and mode != "walk":
                dx, dy = track.at(track.length)[2:]
                signal = 2 * node + int(abs(dx) > abs(dy))
            self._lanes[key] = Leg(len(self._lanes), track, _LIMIT[road.kind], signal, step)
        return self._lanes[key]

    def bow(self, before: Leg, after: Leg) -> Leg:
        """Return the bow across a junction from one lane to the next."""
        key = (before.key, after.key)
        if key not in self._bows:
            x1, y1, dx1, dy1 = before.track.at(before.track.length)
            x2, y2, dx2, dy2 = after.track.at(0.0)
            reach = math.hypot(x2 - x1, y2 - y1) * 0.4
            ax, ay, bx, by = x1 + dx1 * reach, y1 + dy1 * reach, x2 - dx2 * reach, y2 - dy2 * reach
            points = [(x1, y1)]
            for share in (0.25, 0.5, 0.75, 1.0):
                u = 1 - share
                w = (u**3, 3 * u * u * share, 3 * u * share * share, share**3)
                points.append(
                    (
                        w[0] * x1 + w[1] * ax + w[2] * bx + w[3] * x2,
                        w[0] * y1 + w[1] * ay + w[2] * by + w[3] * y2,
                    )
                )
            limit = min(before.limit, after.limit, 5.0 if dx1 * dx2 + dy1 * dy2 < 0.7 else 12.0)
            self._bows[key] = Leg(-1 - len(self._bows), Track(points), limit)
        return self._bows[key]


def _part(leg: Leg, first: float, last: float) -> Leg:
    """Return the piece of a lane between two shares of its length."""
    if first <= 0.001 and last >= 0.999:
        return leg
    track = leg.track
    start, end = first * track.length, max(last * track.length, first * track.length + 0.1)
    inner = [s for s in track.cum if start < s < end]
    points = [track.at(s)[:2] for s in (start, *inner, end)]
    return Leg(leg.key, Track(points), leg.limit, leg.signal if last >= 0.999 else -1, leg.step)
