"""A plain RTSP client for tests: what a seat does, in a few lines."""

from __future__ import annotations

import asyncio

from console.protocols import h264, rtp, rtsp, rtsp_auth, sdp

PATIENCE = 10.0


class Viewer:
    """One connection; ``async with`` it, then :meth:`play` and :meth:`picture`."""

    def __init__(self, port: int, path: str) -> None:
        self.url = f"rtsp://127.0.0.1:{port}/{path}"
        self._port = port
        self._parser = rtsp.Parser()
        self._waiting: list[rtsp.Item] = []
        self._number = 0
        self._units: list[h264.AccessUnit] = []
        self._opener = h264.Depacketiser()
        self.reports: list[rtp.SenderReport] = []
        self.session = ""
        self.writer: asyncio.StreamWriter
        self.reader: asyncio.StreamReader

    async def __aenter__(self) -> Viewer:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()
        await asyncio.gather(self.writer.wait_closed(), return_exceptions=True)

    async def _next(self) -> rtsp.Item:
        while not self._waiting:
            data = await asyncio.wait_for(self.reader.read(65536), PATIENCE)
            if not data:
                raise ConnectionResetError("the server hung up")
            self._waiting += self._parser.feed(data)
        return self._waiting.pop(0)

    async def ask(
        self, method: str, url: str = "", headers: dict[str, str] | None = None
    ) -> rtsp.Response:
        """Send a request and return its answer; pictures that come before it are kept."""
        self._number += 1
        if self.session:
            headers = {"Session": self.session, **(headers or {})}
        self.writer.write(rtsp.request(method, url or self.url, self._number, headers))
        while True:
            item = await self._next()
            if isinstance(item, rtsp.Response):
                return item
            self._take(item)

    async def describe(self, user: str = "", password: str = "") -> rtsp.Response:
        answer = await self.ask("DESCRIBE")
        if answer.status == 401 and user:
            value = rtsp_auth.authorize(
                answer.headers["www-authenticate"], "DESCRIBE", self.url, user, password, "c"
            )
            answer = await self.ask("DESCRIBE", headers={"Authorization": value})
        return answer

    async def play(self) -> rtsp.Response:
        """Describe, set up over TCP and play."""
        media = sdp.parse((await self.describe()).body).media[0]
        self._opener = h264.Depacketiser(sdp.parameter_sets(media.formats[0]))
        track = sdp.resolve(self.url, media.control)
        offer = {"Transport": "RTP/AVP/TCP;unicast;interleaved=0-1"}
        ready = await self.ask("SETUP", track, offer)
        self.session = rtsp.parse_session(ready.headers["session"])[0]
        return await self.ask("PLAY")

    def _take(self, item: rtsp.Item) -> None:
        if isinstance(item, rtsp.Frame) and item.channel == 0:
            self._units += self._opener.push(rtp.parse(item.data))
        elif isinstance(item, rtsp.Frame):
            found = rtp.parse_rtcp(item.data)
            self.reports += [one for one in found if isinstance(one, rtp.SenderReport)]

    async def picture(self) -> h264.AccessUnit:
        """Return the next whole picture."""
        while not self._units:
            self._take(await self._next())
        return self._units.pop(0)
