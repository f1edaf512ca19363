"""JT/T 808 terminals: one TCP connection each, one clock for all.

A terminal registers, authenticates, tells where it is each second while it moves and
every few seconds while it stands, and acknowledges the text the platform sends.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import cast

from console.city.agents.patrol import Unit
from console.city.geometry import to_wgs84
from console.city.world import World
from console.protocols import jt808
from console.protocols.errors import ProtocolError

log = logging.getLogger(__name__)

BEATS = 5
"""The fleet's clock ticks so often a second; each tick serves its share of the terminals."""

STANDING = 6
"""Seconds between positions while nothing moves."""

_MOVING = 0.3
_PAUSE, _LONGEST = 0.5, 8.0
_SPREAD = 2.0

OnText = Callable[[str, str], None]
OnReady = Callable[[str], None]


class Terminal(asyncio.Protocol):
    """One device. ``ready`` while the platform knows who it is."""

    def __init__(self, unit: Unit, fleet: Fleet) -> None:
        self.unit = unit
        self.ready = False
        self.silent = 0
        self._fleet = fleet
        self._code = ""
        self._serials = count()
        self._splitter = jt808.Splitter()
        self._transport: asyncio.Transport | None = None
        self._pause = _PAUSE

    async def connect(self, host: str, port: int) -> None:
        """Try until the platform listens, with growing pauses."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await loop.create_connection(lambda: self, host, port)
                return
            except OSError:
                await asyncio.sleep(self.pause())

    def pause(self) -> float:
        """Return how long to wait before the next try; each is longer than the last."""
        now, self._pause = self._pause, min(_LONGEST, self._pause * 2)
        return now * random.uniform(0.5, 1.5)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def tell(self, origin: tuple[float, float], now: datetime) -> None:
        """Send the present position where it is due."""
        unit = self.unit
        self.silent += 1
        if not self.ready or (unit.speed < _MOVING and self.silent < STANDING):
            return
        self.silent = 0
        lat, lon = to_wgs84(origin, unit.x, unit.y)
        course = round(unit.heading) % 360
        self._send(jt808.Location(lat, lon, now, speed=unit.speed, course=course, altitude=12))

    # --- the connection ---------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._splitter = jt808.Splitter()
        if self._code:
            self._send(jt808.Authenticate(self._code))
        else:
            self._register()

    def data_received(self, data: bytes) -> None:
        for content in self._splitter.feed(data):
            try:
                frame = jt808.parse(content)
                self._take(jt808.decode(frame), frame.serial)
            except ProtocolError as error:
                log.warning("%s: %s", self.unit.staff.terminal, error)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ready, self._transport = False, None
        self._fleet.lost(self)

    def _register(self) -> None:
        staff = self.unit.staff
        vehicle = staff.kind == "vehicle"
        self._send(
            jt808.Register(
                province=33, city=1081, maker="ZH001", model="HANDHELD-1",
                device=staff.terminal[-7:], colour=2 if vehicle else 0,
                plate=staff.name[staff.name.find("浙"):-1].replace("·", "") if vehicle
                else staff.terminal,
            )
        )  # fmt: skip

    def _take(self, message: jt808.Message, serial: int) -> None:
        match message:
            case jt808.RegisterAck(result=0, code=code):
                self._code = code
                self._send(jt808.Authenticate(code))
            case jt808.RegisterAck():
                log.warning("%s was not registered: %s", self.unit.staff.terminal, message.result)
                self.close()
            case jt808.PlatformAck(to=jt808.Authenticate.id, result=jt808.OK):
                self.ready, self._pause, self.silent = True, _PAUSE, STANDING
                self._fleet.on_ready(self.unit.staff.id)
            case jt808.PlatformAck(to=jt808.Authenticate.id):
                self._code = ""
                self._register()
            case jt808.Text(text=text):
                self._send(jt808.TerminalAck(serial, jt808.Text.id, jt808.OK))
                self._fleet.on_text(self.unit.staff.id, text)
            case _:
                pass

    def _send(self, message: jt808.Message) -> None:
        if self._transport is not None and not self._transport.is_closing():
            serial = next(self._serials) & 0xFFFF
            self._transport.write(jt808.encode(message, self.unit.staff.terminal, serial))


class Fleet:
    """All JT/T 808 terminals of the town.

    ``on_text`` gets a unit's id and what its terminal was told, ``on_ready`` the id each
    time the platform knows the terminal anew.
    """

    def __init__(
        self, world: World, host: str, port: int, on_text: OnText, on_ready: OnReady
    ) -> None:
        self.on_text, self.on_ready = on_text, on_ready
        self._host, self._port, self._origin = host, port, world.town.origin
        units = [u for u in world.patrol.units.values() if u.staff.protocol == "jt808"]
        self.terminals = [Terminal(unit, self) for unit in units]
        self._connecting: dict[Terminal, asyncio.Task[None]] = {}
        self._closing = False

    async def run(self) -> None:
        """Connect everybody and tell positions until cancelled."""
        try:
            for terminal in self.terminals:
                self._connect(terminal, random.uniform(0, _SPREAD))
            for beat in count():
                now = datetime.now(UTC)
                for terminal in self.terminals[beat % BEATS :: BEATS]:
                    terminal.tell(self._origin, now)
                await asyncio.sleep(1 / BEATS)
        finally:
            self._closing = True
            for task in self._connecting.values():
                task.cancel()
            for terminal in self.terminals:
                terminal.close()

    def lost(self, terminal: Terminal) -> None:
        """A connection broke: try again after a pause."""
        if not self._closing:
            self._connect(terminal, terminal.pause())

    def _connect(self, terminal: Terminal, after: float) -> None:
        async def later() -> None:
            await asyncio.sleep(after)
            await terminal.connect(self._host, self._port)

        self._connecting[terminal] = asyncio.ensure_future(later())
