"""One frame of a camera, now, through the media child."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from console.domain.case import State
from console.hub.media_files import Role
from console.hub.refusal import Refused
from console.wire import Camera, Media

if TYPE_CHECKING:
    from console.hub.context import Hub

PATIENCE = 6.0
"""Seconds until a camera counts as giving no frame."""

WARM = 4
"""Cameras held ready at one time."""
WAITING = frozenset({State.PROPOSED, State.ACCEPTED, State.VERIFIED, State.FILED})

Frame = tuple[dict[str, Any], bytes]


class Stills:
    """Asks the media child for frames and keeps them as media."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Frame]] = {}
        self._kept: list[str] = []
        child = hub.children["media"]
        child.on["still"] = self._answered
        child.on_start.append(self._kept.clear)
        child.on_loss.append(self._lost)

    async def grab(self, camera_id: str, role: Role = "snapshot", case: str | None = None) -> str:
        """Return the media id of a frame taken now.

        Raises :class:`Refused` (``unknown_camera``, ``no_still``) where there is none.
        """
        return (await self.take(camera_id, role, case)).id

    async def take(self, camera_id: str, role: Role = "snapshot", case: str | None = None) -> Media:
        """Like :meth:`grab`, with the whole entry."""
        camera = self._hub.live.cameras.get(camera_id)
        if camera is None:
            raise Refused("unknown_camera", camera_id, status=404)
        message, jpeg = await self._frame(camera)
        at = message.get("at")
        taken = datetime.fromtimestamp(at, UTC) if isinstance(at, int | float) else None
        return await self._hub.media.keep(
            jpeg, "image/jpeg", role, case=case, source=camera_id, at=taken
        )

    async def _frame(self, camera: Camera) -> Frame:
        """Return a frame of the main stream, or of the sub stream: a small one beats none."""
        why = ""
        for url in dict.fromkeys((camera.main, camera.sub)):
            try:
                message, jpeg = await self._ask(url)
            except Refused as refused:
                why = refused.problem.detail
                continue
            if message.get("ok") and jpeg:
                return message, jpeg
            why = str(message.get("why", ""))
        raise Refused("no_still", why, status=503)

    def keep_warm(self) -> None:
        """Let the media child hold the cameras of the newest cases that wait for somebody.

        A frame before a warning is then there at once.
        """
        live = self._hub.live
        waiting = sorted(
            (row for row in live.cases.values() if row.state in WAITING),
            key=lambda row: row.opened,
            reverse=True,
        )
        proposed = [row.proposal.camera or "" for row in waiting if row.proposal]
        cameras = [live.cameras[id_] for id_ in dict.fromkeys(proposed) if id_ in live.cameras]
        urls = [camera.main for camera in cameras[:WARM]]
        if urls != self._kept and self._hub.children["media"].send({"do": "keep", "urls": urls}):
            self._kept[:] = urls

    async def _ask(self, url: str) -> Frame:
        number = next(self._numbers)
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            if not self._hub.children["media"].send({"do": "still", "ask": number, "url": url}):
                raise Refused("no_still", "the media process is away", status=503)
            async with asyncio.timeout(PATIENCE):
                return await answer
        except TimeoutError:
            raise Refused("no_still", "the camera gave no frame in time", status=503) from None
        finally:
            del self._asked[number]

    def _answered(self, message: dict[str, Any], payload: bytes) -> None:
        answer = self._asked.get(message.get("ask", 0))
        if answer is not None and not answer.done():
            answer.set_result((message, payload))

    def _lost(self) -> None:
        for answer in self._asked.values():
            if not answer.done():
                answer.set_result(({"ok": False, "why": "the media process ended"}, b""))
