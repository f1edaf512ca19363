"""The seat's stream: numbered without gaps, resumed, cut when too slow, never slowing others."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from console import wire
from console.hub.positions import FUTURE, Positions
from console.hub.store import Tx
from console.hub.store.live import Live
from console.hub.stream import Outbox, Packet, Stream
from tests.hub.conftest import (
    DUTY,
    NOON,
    TOKEN,
    ServedHub,
    TestClock,
    case_row,
    make_hub,
    officer_unit,
    run,
    seed,
)

MESSAGE: TypeAdapter[wire.StreamMessage] = TypeAdapter(wire.StreamMessage)


def messages(seat: ClientConnection) -> Iterator[wire.StreamMessage]:
    while True:
        yield MESSAGE.validate_json(seat.recv(10))


def changes_until(seat: ClientConnection, seq: int) -> list[wire.Change]:
    """Return the changes received until number ``seq``."""
    found: list[wire.Change] = []
    for message in messages(seat):
        if isinstance(message, wire.Changes):
            found += message.changes
            if found[-1].seq >= seq:
                return found
    raise AssertionError


def put_units(served: ServedHub, count: int, mark: str = "u") -> int:
    def put(tx: Tx) -> int:
        for i in range(count):
            tx.put("unit", officer_unit(f"{mark}{i}"))
        return tx.seq

    return int(served.call(served.hub.store.write(put)))


def test_a_seat_gets_what_it_missed_and_goes_on_with_what_happens(served: ServedHub) -> None:
    snapshot = wire.Snapshot.model_validate(served.get("/api/snapshot").json())
    last = put_units(served, 1200)
    with served.stream(snapshot.seq) as seat:
        missed = changes_until(seat, last)
        assert [change.seq for change in missed] == list(range(snapshot.seq + 1, last + 1))
        more = put_units(served, 3, "v")
        live = changes_until(seat, more)
        assert [change.seq for change in live] == list(range(last + 1, more + 1))
        assert live[0].body == officer_unit("v0").model_dump(mode="json")
        assert live[0].at == NOON


def test_nothing_is_missed_or_doubled_while_others_write(served: ServedHub) -> None:
    async def write_on() -> None:
        for number in range(60):
            await seed(served.hub, officer_unit(f"u{number}"))

    start = served.hub.stream.seq
    writing = asyncio.run_coroutine_threadsafe(write_on(), served.loop)
    seats = [served.stream(start) for _ in range(6)]
    writing.result(20)
    for seat in seats:
        with seat:
            seqs = [change.seq for change in changes_until(seat, start + 60)]
            assert seqs == list(range(start + 1, start + 61))


def test_a_seat_older_than_the_log_is_told_to_take_a_snapshot(served: ServedHub) -> None:
    put_units(served, 50)
    served.call(served.hub.store.prune(10, timedelta(days=7)))
    for since in (0, served.hub.stream.seq + 1000):
        with served.stream(since) as seat:
            message = next(messages(seat))
            assert isinstance(message, wire.Pruned)
            assert message.oldest == served.hub.stream.seq - 9
            with pytest.raises(ConnectionClosed):
                seat.recv(5)


def test_the_beat_comes_with_the_hubs_clock_and_number(served: ServedHub) -> None:
    with served.stream(served.hub.stream.seq) as seat:
        beat = next(m for m in messages(seat) if isinstance(m, wire.Beat))
        assert (beat.at, beat.seq) == (NOON, served.hub.stream.seq)
        assert any(isinstance(m, wire.Health) for m in islice(messages(seat), 9))


def test_positions_come_newest_only_and_never_go_back(served: ServedHub) -> None:
    def fix(lat: float, seconds: float) -> None:
        at = NOON + timedelta(seconds=seconds)
        served.hub.positions.put(wire.Position(unit="u1", lat=lat, lon=121, at=at), NOON)

    def drive() -> None:
        for step in range(5):
            fix(28 + step / 100, step)
        fix(29, 1)

    with served.stream(served.hub.stream.seq) as seat:
        served.loop.call_soon_threadsafe(drive)
        moved = next(m for m in messages(seat) if isinstance(m, wire.Positions))
        assert [position.lat for position in moved.positions] == [28.04]
    with served.stream(served.hub.stream.seq) as seat:
        first = next(messages(seat))
        assert isinstance(first, wire.Positions), "a new seat is told where everybody is"


def test_without_a_token_there_is_no_stream(served: ServedHub) -> None:
    for token in ("", "wrong"):
        with pytest.raises(InvalidStatus) as error:
            served.stream(0, token)
        assert error.value.response.status_code == 401
    with pytest.raises(InvalidStatus) as error:
        served.stream("x")
    assert error.value.response.status_code == 422


def sleeper(served: ServedHub, since: int) -> socket.socket:
    """Open a stream as a seat that hangs from then on."""
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect(("127.0.0.1", int(served.url.rpartition(":")[2])))
    opened.sendall(
        f"GET /api/stream?since={since} HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Authorization: Bearer {TOKEN}\r\n\r\n".encode()
    )
    assert b" 101 " in opened.recv(64)
    return opened


def test_a_seat_that_reads_nothing_is_cut_and_the_others_notice_nothing(
    tmp_path: Path, clock: TestClock
) -> None:
    hub = make_hub(tmp_path, clock, seat_queue=200, seat_patience=1.0)
    with ServedHub(hub) as served:
        start = hub.stream.seq
        with sleeper(served, start), served.stream(start) as reader:
            seen: list[int] = []
            while len(hub.stream) == 2:
                body = case_row("C-1", place="长" * 30_000)
                served.call(seed(hub, *[body] * 5))
                seen += [c.seq for c in changes_until(reader, hub.stream.seq)]
            assert seen == list(range(start + 1, hub.stream.seq + 1))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 40)), max_size=60))
def test_an_outbox_hands_on_everything_in_order_or_says_that_it_is_behind(
    steps: list[tuple[int, int]],
) -> None:
    async def work() -> None:
        outbox, seq, got = Outbox(100, DUTY), 0, []
        for kind, count in steps:
            if kind == 0:
                outbox.tell("beat", "{}")
                got += numbers(await outbox.take())
            else:
                texts = [f'{{"seq":{seq + i}}}' for i in range(1, count + 1)]
                seq += count
                outbox.add([Packet(texts)])
        outbox.tell("beat", "{}")
        got += numbers(await outbox.take())
        expected = list(range(1, seq + 1))
        assert got == (expected[: len(got)] if outbox.behind else expected)

    run(work())


def numbers(texts: list[str]) -> list[int]:
    bodies = [json.loads(text) for text in texts]
    return [change["seq"] for body in bodies for change in body.get("changes", [])]


def test_waiting_positions_are_merged_newest_first_for_a_slow_seat() -> None:
    def position(unit: str, lat: float) -> wire.Position:
        return wire.Position(unit=unit, lat=lat, lon=0, at=NOON)

    async def work() -> None:
        stream = Stream(10, Live())
        slow = stream.join(DUTY)
        stream.move({"a": position("a", 1), "b": position("b", 1)})
        stream.move({"a": position("a", 2)})
        stream.move({})
        (text,) = await slow.take()
        merged = wire.Positions.model_validate_json(text)
        assert {p.unit: p.lat for p in merged.positions} == {"a": 2, "b": 1}

    run(work())


@given(st.lists(st.integers(-300, 300), min_size=1))
def test_a_late_fix_never_moves_the_present_back(seconds: list[int]) -> None:
    positions = Positions()
    for second in seconds:
        at = NOON + timedelta(seconds=second)
        positions.put(wire.Position(unit="u", lat=0, lon=0, at=at), NOON)
    believed = [second for second in seconds if second <= FUTURE.total_seconds()]
    present = positions.get("u")
    if believed:
        assert present is not None
        assert present.at == NOON + timedelta(seconds=max(believed))
    else:
        assert present is None
    assert len(positions.take_track()) == len(believed)
    assert positions.refused == len(seconds) - len(believed)
