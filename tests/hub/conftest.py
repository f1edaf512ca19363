"""Hubs for tests: the store on both engines, a hub without HTTP, a hub that serves."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from websockets.sync.client import ClientConnection, connect

from console import wire
from console.hub import app
from console.hub.__main__ import listen
from console.hub.auth import duty_officer, token_digest
from console.hub.context import Hub
from console.hub.server import Server
from console.hub.settings import Secrets, Settings
from console.hub.store import Tx, accounts
from tests.hub.postgres import Postgres

TOKEN = "token-of-this-launch"  # noqa: S105 - of the tests' own hub
INTAKE_KEY = "key-of-the-doors"
DUTY = duty_officer("duty", "值班员")
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""Noon in China."""


class TestClock:
    """A clock that stands until it is moved."""

    __test__ = False

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL for the session."""
    with Postgres() as server:
        yield server


@pytest.fixture
def postgresql(postgres: Postgres) -> Iterator[str]:
    """The address of an empty database of PostgreSQL."""
    with postgres.database() as name:
        yield postgres.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'cases.db'}"
    address: str = request.getfixturevalue("postgresql")
    return address


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run an asynchronous test to its end."""
    asyncio.run(asyncio.wait_for(work, 30))


def make_hub(data: Path, now: Callable[[], datetime], **settings: Any) -> Hub:
    """Return a hub that is not open, with a duty officer and no children."""
    given = {"children": (), "disk_reserve": 1, "disk_warn": 0, "data": data} | settings
    hub = Hub(
        Settings.model_validate(given),
        Secrets(launch_token=TOKEN, intake_key=INTAKE_KEY),
        now,
    )
    hub.duty = DUTY
    return hub


@pytest.fixture
def hub_on_each(database: str, tmp_path: Path, clock: TestClock) -> Hub:
    """A hub that is not open, on each engine."""
    given = {} if database.startswith("sqlite") else {"database": database}
    return make_hub(tmp_path / "hub", clock, **given)


@contextlib.asynccontextmanager
async def opened(hub: Hub) -> AsyncIterator[Hub]:
    """Run a hub without serving it."""
    await app.start(hub)
    try:
        yield hub
    finally:
        await app.stop(hub)


def officer(*roles: str, id_: str = "x", **scope: list[str]) -> wire.Officer:
    """Return somebody who answers for the whole town, or for less where it is given."""
    given = {"districts": ["*"], "departments": ["*"]} | scope
    return wire.Officer(id=id_, name=id_, roles=list(roles), **given)


def case_row(id_: str = "C20261122-0001", **fields: Any) -> wire.CaseRow:
    """Return a proposed case of a street vendor."""
    body: dict[str, Any] = {
        "id": id_,
        "version": 1,
        "state": "proposed",
        "kind": "matter",
        "code": "09001",
        "name": "无照经营游商",
        "place": "人民路12号",
        "street": "r01",
        "at": {"lat": 28.65, "lon": 121.26},
        "sources": ["ai"],
        "reports": 1,
        "opened": NOON,
        "due": NOON + timedelta(hours=24),
    }
    return wire.CaseRow.model_validate(body | fields)


def officer_unit(id_: str, **fields: Any) -> wire.Unit:
    body: dict[str, Any] = {"id": id_, "kind": "officer", "name": f"队员{id_}"}
    return wire.Unit.model_validate(body | fields)


_keys = itertools.count(1)


def command(id_: str, target: str | None = None, **args: Any) -> wire.Command:
    """Return a command with a key of its own."""
    version = args.pop("version", None)
    key = args.pop("key", f"test-key-{next(_keys):06d}")
    return wire.Command(id=id_, key=key, target=target, version=version, args=args)


async def seed(hub: Hub, *bodies: wire.Message) -> None:
    """Put entities into a hub's store."""
    kinds = {model: kind for kind, model in wire.KINDS.items()}

    def put(tx: Tx) -> None:
        for body in bodies:
            tx.put(kinds[type(body)], body)

    await hub.store.write(put)


class ServedHub:
    """A hub that serves HTTP on a loopback port, on a thread of its own."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {TOKEN}"
        self._ready = threading.Event()
        self._port = 0
        self._thread = threading.Thread(target=self._serve, name="served hub")

    def _serve(self) -> None:
        http = listen("127.0.0.1", 0)
        self._server = Server(self.hub, http, self._started)

        async def serve() -> None:
            self.loop = asyncio.get_running_loop()
            await self._server.serve(sockets=[http])

        try:
            asyncio.run(serve())
        finally:
            self._ready.set()

    def _started(self, ready: wire.Ready) -> None:
        self._port = ready.port
        self._ready.set()

    def __enter__(self) -> ServedHub:
        self._thread.start()
        assert self._ready.wait(20)
        assert self._port, "the hub did not start"
        return self

    def __exit__(self, *_error: object) -> None:
        self.session.close()
        self._server.end()
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.session.get(self.url + path, timeout=10, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> requests.Response:
        return self._send("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> requests.Response:
        return self._send("PUT", path, body, **more)

    def _send(self, method: str, path: str, body: Any, **more: Any) -> requests.Response:
        if isinstance(body, wire.Message):
            body = body.model_dump(mode="json")
        return self.session.request(method, self.url + path, json=body, timeout=10, **more)

    def call(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the hub's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def stream(self, since: int | str = 0, token: str = TOKEN) -> ClientConnection:
        return connect(
            f"{self.url.replace('http', 'ws')}/api/stream?since={since}",
            additional_headers={"Authorization": f"Bearer {token}"},
            max_size=None,
        )

    def admit(self, who: wire.Officer) -> str:
        """Give somebody an account and a session; return its token."""
        token = f"token-{next(_keys)}-of-{who.id}"

        def write(tx: Tx) -> None:
            accounts.put_account(tx, wire.AccountRow(**who.model_dump()), "no hash")
            end = tx.now + timedelta(hours=12)
            accounts.open_session(tx, token_digest(token), who.id, "127.0.0.1", end)

        self.call(self.hub.store.write(write))
        return token

    def by(self, token: str) -> dict[str, str]:
        """Return the header that says who asks."""
        return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def served_on_each(hub_on_each: Hub) -> Iterator[ServedHub]:
    """A hub that serves, on each engine."""
    with ServedHub(hub_on_each) as served:
        yield served


@pytest.fixture
def served(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    with ServedHub(make_hub(tmp_path / "hub", clock)) as served:
        yield served
