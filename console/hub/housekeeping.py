"""What recurs: positions to the seats, the beat, health, telemetry to disk, pruning."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from console.hub.disk import Reserve

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

KEEP_ANSWERS = timedelta(days=7)
STEP = 2.0
"""Seconds by which the clock may be off its own course before it counts as set."""


def start(hub: Hub) -> None:
    """Start everything that recurs."""
    reserve = Reserve(hub.settings.data, hub.settings.disk_reserve << 20)
    hub.store.on_full = reserve.release
    watch = Watch(hub, reserve)
    for period, work in (
        (1.0, _tick),
        (2.0, watch.look),
        (5.0, keep_telemetry),
        (600.0, _prune),
    ):
        hub.spawn(every(period, work, hub), f"{work.__name__}")


async def every(period: float, work: Callable[[Hub], Awaitable[None]], hub: Hub) -> None:
    """Run ``work`` on absolute deadlines; a round that failed is logged once in a row."""
    due = time.monotonic()
    failing = False
    while True:
        try:
            await work(hub)
            failing = False
        except Exception:
            if not failing:
                log.exception("%s failed", work.__name__)
            failing = True
        due = max(due + period, time.monotonic())
        await asyncio.sleep(due - time.monotonic())


async def _tick(hub: Hub) -> None:
    hub.stream.move(hub.positions.take_moved())
    hub.stream.beat(hub.now())


async def keep_telemetry(hub: Hub) -> None:
    """Write the track and the newest position of every unit in it."""
    track = hub.positions.take_track()
    if track:
        units = {position.unit for position in track}
        last = [position for unit in units if (position := hub.positions.get(unit))]
        await hub.telemetry.keep(last, track)


async def _prune(hub: Hub) -> None:
    await hub.store.prune(hub.settings.log_keep, KEEP_ANSWERS)
    await hub.telemetry.forget(hub.now() - timedelta(days=hub.settings.track_days))


class Watch:
    """Measures the hub itself and puts it on the board."""

    def __init__(self, hub: Hub, reserve: Reserve) -> None:
        self._reserve = reserve
        self._offset = hub.now().timestamp() - time.monotonic()
        self._due = time.monotonic()
        self._taken = 0
        self._failures = 0

    async def look(self, hub: Hub) -> None:
        """Set the lines hub, store, log, positions, disk and clock."""
        board, now = hub.health, time.monotonic()
        lag, self._due = max(0.0, now - self._due), now + 2.0
        board.set(
            "hub",
            "warn" if lag > 0.5 else "ok",
            "",
            {"seats": len(hub.stream), "loop_lag_ms": lag * 1e3, "seats_cut": hub.stream.cut},
        )
        store = hub.store
        failed, self._failures = store.failures - self._failures, store.failures
        board.set(
            "store",
            "fail" if failed else "ok",
            "",
            {
                "commits": store.commits,
                "slowest_ms": store.slowest * 1e3,
                "failures": store.failures,
            },
        )
        board.set("log", "ok", "", {"seq": hub.stream.seq, "keep": hub.settings.log_keep})
        self._positions(hub)
        state, note, figures = await asyncio.to_thread(self._reserve.look, hub.settings.disk_warn)
        board.set("disk", state, note, figures)
        self._clock(hub)
        hub.stills.keep_warm()
        hub.stream.health(board.read())

    def _positions(self, hub: Hub) -> None:
        positions = hub.positions
        rate, self._taken = (positions.taken - self._taken) / 2.0, positions.taken
        figures = {
            "units": len(positions.all()),
            "per_second": rate,
            "late": positions.late,
            "refused": positions.refused,
        }
        hub.health.set("positions", "ok" if rate or not positions.all() else "warn", "", figures)

    def _clock(self, hub: Hub) -> None:
        offset = hub.now().timestamp() - time.monotonic()
        step = offset - self._offset
        hub.health.set(
            "clock", "warn" if abs(step) > STEP else "ok", "", {"stepped_s": round(step, 3)}
        )
