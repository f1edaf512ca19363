"""Photos: what a citizen's phone or the AI box's snapshot shows of this very moment."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from console.city.model import CameraSite
from console.city.video.backdrop import Backdrop, Light
from console.city.video.planes import Planes
from console.city.video.stage import Ground, Stage
from console.city.video.studio import Studio
from console.city.video.troupe import Troupe
from console.city.video.view import SUB, Picture, View

Box = tuple[float, float, float, float]
_FOV = 62.0
"""Degrees across, as a phone's main lens in landscape."""
_QUALITY = 88


def project(
    camera: CameraSite, x: float, y: float, z: float = 0.0, size: tuple[int, int] = SUB
) -> tuple[float, float] | None:
    """Return the pixel (u, v) at which a camera sees a point, None where it lies behind it.

    The pixel may lie outside the picture.
    """
    view = View.of(camera, size)
    point = view.lens(np.array([[x, y, z]], dtype=float))
    if point[0, 2] < 0.4:
        return None
    u, v = view.pixels(point)[0]
    return float(u), float(v)


def phone_view(eye: Sequence[float], look: Sequence[float], size: Sequence[int]) -> View:
    """Return what a phone sees at ``eye`` (x, y, z) that is held towards the ground point ``look``.

    Raises ValueError for a size that is no picture's.
    """
    width, height = (int(edge) & ~1 for edge in size)
    if not (32 <= width <= 2048 and 32 <= height <= 2048):
        raise ValueError("no such size of a photo")
    dx, dy = look[0] - eye[0], look[1] - eye[1]
    tilt = math.degrees(math.atan2(eye[2] - 0.9, math.hypot(dx, dy) or 1.0))
    bearing = math.degrees(math.atan2(dx, dy))
    return View.looking(eye, bearing, tilt, _FOV, (width, height))


def photo(studio: Studio, troupe: Troupe, view: View) -> bytes:
    """Return a JPEG of a view; for the painter's thread."""
    return _shot(studio, troupe, Backdrop.of(studio.plan, view), "")


def camera_photo(studio: Studio, troupe: Troupe, camera: CameraSite, backdrop: Backdrop) -> bytes:
    """Return a JPEG of what a camera sees; for the painter's thread."""
    return _shot(studio, troupe, backdrop, camera.name)


def box_of(troupe: Troupe, view: View, agent_id: str) -> Box | None:
    """Return (x1, y1, x2, y2) in pixels around an agent, None where it is not to be seen."""
    agent = next((a for a in troupe.agents if a.id == agent_id), None)
    return None if agent is None else view.box_of(agent)


def _shot(studio: Studio, troupe: Troupe, backdrop: Backdrop, name: str) -> bytes:
    ground = Ground.of(backdrop, Light(troupe.scene.daylight, troupe.scene.rain))
    stage = Stage(name, ground, studio.photo_sprites, studio.painter)
    height, width = backdrop.view.height, backdrop.view.width
    target = Planes(
        np.zeros((height, width), np.uint8), np.zeros((height // 2, width // 2, 2), np.uint8)
    )
    stage.frame(troupe, troupe.since, target)
    picture = cv2.cvtColorTwoPlane(target.luma, target.chroma, cv2.COLOR_YUV2BGR_NV12)
    return jpeg(picture)


def jpeg(picture: Picture) -> bytes:
    """Return a BGR picture as JPEG."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise ValueError("picture cannot be written as JPEG")
    return data.tobytes()
