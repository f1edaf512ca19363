"""The city's end of an MQTT broker, for devices that publish."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from urllib.parse import urlsplit

import aiomqtt

log = logging.getLogger(__name__)

_WAITING = 200


class Broker:
    """Publishes what it is given; keeps a little while the broker is away."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 1883
        self._user, self._password = parts.username, parts.password
        self._waiting: asyncio.Queue[tuple[str, str]] = asyncio.Queue(_WAITING)

    async def publish(self, topic: str, message: object) -> None:
        """Queue a message; of too many the oldest is lost."""
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait((topic, json.dumps(message, ensure_ascii=False)))

    async def run(self) -> None:
        """Publish until cancelled, connecting again with growing pauses."""
        pause = 0.5
        while True:
            try:
                async with aiomqtt.Client(
                    self._host, self._port, username=self._user, password=self._password
                ) as client:
                    log.info("the broker answers")
                    pause = 0.5
                    while True:
                        topic, payload = await self._waiting.get()
                        await client.publish(topic, payload, qos=1)
            except aiomqtt.MqttError as error:
                log.warning("the broker is away: %s", error)
                await asyncio.sleep(pause * random.uniform(0.7, 1.3))
                pause = min(10.0, pause * 2)
