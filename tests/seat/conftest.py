"""A real embedded hub, as a seat starts it."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from console import wire
from console.seat.backing import Backing
from console.seat.client import HubClient
from console.seat.hub_process import HubNews
from console.seat.stream import Told

PATIENCE = 20.0


class Line:
    """A hub, a client on it, and everything the client told, in order."""

    def __init__(self, folder: Path) -> None:
        self.backing = Backing(folder, None)
        self.news: queue.Queue[HubNews] = queue.Queue()
        self.told: queue.Queue[Told] = queue.Queue()
        self.states: queue.Queue[str] = queue.Queue()
        self.backing.hub.listen(self.news.put)
        self.backing.hub.start()
        assert self.news.get(timeout=PATIENCE).what == "ready"
        self.client = HubClient(self.backing.url, self.backing.token)

    def start(self) -> None:
        self.client.start(self.told.put, self.states.put)
        self.until_state("live")

    def until_state(self, state: str) -> None:
        while self.states.get(timeout=PATIENCE) != state:
            pass

    def until(self, good: Callable[[Told], bool]) -> Told:
        while True:
            message = self.told.get(timeout=PATIENCE)
            if good(message):
                return message

    def report(self, text: str) -> None:
        """A citizen reports something through the public door."""
        answer = requests.post(
            f"{self.backing.url}/open311/v2/requests.json",
            data={
                "api_key": self.backing.intake_key,
                "service_code": "09001",
                "lat": "28.128",
                "long": "121.231",
                "description": text,
            },
            timeout=5,
        )
        assert answer.ok, answer.text

    def case(self) -> wire.CaseRow:
        """Report something and wait until the seat is told of the case."""
        self.report("路口有人摆摊卖水果")
        message = self.until(lambda m: bool(case_changes(m)))
        return wire.CaseRow.model_validate(case_changes(message)[-1].body)

    def ask(self, command: wire.Command) -> wire.CommandResult | wire.Problem:
        """Submit a command and wait for the answer."""
        answers: queue.Queue[wire.CommandResult | wire.Problem] = queue.Queue()
        self.client.submit(command, answers.put)
        return answers.get(timeout=PATIENCE)

    def detail(self, case_id: str) -> wire.CaseDetail:
        answers: queue.Queue[wire.CaseDetail | wire.Problem] = queue.Queue()
        self.client.detail(case_id, answers.put)
        detail = answers.get(timeout=PATIENCE)
        assert isinstance(detail, wire.CaseDetail)
        return detail

    def close(self) -> None:
        self.client.close()
        self.backing.stop()


def case_changes(message: Told) -> list[wire.Change]:
    """The changes of cases in a message."""
    if not isinstance(message, wire.Changes):
        return []
    return [c for c in message.changes if c.kind == "case"]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path)
    yield line
    line.close()
