"""The cameras' AI boxes: they report what can truly be seen, in Frigate's words.

Twice a second each camera's trouble is looked for in its picture; what stays in view for
the dwell time becomes a tracked object with a ``new``, an ``update`` and an ``end`` event.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from console.city import daytime
from console.city.agents.troubles import Trouble
from console.city.devices.album import Album
from console.city.devices.http import Http
from console.city.model import CameraSite
from console.city.pictures import Pictures
from console.city.register import LABELS, REACH, zone_kind
from console.city.video.view import View
from console.city.world import World
from console.protocols import frigate

DWELL = 3.0
"""Town seconds something must be seen before it counts."""

CONFIRMED = 8.0
PICTURE_WITHIN = 1.0
"""Seconds a ``new`` event waits for its snapshot; a later one is announced by the update."""

_LOOK = 0.5
_SMALLEST = 12.0
"""A box narrower than so many pixels of the sub-stream is no detection."""

Box = tuple[float, float, float, float]


class Publish(Protocol):
    """Sends a topic's message to a broker."""

    async def __call__(self, topic: str, message: object) -> None: ...


@dataclass(slots=True)
class _Seen:
    trouble: Trouble
    camera: CameraSite
    since: float
    box: Box
    event: frigate.Event | None = None
    confirmed: bool = False
    told: asyncio.Task[None] | None = None


class AiBoxes:
    """All cameras' boxes; ``publish`` is a broker's end where there is one."""

    def __init__(
        self,
        world: World,
        http: Http,
        album: Album,
        pictures: Pictures,
        publish: Publish | None = None,
    ) -> None:
        self._world, self._http, self._album, self._pictures = world, http, album, pictures
        self._publish = publish
        self._views = {camera.id: View.of(camera) for camera in world.town.cameras}
        self._zones = {zone.id: zone for zone in world.town.zones}
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look until cancelled."""
        try:
            while True:
                self.look()
                await asyncio.sleep(_LOOK)
        finally:
            for task in self._sending:
                task.cancel()

    def look(self) -> None:
        """Compare what is in view with what was, and tell the differences."""
        now, present = self._world.time, set()
        for trouble in self._world.troubles.present:
            if not self._offends(trouble):
                continue
            for camera in self._world.town.cameras:
                box = self._box(camera, trouble)
                if box is None:
                    continue
                key = (camera.id, trouble.id)
                present.add(key)
                seen = self._seen.setdefault(key, _Seen(trouble, camera, now, box))
                seen.box = box
                self._judge(seen, now)
        for key in [key for key in self._seen if key not in present]:
            seen = self._seen.pop(key)
            if seen.event is not None:
                self._tell(seen, replace(seen.event, kind="end", end=_now(), frame=_now()))

    def _offends(self, trouble: Trouble) -> bool:
        """Tell whether a detection rule of the register covers it at this hour."""
        if trouble.since is None or trouble.agent.state in ("walking", "leaving"):
            return False
        needed = zone_kind(trouble.kind)
        if needed is None:
            return True
        zone = self._zones.get(trouble.zone)
        return (
            zone is not None
            and zone.kind == needed
            and daytime.within(zone.hours, self._world.clock)
        )

    def _box(self, camera: CameraSite, trouble: Trouble) -> Box | None:
        if math.dist(camera.at, trouble.at) > REACH:
            return None
        box = self._views[camera.id].box_of(trouble.agent)
        return box if box is not None and box[2] - box[0] >= _SMALLEST else None

    def _judge(self, seen: _Seen, now: float) -> None:
        if seen.event is None and now - seen.since >= DWELL:
            seen.event = self._event(seen)
            self._tell(seen, seen.event, picture=True)
        elif seen.event is not None and not seen.confirmed and now - seen.since >= CONFIRMED:
            seen.confirmed = True
            self._tell(seen, replace(seen.event, kind="update", frame=_now(), stationary=True))

    def _event(self, seen: _Seen) -> frigate.Event:
        zones = (seen.trouble.zone,) if seen.trouble.zone else ()
        at = _now()
        return frigate.Event(
            id=f"{time.time():.6f}-{random.randrange(1 << 24):06x}",
            kind="new",
            camera=seen.camera.id,
            label=LABELS[seen.trouble.kind],
            start=at,
            frame=at,
            score=round(random.uniform(0.72, 0.93), 2),
            zones=zones,
            entered=zones,
            box=seen.box,
        )

    # --- telling -----------------------------------------------------------------------

    def _tell(self, seen: _Seen, event: frigate.Event, *, picture: bool = False) -> None:
        first = self._spawn(self._picture(event.id, seen.camera.id)) if picture else None
        seen.told = self._spawn(self._send(event, first, seen.told))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return task

    async def _picture(self, event: str, camera: str) -> None:
        if snapshot := await self._pictures.camera(camera):
            self._album.add(event, snapshot)

    async def _send(
        self,
        event: frigate.Event,
        photo: asyncio.Task[None] | None,
        before: asyncio.Task[None] | None,
    ) -> None:
        """Tell an event after the one before it, and with its picture if that comes soon."""
        if before is not None:
            await asyncio.wait({before})
        if photo is not None:
            await asyncio.wait({photo}, timeout=PICTURE_WITHIN)
        message = frigate.encode(replace(event, has_snapshot=event.id in self._album))
        if self._publish is not None:
            await self._publish("frigate/events", message)
        await self._http.insist("/intake/frigate", message=message)


def _now() -> datetime:
    return datetime.now(UTC)
