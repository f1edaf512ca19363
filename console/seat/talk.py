"""Live talk: the officer's voice to one loudspeaker through the hub."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable

from pydantic import ValidationError
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from console import wire

log = logging.getLogger(__name__)

_BACKLOG = 50
"""Frames (of 20 ms) kept while the socket opens; older ones go first."""


class HubTalk:
    """One talk, from pressing to letting go, on a thread of its own."""

    def __init__(
        self,
        base_url: str,
        token: str,
        opening: wire.TalkOpen,
        state: Callable[[wire.TalkState], None],
    ) -> None:
        self._url = "ws" + base_url.removeprefix("http") + "/api/talk"
        self._token = token
        self._opening = opening
        self._state = state
        self._frames: queue.Queue[bytes | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="hub-talk", daemon=True)
        self._thread.start()

    def send(self, pcm: bytes) -> None:
        """Send one frame of 20 ms: s16le, 16 kHz, mono, 640 bytes. Never blocks."""
        while self._frames.qsize() >= _BACKLOG:
            with contextlib.suppress(queue.Empty):
                self._frames.get_nowait()
        self._frames.put(pcm)

    def close(self) -> None:
        """End the talk after the frames already given."""
        self._frames.put(None)

    def join(self, timeout: float) -> None:
        """Wait at most ``timeout`` seconds for the thread to end."""
        self._thread.join(timeout)

    @property
    def alive(self) -> bool:
        """Whether the talk still holds its thread."""
        return self._thread.is_alive()

    def _run(self) -> None:
        last = wire.TalkState(call="", state="closed")
        try:
            with connect(
                self._url,
                additional_headers={"Authorization": f"Bearer {self._token}"},
                compression=None,
                open_timeout=3,
                close_timeout=0.5,
                ping_interval=None,
                proxy=None,
            ) as socket:
                socket.send(self._opening.model_dump_json())
                last = self._pump(socket)
        except (OSError, WebSocketException, ValidationError) as error:
            log.debug("talk: %s", error)
            last = wire.TalkState(call="", state="failed", why="unreachable")
        self._state(last)

    def _pump(self, socket: ClientConnection) -> wire.TalkState:
        """Send frames and tell states until either side ends; return the last state."""
        call = ""
        while True:
            with contextlib.suppress(queue.Empty):
                frame = self._frames.get(timeout=0.02)
                if frame is None:
                    return wire.TalkState(call=call, state="closed")
                socket.send(frame)
            with contextlib.suppress(TimeoutError):
                state = wire.TalkState.model_validate_json(socket.recv(timeout=0))
                call = state.call
                if state.state in ("closed", "failed"):
                    return state
                self._state(state)
