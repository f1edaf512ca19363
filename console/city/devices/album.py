"""A small web server for the AI boxes' snapshots, at Frigate's address of them."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict

_KEPT = 200
_PATH = re.compile(rb"GET /api/events/([\w.-]{1,80})/snapshot\.jpg[? ]")


class Album:
    """Keeps the newest pictures in memory and serves them on 127.0.0.1."""

    def __init__(self) -> None:
        self.url = ""
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._server: asyncio.Server | None = None
        self._busy: set[asyncio.StreamWriter] = set()

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=1 << 14)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for writer in list(self._busy):
                writer.close()
            await self._server.wait_closed()

    def add(self, name: str, picture: bytes) -> None:
        """Keep a picture; the oldest of too many goes."""
        self._pictures[name] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)

    def __contains__(self, name: str) -> bool:
        return name in self._pictures

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy.add(writer)
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            found = _PATH.match(head)
            name = found.group(1).decode() if found else ""
            picture = self._pictures.get(name)
            status, body, kind = ("404 Not Found", b"", "text/plain")
            if picture is not None:
                status, body, kind = "200 OK", picture, "image/jpeg"
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
                "Connection: close\r\n\r\n".encode()
                + body
            )
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._busy.discard(writer)
            writer.close()
