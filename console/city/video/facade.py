"""Pictures of house walls: storeys, windows, shop fronts and their signs, flat from the front.

Row 0 is the eaves, the last row the ground. Each wall has a *glow* beside its colours:
what shines of it at night.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from console.city.model import BuildingUse
from console.city.video.lettering import lettering
from console.city.video.plan import chance
from console.city.video.view import Picture

Colour = tuple[int, int, int]

STOREY = 3.2
_SHOP = 4.0
"""Height of a shop's storey and width of one shop, in metres."""

_WALLS: tuple[Colour, ...] = (
    (214, 204, 186), (196, 190, 182), (222, 216, 206), (205, 180, 160), (216, 206, 170),
    (188, 196, 190), (206, 196, 200), (226, 222, 216), (198, 176, 150), (180, 186, 196),
    (210, 190, 172), (192, 200, 206),
)  # fmt: skip
_BOARDS: tuple[tuple[Colour, Colour], ...] = (
    ((172, 36, 34), (255, 244, 214)), ((24, 86, 150), (255, 255, 255)),
    ((28, 120, 76), (255, 255, 240)), ((226, 164, 40), (120, 20, 16)),
    ((58, 48, 44), (240, 208, 130)), ((238, 238, 232), (176, 30, 34)),
    ((196, 84, 28), (255, 250, 230)), ((100, 44, 110), (255, 240, 250)),
)  # fmt: skip
_NAMES = (
    "便民超市", "老街面馆", "鲜果园", "顺风修车", "丽人服饰", "康民大药房", "建达五金",
    "早早包子铺",
    "洁美干洗", "图文快印", "惠民粮油", "小林烟酒", "艺剪发廊", "联讯手机", "光明灯饰", "沙县小吃",
    "百果坊", "童装之家", "金锤五金", "豆香早餐",
)  # fmt: skip
_GLASS: Colour = (74, 92, 108)
_FRAME: Colour = (232, 232, 228)
_WARM: Colour = (255, 206, 132)
_COOL: Colour = (206, 222, 238)


@dataclass(frozen=True, slots=True)
class Wall:
    """What a wall is to look like; ``names`` are shops as (metres from the left, name)."""

    key: str
    use: BuildingUse
    look: int
    length: float
    height: float
    front: bool
    names: tuple[tuple[float, str], ...] = ()
    title: str = ""


class _Sheet:
    """A wall being drawn, addressed in metres from its lower left corner."""

    def __init__(self, wall: Wall, scale: float) -> None:
        self.wall, self.scale = wall, scale
        size = max(4, round(wall.height * scale)), max(4, round(wall.length * scale))
        self.colour = np.empty((*size, 3), np.uint8)
        self.glow = np.zeros((*size, 3), np.uint8)

    def area(self, left: float, bottom: float, width: float, height: float) -> tuple[slice, slice]:
        rows, columns = self.colour.shape[:2]
        x1, x2 = round(left * self.scale), round((left + width) * self.scale)
        y1 = rows - round((bottom + height) * self.scale)
        y2 = rows - round(bottom * self.scale)
        return slice(max(0, y1), max(0, y2)), slice(max(0, x1), max(0, min(columns, x2)))

    def fill(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        self.colour[self.area(left, bottom, width, height)] = colour

    def light(
        self, left: float, bottom: float, width: float, height: float, colour: Colour, power: float
    ) -> None:
        shine = tuple(round(part * power) for part in colour)
        self.glow[self.area(left, bottom, width, height)] = shine

    def stamp(self, left: float, bottom: float, tile: Picture, glow: Picture | None) -> None:
        """Copy a drawn unit (such as a window) so that its lower left corner is here."""
        x = round(left * self.scale)
        y = self.colour.shape[0] - round(bottom * self.scale) - tile.shape[0]
        target = self.colour[max(0, y) : y + tile.shape[0], x : x + tile.shape[1]]
        if target.size:
            target[:] = tile[tile.shape[0] - target.shape[0] :, : target.shape[1]]
            if glow is not None:
                self.glow[max(0, y) : y + tile.shape[0], x : x + tile.shape[1]] = glow[
                    glow.shape[0] - target.shape[0] :, : target.shape[1]
                ]

    def write(
        self, text: str, left: float, bottom: float, width: float, height: float, ink: Colour,
        power: float,
    ) -> None:  # fmt: skip
        """Centre a line of text in a box, as large as fits."""
        rows, columns = self.area(left, bottom, width, height)
        target = self.colour[rows, columns]
        if min(target.shape[:2]) < 5 or not text:
            return
        letters = lettering(text, 48)
        room_y, room_x = target.shape[0] * 0.66, target.shape[1] * 0.88
        factor = min(room_y / letters.shape[0], room_x / letters.shape[1])
        size = max(1, int(letters.shape[1] * factor)), max(1, int(letters.shape[0] * factor))
        small = cv2.resize(letters, size, interpolation=cv2.INTER_AREA)
        top, start = (target.shape[0] - size[1]) // 2, (target.shape[1] - size[0]) // 2
        spot = np.s_[top : top + size[1], start : start + size[0]]
        cover = small[..., None].astype(np.uint16)
        colour = np.array(ink, np.uint16)
        target[spot] = ((target[spot] * (255 - cover) + colour * cover) // 255).astype(np.uint8)
        glow = self.glow[rows, columns]
        shine = (colour * cover * power // 255).astype(np.uint8)
        glow[spot] = np.maximum(glow[spot], shine)


def draw(wall: Wall, scale: float) -> tuple[Picture, Picture]:
    """Return (colours, glow) of a wall at ``scale`` pixels a metre."""
    sheet = _Sheet(wall, scale)
    base = _WALLS[wall.look % len(_WALLS)]
    sheet.colour[:] = base
    _STYLES[wall.use](sheet, base)
    _weather(sheet)
    return sheet.colour, sheet.glow


def _weather(sheet: _Sheet) -> None:
    """Darken towards the ground and under the eaves, as rain and dust do."""
    rows = sheet.colour.shape[0]
    for band, depth, strength in ((1.6, 0.6, 0.22), (1.2, 0.5, 0.08)):
        count = min(rows, int(band * sheet.scale))
        shade = 1 - strength * np.exp(-np.arange(count) / sheet.scale / depth)
        if strength > 0.1:
            part, shade = sheet.colour[rows - count :], shade[::-1]
        else:
            part = sheet.colour[:count]
        part[:] = part * (shade[:, None, None] * 256).astype(np.uint16) >> 8


def _window(
    scale: float, width: float, height: float, kind: int, lit: Colour | None
) -> tuple[Picture, Picture]:
    rows, columns = max(3, round(height * scale)), max(3, round(width * scale))
    tile = np.empty((rows, columns, 3), np.uint8)
    fade = np.linspace(1.32, 0.78, rows)[:, None, None]
    tile[:] = np.clip(np.array(_GLASS) * fade, 0, 255)
    glow = np.zeros_like(tile)
    if lit is not None:
        glow[:] = lit
    if kind % 3 == 1:
        curtain = slice(0, columns // 3)
        tile[:, curtain] = (182, 172, 158)
        glow[:, curtain] = glow[:, curtain] // 2
    elif kind % 3 == 2:
        tile[: rows // 2] = (150, 160, 166)
    bar = max(1, round(0.07 * scale))
    for edge in (np.s_[:bar], np.s_[-bar:], np.s_[:, :bar], np.s_[:, -bar:]):
        tile[edge], glow[edge] = _FRAME, 0
    middle = columns // 2
    tile[:, middle : middle + bar], glow[:, middle : middle + bar] = _FRAME, 0
    return tile, glow


def _storeys(sheet: _Sheet, base: Colour, first: float, lit: float, cool: bool = False) -> None:
    """Rows of windows from ``first`` metres up; ``lit`` is the share that shines at night."""
    wall, scale = sheet.wall, sheet.scale
    pitch = 3.3 + 0.5 * chance(wall.key, "pitch")
    count = max(1, int(wall.length / pitch))
    pitch = wall.length / count
    width = min(1.9, pitch * 0.56)
    shine: tuple[Colour, ...] = (_COOL, _COOL) if cool else (_WARM, (246, 226, 186))
    tiles = [
        _window(scale, width, 1.55, kind, shine[kind % 2] if on else None)
        for on in (False, True)
        for kind in range(3)
    ]
    trim: Colour = tuple(min(255, part + 16) for part in base)  # type: ignore[assignment]
    dark: Colour = tuple(round(part * 0.8) for part in base)  # type: ignore[assignment]
    balcony = wall.use == "home" and wall.look % 2 == 0
    bottom, floor = first, 0
    while bottom + 2.6 < wall.height:
        sheet.fill(0, bottom - 0.12, wall.length, 0.14, trim)
        sheet.fill(0, bottom - 0.16, wall.length, 0.05, dark)
        for column in range(count):
            left = column * pitch + (pitch - width) / 2
            roll = chance(wall.key, floor, column)
            tile, glow = tiles[int(roll * 997) % 3 + (3 if roll < lit else 0)]
            sheet.stamp(left, bottom + 0.85, tile, glow)
            if balcony and column % 3 == 1:
                sheet.fill(left - 0.5, bottom + 0.05, width + 1.0, 0.85, trim)
                sheet.fill(left - 0.5, bottom + 0.82, width + 1.0, 0.08, (150, 150, 150))
            elif int(roll * 7919) % 4 == 0:
                sheet.fill(left + 0.2, bottom + 0.12, 0.85, 0.55, (222, 222, 218))
                sheet.fill(left + 0.28, bottom + 0.2, 0.4, 0.38, (150, 152, 152))
        bottom += STOREY
        floor += 1
    sheet.fill(0, wall.height - 0.35, wall.length, 0.35, trim)
    sheet.fill(0, wall.height - 0.42, wall.length, 0.07, dark)


def _shops(sheet: _Sheet) -> None:
    wall = sheet.wall
    count = max(1, round(wall.length / 4.4))
    pitch = wall.length / count
    named = dict[int, str]()
    for at, name in wall.names:
        named.setdefault(min(count - 1, max(0, int(at / pitch))), name)
    sheet.fill(0, 0, wall.length, _SHOP, (150, 144, 138))
    for index in range(count):
        roll = chance(wall.key, "shop", index)
        name = named.get(index, _NAMES[int(roll * 9973) % len(_NAMES)])
        _shop(sheet, index * pitch, pitch, roll, name, index in named)
    sheet.fill(0, _SHOP - 0.12, wall.length, 0.12, (176, 170, 162))


def _shop(sheet: _Sheet, left: float, width: float, roll: float, name: str, known: bool) -> None:
    board, ink = _BOARDS[int(roll * 7907) % len(_BOARDS)]
    inner, start = width - 0.4, left + 0.2
    closed = not known and roll < 0.14
    if closed:
        sheet.fill(start, 0.05, inner, 2.7, (164, 168, 172))
        for rib in range(9):
            sheet.fill(start, 0.2 + rib * 0.3, inner, 0.07, (140, 144, 148))
    else:
        _interior(sheet, start, inner, roll)
    sheet.fill(left + 0.08, 2.82, width - 0.16, 1.02, tuple(part // 2 for part in board))  # type: ignore[arg-type]
    sheet.fill(left + 0.12, 2.86, width - 0.24, 0.94, board)
    if not closed:
        sheet.light(left + 0.12, 2.86, width - 0.24, 0.94, board, 0.75)
    sheet.write(name, left + 0.12, 2.86, width - 0.24, 0.94, ink, 0.2 if closed else 1.0)


def _interior(sheet: _Sheet, start: float, inner: float, roll: float) -> None:
    """Glass front with shelves behind it and a door in the middle or at the side."""
    sheet.fill(start, 0.05, inner, 2.7, (62, 60, 58))
    light = _WARM if roll < 0.6 else _COOL
    sheet.light(start, 0.05, inner, 2.7, light, 0.62)
    tones: tuple[Colour, ...] = ((196, 150, 96), (120, 150, 110), (170, 96, 84), (120, 130, 156))
    for shelf in range(3):
        for box in range(max(1, int(inner / 0.42))):
            pick = chance(sheet.wall.key, roll, shelf, box)
            if pick < 0.72:
                tone = tones[int(pick * 991) % len(tones)]
                height = 0.24 + 0.3 * pick
                sheet.fill(start + box * 0.42 + 0.04, 0.5 + shelf * 0.68, 0.34, height, tone)
    door = start + inner * (0.36 if roll < 0.5 else 0.08)
    sheet.fill(door, 0.05, 1.1, 2.4, (86, 92, 96))
    sheet.light(door, 0.05, 1.1, 2.4, light, 0.8)
    for post in (0.0, inner / 3, 2 * inner / 3, inner - 0.08):
        sheet.fill(start + post, 0.05, 0.08, 2.7, (198, 198, 194))
        sheet.light(start + post, 0.05, 0.08, 2.7, light, 0.1)
    sheet.fill(start, 2.42, inner, 0.07, (198, 198, 194))


def _shop_house(sheet: _Sheet, base: Colour) -> None:
    _storeys(sheet, base, _SHOP if sheet.wall.front else 0.2, 0.34)
    if sheet.wall.front:
        _shops(sheet)


def _home(sheet: _Sheet, base: Colour) -> None:
    _storeys(sheet, base, 0.2, 0.42)
    if sheet.wall.front:
        sheet.fill(sheet.wall.length / 2 - 1.0, 0, 2.0, 2.4, (92, 74, 62))


def _office(sheet: _Sheet, base: Colour) -> None:
    wall = sheet.wall
    if wall.height < 9:
        sheet.colour[:] = (168, 180, 190)
        for rib in range(int(wall.length / 0.8)):
            sheet.fill(rib * 0.8, 0, 0.12, wall.height, (154, 166, 176))
        for index in range(int(wall.length / 6)):
            sheet.fill(index * 6 + 1, wall.height - 2.6, 3.6, 1.2, _GLASS)
        return
    sheet.colour[:] = (96, 118, 136)
    first = _SHOP if wall.front else 0.0
    column = 1.7
    for floor in range(int((wall.height - first) / STOREY)):
        bottom = first + floor * STOREY
        for index in range(int(wall.length / column) + 1):
            roll = chance(wall.key, floor, index)
            tone = tuple(round(part * (0.86 + 0.34 * roll)) for part in (104, 130, 150))
            sheet.fill(index * column + 0.06, bottom + 0.7, column - 0.12, 2.4, tone)  # type: ignore[arg-type]
            if roll < 0.2:
                sheet.light(index * column + 0.06, bottom + 0.7, column - 0.12, 2.4, _COOL, 0.75)
        sheet.fill(0, bottom, wall.length, 0.62, base)
    if wall.front:
        _shops(sheet)


def _school(sheet: _Sheet, base: Colour) -> None:
    sheet.colour[:] = (236, 228, 212)
    _storeys(sheet, (226, 216, 198), 0.3, 0.06, cool=True)
    for floor in range(1, int(sheet.wall.height / STOREY) + 1):
        sheet.fill(0, floor * STOREY - 0.1, sheet.wall.length, 0.36, (166, 84, 66))
    _title(sheet, (172, 40, 34), (255, 255, 255))


def _hospital(sheet: _Sheet, base: Colour) -> None:
    sheet.colour[:] = (238, 240, 242)
    _storeys(sheet, (226, 232, 236), 0.3, 0.6, cool=True)
    middle, top = sheet.wall.length / 2, sheet.wall.height
    for width, height in ((1.0, 3.0), (3.0, 1.0)):
        spot = middle - width / 2, top - 2.6 - height / 2, width, height
        sheet.fill(*spot, (206, 40, 40))
        sheet.light(*spot, (255, 60, 50), 1.0)
    _title(sheet, (28, 84, 150), (255, 255, 255))


def _market(sheet: _Sheet, base: Colour) -> None:
    wall = sheet.wall
    sheet.colour[:] = (206, 198, 182)
    for index in range(max(1, int(wall.length / 6))):
        sheet.fill(index * 6 + 0.6, 0, 4.8, 3.6, (66, 60, 56))
        sheet.light(index * 6 + 0.6, 0, 4.8, 3.6, _WARM, 0.6)
        for stall in range(5):
            tone: Colour = ((186, 70, 52), (92, 140, 64), (214, 170, 70))[(index + stall) % 3]
            sheet.fill(index * 6 + 0.8 + stall * 0.9, 0.6, 0.8, 0.6, tone)
    sheet.fill(0, 3.6, wall.length, 0.5, (176, 50, 40))
    for band in range(3):
        sheet.fill(0, 5.0 + band * 1.0, wall.length, 0.3, (150, 160, 164))
    _title(sheet, (176, 40, 34), (255, 236, 170))


def _title(sheet: _Sheet, board: Colour, ink: Colour) -> None:
    wall = sheet.wall
    if not wall.title:
        return
    width = min(wall.length * 0.8, 1.9 * len(wall.title))
    left, bottom = (wall.length - width) / 2, min(wall.height - 2.2, 4.6)
    sheet.fill(left, bottom, width, 1.9, board)
    sheet.light(left, bottom, width, 1.9, board, 0.7)
    sheet.write(wall.title, left, bottom, width, 1.9, ink, 1.0)


_STYLES = {
    "shop": _shop_house,
    "home": _home,
    "office": _office,
    "school": _school,
    "hospital": _hospital,
    "market": _market,
}
