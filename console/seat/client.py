"""The seat's way to the hub: commands, the stream, fetches and live talk.

Every answer arrives on a thread of the client; whoever asked moves it to its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import requests
from pydantic import BaseModel, ValidationError

from console import wire
from console.backoff import Backoff
from console.seat.lane import Lane
from console.seat.saving import Saved, save
from console.seat.stream import Stream, Told
from console.seat.talk import HubTalk

log = logging.getLogger(__name__)

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
Then = Callable[[T | wire.Problem], None]

_TIMEOUT = (2.0, 8.0)
_CACHE_BYTES = 64 << 20
_SPOKEN_LATE = 5.0
"""Seconds after which a spoken warning is not sent any more: said late it would be wrong."""
_HUB_ERRORS = 5
"""How often a living hub may answer 5xx before the command is given back as failed."""

UNREACHABLE = wire.Problem(code="unreachable")


class HubClient:
    """One seat's connection to a hub at ``base_url`` (``http://host:port``)."""

    def __init__(self, base_url: str, token: str) -> None:
        self._url = base_url.rstrip("/")
        self._token = token
        self._closing = threading.Event()
        self._wake = threading.Condition()
        self._stream = Stream(self._url, token)
        self._commands = Lane("hub-commands", token)
        self._voice = Lane("hub-voice", token)
        self._files = Lane("hub-files", token)
        self._fetches = [Lane(f"hub-fetch-{n}", token) for n in range(2)]
        self._talks: list[HubTalk] = []
        self._cache: OrderedDict[str, bytes] = OrderedDict()
        self._cached = 0
        self._cache_lock = threading.Lock()

    def _note(self, state: Callable[[str], None]) -> Callable[[str], None]:
        def told(now: str) -> None:
            if now == "live":
                self._nudge()
            state(now)

        return told

    def renew(self, token: str, *, anew: bool = False) -> None:
        """Go on with a new token; ``anew`` where it is somebody else's, who sees other things."""
        self._token = token
        self._stream.renew(token, anew=anew)
        if anew:
            self._forget_media()
        for lane in (self._commands, self._voice, self._files, *self._fetches):
            lane.renew(token)
        self.hurry()

    def _nudge(self) -> None:
        with self._wake:
            self._wake.notify_all()

    @property
    def skew(self) -> float:
        """Seconds the hub's clock is ahead of ours."""
        return self._stream.skew

    def start(self, message: Callable[[Told], None], state: Callable[[str], None]) -> None:
        """Begin to receive; both are called on the stream's thread."""
        self._stream.start(message, self._note(state))

    def hurry(self) -> None:
        """Try again at once: the hub is known to be back."""
        self._stream.hurry()
        self._nudge()

    # --- commands ------------------------------------------------------------------

    def submit(self, command: wire.Command, then: Then[wire.CommandResult]) -> None:
        """Send a command until it is acknowledged or refused, in the order of submission.

        Over a restart of the hub the same key goes again, so that nothing happens twice.
        Spoken warnings have a lane of their own and are given up after a few seconds.
        """
        spoken = command.id.startswith("voice.")
        until = time.monotonic() + _SPOKEN_LATE if spoken else None
        lane = self._voice if spoken else self._commands
        lane.put(lambda session: self._carry(session, command, then, until))

    def _carry(
        self,
        session: requests.Session,
        command: wire.Command,
        then: Then[wire.CommandResult],
        until: float | None,
    ) -> None:
        backoff = Backoff(0.1, 2.0)
        errors = 0
        body = command.model_dump_json().encode()
        while not self._closing.is_set():
            try:
                answer = session.post(
                    f"{self._url}/api/commands",
                    data=body,
                    headers={"Content-Type": "application/json"},
                    timeout=_TIMEOUT,
                )
            except requests.RequestException as error:
                log.debug("command %s: %s", command.id, error)
            else:
                if answer.status_code < 500:
                    then(_read(answer, wire.CommandResult))
                    return
                errors += 1
                if errors >= _HUB_ERRORS:
                    then(wire.Problem(code="hub_error", detail=str(answer.status_code)))
                    return
            if until is not None and time.monotonic() > until:
                break
            with self._wake:
                self._wake.wait(backoff.next())
        then(UNREACHABLE)

    # --- fetches --------------------------------------------------------------------

    def detail(self, case_id: str, then: Then[wire.CaseDetail]) -> None:
        """Fetch one case whole."""
        self._fetch(f"/api/cases/{case_id}", lambda a: then(_read(a, wire.CaseDetail)), then)

    def media(self, media_id: str, then: Then[bytes]) -> None:
        """Fetch the bytes of a photo, a frame or a sound; the last 64 MB are kept."""
        with self._cache_lock:
            kept = self._cache.get(media_id)
            if kept is not None:
                self._cache.move_to_end(media_id)
        if kept is not None:
            then(kept)
            return

        def got(answer: requests.Response) -> None:
            if answer.ok:
                self._keep(media_id, answer.content)
            then(answer.content if answer.ok else _problem(answer))

        self._fetch(f"/api/media/{media_id}", got, then)

    def basemap(self, then: Then[bytes]) -> None:
        """Fetch the base map as GeoJSON text."""
        self._fetch("/api/basemap", lambda a: then(a.content if a.ok else _problem(a)), then)

    def month_report(self, start: datetime, end: datetime, then: Then[wire.MonthReport]) -> None:
        """Fetch the figures of the cases opened in a time."""
        query = urlencode({"start": start.isoformat(), "end": end.isoformat()})
        self._fetch(f"/api/report?{query}", lambda a: then(_read(a, wire.MonthReport)), then)

    def prepare(self, speaker: str, case: str | None, template: str) -> None:
        """Have the hub render a warning so that sending it is instant; failures do not matter."""
        body = {"speaker": speaker, "case": case, "template": template}
        self._tell("/api/voice/prepare", body)

    def watching(self, cameras: list[str]) -> None:
        """Tell the hub's audit which cameras this seat shows now; failures do not matter."""
        self._tell("/api/watch", {"cameras": cameras})

    def looking(self, case_id: str | None) -> None:
        """Tell the others which case this seat looks at; failures do not matter."""
        self._next_fetch().put(lambda _session: self._stream.look(case_id))

    def lock(self) -> None:
        """Tell the hub's audit that this seat hides what it shows; failures do not matter."""
        self._tell("/api/seat/lock", {})

    def unlock(self, password: str, then: Then[wire.Officer]) -> None:
        """Ask the hub whether this is the password of who signed in here."""
        body = wire.Unlock(password=password).model_dump_json().encode()
        self.upload("/api/seat/unlock", body, "application/json", wire.Officer, then)

    def sign_out(self) -> None:
        """End the session on the hub; failures do not matter."""
        self._tell("/api/logout", {})

    def _tell(self, path: str, body: dict[str, Any]) -> None:
        """Post something whose answer does not matter."""

        def job(session: requests.Session) -> None:
            if self._closing.is_set():
                return
            try:
                session.post(self._url + path, json=body, timeout=_TIMEOUT)
            except requests.RequestException as error:
                log.debug("%s: %s", path, error)

        self._next_fetch().put(job)

    def _next_fetch(self) -> Lane:
        """Return the lane with the least to do, so that nothing waits behind a slow answer."""
        return min(self._fetches, key=lambda lane: lane.load)

    def _fetch(
        self,
        path: str,
        got: Callable[[requests.Response], None],
        failed: Callable[[wire.Problem], None],
    ) -> None:
        def job(session: requests.Session) -> None:
            if self._closing.is_set():
                return
            try:
                answer = session.get(self._url + path, timeout=_TIMEOUT)
            except requests.RequestException as error:
                log.debug("fetch %s: %s", path, error)
                failed(UNREACHABLE)
            else:
                got(answer)

        self._next_fetch().put(job)

    def upload(self, path: str, data: bytes, type_: str, model: type[M], then: Then[M]) -> None:
        """Post a body, such as a question for a page of the queue; ``type_`` is its media type."""

        def job(session: requests.Session) -> None:
            if self._closing.is_set():
                return
            headers = {"Content-Type": type_}
            try:
                answer = session.post(
                    self._url + path, data=data, headers=headers, timeout=_TIMEOUT
                )
            except requests.RequestException as error:
                log.debug("post %s: %s", path, error)
                then(UNREACHABLE)
            else:
                then(_read(answer, model))

        self._next_fetch().put(job)

    def _forget_media(self) -> None:
        with self._cache_lock:
            self._cache.clear()
            self._cached = 0

    def save(self, path: str, data: bytes, file: Path, then: Then[Saved]) -> None:
        """Have the hub make a table and put it into ``file``; that may take minutes."""

        def job(session: requests.Session) -> None:
            if self._closing.is_set():
                return
            try:
                then(save(session, self._url + path, data, file))
            except requests.RequestException as error:
                log.debug("save %s: %s", path, error)
                then(UNREACHABLE)

        self._files.put(job)

    def _keep(self, media_id: str, data: bytes) -> None:
        with self._cache_lock:
            self._cached += len(data) - len(self._cache.pop(media_id, b""))
            self._cache[media_id] = data
            while self._cached > _CACHE_BYTES:
                _, oldest = self._cache.popitem(last=False)
                self._cached -= len(oldest)

    # --- live talk --------------------------------------------------------------------

    def talk(self, opening: wire.TalkOpen, state: Callable[[wire.TalkState], None]) -> HubTalk:
        """Open a live talk; ``state`` is told its states on the talk's thread."""
        talk = HubTalk(self._url, self._token, opening, state)
        self._talks = [t for t in self._talks if t.alive] + [talk]
        return talk

    def close(self) -> None:
        """Stop every thread and socket within two seconds."""
        until = time.monotonic() + 1.8
        self._closing.set()
        self._stream.end()
        lanes = [self._commands, self._voice, self._files, *self._fetches]
        for lane in lanes:
            lane.end()
        for talk in self._talks:
            talk.close()
        self._nudge()
        parts: list[Stream | Lane | HubTalk] = [self._stream, *lanes, *self._talks]
        for part in parts:
            part.join(max(0.0, until - time.monotonic()))


def _read(answer: requests.Response, model: type[M]) -> M | wire.Problem:
    if not answer.ok:
        return _problem(answer)
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        log.warning("unreadable answer: %s", error)
        return wire.Problem(code="hub_error", detail="unreadable answer")


def _problem(answer: requests.Response) -> wire.Problem:
    try:
        return wire.Problem.model_validate_json(answer.content)
    except ValidationError:
        codes = {401: "unauthenticated", 403: "forbidden", 404: "not_found"}
        return wire.Problem(code=codes.get(answer.status_code, "hub_error"))
