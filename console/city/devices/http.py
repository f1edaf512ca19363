"""The devices' way to the hub's doors: plain HTTP, blocking calls in a few threads.

The hub may come later than the town and may go at any moment: what must arrive is sent
again with growing, jittered pauses until somebody answers.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import requests

log = logging.getLogger(__name__)

_TIMEOUT = (2.0, 15.0)
_THREADS = 4

Files = Mapping[str, tuple[str, bytes, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``status`` 0 means that nobody answered."""

    status: int
    body: bytes = b""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Return the body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Http:
    """One door to the hub at ``base`` with the intake key; never raises for a dead hub."""

    def __init__(self, base: str, key: str) -> None:
        self._base, self._key = base.rstrip("/"), key
        self._pool = ThreadPoolExecutor(_THREADS, "city-http")
        self._local = threading.local()
        self._reachable: bool | None = None

    def close(self) -> None:
        """Let the threads go once their present call is over."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def get(self, path: str, **params: str) -> Answer:
        return await self._run("GET", path, params=params)

    async def post(
        self,
        path: str,
        *,
        message: Any = None,
        form: Mapping[str, str] | None = None,
        files: Files | None = None,
    ) -> Answer:
        """Post JSON or a form, with files as multipart, once."""
        return await self._run("POST", path, json=message, data=form, files=files)

    async def insist(
        self,
        path: str,
        *,
        message: Any = None,
        form: Mapping[str, str] | None = None,
        files: Files | None = None,
    ) -> Answer:
        """Post again and again until the hub takes or refuses it."""
        pause = 0.5
        while True:
            answer = await self.post(path, message=message, form=form, files=files)
            if answer.status and answer.status < 500 and answer.status != 429:
                return answer
            await asyncio.sleep(pause * random.uniform(0.7, 1.3))
            pause = min(10.0, pause * 2)

    async def _run(self, method: str, path: str, **arguments: Any) -> Answer:
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._pool, lambda: self._send(method, path, arguments))
        self._note(answer, path)
        return answer

    def _send(self, method: str, path: str, arguments: dict[str, Any]) -> Answer:
        session = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.trust_env = False
            session.headers["X-API-Key"] = self._key
        try:
            found = session.request(method, self._base + path, timeout=_TIMEOUT, **arguments)
            return Answer(found.status_code, found.content)
        except requests.RequestException:
            return Answer(0)

    def _note(self, answer: Answer, path: str) -> None:
        """Log a loss once and a recovery once, and what the hub refused."""
        reachable = answer.status != 0
        if reachable != self._reachable and (self._reachable is not None or reachable):
            log.info("the hub %s", "answers" if reachable else "does not answer")
        self._reachable = reachable
        if reachable and not answer.ok:
            log.warning("%s was refused: %s %s", path, answer.status, answer.body[:200])
