"""The demo's programs without a window: a real city, a real hub, and the keys to both."""

from __future__ import annotations

import queue
import secrets
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from console.demo import City
from console.process import free_ports
from console.seat.hub_process import HubNews, HubProcess

_PATIENCE = 30.0


class Room:
    """Starts the city, then the hub over the city's register; stops both."""

    def __init__(self, folder: Path, **city: Any) -> None:
        self.folder = folder
        self.ports = tuple(free_ports(2))
        self.token = secrets.token_urlsafe(24)
        self.intake_key = secrets.token_urlsafe(24)
        self.url = f"http://127.0.0.1:{self.ports[0]}"
        self._options = city
        self._news: queue.Queue[HubNews] = queue.Queue()
        self.city: City
        self.hub: HubProcess

    def __enter__(self) -> Self:
        ready = threading.Event()
        good: list[bool] = []

        def told(ok: bool) -> None:
            good.append(ok)
            ready.set()

        hub_port, jt808_port = self.ports
        self.city = City(
            self.folder / "city", hub_port, jt808_port, self.intake_key, **self._options
        )
        self.city.when_ready(told)
        if not ready.wait(_PATIENCE) or not good[0]:
            self.city.stop()
            log = self.folder / "city/city.log"
            raise RuntimeError(f"the city did not start: {log.read_text('utf-8')[-2000:]}")
        self.hub = HubProcess(
            self.folder / "data",
            self.city.register,
            {"token": self.token, "intake_key": self.intake_key},
            (hub_port, jt808_port),
            self._news.put,
        )
        self.hub.start()
        try:
            self.wait_for_hub()
        except RuntimeError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hub.stop()
        self.city.stop()

    def wait_for_hub(self) -> int:
        """Wait until the hub (again) says that it is ready; return its process id."""
        while True:
            try:
                news = self._news.get(timeout=_PATIENCE)
            except queue.Empty:
                log = self.folder / "data/hub.log"
                raise RuntimeError(
                    f"the hub did not start: {log.read_text('utf-8')[-2000:]}"
                ) from None
            if news.what == "ready":
                return news.number

    def get(self, path: str) -> Any:
        """Return the JSON a seat would get."""
        answer = requests.get(
            self.url + path, headers={"Authorization": f"Bearer {self.token}"}, timeout=10
        )
        answer.raise_for_status()
        return answer.json()
