"""The store: one writer thread, some readers, a numbered log without gaps."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DataError, DBAPIError

from console import wire
from console.hub.refusal import Refused
from console.hub.store import tables
from console.hub.store.audit import ROOT
from console.hub.store.engine import LOCK_KEY, open_engine
from console.hub.store.errors import StoreLockedError, StoreUnreachableError
from console.hub.store.live import Live, rests
from console.hub.store.queue import bring_queue_up_to_date
from console.hub.store.queue_read import Shelf
from console.hub.store.read import Reader
from console.hub.store.tx import Effect, LogLine, Marks, Tx

log = logging.getLogger(__name__)

T = TypeVar("T")
Clock = Callable[[], datetime]
OnCommit = Callable[[list[LogLine], list[Effect]], None]

READERS = 3
LOCK_PATIENCE = 10.0
"""Seconds to wait for a killed predecessor's lock to be noticed by PostgreSQL."""


def _nobody(_lines: list[LogLine], _effects: list[Effect]) -> None:
    return None


class Store:
    """The slow lane. Everything written goes through :meth:`write`.

    ``clock`` gives the moment of each transaction. ``on_commit`` runs on the event loop
    after each commit, in commit order and before the writer gets its answer.
    """

    def __init__(self, url: str, clock: Clock) -> None:
        self.live = Live()
        self.shelf = Shelf()
        self.on_commit: OnCommit = _nobody
        self.on_full: Callable[[], bool] = lambda: False
        self.commits = 0
        self.slowest = 0.0
        self.failures = 0
        self._clock = clock
        self._url = url
        self._writing = ThreadPoolExecutor(1, "store-writer")
        self._reading = ThreadPoolExecutor(READERS, "store-reader")
        self._write_engine: Engine = open_engine(url, "cases")
        self._counting = ThreadPoolExecutor(1, "store-counter")
        self._read_engine: Engine = open_engine(url, "cases", readers=READERS + 1)
        self._connection: Connection | None = None
        self._marks = Marks(0, 0, ROOT)
        self._closing = threading.Event()

    # --- life ---------------------------------------------------------------------

    async def open(self) -> None:
        """Bring the schema up to date, take the lock and load what is live.

        Raises :class:`StoreError`, such as :class:`StoreLockedError` where another hub
        holds the database.
        """
        try:
            await asyncio.get_running_loop().run_in_executor(self._writing, self._open)
        except DBAPIError as error:
            raise StoreUnreachableError(str(error.orig).strip()) from error

    def _open(self) -> None:
        from console.hub.store.migrate import bring_up_to_date

        bring_up_to_date(self._write_engine, "cases")
        connection = self._connect()
        with connection.begin():
            bring_queue_up_to_date(connection)
            reader = Reader(connection)
            for kind, model in wire.KINDS.items():
                found = [model.model_validate_json(body) for _, body in reader.bodies([kind], None)]
                self.live.replace(kind, [(wire.id_of(body), body) for body in found])

    def _connect(self) -> Connection:
        """Return the writer's connection, opened, locked and with the marks read."""
        if self._connection is not None and not self._connection.invalidated:
            return self._connection
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        connection = self._write_engine.connect()
        try:
            if connection.dialect.name == "postgresql":
                self._lock(connection)
            with connection.begin():
                self._marks = _read_marks(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _lock(self, connection: Connection) -> None:
        until = time.monotonic() + LOCK_PATIENCE
        while True:
            with connection.begin():
                got = connection.scalar(
                    text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}
                )
            if got:
                return
            if time.monotonic() > until or self._closing.wait(0.2):
                raise StoreLockedError("another hub writes to this database")

    async def close(self) -> None:
        """Finish what is being written and let go of the database."""
        self._closing.set()
        await asyncio.get_running_loop().run_in_executor(self._writing, self._close)
        self._writing.shutdown(wait=True)
        self._reading.shutdown(wait=True)
        self._counting.shutdown(wait=True)
        self._read_engine.dispose()
        self._write_engine.dispose()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- writing ------------------------------------------------------------------

    @property
    def seq(self) -> int:
        """The number of the last committed change."""
        return self._marks.seq

    async def write(self, fn: Callable[[Tx], T]) -> T:
        """Run ``fn`` on the writer thread in one transaction and return what it returns.

        An exception from ``fn`` undoes everything it wrote. Raises :class:`Refused`
        ``store_down`` where the database itself fails: nothing was acknowledged, the
        same command may be sent again.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, self._write, fn, loop)

    def _write(self, fn: Callable[[Tx], T], loop: asyncio.AbstractEventLoop) -> T:
        started = time.perf_counter()
        try:
            try:
                tx, result = self._transact(fn)
            except DBAPIError as error:
                if not (_disk_full(error) and self.on_full()):
                    raise
                tx, result = self._transact(fn)
        except DBAPIError as error:
            raise self._refusal(error) from error
        self.commits += 1
        self.slowest = max(self.slowest, time.perf_counter() - started)
        if tx.lines or tx.effects:
            loop.call_soon_threadsafe(self.on_commit, tx.lines, tx.effects)
        return result

    def _transact(self, fn: Callable[[Tx], T]) -> tuple[Tx, T]:
        connection = self._connect()
        with connection.begin():
            tx = Tx(connection, self._clock(), self.live, self._marks)
            result = fn(tx)
            tx.flush()
        self._marks = tx.marks
        if "case" in tx.touched:
            self.shelf.changes += 1
        for kind, touched in tx.touched.items():
            self.live.replace(
                kind,
                [
                    (id_, None if body is None or rests(body) else body)
                    for id_, body in touched.items()
                ],
            )
        return tx, result

    async def prune(self, keep: int, commands_before: timedelta) -> int:
        """Cut the change log to its last ``keep`` numbers; return how many went.

        Answers to commands older than ``commands_before`` and dead sessions go as well.
        The history of cases and the audit chain are never cut.
        """

        def cut(tx: Tx) -> int:
            return tx.prune(keep, commands_before)

        return await self.write(cut)

    # --- reading ------------------------------------------------------------------

    async def read(self, fn: Callable[[Reader], T]) -> T:
        """Run ``fn`` on a reader thread, all of it at one moment of the store."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._read, fn)

    async def count(self, fn: Callable[[Reader], T]) -> T:
        """Like :meth:`read` for what takes long: one at a time, in the way of no page."""
        return await asyncio.get_running_loop().run_in_executor(self._counting, self._read, fn)

    def _read(self, fn: Callable[[Reader], T]) -> T:
        try:
            with self._read_engine.begin() as connection:
                return fn(Reader(connection))
        except DBAPIError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: DBAPIError) -> Refused:
        """Return the answer to a failure: the input's fault, or the database's."""
        if isinstance(error, DataError):
            return Refused("bad_input", "the database cannot hold this text")
        self.failures += 1
        log.error("the store failed: %s", error.orig)
        return Refused("store_down", "the database failed", status=503)


def _disk_full(error: DBAPIError) -> bool:
    text = str(error.orig)
    return "disk is full" in text or "No space left" in text


def _read_marks(connection: Connection) -> Marks:
    seq = connection.scalar(select(func.max(tables.changes.c.seq)))
    last = connection.execute(
        select(tables.audit.c.seq, tables.audit.c.hash).order_by(tables.audit.c.seq.desc()).limit(1)
    ).first()
    return Marks(int(seq or 0), last.seq if last else 0, last.hash if last else ROOT)
