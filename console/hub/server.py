"""The HTTP server: says Ready once it answers, ends when told, within two seconds."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable

import uvicorn

from console.hub.app import create, start, stop
from console.hub.context import Hub
from console.wire import Ready

log = logging.getLogger(__name__)


def _say_ready(ready: Ready) -> None:
    sys.stdout.write(ready.model_dump_json() + "\n")
    sys.stdout.flush()


class Server(uvicorn.Server):
    """uvicorn on sockets that are bound already."""

    def __init__(
        self, hub: Hub, http: socket.socket, on_ready: Callable[[Ready], None] = _say_ready
    ) -> None:
        super().__init__(
            uvicorn.Config(
                create(hub),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="websockets-sansio",
                ws_max_size=1 << 20,
                ws_ping_interval=20.0,
                ws_ping_timeout=20.0,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
                server_header=False,
            )
        )
        self._hub = hub
        self._http = http
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await start(self._hub)
        except BaseException:
            await stop(self._hub)
            raise
        await super().startup(sockets)
        jt808 = self._hub.jt808_socket
        ready = Ready(
            port=self._http.getsockname()[1],
            jt808_port=jt808.getsockname()[1] if jt808 else 0,
            pid=os.getpid(),
        )
        log.info("ready on port %d, terminals on port %d", ready.port, ready.jt808_port)
        self._on_ready(ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        await stop(self._hub)

    def end(self) -> None:
        """Begin the orderly end."""
        self.should_exit = True
