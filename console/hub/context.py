"""What every room of the hub shares: one :class:`Hub` a process, handed on, never global."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from console.hub.accounts import Attempts, Sessions
from console.hub.commands import Handler
from console.hub.health import HealthBoard
from console.hub.intake.doors import Doors
from console.hub.learning.learner import Learning
from console.hub.media_files import MediaFiles
from console.hub.positions import Positions
from console.hub.presence import Presence
from console.hub.register import Register
from console.hub.rules.clocks import Clocks
from console.hub.settings import Secrets, Settings
from console.hub.stills import Stills
from console.hub.store import LogLine, Store
from console.hub.store.live import Live
from console.hub.store.telemetry import Telemetry
from console.hub.stream import Stream
from console.hub.supervisor import Supervisor
from console.hub.voice_link import VoiceLink
from console.wire import CaseRow, Officer, Unit

log = logging.getLogger(__name__)

OnDispatch = Callable[[CaseRow, Unit], Awaitable[None]]
OnChange = Callable[[list[LogLine]], None]


def utc_now() -> datetime:
    """The hub's clock: the only place that reads one for the rules."""
    return datetime.now(UTC)


class Hub:
    """The parts of a running hub.

    Slow lane: ``await hub.store.write(fn)``. Fast lane: ``hub.positions.put(…)``.
    ``hub.live.cameras`` and the like are the present entities, ``hub.register`` what
    seats never see (speaker addresses, terminals). ``hub.on_dispatch`` callbacks run
    after the commit that sent a unit.
    """

    def __init__(
        self, settings: Settings, secrets: Secrets, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.settings = settings
        self.secrets = secrets
        self.now = clock
        self.duty: Officer | None = None
        """The officer of an embedded launch; None for a service."""
        self.health = HealthBoard(clock)
        self.store = Store(cases_url(settings, secrets), clock)
        self.telemetry = Telemetry(telemetry_url(settings, secrets))
        self.positions = Positions()
        self.clocks = Clocks(settings.working_hours, settings.clock_profile)
        self.stream = Stream(settings.seat_queue, self.store.live)
        self.presence = Presence(clock, self.store.live)
        self.register = Register()
        self.media = MediaFiles(settings.data / "media", self.store, clock)
        self.children = Supervisor(self.health, settings.children)
        self.stills = Stills(self)
        self.learning = Learning(self)
        self.voice = VoiceLink(self)
        self.doors = Doors(settings.data, clock, self.positions)
        self.attempts = Attempts()
        self.sessions = Sessions()
        self.handlers: dict[str, Handler] = {}
        self.on_dispatch: list[OnDispatch] = []
        self.on_change: list[OnChange] = []
        self.jt808_socket: socket.socket | None = None
        """Bound and listening; the JT/T 808 door serves it."""
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def live(self) -> Live:
        """The present entities: ``hub.live.cases``, ``hub.live.cameras``, …"""
        return self.store.live

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run ``work`` beside the rest; its failure is logged, the hub's end cancels it."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s failed", task.get_name(), exc_info=error)

    async def cancel_tasks(self) -> None:
        """Cancel everything spawned and wait for it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def dispatched(self, row: CaseRow, unit: Unit) -> None:
        """Tell every door that a unit was sent; one that fails does not stop the others."""
        for callback in self.on_dispatch:
            try:
                await callback(row, unit)
            except Exception:
                log.exception("telling %s of case %s failed", unit.id, row.id)


def cases_url(settings: Settings, secrets: Secrets) -> str:
    """Return the address of the slow lane."""
    return _url(settings, secrets, "cases.db")


def telemetry_url(settings: Settings, secrets: Secrets) -> str:
    """Return the address of the telemetry lane: a file of its own on SQLite."""
    return _url(settings, secrets, "telemetry.db")


def _url(settings: Settings, secrets: Secrets, file: str) -> str:
    if not settings.database:
        return f"sqlite:///{settings.data / file}"
    return settings.database.replace("{password}", quote(secrets.database_password, safe=""))
