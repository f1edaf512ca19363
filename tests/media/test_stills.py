"""The hub's media child, over its real pipes."""

from __future__ import annotations

import io
import subprocess
import time
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import pytest
from PIL import Image

from console import pipe
from console.process import child_command
from tests.media.camera import Camera, read_barcode
from tests.rig.waiting import until

Child = subprocess.Popen[bytes]


@pytest.fixture
def child() -> Iterator[Child]:
    command = child_command("console.media")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        yield child
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(20) == 0


def tell(child: Child, **message: Any) -> None:
    assert child.stdin is not None
    child.stdin.write(pipe.encode(message))
    child.stdin.flush()


def hear(child: Child, event: str) -> tuple[dict[str, Any], bytes]:
    assert child.stdout is not None
    while (frame := pipe.read_blocking(cast("BinaryIO", child.stdout))) is not None:
        if frame[0]["event"] == event:
            return frame
    raise AssertionError("the child is gone")


def shown(jpeg: bytes) -> int:
    picture = Image.open(io.BytesIO(jpeg)).convert("RGBX")
    return read_barcode(picture.tobytes(), *picture.size, picture.width * 4)


def test_a_still_is_the_newest_picture_in_full_size(camera: Camera, child: Child) -> None:
    hear(child, "health")
    asked = time.time()
    tell(child, do="still", ask=5, url=camera.url("main"))
    message, jpeg = hear(child, "still")
    assert (message["ask"], message["ok"]) == (5, True)
    assert (message["width"], message["height"]) == (320, 180)
    assert asked - 1 < message["at"] < time.time() + 1
    assert 0 <= shown(jpeg) < 60


def test_a_warm_camera_gives_its_still_at_once(rare_keys: Camera, child: Child) -> None:
    camera = rare_keys
    hear(child, "health")
    tell(child, do="keep", urls=[camera.url("main"), "nonsense"])
    until(lambda: camera.playing == 1)
    tell(child, do="still", ask=1, url=camera.url("main"))
    hear(child, "still")
    took = []
    for ask in range(2, 12):
        newest = camera.newest
        began = time.monotonic()
        tell(child, do="still", ask=ask, url=camera.url("main"))
        _, jpeg = hear(child, "still")
        took.append(time.monotonic() - began)
        since = (camera.newest - newest) % 120
        assert (shown(jpeg) - newest + 3) % 120 <= since + 3
        until(lambda was=newest: camera.newest != was)  # type: ignore[misc]
    assert sorted(took)[5] < 2.0, "sooner than the next key picture"
    assert camera.seen.count("PLAY") == 1


def test_where_there_is_no_still_the_reason_comes(camera: Camera, child: Child) -> None:
    tell(child, do="still", ask=1, url="nonsense")
    tell(child, do="still", ask=2, url="file:///etc/passwd")
    tell(child, do="still", ask=3, url="rtsp://127.0.0.1:1/none")
    why = {}
    for _ in range(3):
        message, jpeg = hear(child, "still")
        assert not message["ok"]
        assert not jpeg
        why[message["ask"]] = message["why"]
    assert why == {1: "not a URL", 2: "refused", 3: "lost"}
