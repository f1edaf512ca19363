"""Citizens who report by Open311, each with a photo of what he sees."""

from __future__ import annotations

import asyncio

from console.city.devices.http import Http
from console.city.geometry import to_wgs84
from console.city.pictures import Pictures
from console.city.story import CitizenReport
from console.city.world import World
from console.protocols import open311


class Citizens:
    """Sends what the story lets people see, one after the other."""

    def __init__(self, world: World, http: Http, pictures: Pictures, key: str) -> None:
        self._world, self._http, self._pictures = world, http, pictures
        self._key = key
        self._waiting: asyncio.Queue[CitizenReport] = asyncio.Queue()
        self._sent = 0

    def report(self, report: CitizenReport) -> None:
        """Take note of what somebody will send."""
        self._waiting.put_nowait(report)

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            await self._send(await self._waiting.get())

    async def _send(self, report: CitizenReport) -> None:
        self._sent += 1
        lat, lon = to_wgs84(self._world.town.origin, *report.at)
        photo = await self._pictures.photo(report.eye, report.at)
        request = open311.NewRequest(
            code=report.code, lat=lat, lon=lon, description=report.text, name=report.name,
            phone=report.phone, device=f"citizen-{self._sent}",
        )  # fmt: skip
        form = open311.encode(request) | {"api_key": self._key}
        files = {"media": ("photo.jpg", photo, "image/jpeg")} if photo else None
        await self._http.insist("/open311/v2/requests.json", form=form, files=files)
