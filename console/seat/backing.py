"""What stands behind a seat that brings its own hub: ports, secrets of this launch, the child."""

from __future__ import annotations

import fcntl
import logging
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from console.process import free_ports
from console.seat.hub_process import HubProcess


class AlreadyRunningError(Exception):
    """Another seat uses the same folder."""


def hold(data: Path) -> IO[str]:
    """Lock a data folder for this seat; raise :class:`AlreadyRunningError` where it is taken.

    The lock goes with the process, however it ends.
    """
    data.mkdir(parents=True, exist_ok=True)
    file = (data / "seat.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyRunningError(str(data)) from None
    return file


class Backing:
    """An embedded hub, kept alive from :meth:`start` to :meth:`stop`."""

    def __init__(self, data: Path, register: Path | None) -> None:
        self._lock = hold(data)
        self.no_town: Path | None = None
        self._told: Callable[[Path], None] | None = None
        self.port, self.jt808_port = free_ports(2)
        self.token = secrets.token_urlsafe(32)
        self.intake_key = secrets.token_urlsafe(24)
        self.officer = "duty"
        launch = {
            "token": self.token,
            "intake_key": self.intake_key,
            "officer": self.officer,
            "officer_name": "值班员",
        }
        ports = (self.port, self.jt808_port)
        self.hub = HubProcess(data / "hub", register or data / "register", launch, ports)

    def surroundings_failed(self, log: Path) -> None:
        """Note that the demo's town did not start; ``log`` tells why. Safe from any thread."""
        logging.getLogger(__name__).error("the city did not start: see %s", log)
        self.no_town = log
        if self._told is not None:
            self._told(log)

    def listen(self, told: Callable[[Path], None]) -> None:
        """Have a town that did not start told to ``told``, now if that is known already."""
        self._told = told
        if self.no_town is not None:
            told(self.no_town)

    @property
    def url(self) -> str:
        """Where seats and doors reach the hub."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the hub and let the folder go."""
        self.hub.stop()
        self._lock.close()
