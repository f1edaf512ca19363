"""The client on a real hub that is killed, restarted and asked again."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
import uuid
from pathlib import Path

from console import wire
from console.seat.client import HubClient
from console.seat.mirror import Fresh, Mirror
from tests.seat.conftest import PATIENCE, Line, case_changes


def note(case: wire.CaseRow, text: str, key: str | None = None) -> wire.Command:
    return wire.Command(
        id="case.note", key=key or uuid.uuid4().hex, target=case.id, args={"text": text}
    )


def kill(line: Line) -> None:
    assert line.backing.hub.pid is not None
    os.kill(line.backing.hub.pid, signal.SIGKILL)
    assert line.news.get(timeout=PATIENCE).what == "stopped"


def notes(detail: wire.CaseDetail) -> list[str]:
    return [fact.note for fact in detail.history if fact.action == "note"]


def test_a_seat_is_given_a_snapshot_and_then_each_change(line: Line) -> None:
    line.start()
    first = line.until(lambda m: isinstance(m, Fresh))
    assert isinstance(first, Fresh)
    mirror = Mirror()
    mirror.load(first.snapshot, first.tables)
    assert mirror.officer.id == "duty"
    case = line.case()
    detail = line.detail(case.id)
    assert detail.row.id == case.id


def test_a_command_sent_twice_with_one_key_happens_once(line: Line) -> None:
    line.start()
    case = line.case()
    command = note(case, "一次")
    first, again = line.ask(command), line.ask(command)
    assert isinstance(first, wire.CommandResult)
    assert first == again
    assert notes(line.detail(case.id)) == ["一次"]


def test_a_command_given_while_the_hub_is_dead_is_acknowledged_by_the_next_one(line: Line) -> None:
    line.start()
    case = line.case()
    kill(line)
    assert isinstance(line.ask(note(case, "还在")), wire.CommandResult)
    assert notes(line.detail(case.id)) == ["还在"]


def test_the_stream_goes_on_by_number_after_a_restart(line: Line) -> None:
    line.start()
    line.case()
    kill(line)
    line.until_state("lost")
    line.client.hurry()
    line.until_state("live")
    line.report("道路破损，有一个大坑")
    message = line.until(lambda m: bool(case_changes(m)) or isinstance(m, Fresh))
    assert not isinstance(message, Fresh), "no snapshot is needed for what the log still holds"


def test_a_refused_command_tells_the_code(line: Line) -> None:
    line.start()
    case = line.case()
    answer = line.ask(
        wire.Command(id="case.check", key=uuid.uuid4().hex, target=case.id, version=case.version)
    )
    assert isinstance(answer, wire.Problem)
    assert answer.code == "illegal_step"


def test_a_wrong_token_is_said_and_a_new_one_lets_the_seat_in(line: Line) -> None:
    stranger = HubClient(line.backing.url, "no-such-token")
    states: queue.Queue[str] = queue.Queue()
    stranger.start(lambda _: None, states.put)
    assert states.get(timeout=PATIENCE) == "connecting"
    assert states.get(timeout=PATIENCE) == "refused"
    stranger.renew(line.backing.token)
    assert states.get(timeout=PATIENCE) == "live"
    stranger.close()


def test_closing_waits_for_no_hub(tmp_path: Path) -> None:
    client = HubClient("http://127.0.0.1:9", "token")
    client.start(lambda _: None, lambda _: None)
    lost: list[object] = []
    client.submit(wire.Command(id="case.note", key="12345678", target="x"), lost.append)
    began = time.monotonic()
    client.close()
    assert time.monotonic() - began < 10.0
    assert isinstance(lost[0], wire.Problem)


def test_a_spoken_warning_is_given_up_rather_than_said_late(line: Line) -> None:
    line.start()
    case = line.case()
    line.backing.hub.stop()
    answered = threading.Event()
    answers: list[wire.CommandResult | wire.Problem] = []

    def take(answer: wire.CommandResult | wire.Problem) -> None:
        answers.append(answer)
        answered.set()

    line.client.submit(
        wire.Command(id="voice.warn", key=uuid.uuid4().hex, args={"case": case.id}), take
    )
    assert answered.wait(PATIENCE)
    assert answers == [wire.Problem(code="unreachable")]
