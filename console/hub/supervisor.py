"""The hub's child processes: started, watched, started again, stopped within two seconds.

A child speaks frames of :mod:`console.pipe` over its standard input and output and ends
when its input ends, so that it never outlives the hub, however the hub ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Collection
from typing import Any

from console import pipe
from console.backoff import Backoff
from console.hub.health import HealthBoard
from console.process import child_command

log = logging.getLogger(__name__)

OnEvent = Callable[[dict[str, Any], bytes], None]

CHILDREN = ("voice", "media")
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 15.0
STEADY = 10.0
"""Seconds after which a child counts as well again and its next pause is short."""
END_PATIENCE = 0.6
OUTBOX_LIMIT = 8 << 20
"""Bytes a child may leave unread before it counts as hung."""


class Child:
    """One child process. Its absence never stops the hub: :meth:`send` says False."""

    def __init__(self, name: str, argv: list[str], board: HealthBoard) -> None:
        self.name = name
        self.on: dict[str, OnEvent] = {}
        """Event name -> what takes it, on the event loop."""
        self.on_start: list[Callable[[], None]] = []
        self.on_loss: list[Callable[[], None]] = []
        self.starts = 0
        self.argv = argv
        self._board = board
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._running: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._lost = False
        self._note = ""

    @property
    def alive(self) -> bool:
        """Whether messages go through now."""
        return self._writer is not None

    @property
    def pid(self) -> int | None:
        """The child's process id, None where there is no child."""
        return self._process.pid if self._process else None

    def send(self, message: dict[str, Any], payload: bytes = b"") -> bool:
        """Send one message; False where there is no child to take it."""
        writer = self._writer
        if writer is None or writer.is_closing():
            return False
        if writer.transport.get_write_buffer_size() > OUTBOX_LIMIT:
            log.warning("child %s reads nothing: started again", self.name)
            self._writer = None
            if self._process is not None:
                self._process.kill()
            return False
        writer.write(pipe.encode(message, payload))
        return True

    def tell_health(self, message: dict[str, Any]) -> None:
        """Put a child's own ``health`` event on the board."""
        figures = {
            key: float(value) for key, value in message.items() if isinstance(value, int | float)
        }
        state = message.get("state", "ok")
        self._board.set(
            self.name,
            state if state in ("ok", "warn", "fail") else "warn",
            str(message.get("note", "")),
            figures | {"starts": float(self.starts)},
        )

    def start(self) -> None:
        """Start the child and start it again whenever it ends, until :meth:`stop`."""
        self._stopping.clear()
        self._running = asyncio.create_task(self._keep_running(), name=f"child {self.name}")

    async def stop(self) -> None:
        """End the child, at the latest within twice :data:`END_PATIENCE`."""
        self._stopping.set()
        if self._running is not None:
            await self._running
            self._running = None

    async def _keep_running(self) -> None:
        backoff = Backoff(FIRST_PAUSE, LONGEST_PAUSE)
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                await self._live()
            except (OSError, pipe.PipeError) as error:
                self._note = str(error)
            if self._stopping.is_set():
                return
            if time.monotonic() - began > STEADY:
                backoff.reset()
            if not self._lost:
                self._lost = True
                log.warning("child %s is lost: %s", self.name, self._note)
            self._board.set(self.name, "fail", self._note, {"starts": float(self.starts)})
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(backoff.next()):
                    await self._stopping.wait()

    async def _live(self) -> None:
        """Run one process from its start to its end, which the loop or :meth:`stop` brings."""
        process = await asyncio.create_subprocess_exec(
            *self.argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=pipe.MAX_HEADER,
        )
        self.starts += 1
        self._process = process
        conversing = asyncio.create_task(self._converse(process))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({conversing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._writer = None
            for lost in self.on_loss:
                lost()
            await _end(process)
            self._process = None
            self._note = f"ended with {process.returncode}"
            stopping.cancel()
            conversing.cancel()
            results = await asyncio.gather(conversing, stopping, return_exceptions=True)
        if isinstance(results[0], Exception):
            raise results[0]

    async def _converse(self, process: asyncio.subprocess.Process) -> None:
        reader, writer = process.stdout, process.stdin
        assert reader is not None
        assert writer is not None
        self._writer = writer
        for start in self.on_start:
            start()
        if not self._lost:
            self._well()
        while (frame := await pipe.read(reader)) is not None:
            if self._lost:
                self._lost = False
                log.info("child %s is back", self.name)
                self._well()
            self._take(*frame)

    def _well(self) -> None:
        self._board.set(self.name, "ok", "", {"starts": float(self.starts)})

    def _take(self, message: dict[str, Any], payload: bytes) -> None:
        event = str(message.get("event", ""))
        if event == "health":
            self.tell_health(message)
        elif taker := self.on.get(event):
            try:
                taker(message, payload)
            except Exception:
                log.exception("event %s of child %s failed", event, self.name)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Close a child's input, then insist."""
    if process.stdin is not None:
        process.stdin.close()
    for insist in (process.terminate, process.kill):
        try:
            async with asyncio.timeout(END_PATIENCE):
                await process.wait()
        except TimeoutError:
            insist()
        else:
            return
    await process.wait()


class Supervisor:
    """The children by name."""

    def __init__(self, board: HealthBoard, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self._children: dict[str, Child] = {
            name: Child(name, child_command(f"console.{name}"), board) for name in CHILDREN
        }

    def __getitem__(self, name: str) -> Child:
        return self._children[name]

    def start(self) -> None:
        """Start every child that is wanted; :meth:`Child.send` to another says False."""
        for name in self._wanted:
            self._children[name].start()

    async def stop(self) -> None:
        """End every child."""
        await asyncio.gather(*(child.stop() for child in self._children.values()))
