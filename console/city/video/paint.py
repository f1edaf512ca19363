"""Paint what stands still before a lens: ground, houses, trees, lamps."""

from __future__ import annotations

import functools
import math

import cv2
import numpy as np
from shapely.geometry import MultiPoint, Point, Polygon

from console.city.model import Building, Site
from console.city.video import facade
from console.city.video.lettering import lettering
from console.city.video.plan import CLEAR, Lamp, Patch, Plan, Plate, Tree, chance, ring_of
from console.city.video.raster import Colour, Raster
from console.city.video.view import Floats, Picture, Shade, View

SUN = np.array([-0.42, -0.62, 0.66])
"""Direction to the sun of a bright day (unit vector)."""


_YARD, _ASPHALT, _PAVEMENT, _GRASS, _WATER, _SQUARE, _FIELD = range(7)
_GROUND: dict[int, Colour] = {
    _YARD: (152, 149, 142),
    _ASPHALT: (92, 94, 98),
    _PAVEMENT: (176, 168, 157),
    _GRASS: (104, 132, 74),
    _WATER: (92, 122, 128),
    _SQUARE: (188, 180, 168),
    _FIELD: (138, 152, 84),
}
_TEXELS = 1.6e6
"""Pixels that the picture of one wall may have."""
_AREAS = {"park": _GRASS, "water": _WATER, "square": _SQUARE, "field": _FIELD}
_KERB: Colour = (196, 194, 188)
_GUIDE: Colour = (204, 172, 86)
_WHITE: Colour = (226, 226, 222)
_YELLOW: Colour = (218, 176, 66)
_LAMP_GLOW: Colour = (255, 214, 150)


def paint(plan: Plan, view: View) -> Raster:
    """Paint the standing town as this view sees it."""
    patch = plan.patch(view)
    raster = Raster(view)
    _paint_ground(raster, patch)
    eye = Point(view.eye[:2])
    for house in sorted(patch.buildings, key=lambda house: Polygon(house.ring).distance(eye)):
        _paint_house(raster, house, patch, patch.sites)
    for tree in patch.trees:
        _paint_tree(raster, tree)
    for lamp in patch.lamps:
        if Point(lamp.at).distance(eye) > CLEAR:
            _paint_lamp(raster, lamp)
    for plate in patch.plates:
        _paint_plate(raster, plate)
    return raster


# --- ground ------------------------------------------------------------------


def _paint_ground(raster: Raster, patch: Patch) -> None:
    view = raster.view
    top = max(0, min(view.height, math.ceil(view.horizon + 1)))
    if top >= view.height:
        return
    below = np.s_[top:]
    whole = slice(0, view.width)
    plane = view.plane(np.zeros(3), np.array([0.0, 0.0, 1.0]))
    raster.depth[below] = raster.plane_depth(plane, slice(top, view.height), whole)
    raster.colour[below] = _GROUND[_YARD]
    kinds = np.zeros((view.height, view.width), np.uint8)
    layers = [(patch.lawn, _GRASS)]
    layers += [(shape, _AREAS[area.kind]) for area, shape in patch.areas if area.kind != "water"]
    layers += [(shape, _WATER) for area, shape in patch.areas if area.kind == "water"]
    layers += [(patch.pavement, _PAVEMENT)]
    for shape, kind in layers:
        raster.ground(raster.colour, shape, _GROUND[kind])
        raster.ground(kinds, shape, kind)
    raster.ground(raster.colour, patch.guide, _GUIDE)
    raster.ground(raster.colour, patch.asphalt.buffer(0.22), _KERB)
    raster.ground(raster.colour, patch.asphalt, _GROUND[_ASPHALT])
    raster.ground(kinds, patch.asphalt, _ASPHALT)
    raster.ground(raster.colour, patch.white, _WHITE)
    raster.ground(raster.colour, patch.yellow, _YELLOW)
    factor = _grain(raster, kinds, top) * _shadows(raster, patch, top)
    shade = cv2.merge([factor] * 3)
    cv2.multiply(raster.colour[below], shade, dst=raster.colour[below], dtype=cv2.CV_8U)
    _pools(raster, patch, top)


def _spots(raster: Raster, top: int, step: int = 1) -> tuple[Shade, Shade]:
    """Return the (x, y) of the ground under each ``step``-th pixel from row ``top`` down."""
    view = raster.view
    right, down, forward = view.axes.astype(np.float32)
    u = (raster.columns[::step] - view.width / 2) / np.float32(view.focal)
    v = (raster.rows[top::step, None] - view.height / 2) / np.float32(view.focal)
    reach = 1 / np.maximum(raster.depth[top::step, ::step], np.float32(1e-4))
    x = np.float32(view.eye[0]) + reach * (forward[0] + u * right[0] + v * down[0])
    y = np.float32(view.eye[1]) + reach * (forward[1] + u * right[1] + v * down[1])
    return x, y


@functools.cache
def _noise() -> Shade:
    """Return a square of soft noise around 0 that repeats without a seam."""
    rng = np.random.default_rng(5)
    total = np.zeros((512, 512), np.float32)
    for cell, weight in ((64, 1.0), (16, 0.8), (4, 0.7), (1, 0.6)):
        small = rng.standard_normal((512 // cell, 512 // cell)).astype(np.float32)
        tiled = cv2.resize(np.tile(small, (3, 3)), (1536, 1536), interpolation=cv2.INTER_CUBIC)
        total += weight * tiled[512:1024, 512:1024]
    noise: Shade = total / np.abs(total).max()
    return noise


def _look_up(x: Shade, y: Shade, scale: float) -> Shade:
    """Sample the noise at ``scale`` samples a metre."""
    # OpenCV wraps by itself, but only counts to 32,767: begin near the lens.
    left, low = (math.floor(axis[-1, 0] * scale / 512) * 512 for axis in (x, y))
    at = np.float32(scale)
    maps = x * at - np.float32(left), y * at - np.float32(low)
    return cv2.remap(_noise(), *maps, cv2.INTER_NEAREST, None, cv2.BORDER_WRAP)


def _grain(raster: Raster, kinds: Picture, top: int) -> Shade:
    """Return how bright each point of the ground is: grain, patches, joints between tiles."""
    x, y = _spots(raster, top)
    kinds = kinds[top:]
    near = np.clip(raster.depth[top:] * np.float32(18) - np.float32(0.25), 0, 1)
    factor = 1 + np.float32(0.16) * _look_up(x, y, 1.7)
    # Fine grain and joints are too small to be seen farther off.
    lower = int(np.argmax(near[:, 0] > 0)) if near.any() else len(near)
    part = np.s_[lower:]
    x, y, near, close = x[part], y[part], near[part], kinds[part]
    if len(x):
        factor[part] += np.float32(0.12) * _look_up(x, y, 19.0) * near
        size = np.where(close == _SQUARE, np.float32(1.2), np.float32(0.6))
        u, v = x / size, y / size
        column, row = np.round(u), np.round(v)
        joint = (np.abs(u - column) < 0.05) | (np.abs(v - row) < 0.05)
        tone = np.float32(0.1) * _look_up(column, row, 1.0) - np.float32(0.16) * joint
        tiled = (close == _PAVEMENT) | (close == _SQUARE)
        factor[part] *= np.where(tiled, 1 + tone * near, np.float32(1))
        if (close == _FIELD).any():
            rows = 1 + np.float32(0.1) * np.sin(x * np.float32(2.2)) * near
            factor[part] = np.where(close == _FIELD, factor[part] * rows, factor[part])
    return factor


def _shadows(raster: Raster, patch: Patch, top: int) -> Shade:
    view = raster.view
    mask = np.zeros((view.height, view.width), np.uint8)
    slope = -SUN[:2] / SUN[2]
    for house in patch.buildings:
        ring = np.array(house.ring)
        far = ring + slope * min(house.height, 26)
        raster.ground(mask, MultiPoint(np.vstack([ring, far])).convex_hull, 255)
    for tree in patch.trees:
        middle = np.array(tree.at) + slope * tree.height * 0.55
        raster.ground(mask, Point(middle).buffer(tree.height * 0.3, 6), 255)
    soft = cv2.GaussianBlur(mask[top:], (0, 0), 1.6)
    return 1 - soft.astype(np.float32) * (0.36 / 255)


def _pools(raster: Raster, patch: Patch, top: int) -> None:
    """Lay the light of each lamp on the ground around it."""
    x, y = _spots(raster, top, 2)
    light: Shade = np.zeros(x.shape, np.float32)
    for lamp in patch.lamps:
        middle = np.array(lamp.at) + np.array(lamp.arm) * 1.8
        disc = Point(middle).buffer(2.4 * lamp.height, 6)
        outline = raster.view.outline(ring_of(disc.exterior.coords))
        if len(outline) < 3:
            continue
        (x1, y1), (x2, y2) = outline.min(axis=0) / 2, outline.max(axis=0) / 2
        rows = slice(max(0, int(y1) - top // 2), max(0, int(y2) - top // 2 + 1))
        columns = slice(max(0, int(x1)), max(0, int(x2) + 1))
        east = x[rows, columns] - np.float32(middle[0])
        north = y[rows, columns] - np.float32(middle[1])
        width = np.float32(-1 / (lamp.height * 0.95) ** 2)
        light[rows, columns] += np.exp((east * east + north * north) * width)
    size = raster.view.width, raster.view.height - top
    light = cv2.resize(np.minimum(light, np.float32(1.25)), size)
    shine = cv2.merge([light * np.float32(part * 0.62 / 190) for part in _LAMP_GLOW])
    cv2.multiply(raster.colour[top:], shine, dst=raster.glow[top:], dtype=cv2.CV_8U)


# --- houses ------------------------------------------------------------------


def _paint_house(raster: Raster, house: Building, patch: Patch, sites: tuple[Site, ...]) -> None:
    ring = np.array(house.ring, dtype=float)
    if not Polygon(ring).exterior.is_ccw:
        ring = ring[::-1]
    eye = raster.view.eye
    for index in range(len(ring)):
        a, b = ring[index], ring[(index + 1) % len(ring)]
        along = b - a
        length = float(np.hypot(*along))
        normal = np.array([along[1], -along[0], 0.0]) / max(length, 1e-6)
        if length < 0.5 or normal[:2] @ (eye[:2] - a) <= 0.05:
            continue
        _paint_wall(raster, house, index, a, along, normal, patch, sites)
    if house.height < eye[2]:
        top = np.column_stack([ring, np.full(len(ring), house.height)])
        raster.flat(top, np.array([0.0, 0.0, 1.0]), (142, 134, 126))


def _paint_wall(
    raster: Raster, house: Building, index: int, a: Floats, along: Floats, normal: Floats,
    patch: Patch, sites: tuple[Site, ...],
) -> None:  # fmt: skip
    length = float(np.hypot(*along))
    middle = a + along / 2 + normal[:2] * 4
    front = bool(patch.pavement.distance(Point(middle)) < 3.0)
    ends = raster.view.lens(np.array([[*a, 0.0], [*(a + along), 0.0]]))
    nearest = max(2.0, float(ends[:, 2].min()))
    if ends[:, 2].max() < 0.5:
        return
    names = []
    for site in sites if front else ():
        offset = np.array(site.at) - a
        station, gap = offset @ along / length, offset @ normal[:2]
        if 0 < station < length and -8 < gap < 3.5:
            names.append((float(station), site.name))
    wall = facade.Wall(
        key=f"{house.id}/{index}",
        use=house.use,
        look=house.look,
        length=length,
        height=house.height,
        front=front,
        names=tuple(sorted(names)),
        title=house.name if front else "",
    )
    scale = min(_scale(raster.view.focal / nearest), (_TEXELS / length / house.height) ** 0.5)
    shade = 0.70 + 0.36 * max(0.0, float(normal @ SUN))
    if abs(normal[0]) > abs(normal[1]):
        shade *= 0.96

    def draw() -> tuple[Picture, Picture]:
        colour, glow = facade.draw(wall, scale)
        return cv2.convertScaleAbs(colour, alpha=shade), glow

    raster.wall(np.array([*a, 0.0]), np.array([*along, 0.0]), house.height, draw)


def _scale(pixels: float) -> float:
    """Return the pixels a metre to draw a wall with that is seen with ``pixels`` a metre."""
    return min(48.0, max(5.0, 5.0 * 1.6 ** math.ceil(math.log(max(pixels, 5) / 5, 1.6))))


# --- trees, lamps, plates ----------------------------------------------------

_TREE = 320
"""Height in pixels of the largest picture of a tree."""
_LEAVES: tuple[Colour, ...] = ((72, 108, 52), (88, 120, 60), (62, 98, 58), (116, 124, 56))


@functools.cache
def _tree_of(look: int, variant: int, level: int) -> tuple[Picture, Picture]:
    """Return a tree halved ``level`` times: far ones need no large picture."""
    if level == 0:
        return _tree_picture(look, variant)
    picture, cover = _tree_of(look, variant, level - 1)
    size = cover.shape[1] // 2, cover.shape[0] // 2
    flags = cv2.INTER_AREA
    return cv2.resize(picture, size, None, 0, 0, flags), cv2.resize(cover, size, None, 0, 0, flags)


def _tree_picture(look: int, variant: int) -> tuple[Picture, Picture]:
    """Draw a broad-leaved tree of clustered blobs; returns colours and coverage."""
    rng = np.random.default_rng(look * 10 + variant)
    height, width = _TREE, 230
    picture = np.zeros((height, width, 3), np.uint8)
    cover = np.zeros((height, width), np.uint8)
    trunk = np.array([[108, 320], [122, 320], [119, 170], [112, 170]], np.int32)
    cv2.fillPoly(picture, [trunk], (92, 76, 62))
    cv2.fillPoly(cover, [trunk], (255,))
    base = np.array(_LEAVES[look % len(_LEAVES)], float)
    angles = rng.uniform(0, 2 * math.pi, 330)
    radii = np.sqrt(rng.uniform(0, 1, 330))
    order = np.argsort(-np.sin(angles) * radii * -1)[::-1]
    for angle, radius in zip(angles[order], radii[order], strict=True):
        x = 115 + 92 * radius * math.cos(angle)
        y = 118 + 96 * radius * math.sin(angle)
        sunny = 0.78 + 0.34 * ((118 - y) / 110) - 0.16 * ((x - 115) / 95) + rng.uniform(-0.1, 0.12)
        tone = tuple(int(part) for part in np.clip(base * sunny * 1.12, 0, 255))
        size = int(rng.uniform(7, 19))
        cv2.circle(picture, (int(x), int(y)), size, tone, -1, cv2.LINE_AA)
        cv2.circle(cover, (int(x), int(y)), size, (255,), -1)
    return picture, cover


def _paint_tree(raster: Raster, tree: Tree) -> None:
    view = raster.view
    gap = float(view.lens(np.array([[*tree.at, 0.0]]))[0, 2])
    tall = tree.height * view.focal / max(gap, 1.0)
    level = min(4, max(0, int(math.log2(_TREE / max(tall, 1.0)))))
    picture, cover = _tree_of(tree.look, int(chance(tree.at) * 4), level)
    raster.card(np.array([*tree.at, 0.0]), picture, cover, tree.height)


def _paint_lamp(raster: Raster, lamp: Lamp) -> None:
    (x, y), (ax, ay), top = lamp.at, lamp.arm, lamp.height
    raster.stick((x, y, 0), (x, y, top), 0.16, (122, 126, 130))
    raster.stick((x, y, top), (x + ax * 2, y + ay * 2, top + 0.25), 0.1, (122, 126, 130))
    head = (x + ax * 1.4, y + ay * 1.4, top + 0.16), (x + ax * 2.3, y + ay * 2.3, top + 0.26)
    raster.stick(*head, 0.26, (232, 232, 226), (255, 236, 190))


@functools.lru_cache(maxsize=64)
def _plate_picture(name: str) -> Picture:
    """Draw a street name plate: white on blue, as in Zhejiang's towns."""
    picture = np.empty((56, 160, 3), np.uint8)
    picture[:] = (30, 84, 164)
    picture[:3], picture[-3:], picture[:, :3], picture[:, -3:] = (240,) * 4
    letters = lettering(name, 48)
    factor = min(36 / letters.shape[0], 140 / letters.shape[1])
    size = max(1, int(letters.shape[1] * factor)), max(1, int(letters.shape[0] * factor))
    small = cv2.resize(letters, size, interpolation=cv2.INTER_AREA)
    spot = np.s_[28 - size[1] // 2 :, 80 - size[0] // 2 :]
    target = picture[spot][: size[1], : size[0]]
    np.maximum(target, small[..., None], out=target)
    return picture


def _paint_plate(raster: Raster, plate: Plate) -> None:
    along = np.array([*plate.along, 0.0])
    foot = np.array([*plate.at, 0.0])
    for side in (-0.8, 0.8):
        post = foot + along * side
        raster.stick((post[0], post[1], 0), (post[0], post[1], 2.3), 0.07, (140, 144, 148))
    picture = _plate_picture(plate.name)
    normal = np.array([plate.along[1], -plate.along[0]])
    if normal @ (raster.view.eye[:2] - foot[:2]) < 0:
        along = -along
    corner = foot - along * 0.85 + np.array([0.0, 0.0, 1.65])
    raster.wall(corner, along * 1.7, 0.6, lambda: (picture, picture // 4))
