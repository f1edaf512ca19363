"""Whatever is sent to a route that its own document speaks of, the hub answers below 500."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.result import Ok

from tests.hub import small_town
from tests.hub.conftest import INTAKE_KEY, TOKEN, ServedHub, TestClock, make_hub

GOOD = {"Authorization": f"Bearer {TOKEN}", "X-API-Key": INTAKE_KEY}
WRONG = {"Authorization": "Bearer nobody", "X-API-Key": "nobody"}
PUBLIC = ("/open311/v2/",)
"""What citizens may ask without a key."""
ANYTHING = frozenset(
    {
        "/field/v1/tasks/{case}/accept",
        "/intake/frigate",
        "/intake/osmand",
        "/intake/owntracks",
        "/intake/platform/{name}",
        "/intake/sensors",
    }
)
"""Routes whose document allows any body: seconds are spent on thinking of one that is wrong."""


@schemathesis.serializer("application/pdf", "image/jpeg")
def raw(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """Send what is no JSON as it was thought of."""
    return value if isinstance(value, bytes) else repr(value).encode("utf-8", "replace")


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    with ServedHub(make_hub(tmp_path / "hub", clock, register_dir=register)) as served:
        yield served


class Fuzz:
    """Sends what hypothesis thinks of and notes every answer that is none."""

    def __init__(self, town: ServedHub) -> None:
        self.document: dict[str, Any] = requests.get(f"{town.url}/openapi.json", timeout=10).json()
        self.faults: dict[str, str] = {}
        self.statuses: Counter[int] = Counter()
        self._town = town
        self._session = requests.Session()

    def operations(self) -> Iterator[APIOperation[Any, Any, Any, Any]]:
        schema = schemathesis.openapi.from_dict(self.document)
        for result in schema.get_all_operations():
            assert isinstance(result, Ok), "the document is wrong"
            yield result.ok()

    def run(self, examples: int, only_right: Set[str]) -> None:
        for operation in self.operations():
            self._run(operation, GenerationMode.POSITIVE, examples)
            if operation.path not in only_right:
                self._run(operation, GenerationMode.NEGATIVE, examples)
        self._session.close()

    def _run(self, operation: Any, mode: GenerationMode, examples: int) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def send(case: Case[Any]) -> None:
            for headers in (GOOD, WRONG):
                self._send(case, headers)

        # Some routes take nothing that could be wrong.
        with contextlib.suppress(Unsatisfiable):
            send()

    def _send(self, case: Case[Any], headers: dict[str, str]) -> None:
        name = f"{case.method} {case.operation.path}"
        sent = dict(case.headers or {}) | headers
        answer = case.call(base_url=self._town.url, session=self._session, headers=sent, timeout=20)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults.setdefault(name, f"{answer.status_code} {case.as_curl_command()[:400]}")
        elif answer.status_code >= 400 and not answer.content:
            self.faults.setdefault(name, f"{answer.status_code} says nothing")
        elif (
            headers is WRONG
            and answer.status_code < 300
            and not case.operation.path.startswith(PUBLIC)
        ):
            self.faults.setdefault(name, f"{answer.status_code} for nobody")


def fuzz(town: ServedHub, examples: int, only_right: Set[str] = frozenset()) -> Fuzz:
    found = Fuzz(town)
    found.run(examples, only_right)
    return found


def test_every_route_answers_whatever_its_document_allows_or_not(town: ServedHub) -> None:
    found = fuzz(town, 1, ANYTHING)
    assert not found.faults, "\n".join(f"{name}: {why}" for name, why in found.faults.items())
    assert town.get("/api/health").status_code == 200


@pytest.mark.slow
def test_every_route_answers_a_long_siege(town: ServedHub) -> None:
    found = fuzz(town, 120)
    assert not found.faults, "\n".join(f"{name}: {why}" for name, why in found.faults.items())
