"""A worker thread with a session of its own, doing one job after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import requests

Job = Callable[[requests.Session], None]


class Lane:
    """Runs jobs in the order they were given, each with the lane's HTTP session."""

    def __init__(self, name: str, token: str) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._working = False
        self._session = requests.Session()
        self._session.trust_env = False
        self.renew(token)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def renew(self, token: str) -> None:
        """Use a new token from the next job on."""
        self._session.headers["Authorization"] = f"Bearer {token}"

    def put(self, job: Job) -> None:
        """Have a job done; never blocks."""
        self._jobs.put(job)

    @property
    def load(self) -> int:
        """How many jobs wait or are being done."""
        return self._jobs.qsize() + self._working

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._working = True
            job(self._session)
            self._working = False
        self._session.close()

    def end(self) -> None:
        """Take no more jobs after those already waiting."""
        self._jobs.put(None)

    def join(self, timeout: float) -> None:
        """Wait at most ``timeout`` seconds for the thread to end."""
        self._thread.join(timeout)
