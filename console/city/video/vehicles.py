"""How vehicles look. Sizes are (length, width, height) in metres."""

from __future__ import annotations

from console.city.video.raster import Colour
from console.city.video.shapes import Bar, Face, Part, box, disc, on_end, on_side, prism

Size = tuple[float, float, float]

PAINTS: tuple[Colour, ...] = (
    (232, 232, 230), (52, 56, 62), (168, 172, 178), (150, 44, 42), (54, 84, 134), (206, 196, 172),
)  # fmt: skip
_PANES: Colour = (46, 58, 68)
TYRE: Colour = (34, 34, 36)
_HEADLIGHT: Colour = (255, 244, 214)
_TAILLIGHT: Colour = (230, 40, 30)


def _wheels(length: float, width: float, radius: float, at: tuple[float, ...]) -> list[Part]:
    parts: list[Part] = []
    for way in (-1, 1):
        y = way * (width / 2 + 0.01)
        for x in at:
            parts.append(disc((x * length, y, radius), radius, TYRE, 1, way))
            hub = (x * length, y * 1.01, radius)
            parts.append(disc(hub, radius * 0.55, (150, 152, 156), 2, way))
    return parts


def _lights(length: float, width: float, low: float, high: float, *, on: bool) -> list[Part]:
    half, front, back = width / 2, length / 2 + 0.01, -length / 2 - 0.01
    shine, stop = (_HEADLIGHT, _TAILLIGHT) if on else ((0, 0, 0), (0, 0, 0))
    parts: list[Part] = []
    for side in (-1, 1):
        y = sorted((side * half * 0.95, side * half * 0.55))
        parts.append(on_end(front, (y[0], y[1]), (low, high), (236, 240, 240), 1, shine))
        parts.append(on_end(back, (y[0], y[1]), (low, high), (190, 40, 36), 1, stop))
    return parts


def _cabin(
    length: float, half: float, low: float, high: float, paint: Colour, back: float, front: float
) -> list[Part]:
    ring = [(back, -half), (front, -half), (front, half), (back, half)]
    inner = half * 0.84
    rear, fore = back + 0.1 * length, front - 0.13 * length
    upper = [(rear, -inner), (fore, -inner), (fore, inner), (rear, inner)]
    faces = prism(ring, low, high, _PANES, 2, upper)
    faces[-1] = Face(faces[-1].ring, paint, layer=3)
    parts: list[Part] = list(faces)
    middle = (rear + fore) / 2
    for side in (-1, 1):
        for x, top in ((back, rear), (middle, middle), (front, fore)):
            base = (x, side * half * 0.99, low)
            parts.append(Bar(base, (top, side * inner, high), 0.07, paint, 3))
    return parts


def car(size: Size, paint: Colour, on: bool) -> list[Part]:
    length, width, height = size
    half, waist = width / 2, height * 0.58
    ring = [(-length / 2, -half), (length / 2, -half), (length / 2, half), (-length / 2, half)]
    slim = half * 0.95
    rear, fore = -length * 0.49, length * 0.47
    upper = [(rear, -slim), (fore, -slim), (fore, slim), (rear, slim)]
    parts: list[Part] = [*prism(ring, 0.22, waist, paint, 0, upper)]
    parts += _wheels(length, width, 0.32, (-0.3, 0.31))
    parts += _lights(length, width, waist - 0.26, waist - 0.1, on=on)
    for end in (-length / 2 - 0.01, length / 2 + 0.01):
        parts.append(on_end(end, (-0.24, 0.24), (0.34, 0.48), (40, 84, 176), 1))
        parts.append(on_end(end, (-half, half), (0.2, 0.32), (48, 50, 52), 1))
    parts += _cabin(length, slim, waist, height, paint, -0.43 * length, 0.24 * length)
    return parts


def patrol_car(size: Size) -> list[Part]:
    length, width, height = size
    parts = car(size, (238, 240, 242), on=True)
    for side in (-width / 2 - 0.01, width / 2 + 0.01):
        parts.append(on_side((-length * 0.48, length * 0.46), side, (0.5, 0.74), (28, 78, 168), 1))
        parts.append(on_side((-length * 0.1, length * 0.2), side, (0.55, 0.69), (240, 240, 240), 2))
    for y, colour in (((-0.55, 0.0), (214, 36, 40)), ((0.0, 0.55), (36, 80, 220))):
        bar = box((-0.2, 0.12), y, (height, height + 0.14), colour, 4)
        parts += [Face(face.ring, face.colour, colour, 4) for face in bar]
    return parts


def bus(size: Size, look: int) -> list[Part]:
    length, width, height = size
    paint: Colour = ((42, 128, 92), (36, 96, 170), (206, 120, 40))[look % 3]
    half = width / 2
    parts: list[Part] = [*box((-length / 2, length / 2), (-half, half), (0.3, height), paint)]
    parts[-1] = Face(
        box((-length / 2, length / 2), (-half, half), (0.3, height), paint)[-1].ring,
        (228, 230, 228),
    )
    for side in (-half - 0.01, half + 0.01):
        parts.append(
            on_side(
                (-length * 0.48, length * 0.48),
                side,
                (height * 0.46, height * 0.84),
                _PANES,
                1,
                (190, 170, 120),
            )
        )
        parts += [
            on_side((x, x + 0.1), side * 1.005, (height * 0.46, height * 0.84), paint, 2)
            for x in (length * (0.16 * i - 0.4) for i in range(6))
        ]
        parts.append(on_side((-length / 2, length / 2), side, (0.55, 0.75), (238, 238, 232), 1))
    front = length / 2 + 0.01
    parts.append(
        on_end(front, (-half * 0.92, half * 0.92), (height * 0.38, height * 0.8), _PANES, 1)
    )
    parts.append(
        on_end(
            front,
            (-half * 0.7, half * 0.7),
            (height * 0.84, height * 0.95),
            (30, 30, 30),
            1,
            (250, 120, 30),
        )
    )
    parts.append(on_end(-front, (-half * 0.8, half * 0.8), (height * 0.5, height * 0.8), _PANES, 1))
    return (
        parts
        + _wheels(length, width, 0.46, (-0.3, 0.3))
        + _lights(length, width, 0.6, 0.85, on=True)
    )


def truck(size: Size, look: int) -> list[Part]:
    length, width, height = size
    half = width / 2
    paint: Colour = ((196, 60, 44), (44, 92, 160), (222, 206, 90))[look % 3]
    split = length * 0.24
    cargo: Colour = (150, 156, 160) if look % 2 else (112, 140, 118)
    parts: list[Part] = [
        *box((-length / 2, split), (-half, half), (0.85, height), cargo),
        *box((-length / 2, split), (-half * 0.7, half * 0.7), (0.5, 0.85), (52, 52, 54)),
    ]
    cab = height * 0.8
    parts += box((split + 0.12, length / 2), (-half * 0.96, half * 0.96), (0.4, cab), paint)
    front = length / 2 + 0.01
    parts.append(on_end(front, (-half * 0.85, half * 0.85), (cab * 0.58, cab * 0.92), _PANES, 1))
    for side in (-half, half):
        window = (split + 0.5, length / 2 - 0.25)
        parts.append(on_side(window, side * 0.97, (cab * 0.6, cab * 0.9), _PANES, 1))
    return (
        parts
        + _wheels(length, width, 0.48, (-0.34, -0.2, 0.34))
        + _lights(length, width, 0.55, 0.78, on=True)
    )
