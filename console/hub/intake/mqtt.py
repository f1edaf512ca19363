"""The MQTT door: the same messages as over HTTP, from a broker where one is set."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.backoff import Backoff
from console.hub.intake import frigate, phones, sensors
from console.hub.intake.web import refusals
from console.hub.refusal import Refused
from console.protocols import owntracks

if TYPE_CHECKING:
    import aiomqtt

    from console.hub.context import Hub

log = logging.getLogger(__name__)

DOOR = "mqtt"
CLIENT = "zhihui-hub"
"""Fixed, with a lasting session: the broker keeps what comes while the hub is away."""

TOPICS = ("frigate/events", "owntracks/+/+", "zhihui/sensors/#")
MAX_WAITING = 10_000
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


async def serve(hub: Hub) -> None:
    """Listen to the broker until cancelled; come back after each loss, log once each way."""
    if not hub.settings.mqtt_url:
        return
    from aiomqtt import MqttError  # only where there is a broker: every start would wait for it

    backoff, lost = Backoff(FIRST_PAUSE, LONGEST_PAUSE), False
    while True:
        try:
            async with _client(hub) as client:
                for topic in TOPICS:
                    await client.subscribe(topic, qos=1)
                hub.health.set(DOOR, "ok", hub.settings.mqtt_url)
                if lost:
                    log.info("the broker is back")
                lost = False
                backoff.reset()
                async for message in client.messages:
                    await _take(hub, message.topic.value, _bytes(message.payload))
        except MqttError as error:
            if not lost:
                log.warning("the broker is away: %s", error)
            lost = True
            hub.health.set(DOOR, "fail", str(error))
            await asyncio.sleep(backoff.next())


def _client(hub: Hub) -> aiomqtt.Client:
    import aiomqtt

    url = urlsplit(hub.settings.mqtt_url)
    return aiomqtt.Client(
        hostname=url.hostname or "127.0.0.1",
        port=url.port or 1883,
        username=hub.secrets.mqtt_user or None,
        password=hub.secrets.mqtt_password or None,
        identifier=CLIENT,
        clean_session=False,
        max_queued_incoming_messages=MAX_WAITING,
    )


def _bytes(payload: object) -> bytes:
    return payload if isinstance(payload, bytes) else str(payload).encode()


async def _take(hub: Hub, topic: str, payload: bytes) -> None:
    """Hand one message to its door; what cannot be taken is put aside with its reason."""
    try:
        with refusals(hub, DOOR):
            try:
                message = json.loads(payload)
            except (ValueError, RecursionError):
                raise Refused("bad_input", "no JSON") from None
            if topic == "frigate/events":
                await frigate.take(hub, message)
            elif topic.startswith("owntracks/"):
                phones.owntracks_message(hub, message, owntracks.terminal_of(topic), topic)
            else:
                await sensors.take(hub, message, topic)
            hub.doors[DOOR].taken += 1
    except Refused as refused:
        hub.doors.quarantine.keep(DOOR, topic, str(refused), payload)
