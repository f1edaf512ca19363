"""The one stream of a seat: a snapshot, then numbered changes, resumed by number."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

import requests
from pydantic import TypeAdapter, ValidationError
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from console import wire
from console.backoff import Backoff
from console.seat.mirror import Fresh, fresh

log = logging.getLogger(__name__)

_MESSAGE: TypeAdapter[wire.StreamMessage] = TypeAdapter(wire.StreamMessage)
_SILENCE = 4.0
"""Seconds without any message after which the hub is taken for dead; it beats each second."""
_REFUSED = (401, 403)

Told = Fresh | wire.Changes | wire.Positions | wire.Health | wire.Presence


def _nobody(_: object) -> None:
    pass


class _RefusedError(Exception):
    """The hub does not let this seat in."""


class Stream:
    """A thread that keeps the mirror's feed going for as long as the seat lives.

    States: ``connecting``, ``live``, ``lost``, ``refused``.
    """

    def __init__(self, base_url: str, token: str) -> None:
        self._http = base_url
        self._ws = "ws" + base_url.removeprefix("http")
        self.renew(token)
        self._message: Callable[[Told], None] = _nobody
        self._state: Callable[[str], None] = _nobody
        self._told = ""
        self._since: int | None = None
        self._looking: str | None = None
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._socket: ClientConnection | None = None
        self._offsets: deque[float] = deque(maxlen=30)
        self._thread = threading.Thread(target=self._run, name="hub-stream", daemon=True)

    @property
    def skew(self) -> float:
        """Seconds the hub's clock is ahead of ours; the least delayed of the last beats tells."""
        return max(self._offsets, default=0.0)

    def start(self, message: Callable[[Told], None], state: Callable[[str], None]) -> None:
        """Begin to receive; both are called on the stream's thread."""
        self._message, self._state = message, state
        self._thread.start()

    def renew(self, token: str, *, anew: bool = False) -> None:
        """Use a new token from the next connection on; ``anew`` begins with a snapshot."""
        self._headers = {"Authorization": f"Bearer {token}"}
        self._anew = anew

    def look(self, case_id: str | None) -> None:
        """Say which case the officer looks at, now and after each new connection."""
        self._looking = case_id
        socket = self._socket
        if socket is not None:
            self._say(socket)

    def _say(self, socket: ClientConnection) -> None:
        with contextlib.suppress(OSError, WebSocketException):
            socket.send(wire.Looking(case=self._looking).model_dump_json())

    def hurry(self) -> None:
        """Try at once instead of waiting out the back-off."""
        self._wake.set()

    def end(self) -> None:
        """Make the thread leave; does not wait."""
        self._stop.set()
        self._wake.set()
        socket = self._socket
        if socket is not None:
            socket.close_socket()

    def join(self, timeout: float) -> None:
        """Wait at most ``timeout`` seconds for the thread to end."""
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _tell(self, state: str) -> None:
        if state != self._told:
            log.info("hub is %s", state)
            self._told = state
            self._state(state)

    def _run(self) -> None:
        backoff = Backoff(0.1, 5.0)
        self._tell("connecting")
        while not self._stop.is_set():
            self._wake.clear()
            try:
                self._follow(backoff)
            except _RefusedError:
                self._tell("refused")
            except (OSError, WebSocketException, ValidationError, ValueError) as error:
                log.debug("stream: %s", error)
            if self._stop.is_set():
                return
            if self._told == "live":
                self._tell("lost")
            self._wake.wait(backoff.next())

    def _follow(self, backoff: Backoff) -> None:
        if self._since is None or self._anew:
            self._anew = False
            self._fetch_snapshot()
        try:
            with connect(
                f"{self._ws}/api/stream?since={self._since}",
                additional_headers=self._headers,
                compression=None,
                max_size=1 << 26,
                open_timeout=5,
                close_timeout=0.5,
                ping_interval=None,
                proxy=None,
            ) as socket:
                self._socket = socket
                if self._looking is not None:
                    self._say(socket)
                self._listen(socket, backoff)
        except InvalidStatus as error:
            if error.response.status_code in _REFUSED:
                raise _RefusedError from error
            raise
        finally:
            self._socket = None

    def _listen(self, socket: ClientConnection, backoff: Backoff) -> None:
        """Take messages until the seat closes or a snapshot is needed."""
        while not self._stop.is_set():
            message = _MESSAGE.validate_json(socket.recv(timeout=_SILENCE))
            self._tell("live")
            backoff.reset()
            if not self._take(message):
                return

    def _take(self, message: wire.StreamMessage) -> bool:
        """Hand a message on; return False when a snapshot is needed instead."""
        match message:
            case wire.Pruned():
                self._since = None
                return False
            case wire.Beat():
                self._offsets.append((message.at - datetime.now(UTC)).total_seconds())
                if self._since is not None and message.seq < self._since:
                    log.warning("the hub went back to %d from %d", message.seq, self._since)
                    self._since = None
                    return False
                if self._since is not None:
                    # What it was not sent up to here was not for it to see.
                    self._since = message.seq
            case wire.Changes():
                self._message(message)
                if message.changes:
                    self._since = message.changes[-1].seq
            case _:
                self._message(message)
        return True

    def _fetch_snapshot(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            url = f"{self._http}/api/snapshot"
            answer = session.get(url, headers=self._headers, timeout=(2, 30))
        if answer.status_code in _REFUSED:
            raise _RefusedError
        answer.raise_for_status()
        snapshot = wire.Snapshot.model_validate_json(answer.content)
        self._message(fresh(snapshot))
        self._since = snapshot.seq
