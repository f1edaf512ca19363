"""One connection of a JT/T 808 terminal, from its first byte to its last."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.hub.intake import emergency
from console.protocols import jt808
from console.protocols.errors import ProtocolError
from console.wire import Position

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

PROTOCOL = "jt808"

HELLO = 30.0
"""Seconds in which a connection has to say who it is."""

IDLE = 300.0
"""Seconds of silence after which a terminal counts as gone."""

DRAIN = 10.0
"""Seconds in which a terminal has to read its answers."""

KEPT_FRAMES = 5
"""Frames of a stranger that are put into quarantine; the rest is counted."""


def auth_code(key: str, terminal: str) -> str:
    """Return the code with which a registered terminal authenticates from then on.

    It follows from the intake key, so that terminals stay known across starts of the hub.
    """
    return hmac.new(key.encode(), f"jt808/{terminal}".encode(), hashlib.sha256).hexdigest()[:16]


def unit_of(hub: Hub, terminal: str) -> str | None:
    """Return the unit of a terminal, which the register may write with leading zeros."""
    register = hub.register
    return register.unit_of(PROTOCOL, terminal) or register.unit_of(PROTOCOL, terminal.zfill(12))


def _unheard(_session: Session) -> None:
    return None


class Session:
    """Reads frames, answers each, and hands positions on."""

    def __init__(
        self,
        hub: Hub,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        peer: str,
    ) -> None:
        self.terminal = ""
        self.unit = ""
        self.on_known: Callable[[Session], None] = _unheard
        self._hub = hub
        self._door = hub.doors[PROTOCOL]
        self._reader = reader
        self._writer = writer
        self._peer = peer
        self._version: int | None = jt808.V2013
        self._serial = 0
        self._parts = jt808.Assembler(limit=2)
        self._pressed = False
        self._asked: dict[int, asyncio.Future[int]] = {}

    async def run(self) -> None:
        """Serve the connection until it ends, is silent too long or is closed."""
        splitter = jt808.Splitter()
        try:
            while not self._writer.is_closing():
                async with asyncio.timeout(IDLE if self.unit else HELLO):
                    data = await self._reader.read(1 << 16)
                if not data:
                    return
                for content in splitter.feed(data):
                    self._take(content)
                if splitter.dropped:
                    self._door.add("bytes_dropped", splitter.dropped)
                    splitter.dropped = 0
                async with asyncio.timeout(DRAIN):
                    await self._writer.drain()
        except (TimeoutError, ConnectionError):
            pass
        finally:
            self.close()
            for answer in self._asked.values():
                answer.cancel()

    def close(self) -> None:
        """End the connection now."""
        self._writer.transport.abort()

    # --- speaking -----------------------------------------------------------------

    def _send(self, message: jt808.Message, terminal: str) -> int:
        """Send a message and return its serial number."""
        self._serial = (self._serial + 1) & 0xFFFF
        self._writer.write(jt808.encode(message, terminal, self._serial, self._version))
        return self._serial

    async def tell(self, text: str, patience: float) -> bool:
        """Show a text; return whether the terminal acknowledged it in ``patience`` seconds."""
        if self._writer.is_closing():
            return False
        serial = self._send(jt808.Text(text), self.terminal)
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._asked[serial] = answer
        try:
            async with asyncio.timeout(patience):
                return await answer == jt808.OK
        except (TimeoutError, asyncio.CancelledError):
            if (task := asyncio.current_task()) and task.cancelling():
                raise
            return False
        finally:
            del self._asked[serial]

    # --- listening ----------------------------------------------------------------

    def _take(self, content: bytes) -> None:
        """Answer one frame. What cannot be read is put aside and, if it says who, refused."""
        try:
            frame = jt808.parse(content)
        except ProtocolError as error:
            self._refuse(content, str(error))
            return
        self._version = frame.version
        try:
            if frame.part is not None and not self.unit:
                raise ProtocolError("parts before authentication", "part")
            whole = self._parts.add(frame)
            result = jt808.OK if whole is None else self._answer(whole, jt808.decode(whole))
        except ProtocolError as error:
            self._refuse(content, str(error))
            result = jt808.BAD
        if result is not None:
            ack = jt808.PlatformAck(frame.serial, frame.id, result)
            self._send(ack, frame.terminal)

    def _refuse(self, content: bytes, why: str) -> None:
        self._door.refuse(why)
        self._hub.doors.quarantine.keep(PROTOCOL, self._peer, why, content)

    def _answer(self, frame: jt808.Frame, message: jt808.Message) -> int | None:
        """Act on a message and return the result to acknowledge it with; None says nothing."""
        match message:
            case jt808.Register():
                self._register(frame, message)
                return None
            case jt808.Authenticate():
                return self._authenticate(frame, message)
            case jt808.TerminalAck():
                answer = self._asked.get(message.serial)
                if answer is not None and not answer.done() and message.to == jt808.Text.id:
                    answer.set_result(message.result)
                return None
        if not self.unit or frame.terminal != self.terminal:
            self._stranger(frame, "")
            return jt808.FAILED
        match message:
            case jt808.Location():
                self._locate(message)
            case jt808.Batch():
                for location in sorted(message.locations, key=lambda fact: fact.at):
                    self._locate(location)
            case jt808.Other():
                self._door.ignored += 1
                return jt808.UNSUPPORTED
        return jt808.OK

    def _register(self, frame: jt808.Frame, message: jt808.Register) -> None:
        if unit_of(self._hub, frame.terminal) is not None:
            code = auth_code(self._hub.secrets.intake_key, frame.terminal)
            self._send(jt808.RegisterAck(frame.serial, 0, code), frame.terminal)
        else:
            self._stranger(frame, message.plate)
            self._send(jt808.RegisterAck(frame.serial, 4), frame.terminal)

    def _authenticate(self, frame: jt808.Frame, message: jt808.Authenticate) -> int:
        unit = unit_of(self._hub, frame.terminal)
        if unit is None:
            self._stranger(frame, "")
            return jt808.FAILED
        good = auth_code(self._hub.secrets.intake_key, frame.terminal)
        if not hmac.compare_digest(good.encode(), message.code.encode()):
            self._door.refuse(f"{frame.terminal}: wrong authentication code")
            return jt808.FAILED
        self.terminal, self.unit = frame.terminal, unit
        self.on_known(self)
        return jt808.OK

    def _stranger(self, frame: jt808.Frame, note: str) -> None:
        quarantine = self._hub.doors.quarantine
        if unit_of(self._hub, frame.terminal) is not None:
            self._door.refuse(f"{frame.terminal} has not authenticated")
            return
        self._door.refuse(f"{frame.terminal} is not in the register")
        quarantine.stranger(PROTOCOL, frame.terminal, self._peer, note)
        stranger = quarantine.find(frame.terminal, PROTOCOL)
        if stranger is not None and stranger.count <= KEPT_FRAMES:
            raw = jt808.pack(frame)
            quarantine.keep(PROTOCOL, self._peer, f"unknown terminal {frame.terminal}", raw)

    def _locate(self, location: jt808.Location) -> None:
        self._heed(location)
        if not location.fixed:
            self._door.add("without_fix")
            return
        position = Position(
            unit=self.unit,
            lat=location.lat,
            lon=location.lon,
            speed=location.speed,
            course=location.course,
            at=location.at,
        )
        self._hub.doors.tracks.take(self._door, position, self._hub.now())

    def _heed(self, location: jt808.Location) -> None:
        """Open a case when the emergency button goes down; it is repeated until it is let go."""
        if location.urgent and not self._pressed:
            where = (location.lat, location.lon) if location.fixed else None
            work = emergency.pressed(self._hub, self.unit, self.terminal, location.at, where)
            self._hub.spawn(work, f"emergency of {self.unit}")
        self._pressed = location.urgent
