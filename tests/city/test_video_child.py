"""The video child as the city drives it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict, replace
from typing import Any

import cv2
import numpy as np

from console import pipe
from console.city.model import Agent, Scene, Town
from tests.city.rtsp_viewer import Viewer

_PATIENCE = 30.0


def test_the_child_serves_streams_and_photos_and_goes_with_its_parent(town: Town) -> None:
    asyncio.run(_play(replace(town, cameras=town.cameras[6:8])))


async def _play(town: Town) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "console.city.video",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    send, out = child.stdin, child.stdout

    async def told(event: str) -> tuple[dict[str, Any], bytes]:
        while True:
            frame = await asyncio.wait_for(pipe.read(out), _PATIENCE)
            assert frame is not None
            if frame[0]["event"] == event:
                return frame

    send.write(pipe.encode({"do": "start", "town": asdict(town)}))
    ready, _ = await told("ready")
    camera = town.cameras[0]
    vendor = Agent("v1", "vendor", *_before(town), 0.0, 0.0, 1, "selling", (2.4, 2.4, 2.6))
    scene = Scene(43200.0, 1.0, 0.0, [vendor])
    send.write(pipe.encode({"do": "scene", "scene": asdict(scene), "rate": 1.0}))
    async with Viewer(ready["port"], f"{camera.id}/sub") as viewer:
        await viewer.play()
        assert (await viewer.picture()).key
    send.write(pipe.encode({"do": "camera_photo", "ask": 1, "camera": camera.id, "box": "v1"}))
    answer, data = await told("photo")
    assert answer["ok"]
    assert answer["ask"] == 1
    x1, y1, x2, y2 = answer["box"]
    assert 0 <= x1 < x2 <= 640
    assert 0 <= y1 < y2 <= 360
    assert _picture(data).shape == (360, 640, 3)
    ask = {"do": "photo", "ask": 2, "eye": [vendor.x - 6, vendor.y - 5, 1.6], "size": [480, 360]}
    send.write(pipe.encode({**ask, "look": [vendor.x, vendor.y], "box": "v1"}))
    answer, data = await told("photo")
    x1, y1, x2, y2 = answer["box"]
    assert x1 < 240 < x2
    assert _picture(data).shape == (360, 480, 3)
    send.write(pipe.encode({"do": "photo", "ask": 3, "eye": [0, 0, 2], "look": [1, 1]}))
    answer, data = await told("photo")
    assert not answer["ok"]
    assert data == b""
    send.close()
    assert await asyncio.wait_for(child.wait(), _PATIENCE) == 0


def _before(town: Town) -> tuple[float, float]:
    camera = town.cameras[0]
    b = np.radians(camera.bearing)
    return float(camera.at[0] + 22 * np.sin(b)), float(camera.at[1] + 22 * np.cos(b))


def _picture(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture, np.uint8)
