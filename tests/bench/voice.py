"""The figures of the voice: how soon, how evenly, how faithfully, and how surely it falls silent.

Speakers are the town's, in this process; the voice engine and the hub are the real children.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import queue
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from websockets.sync.client import connect

from console import pipe, wire
from console.process import child_command
from console.voice.sound import from_wav, resampled, tone
from tests.bench.report import Bar, Report, percentile
from tests.rig.speakers import RunningSpeakers, aligned, heard_at

ROUNDS = 30
STREAMS = 200
PACING_SECONDS = 10.0
HOGS = 4
TEXT = "请您立即停止占道经营，谢谢配合。"

Event = tuple[float, dict[str, Any], bytes]


class Engine:
    """The voice engine as the hub has it: a child with framed pipes."""

    def __init__(self, cache: Path) -> None:
        self._child = subprocess.Popen(
            child_command("console.voice", "--cache", str(cache)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._events: queue.Queue[Event] = queue.Queue()
        self.seen: list[Event] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        stream = cast("BinaryIO", self._child.stdout)
        while frame := pipe.read_blocking(stream):
            self._events.put((time.time(), *frame))

    def send(self, message: dict[str, Any], payload: bytes = b"") -> float:
        """Send one message and return when."""
        assert self._child.stdin
        now = time.time()
        self._child.stdin.write(pipe.encode(message, payload))
        self._child.stdin.flush()
        return now

    def wait(self, seconds: float = 20.0, **wanted: object) -> Event:
        """Return the next event with these fields."""
        deadline = time.monotonic() + seconds
        while True:
            event = self._events.get(timeout=max(0.0, deadline - time.monotonic()))
            self.seen.append(event)
            if all(event[1].get(name) == value for name, value in wanted.items()):
                return event

    def close(self) -> None:
        assert self._child.stdin
        self._child.stdin.close()
        self._child.wait(5)
        self._reader.join(5)


@contextlib.contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    made = Engine(folder / "cache")
    try:
        made.wait(event="health")
        yield made
    finally:
        made.close()


def _cold(folder: Path, report: Report) -> None:
    """A cached warning by a SIP call that was not open: message -> first packet at the speaker."""
    late, whole = [], []
    with RunningSpeakers(folder / "heard", "sip") as speakers, engine(folder) as voice:
        targets = [{"speaker": "spk01", "url": speakers.urls["spk01"]}]
        voice.send({"do": "prepare", "text": TEXT})
        for number in range(1, ROUNDS + 1):
            call = f"c{number}"
            warning = {"do": "warn", "call": call, "targets": targets, "text": TEXT, "repeat": 1}
            sent = voice.send(warning)
            if number > 2:  # the fidelity of two whole warnings is enough
                voice.wait(call=call, phase="first_packet")
                voice.send({"do": "silence"})
            _, _, wav = voice.wait(call=call, event="record")
            recording = speakers.recording(number=number)
            late.append((heard_at(recording) - sent) * 1000)
            if number <= 2:
                whole.append(aligned(from_wav(wav)[0], from_wav(recording.read_bytes())[0]))
    report.add("first_packet_p50_ms", percentile(late[1:], 0.5))
    report.add("first_packet_p95_ms", percentile(late[1:], 0.95), Bar(40.0, "ms"))
    report.add("unlike_what_was_sent", 1 - min(match for match, _ in whole), Bar(0.01, "of 1"))
    report.add("head_lost_ms", max(0.0, -min(shift for _, shift in whole) / 8), Bar(20.0, "ms"))


def _live(folder: Path, report: Report) -> None:
    """Live talk: press -> first packet, release -> the last sound in the speaker's recording."""
    frames = resampled(tone((300.0, 1.0)), 8000, 16_000).astype("<i2").tobytes()
    starts, tails = [], []
    with RunningSpeakers(folder / "heard", "sip") as speakers, engine(folder) as voice:
        targets = [{"speaker": "spk01", "url": speakers.urls["spk01"]}]
        for number in range(1, 11):
            call = f"t{number}"
            sent = voice.send({"do": "talk", "call": call, "targets": targets})
            begin = time.monotonic()
            for index in range(-2, 40):
                at = 640 * (index % 40)
                voice.send({"do": "audio", "call": call}, frames[at : at + 640])
                time.sleep(max(0.0, begin + max(0, index + 1) * 0.02 - time.monotonic()))
            released = voice.send({"do": "end", "call": call})
            voice.wait(call=call, event="record")
            recording = speakers.recording(number=number)
            sound = from_wav(recording.read_bytes())[0].astype(int)
            last = int(np.flatnonzero(np.abs(sound) > 200)[-1])
            starts.append((heard_at(recording) - sent) * 1000)
            tails.append((heard_at(recording) + last / 8000 - released) * 1000)
    report.add("talk_first_packet_p95_ms", percentile(starts, 0.95), Bar(40.0, "ms"))
    report.add("release_to_silence_p95_ms", percentile(tails, 0.95), Bar(60.0, "ms"))


def _spin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        pass


def _pacing(folder: Path, report: Report) -> None:
    """Many streams beside processes that eat every core; the engine tells its own lateness."""
    hogs = [multiprocessing.get_context("spawn").Process(target=_spin) for _ in range(HOGS)]
    for hog in hogs:
        hog.start()
    try:
        with engine(folder) as voice:
            speakers = [f"s{number}" for number in range(STREAMS)]
            targets = [
                {"speaker": name, "url": "rtp://239.255.77.77:5004?interface=127.0.0.1&ttl=0"}
                for name in speakers
            ]
            text = TEXT * 3
            warning = {"do": "warn", "call": "c1", "targets": targets, "text": text, "repeat": 5}
            voice.send(warning)
            voice.wait(call="c1", phase="first_packet", speaker=speakers[-1])
            until = time.monotonic() + PACING_SECONDS
            while time.monotonic() < until:
                _, health, _ = voice.wait(event="health")
            firsts = [e[1]["at"] for e in voice.seen if e[1].get("phase") == "first_packet"]
            report.add("pacing_streams", len(firsts))
            report.add("skew_ms", (max(firsts) - min(firsts)) * 1000)
            report.add("pacing_late_p99_ms", health["late_p99_ms"], Bar(2.0, "ms with FIFO"))
            report.add("pacing_late_max_ms", health["late_max_ms"], Bar(10.0, "ms with FIFO"))
            report.add("pacing_fifo", float("fifo" in health["note"]))
            voice.send({"do": "silence"})
            voice.wait(call="c1", event="record")
    finally:
        for hog in hogs:
            hog.kill()
            hog.join()


def _town(folder: Path, url: str) -> Path:
    """Write the smallest register: one speaker on one street."""
    register = folder / "register"
    register.mkdir()
    (register / "town.json").write_text('{"name":"榴城","centre":[28.65,121.26]}')
    (register / "speakers.csv").write_text(
        f"id,name,lat,lon,reach,street,url\nspk01,音柱,28.65,121.26,60,r01,{url}\n"
    )
    return register


@contextlib.contextmanager
def _hub(folder: Path, url: str) -> Iterator[str]:
    command = child_command(
        "console.hub", "--embedded", "--data", str(folder / "hub"), "--register",
        str(_town(folder, url)),
    )  # fmt: skip
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin
    assert child.stdout
    try:
        launch = wire.Launch(token=TOKEN, intake_key="bench-intake-key")
        child.stdin.write(launch.model_dump_json().encode() + b"\n")
        child.stdin.flush()
        port = json.loads(child.stdout.readline())["port"]
        yield f"http://127.0.0.1:{port}"
    finally:
        child.stdin.close()
        child.wait(5)
        child.stdout.close()


TOKEN = "bench-token-of-this-launch"  # noqa: S105 - of the bench's own hub


def _post(url: str, path: str, body: wire.Message) -> None:
    request = urllib.request.Request(  # noqa: S310 - our own loopback address
        url + path,
        body.model_dump_json().encode(),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=5).close()  # noqa: S310 - as above


def _through_the_hub(folder: Path, report: Report) -> None:
    """A command over HTTP, committed and audited -> first packet; a killed seat -> closed."""
    late, closed = [], []
    with contextlib.ExitStack() as stack:
        speakers = stack.enter_context(RunningSpeakers(folder / "heard", "sip"))
        url = stack.enter_context(_hub(folder, speakers.urls["spk01"]))
        time.sleep(1.5)  # the voice process starts
        _post(url, "/api/voice/prepare", wire.Prepare(speaker="spk01", template="vending"))
        time.sleep(1.0)
        for number in range(1, ROUNDS + 1):
            args = {"speaker": "spk01", "template": "vending"}
            command = wire.Command(id="voice.warn", key=f"bench-warn-{number}", args=args)
            sent = time.time()
            _post(url, "/api/commands", command)
            time.sleep(0.6)
            hush = wire.Command(id="voice.silence", key=f"bench-hush-{number}")
            _post(url, "/api/commands", hush)
            late.append((heard_at(speakers.recording(number=number)) - sent) * 1000)
            time.sleep(0.05)
        for number in range(ROUNDS + 1, ROUNDS + 6):
            recording, killed = _killed_talk(url, speakers, number)
            sound = from_wav(recording.read_bytes())[0]
            end = recording.stat().st_mtime
            assert sound.size
            closed.append((end - killed) * 1000)
    report.add("command_to_first_packet_p50_ms", percentile(late[1:], 0.5))
    report.add("command_to_first_packet_p95_ms", percentile(late[1:], 0.95), Bar(100.0, "ms"))
    report.add("seat_killed_to_closed_max_ms", max(closed), Bar(500.0, "ms"))


def _killed_talk(url: str, speakers: RunningSpeakers, number: int) -> tuple[Path, float]:
    """Talk for half a second, then break the socket as a killed process does."""
    with connect(
        url.replace("http", "ws") + "/api/talk",
        additional_headers={"Authorization": f"Bearer {TOKEN}"},
        compression=None,
        close_timeout=0.1,
    ) as socket:
        opening = wire.TalkOpen(speaker="spk01", key=f"bench-talk-{number}")
        socket.send(opening.model_dump_json())
        for _ in range(25):
            socket.send(bytes(640))
            time.sleep(0.02)
        killed = time.time()
        socket.socket.shutdown(2)
        return speakers.recording(number=number), killed


PARTS = {"cold": _cold, "live": _live, "hub": _through_the_hub, "pacing": _pacing}


def run(arguments: list[str]) -> Report:
    """Measure every part, or those named."""
    report = Report("voice")
    for name in arguments or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder), report)
    return report
