"""The same messages by a real broker, which may come and go."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paho.mqtt.publish
import pytest

from console.protocols import frigate
from tests.hub import small_town
from tests.hub.conftest import ServedHub, TestClock, make_hub
from tests.rig.waiting import until

MOSQUITTO = shutil.which("mosquitto") or "/usr/sbin/mosquitto"


class Broker:
    """A mosquitto on a port of its own, started and stopped at will."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\n"
            f"persistence true\npersistence_location {folder}/\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        argv = [MOSQUITTO, "-c", str(self._config)]
        self._process = subprocess.Popen(argv, stderr=subprocess.DEVNULL)
        until(self._answers)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def publish(self, topic: str, message: Any) -> None:
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        paho.mqtt.publish.single(topic, payload, qos=1, hostname="127.0.0.1", port=self.port)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(tmp_path)
    broker.start()
    yield broker
    broker.stop()


def hub(tmp_path: Path, broker: Broker, clock: TestClock) -> ServedHub:
    register = tmp_path / "register"
    if not register.exists():
        small_town.write_register(register)
    url = f"mqtt://127.0.0.1:{broker.port}"
    return ServedHub(make_hub(tmp_path / "hub", clock, register_dir=register, mqtt_url=url))


def connected(town: ServedHub) -> bool:
    parts = {part.name: part.state for part in town.hub.health.read().parts}
    return parts.get("mqtt") == "ok"


def event(clock: TestClock, number: int) -> dict[str, Any]:
    return frigate.encode(
        frigate.Event(f"1.5-{number}", "new", "cam07", "vendor", clock.now, clock.now,
                      entered=("z01",))
    )  # fmt: skip


def test_events_positions_and_readings_come_by_broker(
    tmp_path: Path, broker: Broker, clock: TestClock
) -> None:
    with hub(tmp_path, broker, clock) as town:
        until(lambda: connected(town))
        broker.publish("frigate/events", event(clock, 1))
        until(lambda: len(town.hub.live.cases) == 1)
        stamp = clock.now.timestamp()
        location = {"_type": "location", "lat": 28.136, "lon": 121.231, "tst": stamp, "tid": "c3"}
        broker.publish("owntracks/team/car3", location)
        until(lambda: town.hub.positions.get("u003") is not None)
        alarm = {"sensor": "s01", "alarm": "over", "id": "a1"}
        broker.publish("zhihui/sensors/s01", alarm)
        until(lambda: len(town.hub.live.cases) == 2)
        broker.publish("frigate/events", b"no json")
        until(lambda: town.hub.doors["mqtt"].refused == 1)
    kept = (tmp_path / "hub" / "quarantine.jsonl").read_text("utf-8")
    assert "frigate/events" in kept


def test_what_came_while_the_hub_was_away_is_not_lost(
    tmp_path: Path, broker: Broker, clock: TestClock
) -> None:
    with hub(tmp_path, broker, clock) as town:
        until(lambda: connected(town))
    broker.publish("frigate/events", event(clock, 2))
    with hub(tmp_path, broker, clock) as town:
        until(lambda: len(town.hub.live.cases) == 1)


def test_a_broker_that_comes_back_is_found_again(
    tmp_path: Path, broker: Broker, clock: TestClock
) -> None:
    broker.stop()
    with hub(tmp_path, broker, clock) as town:
        until(lambda: any(p.name == "mqtt" for p in town.hub.health.read().parts))
        assert not connected(town)
        broker.start()
        until(lambda: connected(town))
        broker.publish("frigate/events", event(clock, 3))
        until(lambda: len(town.hub.live.cases) == 1)
