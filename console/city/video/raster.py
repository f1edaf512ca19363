"""A small software rasteriser: flat things in space onto a picture with a depth buffer.

Three layers are painted at once: ``colour`` as seen on a bright day, ``glow`` (what
shines by itself at night) and ``depth`` (inverse, see view.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely import get_parts
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from console.city.video.plan import ring_of
from console.city.video.view import Floats, Picture, Shade, View

Pictures = tuple[Picture, Picture]
Colour = tuple[int, int, int]
_SHIFT = 3
_LIMIT = 1 << 15


class Raster:
    """The picture being painted, for one view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.colour = np.zeros((view.height, view.width, 3), np.uint8)
        self.glow = np.zeros((view.height, view.width, 3), np.uint8)
        self.depth = np.zeros((view.height, view.width), np.float32)
        self.columns = np.arange(view.width, dtype=np.float32) + 0.5
        self.rows = np.arange(view.height, dtype=np.float32) + 0.5

    def ground(self, target: Picture, geometry: BaseGeometry, value: Colour | int) -> None:
        """Fill an area of the ground with a colour, without any test of depth."""
        for part in get_parts(geometry):
            if not isinstance(part, Polygon) or part.is_empty:
                continue
            rings = [part.exterior, *part.interiors]
            outlines = [self.view.outline(ring_of(ring.coords)) for ring in rings]
            corners = [fixed(outline) for outline in outlines if len(outline) >= 3]
            if corners:
                colour = value if isinstance(value, tuple) else (value,)
                cv2.fillPoly(target, corners, colour, lineType=cv2.LINE_8, shift=_SHIFT)

    def plane_depth(self, plane: tuple[float, float, float], rows: slice, columns: slice) -> Shade:
        """Return the inverse depth of a plane over a part of the picture."""
        a, b, c = plane
        line = np.float32(a) + np.float32(b) * self.columns[columns]
        depth: Shade = line[None, :] + np.float32(c) * self.rows[rows, None]
        return depth

    def wall(
        self, corner: Floats, along: Floats, height: float, draw: Callable[[], Pictures]
    ) -> None:
        """Hang a picture on an upright rectangle: lower left ``corner``, width by ``along``.

        ``draw`` gives its colours and its glow; it is not called for what is hidden.
        """
        up = np.array([0.0, 0.0, height])
        ring = np.array([corner, corner + along, corner + along + up, corner + up])
        outline = self.view.outline(ring)
        spot = self._bounds(outline)
        if spot is None:
            return
        rows, columns = spot
        mask = self._mask(outline, rows, columns)
        normal = np.cross(along, up)
        plane = self.view.plane(corner, normal / np.linalg.norm(normal))
        depth = self.plane_depth(plane, rows, columns)
        self._hide(mask, depth, rows, columns)
        if not mask.any():
            return
        colour, glow = draw()
        shape = self._homography(corner + up, along / colour.shape[1], -up / colour.shape[0])
        shape = np.array([[1, 0, -columns.start], [0, 1, -rows.start], [0, 0, 1.0]]) @ shape
        size = (columns.stop - columns.start, rows.stop - rows.start)
        painted = cv2.warpPerspective(colour, shape, size, borderMode=cv2.BORDER_REPLICATE)
        self._put(painted, mask, depth, rows, columns)
        cv2.copyTo(cv2.warpPerspective(glow, shape, size), mask, self.glow[rows, columns])

    def flat(self, ring: Floats, normal: Floats, colour: Colour, glow: Colour = (0, 0, 0)) -> None:
        """Fill a flat ring in space with one colour."""
        outline = self.view.outline(ring)
        spot = self._bounds(outline)
        if spot is None:
            return
        rows, columns = spot
        mask = self._mask(outline, rows, columns)
        depth = self.plane_depth(self.view.plane(ring[0], normal), rows, columns)
        self._hide(mask, depth, rows, columns)
        self._put(np.full((*mask.shape, 3), colour, np.uint8), mask, depth, rows, columns)
        self.glow[rows, columns][mask > 0] = glow

    def card(
        self, foot: Floats, picture: Picture, cover: Picture, height: float, shade: float = 1.0
    ) -> None:
        """Stand a flat picture at ``foot``, facing the lens, ``height`` metres high."""
        (x, y, z) = self.view.lens(foot[None, :])[0]
        if z < 1.5:
            return
        scale = self.view.focal / z
        tall = round(height * scale)
        wide = round(tall * picture.shape[1] / picture.shape[0])
        left = round(x * scale + self.view.width / 2 - wide / 2)
        top = round(y * scale + self.view.height / 2) - tall
        rows = slice(max(0, top), min(self.view.height, top + tall))
        columns = slice(max(0, left), min(self.view.width, left + wide))
        if tall < 2 or wide < 2 or rows.start >= rows.stop or columns.start >= columns.stop:
            return
        flags = cv2.INTER_AREA if tall < picture.shape[0] else cv2.INTER_LINEAR
        inner = np.s_[
            rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
        ]
        painted = cv2.resize(picture, (wide, tall), interpolation=flags)[inner]
        mask = cv2.resize(cover, (wide, tall), interpolation=flags)[inner]
        mask = np.where(mask > 110, 255, 0).astype(np.uint8)
        depth = np.full(mask.shape, 1 / z, np.float32)
        self._hide(mask, depth, rows, columns)
        if shade != 1.0:
            painted = cv2.convertScaleAbs(painted, alpha=shade)
        self._put(np.ascontiguousarray(painted), mask, depth, rows, columns)
        self.glow[rows, columns][mask > 0] = 0

    def stick(
        self, start: Sequence[float], end: Sequence[float], width: float, colour: Colour,
        glow: Colour = (0, 0, 0),
    ) -> None:  # fmt: skip
        """Draw a round bar between two world points, ``width`` metres thick."""
        points = self.view.lens(np.array([start, end], dtype=float))
        if points[:, 2].min() < 1.0:
            return
        nearest = float(points[:, 2].min())
        half = max(0.5, width / 2 * self.view.focal / nearest)
        (x1, y1), (x2, y2) = self.view.pixels(points)
        span = float(np.hypot(x2 - x1, y2 - y1)) or 1.0
        nx, ny = -(y2 - y1) / span * half, (x2 - x1) / span * half
        outline = np.array(
            [[x1 + nx, y1 + ny], [x2 + nx, y2 + ny], [x2 - nx, y2 - ny], [x1 - nx, y1 - ny]]
        )
        spot = self._bounds(outline)
        if spot is None:
            return
        rows, columns = spot
        mask = self._mask(outline, rows, columns)
        depth = np.full(mask.shape, 1 / nearest, np.float32)
        self._hide(mask, depth, rows, columns)
        self._put(np.full((*mask.shape, 3), colour, np.uint8), mask, depth, rows, columns)
        self.glow[rows, columns][mask > 0] = glow

    def _bounds(self, outline: Floats) -> tuple[slice, slice] | None:
        if len(outline) < 3:
            return None
        (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
        rows = slice(max(0, int(top)), min(self.view.height, int(bottom) + 2))
        columns = slice(max(0, int(left)), min(self.view.width, int(right) + 2))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return None
        return rows, columns

    def _mask(self, outline: Floats, rows: slice, columns: slice) -> Picture:
        mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        corners = fixed(outline - np.array([columns.start, rows.start]))
        cv2.fillPoly(mask, [corners], (255,), shift=_SHIFT)
        return mask

    def _hide(self, mask: Picture, depth: Shade, rows: slice, columns: slice) -> None:
        mask[depth < self.depth[rows, columns]] = 0

    def _put(
        self, painted: Picture, mask: Picture, depth: Shade, rows: slice,
        columns: slice,
    ) -> None:  # fmt: skip
        cv2.copyTo(painted, mask, self.colour[rows, columns])
        cv2.copyTo(depth, mask, self.depth[rows, columns])

    def _homography(self, origin: Floats, across: Floats, down: Floats) -> Floats:
        """Return the matrix from a picture's pixels to ours, the picture lying in space."""
        view = self.view
        lens = np.array(
            [[view.focal, 0, view.width / 2], [0, view.focal, view.height / 2], [0, 0, 1]]
        )
        frame = np.column_stack([across, down, origin - view.eye])
        matrix: Floats = lens @ view.axes @ frame
        return matrix


def fixed(outline: Floats) -> NDArray[np.int32]:
    """Turn pixel coordinates into OpenCV's fixed point, kept within what it can take."""
    limited = np.clip(outline - 0.5, -_LIMIT, _LIMIT)
    return np.round(limited * (1 << _SHIFT)).astype(np.int32)
