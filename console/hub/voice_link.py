"""The hub's end of the voice process: what it reports becomes the state of calls and speakers.

A call that is not at rest is the lease of its speaker: the one writer thread gives it,
so that two officers can never hold the same one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from console import wire
from console.hub.refusal import Refused

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx

log = logging.getLogger(__name__)

Phase = Callable[[wire.Call], None]
Event = tuple[dict[str, Any], bytes]


def lease(tx: Tx, speaker_id: str) -> wire.Speaker:
    """Return the speaker if nobody uses it; raise :class:`Refused` saying who does."""
    speaker = tx.get(wire.Speaker, speaker_id)
    if speaker is None:
        raise Refused("unknown_speaker", speaker_id, status=404, field="speaker")
    for call in tx.all(wire.Call).values():
        if call.speaker == speaker_id:
            body = speaker.model_dump(mode="json")
            raise Refused("speaker_busy", speaker.by or call.operator, status=409, current=body)
    return speaker


def begin(
    tx: Tx,
    speaker: wire.Speaker,
    officer: wire.Officer,
    case: str | None,
    kind: Literal["warning", "talk"],
    text: str = "",
) -> wire.Call:
    """Put a new call and mark its speaker as opening."""
    number = tx.count("call")
    call = wire.Call(
        id=f"call-{number:06}",
        case=case,
        speaker=speaker.id,
        operator=officer.name or officer.id,
        kind=kind,
        text=text,
        state="asked",
        asked=tx.now,
    )
    tx.put("call", call)
    changed = {"state": "opening", "by": call.operator, "why": ""}
    tx.put("speaker", speaker.model_copy(update=changed))
    return call


class VoiceLink:
    """Takes the voice child's events in their order, one write each."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._child = hub.children["voice"]
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._watchers: dict[str, Phase] = {}
        for name in ("phase", "record", "probed"):
            self._child.on[name] = self._took
        self._child.on_loss.append(lambda: self._took({"event": "gone"}, b""))

    @property
    def ready(self) -> bool:
        """Whether anything can be said now."""
        return self._child.alive

    def send(self, message: dict[str, Any], payload: bytes = b"") -> bool:
        """Pass a message to the voice process; False where there is none."""
        return self._child.send(message, payload)

    def open(self, do: Literal["warn", "talk"], call: wire.Call, **more: Any) -> None:
        """Have a call made; without a voice process it fails at once."""
        url = self._hub.register.speaker_urls.get(call.speaker, "")
        targets = [{"speaker": call.speaker, "url": url}]
        if not self.send({"do": do, "call": call.id, "targets": targets, **more}):
            self._took({"event": "gone"}, b"")

    def watch(self, call_id: str, told: Phase) -> None:
        """Call ``told`` after each step of a call, until :meth:`unwatch`."""
        self._watchers[call_id] = told

    def unwatch(self, call_id: str) -> None:
        self._watchers.pop(call_id, None)

    def _took(self, message: dict[str, Any], payload: bytes) -> None:
        self._events.put_nowait((message, payload))

    async def run(self) -> None:
        """Write down what happens until cancelled; calls of an earlier life have failed."""
        await self._fail_all("the hub was started again")
        while True:
            message, payload = await self._events.get()
            try:
                match message["event"]:
                    case "phase":
                        await self._phase(message)
                    case "record":
                        await self._record(str(message["call"]), payload)
                    case "probed":
                        await self._probed(message)
                    case _:
                        await self._fail_all("the voice process ended")
            except (KeyError, TypeError, ValueError):
                log.warning("a malformed event of the voice process: %s", message.get("event"))

    # --- what happened ------------------------------------------------------------------

    async def _phase(self, message: dict[str, Any]) -> None:
        call_id, phase = str(message["call"]), str(message["phase"])
        if phase not in _CHANGES:
            return
        at = datetime.fromtimestamp(float(message["at"]), UTC)
        changes = _CHANGES[phase](at)
        why = str(message.get("why", ""))

        def write(tx: Tx) -> wire.Call | None:
            call = tx.get(wire.Call, call_id)
            if call is None or call.state in ("done", "failed"):
                return None
            call = tx.put("call", call.model_copy(update={**changes, "why": why}))
            _follow(tx, call, lost=bool(message.get("lost")))
            return call

        call = await self._hub.store.write(write)
        self._tell(call)

    def _tell(self, call: wire.Call | None) -> None:
        if call and (told := self._watchers.get(call.id)):
            told(call)

    async def _record(self, call_id: str, wav: bytes) -> None:
        """Keep the sound as it was sent."""
        call = await self._hub.store.read(lambda reader: reader.get(wire.Call, call_id))
        if call is None:
            return
        media = await self._hub.media.write(
            wav, "audio/wav", "call", case=call.case, source=call.speaker, at=call.asked
        )

        def write(tx: Tx) -> None:
            tx.media(media)
            now = tx.get(wire.Call, call_id)
            if now is not None:
                kept = {"audio": media.id, "sha256": media.sha256}
                tx.put("call", now.model_copy(update=kept))

        await self._hub.store.write(write)

    async def _probed(self, message: dict[str, Any]) -> None:
        ok, why = bool(message["ok"]), str(message.get("why", ""))

        def write(tx: Tx) -> None:
            speaker = tx.get(wire.Speaker, str(message["speaker"]))
            if speaker is None or speaker.state not in ("idle", "failed"):
                return
            state = {"state": "idle", "why": ""} if ok else {"state": "failed", "why": why}
            after = speaker.model_copy(update=state)
            if after != speaker:
                tx.put("speaker", after)

        await self._hub.store.write(write)

    async def _fail_all(self, why: str) -> None:
        """Nothing is being said any more: end every open call."""

        def write(tx: Tx) -> list[wire.Call]:
            failed = []
            for call in list(tx.all(wire.Call).values()):
                ended = {"state": "failed", "why": why, "ended": tx.now}
                failed.append(tx.put("call", call.model_copy(update=ended)))
                _follow(tx, failed[-1], lost=False)
            for speaker in list(tx.all(wire.Speaker).values()):
                if speaker.state in ("opening", "talking"):
                    idle = {"state": "idle", "by": "", "why": ""}
                    tx.put("speaker", speaker.model_copy(update=idle))
            return failed

        for call in await self._hub.store.write(write):
            self._tell(call)


_CHANGES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "opening": lambda at: {"state": "opening"},
    "open": lambda at: {"opened": at},
    "first_packet": lambda at: {"state": "speaking", "first_packet": at},
    "closed": lambda at: {"state": "done", "ended": at},
    "failed": lambda at: {"state": "failed", "ended": at},
}
"""Phase of the voice process -> what changes in the call."""


def _follow(tx: Tx, call: wire.Call, *, lost: bool) -> None:
    """Let the speaker's state follow its call."""
    speaker = tx.get(wire.Speaker, call.speaker)
    if speaker is None:
        return
    if call.state == "speaking":
        changes = {"state": "talking", "by": call.operator, "why": ""}
    elif call.state in ("asked", "opening"):
        changes = {"state": "opening", "by": call.operator, "why": ""}
    elif lost:
        changes = {"state": "failed", "by": "", "why": call.why}
    else:
        changes = {"state": "idle", "by": "", "why": ""}
    after = speaker.model_copy(update=changes)
    if after != speaker:
        tx.put("speaker", after)


def setup(hub: Hub) -> None:
    """Begin to take what the voice process reports."""
    hub.spawn(hub.voice.run(), "voice link")
