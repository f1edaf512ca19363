"""What each driver of a loudspeaker is: the port, its error, its log of losses.

A driver starts, opens lines, tells when one is lost, recovers by itself on the next open,
stops within 2 s and leaves nothing behind. It never logs or sends an address's password
in the clear.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from console.voice.programme import Codec

_log = logging.getLogger("voice.drivers")


class DeviceError(Exception):
    """The speaker could not be opened; the text says why, fit for the officer's panel."""


class LineLostError(Exception):
    """An open line broke; the text says why."""


class Line(Protocol):
    """An open way to one speaker."""

    @property
    def codec(self) -> Codec:
        """What :meth:`write` wants its frames in."""

    def write(self, frame: bytes) -> None:
        """Send one frame of 20 ms. On the pacing thread; never blocks; :class:`LineLostError`."""

    async def close(self) -> None:
        """End it in good form within 2 s; never raises."""


class Driver(Protocol):
    """One protocol. All but :meth:`Line.write` runs on the engine's loop."""

    askable: bool
    """Whether :meth:`probe` can tell a living speaker from a dead one."""

    async def start(self) -> None:
        """Take what the driver needs."""

    async def open(self, url: str, lost: Callable[[str], None]) -> Line:
        """Return a line ready for its first frame; raise :class:`DeviceError`.

        ``lost`` is called at most once, when the speaker itself ends the line.
        """

    async def probe(self, url: str) -> str:
        """Return what can be said about the speaker's health; raise :class:`DeviceError`."""

    async def stop(self) -> None:
        """Close all that is open."""


def shown(url: str) -> str:
    """Return an address without its password."""
    if url.startswith(("sip:", "sips:")):
        scheme, _, rest = url.partition(":")
        user, at, host = rest.rpartition("@")
        return f"{scheme}:{user.partition(':')[0]}{at}{host}"
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, user + host, parts.path, parts.query, ""))


class Outages:
    """Logs a speaker's loss once and its recovery once."""

    def __init__(self) -> None:
        self._lost: set[str] = set()

    def lost(self, url: str, why: str) -> None:
        if url not in self._lost:
            self._lost.add(url)
            _log.warning("speaker %s is lost: %s", shown(url), why)

    def back(self, url: str) -> None:
        if url in self._lost:
            self._lost.discard(url)
            _log.warning("speaker %s is back", shown(url))

    def __contains__(self, url: object) -> bool:
        return url in self._lost
