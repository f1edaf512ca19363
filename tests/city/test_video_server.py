"""The cameras over RTSP, seen by a client of ours and by ffmpeg."""

from __future__ import annotations

import asyncio
import json
import math
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext

from console.city.model import Agent, Scene, Town
from console.city.video.server import Login, Server
from console.city.video.studio import Studio
from console.city.video.view import View
from console.protocols import rtp
from tests.city.rtsp_viewer import Viewer
from tests.rig.waiting import until_async

_EMPTY = Scene(43200.0, 1.0, 0.0, [])


@asynccontextmanager
async def serving(town: Town, login: Login | None = None) -> AsyncIterator[Server]:
    studio = Studio(replace(town, cameras=town.cameras[6:8]))
    studio.update(_EMPTY)
    server = Server(studio, login)
    await server.start()
    try:
        yield server
    finally:
        await server.close()
        studio.close()


def run(town: Town, play: Callable[[Server], Awaitable[None]], login: Login | None = None) -> None:
    async def whole() -> None:
        async with serving(town, login) as server:
            await play(server)

    asyncio.run(whole())


async def painted(server: Server) -> None:
    """Wait until the first camera's small picture is no makeshift any more."""
    camera = server.studio.camera("cam07")
    assert camera is not None
    server.studio.stream(camera, "sub")
    await server.studio.backdrop(camera, "sub")


class Screen:
    """Decodes access units to luma."""

    def __init__(self) -> None:
        codec = av.CodecContext.create("h264", "r")
        assert isinstance(codec, VideoCodecContext)
        codec.thread_count = 1
        codec.flags |= av.codec.context.Flags.low_delay
        self._codec = codec

    def show(self, data: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        (frame,) = self._codec.decode(av.Packet(data))
        return np.asarray(frame.to_ndarray(format="gray").astype(np.int64))


def test_a_vendor_is_seen_where_he_stands_and_is_gone_when_he_left(town: Town) -> None:
    camera = town.cameras[6]
    b = math.radians(camera.bearing)
    x, y = camera.at[0] + 25 * math.sin(b), camera.at[1] + 25 * math.cos(b)
    vendor = Agent("v1", "vendor", x, y, 90.0, 0.0, 1, "selling", (2.4, 2.4, 2.6))
    box = View.of(camera).box_of(vendor)
    assert box is not None
    x1, y1, x2, y2 = (round(edge) for edge in box)

    async def play(server: Server) -> None:
        screen = Screen()
        async with Viewer(server.port, f"{camera.id}/sub") as viewer:
            await viewer.play()
            await painted(server)

            async def after(scene: Scene) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
                server.studio.update(scene)
                for _ in range(4):
                    picture = screen.show((await viewer.picture()).data)
                return picture

            empty = await after(_EMPTY)
            sold = await after(replace(_EMPTY, agents=[vendor]))
            left = await after(_EMPTY)
        moved = np.abs(sold - empty) > 24
        assert moved[y1:y2, x1:x2].mean() > 0.2
        margin = (x2 - x1) // 2
        moved[max(0, y1 - margin) : y2 + margin, max(0, x1 - margin) : x2 + margin] = False
        moved[:40, :140] = False  # the running clock
        assert moved.mean() < 0.002
        assert (np.abs(left - empty)[y1:y2, x1:x2] > 24).mean() < 0.02

    run(town, play)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_ffmpeg_reads_the_stream(town: Town, transport: str) -> None:
    async def play(server: Server) -> None:
        url = f"rtsp://127.0.0.1:{server.port}/cam07/sub"
        probe = await asyncio.create_subprocess_exec(
            "ffprobe", "-v", "error", "-rtsp_transport", transport, "-read_intervals", "%+#8",
            "-show_entries", "stream=codec_name,width,height:frame=pict_type", "-of", "json", url,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, errors = await asyncio.wait_for(probe.communicate(), 30)
        found = json.loads(out)
        assert found["streams"][0] == {"codec_name": "h264", "width": 640, "height": 360}
        assert found["frames"][0]["pict_type"] == "I", errors
        assert len(found["frames"]) >= 8

    run(town, play)


def test_a_new_viewer_begins_with_a_key_picture_and_is_told_the_time(town: Town) -> None:
    async def play(server: Server) -> None:
        async with Viewer(server.port, "cam07/sub") as one, Viewer(server.port, "cam07/sub") as two:
            await painted(server)
            await one.play()
            assert (await one.picture()).key
            for _ in range(3):
                assert not (await one.picture()).key
            await two.play()
            assert (await two.picture()).key
            wall = rtp.unix(two.reports[0].ntp_time)
            assert abs(wall - time.time()) < 10.0
            assert server.studio.viewers == 2
        await until_async(lambda: not server.studio.viewers)

    run(town, play)


def test_a_viewer_gets_a_picture_at_once_and_the_street_when_it_is_painted(town: Town) -> None:
    async def play(server: Server) -> None:
        held = threading.Event()
        server.studio.painter.submit(held.wait)
        try:
            async with Viewer(server.port, "cam07/main") as viewer:
                await viewer.play()
                first = await viewer.picture()
                assert first.key
                calm = Screen().show(first.data)
                assert np.ptp(calm[100:600, 100:1000], axis=1).max() < 8
                held.set()
                while not (whole := await viewer.picture()).key:
                    continue
                street = Screen().show(whole.data)
                assert np.ptp(street[400:600, 100:1000], axis=1).max() > 40
        finally:
            held.set()

    run(town, play)


def test_a_large_picture_begins_as_the_small_one_blown_up(town: Town) -> None:
    async def play(server: Server) -> None:
        await painted(server)
        held = threading.Event()
        server.studio.painter.submit(held.wait)
        try:
            async with Viewer(server.port, "cam07/main") as viewer:
                await viewer.play()
                street = Screen().show((await viewer.picture()).data)
                assert np.ptp(street[400:600, 100:1000], axis=1).max() > 40
        finally:
            held.set()

    run(town, play)


def test_eight_ffmpegs_at_once_right_after_the_start_all_see_the_picture(town: Town) -> None:
    async def play(server: Server) -> None:
        async def probe(number: int) -> list[str]:
            url = f"rtsp://127.0.0.1:{server.port}/cam0{7 + number % 2}/sub"
            child = await asyncio.create_subprocess_exec(
                "ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-read_intervals", "%+#2",
                "-show_entries", "frame=pict_type", "-of", "csv=p=0", url,
                stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            out, _ = await asyncio.wait_for(child.communicate(), 60)
            return out.decode().split()

        for frames in await asyncio.gather(*map(probe, range(8))):
            assert frames[0].startswith("I")

    run(town, play)


def test_the_large_picture_is_served_too(town: Town) -> None:
    async def play(server: Server) -> None:
        async with Viewer(server.port, "cam08/main") as viewer:
            await viewer.play()
            assert Screen().show((await viewer.picture()).data).shape == (720, 1280)

    run(town, play)


def test_a_locked_camera_opens_to_the_right_password_only(town: Town) -> None:
    async def play(server: Server) -> None:
        async with Viewer(server.port, "cam07/sub") as viewer:
            assert (await viewer.describe()).status == 401
            assert (await viewer.describe("guard", "wrong")).status == 401
            assert (await viewer.describe("guard", "钥匙")).status == 200

    run(town, play, Login("guard", "钥匙"))


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("DESCRIBE", "cam99/sub", {}, 404),
        ("DESCRIBE", "cam07/huge", {}, 404),
        ("SETUP", "cam07/sub", {"Transport": "RTP/AVP;multicast"}, 461),
        ("SETUP", "cam07/sub", {"Transport": "nonsense"}, 400),
        ("PLAY", "cam07/sub", {"Session": "stolen"}, 454),
        ("RECORD", "cam07/sub", {}, 501),
        ("OPTIONS", "cam07/sub", {"Require": "www.onvif.org/ver20/backchannel"}, 551),
        ("OPTIONS", "cam07/sub", {}, 200),
    ],
)
def test_a_request_gets_the_status_its_rfc_names(
    town: Town, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    async def play(server: Server) -> None:
        async with Viewer(server.port, path) as viewer:
            assert (await viewer.ask(method, headers=headers)).status == status

    run(town, play)


def test_pause_stops_the_pictures_and_play_goes_on_with_a_key_picture(town: Town) -> None:
    async def play(server: Server) -> None:
        async with Viewer(server.port, "cam07/sub") as viewer:
            await viewer.play()
            await viewer.picture()
            assert (await viewer.ask("PAUSE")).status == 200
            assert server.studio.viewers == 0
            assert (await viewer.ask("GET_PARAMETER")).status == 200
            assert (await viewer.ask("PLAY")).status == 200
            while not (await viewer.picture()).key:
                continue
            assert (await viewer.ask("TEARDOWN")).status == 200

    run(town, play)


def test_one_who_does_not_read_slows_nobody(town: Town) -> None:
    async def play(server: Server) -> None:
        async with (
            Viewer(server.port, "cam07/main") as slow,
            Viewer(server.port, "cam07/main") as ok,
        ):
            await slow.play()
            slow.writer.transport.pause_reading()  # type: ignore[attr-defined]  # asyncio's own
            await ok.play()
            held = 0
            for _ in range(30):
                await asyncio.wait_for(ok.picture(), 5)
                held = max(held, *(c.waiting for c in server.clients))
            assert held < 1 << 20

    run(town, play)


def test_garbage_half_open_clients_and_a_crowd_do_not_hurt_the_server(town: Town) -> None:
    async def play(server: Server) -> None:
        rubbish = [
            b"\x00" * 500,
            b"GET / HTTP/1.1\r\n\r\n",
            b"$\x00\xff\xff",
            b"A" * 20000,
            b"\r\n",
        ]
        links = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(50)]
        for number, (_, writer) in enumerate(links):
            writer.write(rubbish[number % len(rubbish)])
        async with Viewer(server.port, "cam07/sub") as viewer:
            await viewer.play()
            assert (await viewer.picture()).key
        for _, writer in links:
            writer.close()
        await asyncio.gather(*(w.wait_closed() for _, w in links), return_exceptions=True)
        await until_async(lambda: not server.clients)

    run(town, play)
