"""The JT/T 808 door: vehicle and handheld terminals over TCP."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING

from console.domain.case import Action, State
from console.hub.auth import SYSTEM
from console.hub.intake.jt808_session import PROTOCOL, Session
from console.hub.intake.tasks import task_of
from console.hub.rules.case_flow import step
from console.hub.store import Tx
from console.protocols.fieldapp import notice
from console.wire import CaseRow, Unit

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

PER_PEER = 2000
"""Connections from one address: a whole fleet may stand behind one gateway."""

TRIES = 3
ACK_PATIENCE = 10.0
"""Seconds to wait for a terminal to say that it has a text."""


class Terminals:
    """All connections of the door, and the tasks that are sent through it."""

    def __init__(self, hub: Hub, per_peer: int = PER_PEER) -> None:
        self.sessions: dict[str, Session] = {}
        """By terminal, once it has authenticated."""
        self._hub = hub
        self._per_peer = per_peer
        self._peers: Counter[str] = Counter()
        self._open: set[asyncio.Task[None]] = set()
        self._known: set[tuple[str, str]] = set()
        """(unit, case) of which the terminal said that it knows."""

    async def serve(self) -> None:
        """Serve the hub's bound socket until cancelled."""
        listening = self._hub.jt808_socket
        if listening is None:
            return
        server = await asyncio.start_server(self._connected, sock=listening)
        try:
            await server.serve_forever()
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        door = self._hub.doors[PROTOCOL]
        peer = str((writer.get_extra_info("peername") or ("?",))[0])
        if self._peers[peer] >= self._per_peer:
            door.refuse(f"too many connections from {peer}")
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._peers[peer] += 1
        door.figures["connections"] = len(self._open)
        session = Session(self._hub, reader, writer, peer)
        session.on_known = self._joined
        try:
            await session.run()
        except asyncio.CancelledError:
            # The door closes. asyncio's stream server reports a cancelled handler as a fault.
            writer.transport.abort()
        finally:
            self._peers[peer] -= 1
            if not self._peers[peer]:
                del self._peers[peer]
            self._open.discard(task)
            door.figures["connections"] = len(self._open)
            if self.sessions.get(session.terminal) is session:
                del self.sessions[session.terminal]

    def _joined(self, session: Session) -> None:
        """Let a terminal's newest connection be its only one, and give it its task."""
        older = self.sessions.get(session.terminal)
        self.sessions[session.terminal] = session
        if older is not None and older is not session:
            older.close()
        self._hub.spawn(self._tell(session.unit), f"task for {session.unit}")

    async def dispatched(self, _row: CaseRow, unit: Unit) -> None:
        """Take note that a unit was sent; it is told beside everything else."""
        protocol, _ = self._hub.register.unit_terminals.get(unit.id, ("", ""))
        if protocol == PROTOCOL:
            self._known.discard((unit.id, unit.case or ""))
            self._hub.spawn(self._tell(unit.id), f"task for {unit.id}")

    async def _tell(self, unit_id: str) -> None:
        """Send a unit its task, unless it is away: it gets it when it comes back."""
        unit = self._hub.live.units.get(unit_id)
        task = task_of(self._hub, unit)
        if task is None or task.state != State.DISPATCHED or (unit_id, task.case) in self._known:
            return
        _, terminal = self._hub.register.unit_terminals.get(unit_id, ("", ""))
        door = self._hub.doors[PROTOCOL]
        for _ in range(TRIES):
            session = self.sessions.get(terminal.lstrip("0"))
            if session is None:
                door.add("tasks_waiting")
                return
            if await session.tell(notice(task), ACK_PATIENCE):
                self._known.add((unit_id, task.case))
                door.add("tasks_acknowledged")
                await self._hub.store.write(lambda tx: acknowledged(tx, task.case, unit_id))
                return
        door.add("tasks_unanswered")
        await self._hub.store.write(
            lambda tx: unanswered(self._hub, tx, task.case, unit_id, terminal)
        )


def acknowledged(tx: Tx, case: str, unit: str) -> None:
    """Write that the terminal has the task. The row stays as it is: an undo must still fit it."""
    row = tx.get(CaseRow, case)
    if row is not None:
        tx.fact(
            case,
            Action.NOTE,
            SYSTEM.id,
            SYSTEM.roles[0],
            row.state,
            "terminal_told",
            data={"terminal": "acknowledged", "unit": unit},
        )


def unanswered(hub: Hub, tx: Tx, case: str, unit: str, terminal: str) -> None:
    """Tell the desk that the terminal never said it has the task."""
    row = tx.get(CaseRow, case)
    if row is not None and row.unit == unit and row.state == State.DISPATCHED:
        data = {"terminal": "silent", "unit": unit, "number": terminal}
        step(hub, tx, row, Action.NOTE, SYSTEM, note="terminal_silent", data=data)
