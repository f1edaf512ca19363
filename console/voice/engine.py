"""The voice engine: calls are data that come in, phases are events that go out.

It knows no cases and no officers; who may speak, and to whom, is settled before a call
reaches it.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from console.backoff import Backoff
from console.voice.drivers import SCHEMES, scheme
from console.voice.drivers.port import DeviceError, Driver, Line, Outages, shown
from console.voice.pacer import Pacer, Stream
from console.voice.programme import Cursor, Programme
from console.voice.sound import LIVE_RATE, Resampler, silence, to_wav, tone
from console.voice.speech import Speech, SpeechError

START_TONE = tone((880.0, 0.14), (1175.0, 0.18))
END_TONE = tone((1175.0, 0.12), (880.0, 0.16))
PAUSE = 0.6
"""Seconds between the start tone, each repetition and the end tone (half at the edges)."""
MAX_REPEAT = 5
HEALTH_EVERY = 5.0
_PROBE_FIRST, _PROBE_LONGEST = 1.0, 60.0
"""Seconds between questions to a speaker that failed, doubled and jittered."""

Send = Callable[[dict[str, Any], bytes], None]

_log = logging.getLogger("voice.engine")


@dataclass(eq=False)
class _Leg:
    """One speaker of a call."""

    speaker: str
    url: str
    task: asyncio.Task[None] | None = None
    stream: Stream | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    why: str = ""
    failed: bool = False
    """Not as it was meant to be: the device broke, or nothing could be said."""
    lost: bool = False
    """The device itself is the reason."""
    spoke: bool = False


@dataclass(eq=False)
class _Call:
    id: str
    programme: Programme
    legs: list[_Leg]
    resampler: Resampler | None = None


class Engine:
    """Takes the hub's messages, answers with events through ``send``."""

    def __init__(
        self,
        send: Send,
        speech: Speech,
        drivers: Mapping[str, Driver] | None = None,
    ) -> None:
        self._send = send
        self._speech = speech
        self._drivers = drivers or {name: make() for name, make in SCHEMES.items()}
        self._pacer = Pacer()
        self._calls: dict[str, _Call] = {}
        self._outages = Outages()
        self._probing: dict[str, asyncio.Task[None]] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pacer.start()
        for driver in self._drivers.values():
            await driver.start()
        self._spawn(self._tell_health())

    async def stop(self) -> None:
        """Close every speaker; within 2 s."""
        self._silence()
        for task in [*self._work, *self._probing.values()]:
            task.cancel()
        await asyncio.gather(*self._work, *self._probing.values(), return_exceptions=True)
        legs = [leg.task for call in self._calls.values() for leg in call.legs if leg.task]
        for task in legs:
            task.cancel()
        await asyncio.gather(*legs, return_exceptions=True)
        await asyncio.gather(*(driver.stop() for driver in self._drivers.values()))
        self._pacer.stop()

    def take(self, message: dict[str, Any], payload: bytes = b"") -> None:
        """Act on one message of the hub; one that is malformed is logged and dropped."""
        try:
            match message.get("do"):
                case "audio":
                    self._audio(str(message["call"]), payload)
                case "warn":
                    self._warn(message)
                case "talk":
                    self._talk(message)
                case "end":
                    self._end(str(message["call"]))
                case "silence":
                    self._silence(message.get("call"))
                case "prepare":
                    self._spawn(self._prepare(str(message["text"])))
                case "probe":
                    self._spawn(self._probe(str(message["speaker"]), str(message["url"])))
                case other:
                    _log.warning("the hub asks for what is not known: %s", other)
        except (KeyError, TypeError, ValueError):
            _log.warning("a message of the hub is malformed: %s", message.get("do"))

    # --- what the hub asks ---------------------------------------------------------

    def _warn(self, message: dict[str, Any]) -> None:
        programme = Programme()
        programme.append(START_TONE)
        call = self._new_call(message, programme)
        text, repeat = str(message["text"]), max(1, min(MAX_REPEAT, int(message.get("repeat", 2))))
        known = self._speech.known(text)
        if known is not None:
            _fill(programme, known, repeat)
        self._begin(call)
        if known is None:
            self._spawn(self._render(call, text, repeat))

    def _talk(self, message: dict[str, Any]) -> None:
        call = self._new_call(message, Programme(live=True))
        call.programme.speech_at = 0
        call.resampler = Resampler(LIVE_RATE)
        self._begin(call)

    def _new_call(self, message: dict[str, Any], programme: Programme) -> _Call:
        targets = [(str(one["speaker"]), str(one["url"])) for one in message["targets"]]
        if message["call"] in self._calls or not targets:
            raise ValueError
        return _Call(str(message["call"]), programme, [_Leg(*target) for target in targets])

    def _begin(self, call: _Call) -> None:
        self._calls[call.id] = call
        for leg in call.legs:
            self._phase(call, leg, "opening", time.time())
            leg.task = asyncio.create_task(self._speak(call, leg))
            leg.task.add_done_callback(functools.partial(self._over, call, leg))
        self._spawn(self._record(call))

    def _audio(self, call_id: str, payload: bytes) -> None:
        call = self._calls.get(call_id)
        if call and call.resampler and not call.programme.finished:
            samples = np.frombuffer(payload[: len(payload) // 2 * 2], "<i2").astype(np.int16)
            if samples.size:
                call.programme.append(call.resampler.push(samples))

    def _end(self, call_id: str) -> None:
        if call := self._calls.get(call_id):
            call.programme.finished = True
            self._stop_opening(call, "ended before the speaker answered")

    def _silence(self, call_id: object = None) -> None:
        for call in list(self._calls.values()):
            if call_id in (None, call.id):
                call.programme.cut = True
                self._stop_opening(call, "silenced")

    @staticmethod
    def _stop_opening(call: _Call, why: str) -> None:
        for leg in call.legs:
            if leg.task and leg.stream is None:
                leg.why = why
                leg.task.cancel()

    async def _prepare(self, text: str) -> None:
        with contextlib.suppress(SpeechError):
            await self._speech.say(text)

    async def _render(self, call: _Call, text: str, repeat: int) -> None:
        try:
            _fill(call.programme, await self._speech.say(text), repeat)
        except SpeechError as error:
            call.programme.cut = True
            for leg in call.legs:
                leg.failed, leg.why = True, str(error)
            self._stop_opening(call, str(error))

    async def _probe(self, speaker: str, url: str) -> None:
        try:
            driver = self._driver(url)
            note, ok = await driver.probe(url), True
            if driver.askable:
                self._outages.back(url)
        except DeviceError as error:
            note, ok = str(error), False
            self._outages.lost(url, note)
        self._send({"event": "probed", "speaker": speaker, "ok": ok, "why": note}, b"")

    # --- one speaker of one call --------------------------------------------------------

    async def _speak(self, call: _Call, leg: _Leg) -> None:
        line: Line | None = None
        try:
            line = await self._open(call, leg)
            await leg.over.wait()
        except DeviceError as error:
            self._lost(leg, str(error))
        finally:
            if leg.stream:
                leg.stream.stopped = True
            if line:
                await line.close()

    def _over(self, call: _Call, leg: _Leg, task: asyncio.Task[None]) -> None:
        """Say how it ended; a task cancelled before its first step comes here too."""
        if task.cancelled() and not leg.why:
            leg.failed, leg.why = True, "the voice engine stopped"
        elif not task.cancelled() and (error := task.exception()):
            _log.error("speaking to %s erred", shown(leg.url), exc_info=error)
            leg.failed, leg.why = True, "the voice engine erred"
        if leg.spoke and not leg.failed:
            self._outages.back(leg.url)
        self._phase(call, leg, "failed" if leg.failed else "closed", time.time())

    async def _open(self, call: _Call, leg: _Leg) -> Line:
        def lost(why: str) -> None:
            self._lost(leg, why)
            leg.over.set()

        line = await self._driver(leg.url).open(leg.url, lost)
        self._phase(call, leg, "open", time.time())
        leg.stream = Stream(
            line,
            Cursor(call.programme, line.codec),
            lambda at: self._from_pacer(self._phase, call, leg, "first_packet", at),
            lambda at: self._from_pacer(self._phase, call, leg, "speaking", at),
            lambda at, why: self._from_pacer(self._ended, leg, why),
        )
        leg.spoke = True
        self._pacer.add(leg.stream)
        return line

    def _from_pacer(self, what: Callable[..., None], *args: object) -> None:
        assert self._loop is not None
        with contextlib.suppress(RuntimeError):  # the loop ended first
            self._loop.call_soon_threadsafe(what, *args)

    def _ended(self, leg: _Leg, why: str) -> None:
        if leg.stream and leg.stream.cursor.why:
            leg.why = leg.stream.cursor.why
        elif why:
            self._lost(leg, why)
        leg.over.set()

    def _lost(self, leg: _Leg, why: str) -> None:
        """Log it once and ask the speaker, if it can be asked, until it is back."""
        leg.failed = leg.lost = True
        leg.why = why
        self._outages.lost(leg.url, why)
        driver = self._drivers.get(scheme(leg.url))
        if driver and driver.askable and leg.url not in self._probing:
            task = asyncio.create_task(self._ask_until_back(leg.speaker, leg.url))
            self._probing[leg.url] = task
            task.add_done_callback(lambda _: self._probing.pop(leg.url, None))

    async def _ask_until_back(self, speaker: str, url: str) -> None:
        backoff = Backoff(_PROBE_FIRST, _PROBE_LONGEST)
        while url in self._outages:
            await asyncio.sleep(backoff.next())
            await self._probe(speaker, url)

    def _driver(self, url: str) -> Driver:
        driver = self._drivers.get(scheme(url))
        if not driver:
            raise DeviceError(f"no driver speaks to {shown(url)}")
        return driver

    # --- what the hub is told --------------------------------------------------------

    def _phase(self, call: _Call, leg: _Leg, phase: str, at: float) -> None:
        event = {"event": "phase", "call": call.id, "speaker": leg.speaker, "phase": phase}
        self._send(event | {"at": at, "why": leg.why, "lost": leg.lost}, b"")

    async def _record(self, call: _Call) -> None:
        """Hand over what was said when the last speaker is closed."""
        await asyncio.gather(*(leg.task for leg in call.legs if leg.task), return_exceptions=True)
        del self._calls[call.id]
        if any(leg.spoke for leg in call.legs):
            wav = to_wav(call.programme.samples())
            digest = hashlib.sha256(wav).hexdigest()
            self._send({"event": "record", "call": call.id, "sha256": digest}, wav)

    async def _tell_health(self) -> None:
        while True:
            late = self._pacer.lateness()
            paced = self._pacer.priority.split(" ")[0] in ("fifo", "nice")
            event: dict[str, Any] = {
                "event": "health",
                "state": "ok" if paced and self._speech.engine != "none" else "warn",
                "note": f"priority {self._pacer.priority}, speech {self._speech.engine}",
                "late_p99_ms": late[1],
                "late_max_ms": late[2],
                "calls": len(self._calls),
            }
            self._send(event, b"")
            await asyncio.sleep(HEALTH_EVERY)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work_done)

    def _work_done(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        if not task.cancelled() and task.exception():
            _log.error("the voice engine erred", exc_info=task.exception())


def _fill(programme: Programme, speech: np.ndarray[Any, np.dtype[np.int16]], repeat: int) -> None:
    """Append speech, repeated with pauses, and the end tone; the programme is whole then."""
    programme.append(silence(PAUSE / 2))
    programme.speech_at = programme.length
    pause = silence(PAUSE)
    parts = [part for _ in range(repeat) for part in (speech, pause)][:-1]
    programme.append(np.concatenate([*parts, silence(PAUSE / 2), END_TONE]))
    programme.finished = True
