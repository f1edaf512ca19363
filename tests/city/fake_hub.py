"""A fake hub for the city's tests: it keeps what comes in and answers as the real doors do.

Both of its servers can be killed and opened again on the same ports, like a hub that died.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from console.protocols import jt808

PATIENCE = 10.0


@dataclass
class Came:
    """One HTTP request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FakeHub:
    requests: list[Came] = field(default_factory=list)
    messages: list[tuple[str, jt808.Message]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0
    jt808_port: int = 0

    def __post_init__(self) -> None:
        self._servers: list[asyncio.Server] = []
        self._writers: dict[asyncio.StreamWriter, str] = {}
        self._changed = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        doors: list[tuple[Callable[..., Awaitable[None]], int]] = [
            (self._web, self.port),
            (self._terminal, self.jt808_port),
        ]
        self._servers = [
            await asyncio.start_server(self._held(door), "127.0.0.1", port) for door, port in doors
        ]
        self.port, self.jt808_port = (
            int(server.sockets[0].getsockname()[1]) for server in self._servers
        )

    async def die(self) -> None:
        """Cut everything off, as a killed process would."""
        for server in self._servers:
            server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        for server in self._servers:
            await server.wait_closed()
        await self.until(lambda: not self._writers)

    async def until(self, condition: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until something came that fulfils ``condition``."""
        async with asyncio.timeout(patience):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def posts(self, path: str) -> list[Came]:
        return [r for r in self.requests if r.method == "POST" and r.path.startswith(path)]

    def told(self, kind: type[jt808.Message]) -> list[str]:
        """Return who sent messages of this kind, one entry each."""
        return [terminal for terminal, message in self.messages if isinstance(message, kind)]

    def text(self, terminal: str, text: str) -> None:
        """Send 0x8300 to a terminal."""
        writer = next(w for w, name in self._writers.items() if name == terminal)
        writer.write(jt808.encode(jt808.Text(text), terminal, 77))

    def _held(self, serve: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def held(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._writers[writer] = ""
            try:
                await serve(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                del self._writers[writer]
                writer.close()
                self._changed.set()

        return held

    async def _web(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            method, path, _ = first.split(" ")
            self.requests.append(Came(method, path, headers, body))
            answer = {"tasks": self.tasks} if path.startswith("/field/v1/tasks?") else {}
            if path.endswith("/feedback"):
                self.tasks.clear()
            payload = json.dumps(answer).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(payload) + payload)
            self._changed.set()

    async def _terminal(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        splitter, serial = jt808.Splitter(), 0
        while data := await reader.read(4096):
            for content in splitter.feed(data):
                frame = jt808.parse(content)
                message, terminal = jt808.decode(frame), frame.terminal
                self._writers[writer] = terminal
                self.messages.append((terminal, message))
                serial += 1
                answer: jt808.Message = jt808.PlatformAck(frame.serial, frame.id, jt808.OK)
                if isinstance(message, jt808.Register):
                    answer = jt808.RegisterAck(frame.serial, 0, f"code{terminal}")
                writer.write(jt808.encode(answer, terminal, serial))
                self._changed.set()
