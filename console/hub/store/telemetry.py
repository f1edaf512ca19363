"""The fast lane on disk: last positions and tracks, never in the way of cases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import delete, select

from console.hub.store import tables
from console.hub.store.engine import open_engine
from console.hub.store.upsert import upsert
from console.wire import Position


class Telemetry:
    """Writes in batches on a thread of its own; losing the last batch in a crash is allowed."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, "telemetry")
        self._thread = ThreadPoolExecutor(1, "telemetry")

    async def open(self) -> list[Position]:
        """Bring the schema up to date and return the positions kept last."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    def _open(self) -> list[Position]:
        from console.hub.store.migrate import bring_up_to_date

        bring_up_to_date(self._engine, "telemetry")
        with self._engine.begin() as connection:
            rows = connection.execute(select(tables.positions))
            return [Position(**row._asdict()) for row in rows]

    async def keep(self, last: Sequence[Position], track: Sequence[Position]) -> None:
        """Keep the newest positions and append to the tracks."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._keep, last, track)

    def _keep(self, last: Sequence[Position], track: Sequence[Position]) -> None:
        with self._engine.begin() as connection:
            for table, rows in ((tables.positions, last), (tables.tracks, track)):
                upsert(connection, table, [row.model_dump() for row in rows])

    async def track(self, unit: str, since: datetime, until: datetime) -> list[Position]:
        """Return a unit's fixes of a span of time, oldest first."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, self._track, unit, since, until
        )

    def _track(self, unit: str, since: datetime, until: datetime) -> list[Position]:
        table = tables.tracks
        query = select(table).where(table.c.at >= since, table.c.at <= until, table.c.unit == unit)
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(table.c.at))
            return [Position(**row._asdict()) for row in rows]

    async def forget(self, before: datetime) -> None:
        """Drop tracks older than ``before``."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._forget, before)

    def _forget(self, before: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(tables.tracks).where(tables.tracks.c.at < before))

    async def close(self) -> None:
        """Finish and let go."""
        await asyncio.to_thread(self._thread.shutdown)
        self._engine.dispose()
