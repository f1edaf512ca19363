"""A painted view under the light of the hour: sky, sun, dusk, lamps, haze and rain."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import cv2
import numpy as np

from console.city.video.paint import paint
from console.city.video.plan import Plan
from console.city.video.raster import Raster
from console.city.video.view import Picture, Shade, View

_SAMPLES = 2
"""Each pixel is the mean of two by two."""

_ZENITH = np.array([[18, 23, 44], [70, 92, 142], [112, 156, 206]], np.float32)
_HORIZON = np.array([[56, 57, 74], [226, 176, 138], [204, 218, 228]], np.float32)
_SUNLIGHT = np.array([[0.23, 0.25, 0.33], [0.74, 0.62, 0.56], [1.06, 1.04, 1.0]], np.float32)
_LEVELS = np.array([0.0, 0.35, 1.0], np.float32)
"""Daylight at which the rows of the three tables above hold: night, dusk, day."""


def _between(table: Shade, daylight: float) -> Shade:
    columns = [np.interp(daylight, _LEVELS, table[:, i]) for i in range(3)]
    return np.array(columns, np.float32)


@dataclass(frozen=True)
class Light:
    """The hour: ``daylight`` and ``rain`` 0..1."""

    daylight: float
    rain: float

    @property
    def sun(self) -> Shade:
        """How strongly things are lit, by colour; 1 is a bright day."""
        sun = _between(_SUNLIGHT, self.daylight)
        gray = np.full(3, float(sun.mean()) * 0.82, np.float32)
        dimmed: Shade = sun + (gray - sun) * self.rain * 0.7
        return dimmed

    @property
    def lamps(self) -> float:
        """How much of what shines by itself is switched on."""
        return float(np.clip(1.25 - self.daylight * 3.2, 0, 1))

    @property
    def haze(self) -> Shade:
        """The colour of the air before what is far."""
        clear = _between(_HORIZON, self.daylight)
        gray = np.full(3, float(clear.mean()) * 0.9, np.float32)
        dimmed: Shade = clear + (gray - clear) * self.rain * 0.85
        return dimmed

    @property
    def zenith(self) -> Shade:
        clear = _between(_ZENITH, self.daylight)
        return clear + (self.haze * 0.92 - clear) * self.rain * 0.85

    def step(self) -> Light:
        """Return the nearest of the few lights that pictures are made for."""
        return Light(round(self.daylight * 16) / 16, round(self.rain * 3) / 3)


@dataclass(frozen=True)
class Backdrop:
    """What stands still before a lens, without its light.

    ``solid`` is 255 where no sky shows. ``cover`` is the inverse depth of what can hide an
    agent: like ``depth``, but 0 on the ground and in the sky. Both depths are half floats.
    """

    view: View
    colour: Picture
    glow: Picture
    depth: Shade
    solid: Picture
    cover: Shade

    @classmethod
    def of(cls, plan: Plan, view: View) -> Backdrop:
        """Paint a view. Takes some tenths of a second at 640 x 360."""
        raster = paint(plan, view.scaled(_SAMPLES))
        size = view.width, view.height
        whole = np.where(raster.depth > 0, np.uint8(255), np.uint8(0))
        return cls(
            view,
            cv2.resize(raster.colour, size, interpolation=cv2.INTER_AREA),
            cv2.resize(raster.glow, size, interpolation=cv2.INTER_AREA),
            cv2.resize(raster.depth, size, interpolation=cv2.INTER_AREA).astype(np.float16),
            cv2.resize(whole, size, interpolation=cv2.INTER_AREA),
            _tallest(raster).astype(np.float16),
        )

    def lit(self, light: Light) -> Picture:
        """Return the picture (RGB) at this hour."""
        picture = self.colour * light.sun
        if light.lamps > 0:
            picture += self.glow.astype(np.float32) * light.lamps
        if light.rain > 0:
            picture = self._wet(picture, light)
        reach = 420 - 260 * light.rain
        depth = np.maximum(self.depth.astype(np.float32), np.float32(1e-4))
        air = 1 - np.exp(-1 / (depth * np.float32(reach)))
        picture += (light.haze - picture) * (air * np.float32(0.92))[..., None]
        sky = _sky(self.view.width, self.view.height, self.view.horizon, self.view.bearing, light)
        cover = self.solid[..., None] * np.float32(1 / 255)
        whole: Picture = np.clip(picture * cover + sky * (1 - cover), 0, 255).astype(np.uint8)
        return whole

    def _wet(self, picture: Shade, light: Light) -> Shade:
        """Let the wet ground mirror what stands behind it, streaked downwards."""
        horizon = int(np.clip(self.view.horizon, 1, self.view.height - 1))
        lower = self.view.height - horizon
        mirror = np.flipud(picture[max(0, horizon - lower) : horizon])
        mirror = cv2.resize(mirror, (self.view.width, lower))
        mirror = cv2.blur(mirror, (5, max(3, lower // 5)))
        share = np.float32(0.2 + 0.1 * light.lamps) * np.float32(light.rain)
        paved = self.colour[horizon:, :, 1] < self.colour[horizon:, :, 0].astype(np.int16) + 6
        wet = share * ((self.cover[horizon:] == 0) & paved)[..., None]
        picture[horizon:] = picture[horizon:] * (1 - wet * np.float32(0.7)) + mirror * wet
        return picture


def _tallest(raster: Raster) -> Shade:
    """Return the inverse depth of all that rises above the ground, shrunk to the nearest."""
    plane = raster.view.plane(np.zeros(3), np.array([0.0, 0.0, 1.0]))
    rows, columns = slice(0, raster.view.height), slice(0, raster.view.width)
    ground = np.maximum(raster.plane_depth(plane, rows, columns), 0)
    cover = np.where(raster.depth > ground * 1.0005 + 1e-6, raster.depth, 0)
    above = np.maximum(cover[::2], cover[1::2])
    tallest: Shade = np.maximum(above[:, ::2], above[:, 1::2])
    return tallest


def _sky(width: int, height: int, horizon: float, bearing: float, light: Light) -> Shade:
    rows = (np.arange(height, dtype=np.float32) + 0.5 - horizon) / height
    rise = np.clip(-rows * 1.5, 0, 1)[:, None, None]
    sky = light.haze + (light.zenith - light.haze) * np.sqrt(rise)
    sky = np.repeat(sky, width, axis=1)
    white = light.haze * 1.04
    cloud = _clouds(width, height, round(bearing))[..., None].astype(np.float32)
    cloud *= np.float32(0.55 + 0.3 * light.rain)
    sky += (white - sky) * cloud * np.clip(rise * 5, 0, 1)
    hills = _hills(width, height, round(bearing))
    line = np.arange(height, dtype=np.float32)[:, None] - horizon
    behind = np.clip(line + hills[None, :], 0, 1)[..., None]
    whole: Shade = sky + (light.haze * np.float32(0.86) - sky) * behind * 0.8
    return whole


@functools.lru_cache(maxsize=16)
def _clouds(width: int, height: int, seed: int) -> Shade:
    rng = np.random.default_rng(seed + 1000)
    total = np.zeros((height, width), np.float32)
    for cell, weight in ((3, 1.0), (7, 0.55), (17, 0.3)):
        small = rng.standard_normal((cell + 2, cell + 1)).astype(np.float32)
        total += weight * cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    clouds: Shade = np.clip(total * 0.8, 0, 1).astype(np.float16)
    return clouds


@functools.lru_cache(maxsize=64)
def _hills(width: int, height: int, seed: int) -> Shade:
    x = np.arange(width, dtype=np.float32) / width
    phase = math.radians(seed)
    profile = 0.5 + 0.3 * np.sin(5 * x + 3 * phase) + 0.2 * np.sin(11 * x + 7 * phase)
    return (0.045 * height * profile).astype(np.float32)
