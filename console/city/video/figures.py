"""How each kind of agent looks: people, vendors, vehicles, goods, rubbish."""

from __future__ import annotations

import functools
import math

from console.city.model import AgentKind
from console.city.video.plan import chance
from console.city.video.raster import Colour
from console.city.video.shapes import (
    Ball,
    Bar,
    Face,
    Part,
    Solid,
    Spot,
    box,
    disc,
    on_side,
)
from console.city.video.vehicles import PAINTS, TYRE, Size, bus, car, patrol_car, truck

STRIDES = (0.0, 0.7, 1.0, 0.7, 0.0, -0.7, -1.0, -0.7)
"""How far the left foot is before the other through a walk, 1 at its widest."""
PHASES = (0, 1, 2, 1, 0, 5, 6, 5)
"""The steps of a walk that look alike share a number, an index of ``STRIDES``."""
LOOKS = 6
"""How many different ones of each kind there are to be seen."""


_COATS: tuple[Colour, ...] = (
    (176, 62, 58), (62, 92, 142), (222, 214, 200), (84, 118, 88), (196, 150, 74), (110, 90, 130),
)  # fmt: skip
_TROUSERS: tuple[Colour, ...] = (
    (52, 56, 70), (88, 92, 104), (44, 46, 52), (120, 104, 84), (60, 70, 96), (70, 62, 58),
)  # fmt: skip
_SKIN: Colour = (226, 184, 152)
_HAIR: Colour = (38, 34, 34)
_BLUE: Colour = (34, 52, 104)
_VEST: Colour = (206, 228, 52)


@functools.lru_cache(maxsize=2048)
def figure(kind: AgentKind, look: int, state: str, size: Size, phase: int) -> Solid:
    """Return the parts of an agent; ``phase`` is the step of its walk, -1 standing still."""
    parts: list[Part]
    if kind in ("car", "parked"):
        parts = car(size, PAINTS[look % LOOKS], kind == "car")
    elif kind == "patrol_car":
        parts = patrol_car(size)
    elif kind == "bus":
        parts = bus(size, look)
    elif kind == "truck":
        parts = truck(size, look)
    elif kind == "bike":
        parts = _bike(look, phase)
    elif kind == "vendor":
        parts = _vendor(look, state, phase)
    elif kind == "overreach":
        parts = _goods(size, look)
    elif kind == "rubbish":
        parts = _rubbish(size, look)
    elif kind == "officer":
        parts = _officer(phase)
    else:
        parts = _person(_COATS[look % LOOKS], _TROUSERS[(look * 5 + 1) % LOOKS], phase, look)
        if state == "umbrella":
            parts += _canopy((0.1, 0.1), look + 1, radius=0.56, rim=1.82, top=2.06)
    return Solid(parts)


def _moved(parts: list[Part], x: float, y: float, layer: int = 0) -> list[Part]:
    def spot(at: Spot) -> Spot:
        return at[0] + x, at[1] + y, at[2]

    moved: list[Part] = []
    for part in parts:
        if isinstance(part, Face):
            ring = tuple(spot(at) for at in part.ring)
            moved.append(Face(ring, part.colour, part.glow, part.layer + layer))
        elif isinstance(part, Ball):
            moved.append(Ball(spot(part.centre), part.radius, part.colour, part.layer + layer))
        else:
            ends = spot(part.start), spot(part.end)
            moved.append(Bar(*ends, part.width, part.colour, part.layer + layer))
    return moved


# --- people ------------------------------------------------------------------


def _person(coat: Colour, trousers: Colour, phase: int, look: int) -> list[Part]:
    swing = 0.0 if phase < 0 else STRIDES[phase]
    lift = 0.0 if phase < 0 else abs(swing) * 0.03
    parts: list[Part] = []
    for side, way in ((0.1, 1), (-0.1, -1)):
        foot = 0.34 * swing * way
        knee = foot * 0.5 + 0.05
        parts += [
            Bar((0, side, 0.86 - lift), (knee, side, 0.46), 0.17, trousers),
            Bar((knee, side, 0.46), (foot, side, 0.07), 0.14, trousers),
            Bar((foot, side, 0.05), (foot + 0.14, side, 0.05), 0.1, (48, 44, 42)),
        ]
        hand = -0.3 * swing * way
        parts += [
            Bar((0, side * 2.5, 1.38), (hand * 0.5, side * 2.7, 1.1), 0.12, coat),
            Bar((hand * 0.5, side * 2.7, 1.1), (hand + 0.06, side * 2.6, 0.86), 0.1, coat),
            Ball((hand + 0.08, side * 2.6, 0.82), 0.06, _SKIN),
        ]
    parts += [
        Bar((0, 0, 0.94), (0, 0, 1.32), 0.38, coat, 1),
        Bar((0, 0.12, 1.34), (0, -0.12, 1.34), 0.2, coat, 1),
        Bar((0, 0, 1.42), (0.01, 0, 1.5), 0.11, _SKIN, 2),
        Ball((0.02, 0, 1.58), 0.125, _SKIN, 2),
        Ball((-0.025, 0, 1.63), 0.125, _HAIR, 2),
    ]
    if look % 3 == 2:
        parts.append(Bar((-0.06, 0, 1.6), (-0.1, 0, 1.36), 0.17, _HAIR, 2))
    return parts


def _officer(phase: int) -> list[Part]:
    parts = _person(_BLUE, (26, 36, 74), phase, 0)
    parts += [
        Bar((0, 0, 0.98), (0, 0, 1.32), 0.41, _VEST, 1),
        Bar((0, 0.19, 1.12), (0, -0.19, 1.12), 0.07, (232, 236, 238), 2),
        Bar((0, 0, 1.68), (0, 0, 1.7), 0.27, _BLUE, 3),
        Bar((0.1, 0.06, 1.64), (0.1, -0.06, 1.64), 0.07, (20, 26, 50), 3),
    ]
    return parts


# --- the vendor --------------------------------------------------------------

_CANOPIES: tuple[tuple[Colour, Colour], ...] = (
    ((206, 48, 44), (246, 232, 206)), ((36, 104, 176), (240, 240, 236)),
    ((40, 140, 88), (250, 226, 120)), ((226, 128, 40), (250, 240, 220)),
    ((206, 48, 44), (246, 200, 60)), ((120, 60, 140), (240, 230, 240)),
)  # fmt: skip
_WARES: tuple[Colour, ...] = ((216, 92, 40), (196, 44, 40), (226, 190, 60), (110, 160, 60))


def _vendor(look: int, state: str, phase: int) -> list[Part]:
    """A cart with wares, its owner behind it, and while he sells a big sunshade over both."""
    on_the_move = state in ("walking", "leaving")
    parts: list[Part] = list(_cart(look, packed=state == "packing" or on_the_move))
    coat = _COATS[(look * 3 + 2) % LOOKS]
    owner = _person(coat, _TROUSERS[look % LOOKS], phase if on_the_move else -1, look)
    owner.append(Bar((0.05, 0, 0.78), (0.06, 0, 1.2), 0.3, (236, 232, 222), 1))
    if on_the_move:
        parts += _moved(owner, -1.15, 0.0)
    else:
        parts += _moved(owner, 0.15, 0.72)
        parts += [Bar((0.1, 0.3, 0.8), (0.1, 0.3, 2.35), 0.06, (214, 214, 210), 1)]
    if state == "packing":
        parts.append(Bar((0.1, 0.3, 1.5), (0.1, 0.3, 2.4), 0.2, _CANOPIES[look % LOOKS][0], 3))
    elif not on_the_move:
        parts += _canopy((0.1, 0.25), look)
    return parts


def _cart(look: int, *, packed: bool) -> list[Part]:
    wood: Colour = (148, 108, 72) if look % 2 else (92, 122, 150)
    parts: list[Part] = [*box((-0.8, 0.8), (-0.42, 0.42), (0.32, 0.82), wood)]
    for side in (-0.44, 0.44):
        way = 1 if side > 0 else -1
        parts += [disc((x, side, 0.26), 0.26, TYRE, 1, way) for x in (-0.45, 0.5)]
        parts.append(on_side((-0.74, 0.74), side, (0.5, 0.72), (238, 224, 190), 1))
    parts.append(Bar((-0.8, 0, 0.9), (-1.05, 0, 0.98), 0.06, (120, 124, 128)))
    if packed:
        parts += box((-0.7, 0.7), (-0.36, 0.36), (0.82, 1.12), (96, 118, 92), 1)
        return parts
    for row in range(3):
        for column in range(6):
            ware = _WARES[(look + column // 2) % len(_WARES)]
            at = (-0.64 + column * 0.25, -0.28 + row * 0.28, 0.9 + 0.04 * (row % 2))
            parts.append(Ball(at, 0.13, ware, 1))
    return parts


def _canopy(
    at: tuple[float, float], look: int, radius: float = 1.35, rim: float = 2.12, top: float = 2.62
) -> list[Part]:
    first, second = _CANOPIES[look % LOOKS]
    if radius < 1:
        second = first
    x, y = at
    parts: list[Part] = []
    sides = 10
    ring = [
        (x + radius * math.cos(a), y + radius * math.sin(a))
        for a in (2 * math.pi * i / sides for i in range(sides))
    ]
    hem = rim - 0.1 * radius
    for i in range(sides):
        (x1, y1), (x2, y2) = ring[i], ring[(i + 1) % sides]
        colour = first if i % 2 else second
        parts.append(Face(((x1, y1, rim), (x2, y2, rim), (x, y, top)), colour, layer=3))
        skirt = ((x1, y1, hem), (x2, y2, hem), (x2, y2, rim), (x1, y1, rim))
        parts.append(Face(skirt, colour, layer=3))
    return [*parts, Ball((x, y, top + 0.01), 0.05, (230, 230, 226), 4)]


# --- goods and rubbish -------------------------------------------------------


def _goods(size: Size, look: int) -> list[Part]:
    """Wares put out on the pavement before a shop: crates on trestles and a rail of clothes."""
    length, width, _ = size
    parts: list[Part] = []
    count = max(1, int(length / 0.62))
    for index in range(count):
        x = -length / 2 + (index + 0.5) * length / count
        for row, (y, z) in enumerate(((-width / 4, 0.42), (width / 4, 0.62))):
            half = length / count / 2 - 0.03
            crate: Colour = (70, 116, 160) if (index + look) % 3 else (196, 164, 118)
            shell = box((x - half, x + half), (y - 0.26, y + 0.26), (0.12, z), crate)
            ware = _WARES[(index + row + look) % len(_WARES)]
            shell[-1] = Face(shell[-1].ring, ware, layer=0)
            parts += shell
            parts += [Ball((x + dx, y, z + 0.04), 0.1, ware) for dx in (-half / 2, half / 2)]
    if look % 2:
        x = length / 2 - 0.3
        parts.append(Bar((x - 0.8, width / 2, 1.5), (x + 0.2, width / 2, 1.5), 0.05, (200,) * 3, 1))
        for index in range(5):
            coat = _COATS[(index + look) % LOOKS]
            hang = x - 0.75 + index * 0.22
            parts.append(Bar((hang, width / 2, 1.42), (hang, width / 2, 0.85), 0.2, coat, 1))
    return parts


def _rubbish(size: Size, look: int) -> list[Part]:
    length, width, height = size
    parts: list[Part] = []
    for index in range(9):
        x = (chance(look, index, "x") - 0.5) * length * 0.8
        y = (chance(look, index, "y") - 0.5) * width * 0.8
        tone: Colour = ((42, 44, 46), (58, 66, 58), (188, 182, 170), (150, 120, 84))[index % 4]
        radius = 0.16 + 0.16 * chance(look, index)
        parts.append(Ball((x, y, radius * 0.8 + 0.25 * height * (index % 2)), radius, tone))
    parts += box((-0.3, 0.15), (-0.5, -0.15), (0.0, 0.34), (176, 140, 96))
    return parts


def _bike(look: int, phase: int) -> list[Part]:
    """An electric scooter with its rider, as they fill every Chinese street."""
    paint = PAINTS[(look + 3) % LOOKS]
    coat = _COATS[(look + 1) % LOOKS]
    trousers = _TROUSERS[look % LOOKS]
    parts: list[Part] = [
        disc((x, 0, 0.27), 0.27, TYRE, 0, way) for x in (-0.58, 0.58) for way in (-1, 1)
    ]
    parts += [
        Bar((-0.5, 0, 0.5), (-0.05, 0, 0.62), 0.3, paint),
        Bar((-0.1, 0, 0.34), (0.3, 0, 0.32), 0.22, paint),
        Bar((0.34, 0, 0.4), (0.42, 0, 0.98), 0.2, paint),
        Bar((0.4, 0.28, 1.0), (0.4, -0.28, 1.0), 0.06, (60, 60, 62), 1),
        Bar((-0.6, 0, 0.8), (-0.6, 0, 0.95), 0.28, (60, 64, 70), 1),
    ]
    for side in (-0.12, 0.12):
        parts += [
            Bar((-0.15, side, 0.78), (0.18, side, 0.76), 0.17, trousers, 1),
            Bar((0.18, side, 0.76), (0.16, side, 0.36), 0.14, trousers, 1),
            Bar((-0.1, side * 1.8, 1.22), (0.36, side * 2, 1.02), 0.11, coat, 1),
        ]
    helmet: Colour = ((226, 196, 40), (230, 230, 228), (196, 40, 44))[look % 3]
    return [
        *parts,
        Bar((-0.18, 0, 0.88), (-0.1, 0, 1.24), 0.36, coat, 2),
        Ball((-0.03, 0, 1.48), 0.12, _SKIN, 3),
        Ball((-0.05, 0, 1.53), 0.145, helmet, 3),
    ]
