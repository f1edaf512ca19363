"""The officer's application: fetches the task, goes there by road, acts, sends a photo back."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from urllib.parse import quote

from console.city.agents.patrol import Unit
from console.city.agents.troubles import Trouble
from console.city.devices.http import Http
from console.city.geometry import from_wgs84
from console.city.model import XY
from console.city.pictures import Pictures
from console.city.world import World
from console.protocols import fieldapp
from console.protocols.errors import ProtocolError
from console.protocols.fieldapp import Task

log = logging.getLogger(__name__)

INSPECTS, ACTS = 8.0, 12.0
"""Town seconds an officer looks before he acts, and takes before he reports."""

_PRESSES = 5
"""How often an officer tries to take his photo."""

_ASK_AGAIN = 10.0
_AGAIN = (1.0, 3.0)
_WORDS = {
    "vendor": "到场劝离流动摊贩，路面已恢复通行。",
    "overreach": "已责令店家将货物收回店内。",
    "parked": "已联系车主驶离。",
    "rubbish": "已通知环卫清运，现场已清理。",
}
_OTHER = ("现场已处置，恢复正常。", "到场核查，问题已整改。")


class Handsets:
    """Everybody's application, by unit id."""

    def __init__(self, world: World, http: Http, pictures: Pictures) -> None:
        self._world, self._http, self._pictures = world, http, pictures
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._asking: set[asyncio.Task[None]] = set()
        self._waiting: list[asyncio.Future[None]] = []
        world.on_step.append(self._on_step)

    def called(self, unit_id: str, text: str) -> None:
        """A text came in on the terminal: look for tasks if the officer is free."""
        log.info("%s was told: %s", unit_id, text)
        self._start(unit_id)

    def back(self, unit_id: str) -> None:
        """The terminal is known to the platform again: go on with a task begun before."""
        if unit_id not in self._busy:
            asking = asyncio.ensure_future(self.ask(unit_id))
            self._asking.add(asking)
            asking.add_done_callback(self._asking.discard)

    async def ask(self, unit_id: str) -> None:
        """Look for tasks without having been called."""
        if unit_id not in self._busy and await self._tasks(self._unit(unit_id)):
            self._start(unit_id)

    def close(self) -> None:
        for task in (*self._busy.values(), *self._asking):
            task.cancel()

    def _start(self, unit_id: str) -> None:
        if unit_id not in self._busy:
            task = asyncio.ensure_future(self._work(self._unit(unit_id)))
            self._busy[unit_id] = task
            task.add_done_callback(lambda _: self._busy.pop(unit_id, None))

    def _unit(self, unit_id: str) -> Unit:
        return self._world.patrol.units[unit_id]

    async def _tasks(self, unit: Unit) -> list[Task] | None:
        """Return the unit's open tasks, None where the hub gave no answer to go by."""
        answer = await self._http.get("/field/v1/tasks", terminal=unit.staff.terminal)
        try:
            return fieldapp.read_tasks(answer.json()) if answer.ok else None
        except ProtocolError as error:
            log.warning("tasks of %s: %s", unit.staff.id, error)
            return None

    async def _work(self, unit: Unit) -> None:
        """Do one task after the other, then go back to the beat."""
        try:
            while tasks := await self._open_tasks(unit):
                if not await self._do(unit, tasks[0]):
                    break
        finally:
            self._world.patrol.release(unit.staff.id)

    async def _open_tasks(self, unit: Unit) -> list[Task]:
        """Like :meth:`_tasks`, asking until the hub answers: nobody calls twice."""
        while True:
            tasks = await self._tasks(unit)
            if tasks is not None:
                return tasks
            await asyncio.sleep(random.uniform(*_AGAIN))

    async def _do(self, unit: Unit, task: Task) -> bool:
        """Do one task; False where the hub would not take what was done."""
        case = quote(task.case, safe="")
        terminal = {"terminal": unit.staff.terminal}
        await self._http.insist(f"/field/v1/tasks/{case}/accept", form=terminal)
        spot = from_wgs84(self._world.town.origin, task.lat, task.lon)
        self._world.patrol.send(unit.staff.id, spot)
        if not await self._arrived(unit, task.case):
            return True
        await self._passed(INSPECTS)
        found = self._world.troubles.clear(spot, self._world.time)
        seen = found[0].at if found else spot
        await self._passed(ACTS)
        photo = await self._photo(seen)
        files = {"photo": ("photo.jpg", photo, "image/jpeg")} if photo else None
        form = terminal | {"text": _words(found)}
        path = f"/field/v1/tasks/{case}/feedback"
        return (await self._http.insist(path, form=form, files=files)).ok

    async def _photo(self, seen: XY) -> bytes:
        """Take a photo; press again where none came, for a feedback without one is refused."""
        for _ in range(_PRESSES):
            photo = await self._pictures.photo(self._world.viewpoint(seen), seen)
            if photo:
                return photo
        return b""

    async def _arrived(self, unit: Unit, case: str) -> bool:
        """Wait for the arrival; False where the task was taken back on the way."""
        asked = time.monotonic()
        while unit.state != "on_site":
            await self._stepped()
            if time.monotonic() - asked >= _ASK_AGAIN:
                asked = time.monotonic()
                tasks = await self._tasks(unit)
                if tasks is not None and case not in {task.case for task in tasks}:
                    return False
        return True

    async def _passed(self, seconds: float) -> None:
        until = self._world.time + seconds
        while self._world.time < until:
            await self._stepped()

    async def _stepped(self) -> None:
        """Wait for the world's next step."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        await waiting

    def _on_step(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()


def _words(found: list[Trouble]) -> str:
    if not found:
        return random.choice(_OTHER)
    return _WORDS[found[0].kind]
