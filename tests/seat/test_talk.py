"""Live talk, where there is nobody to talk through."""

from __future__ import annotations

import queue
import uuid

from console import wire
from console.process import free_ports
from console.seat.talk import HubTalk
from tests.seat.conftest import PATIENCE, Line

FRAME = bytes(640)


def opening(speaker: str) -> wire.TalkOpen:
    return wire.TalkOpen(speaker=speaker, key=uuid.uuid4().hex)


def test_a_hub_that_is_not_there_fails_the_talk() -> None:
    states: queue.Queue[wire.TalkState] = queue.Queue()
    (port,) = free_ports(1)
    talk = HubTalk(f"http://127.0.0.1:{port}", "token", opening("spk01"), states.put)
    for _ in range(200):
        talk.send(FRAME)
    last = states.get(timeout=PATIENCE)
    assert (last.state, last.why) == ("failed", "unreachable")
    talk.join(PATIENCE)
    assert not talk.alive
    talk.send(FRAME)
    talk.close()


def test_an_unknown_speaker_fails_the_talk_and_ends_its_thread(line: Line) -> None:
    states: queue.Queue[wire.TalkState] = queue.Queue()
    talk = line.client.talk(opening("no-such-speaker"), states.put)
    talk.send(FRAME)
    while states.get(timeout=PATIENCE).state not in ("failed", "closed"):
        pass
    talk.join(PATIENCE)
    assert not talk.alive


def test_closing_the_client_ends_an_open_talk(line: Line) -> None:
    states: queue.Queue[wire.TalkState] = queue.Queue()
    talk = line.client.talk(opening("no-such-speaker"), states.put)
    line.client.close()
    talk.join(PATIENCE)
    assert not talk.alive
