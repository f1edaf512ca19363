from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import aiomqtt
import pytest

from console.city.devices.broker import Broker

PATIENCE = 15.0

pytestmark = pytest.mark.skipif(not shutil.which("mosquitto"), reason="needs mosquitto")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        return int(opened.getsockname()[1])


@pytest.fixture
def port() -> int:
    return _free_port()


@pytest.fixture
def mosquitto(port: int) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(["mosquitto", "-p", str(port)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            break
        except OSError:
            assert time.monotonic() < until, "mosquitto did not come"
    yield child
    child.terminate()
    child.wait()


@pytest.mark.usefixtures("mosquitto")
def test_what_is_published_reaches_a_real_broker(port: int) -> None:
    async def story() -> None:
        broker = Broker(f"mqtt://127.0.0.1:{port}")
        async with asyncio.timeout(PATIENCE), aiomqtt.Client("127.0.0.1", port) as listener:
            await listener.subscribe("frigate/events")
            running = asyncio.ensure_future(broker.run())
            await broker.publish("frigate/events", {"type": "new"})
            message = await anext(aiter(listener.messages))
            assert isinstance(message.payload, bytes)
            assert json.loads(message.payload) == {"type": "new"}
            running.cancel()
            await asyncio.wait({running})

    asyncio.run(story())


def test_a_broker_that_is_away_costs_old_messages_but_blocks_nobody(port: int) -> None:
    async def story() -> None:
        broker = Broker(f"mqtt://127.0.0.1:{port}")
        running = asyncio.ensure_future(broker.run())
        async with asyncio.timeout(PATIENCE):
            for number in range(1000):
                await broker.publish("frigate/events", {"number": number})
        running.cancel()
        await asyncio.wait({running})

    asyncio.run(story())
