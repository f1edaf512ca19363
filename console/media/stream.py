"""The port between a source of video and what becomes of it.

A driver plays one :class:`Source` into a :class:`Sink` until it is cancelled or fails with a
:class:`StreamError`; it never queues and never reconnects, that is the watch's part.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

from console.media.frames import Signal


class StreamError(Exception):
    """The source cannot be played now; trying again may help. The text holds no password."""


class RefusedError(StreamError):
    """The source does not let us in: trying again soon would lock the account."""


class UnknownCodecError(StreamError):
    """The source is there, but its coding is none this driver can take apart."""


@dataclass(frozen=True, slots=True)
class Source:
    """An address without its secrets, and the secrets, which no log ever shows."""

    url: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Source:
        """Take credentials out of a URL; ValueError where it is none."""
        parts = urlsplit(url)
        if not parts.scheme or len(url) > 2048 or any(c.isspace() or c < "!" for c in url):
            raise ValueError("not a URL")
        _, at, place = parts.netloc.rpartition("@")
        clean = urlunsplit(parts._replace(netloc=place)) if at else url
        return cls(clean, unquote(parts.username or ""), unquote(parts.password or ""))

    @property
    def scheme(self) -> str:
        return urlsplit(self.url).scheme.lower()


@dataclass(frozen=True, slots=True)
class Unit:
    """One coded picture.

    ``arrived`` is ``time.monotonic_ns()`` when its last byte was read, ``stamp`` the source's
    own steady time in ns from any origin, ``camera`` its wall clock in Unix ns, 0 if untold.
    """

    data: bytes
    key: bool
    arrived: int
    stamp: int
    camera: int = 0


class Sink(Protocol):
    """Takes what a driver receives. Called on the loop's thread; must not block for long."""

    def opened(self, codec: str, setup: bytes) -> None:
        """A connection plays ``codec`` (libavcodec's name); ``setup`` is its out-of-band data."""

    def take(self, units: list[Unit]) -> None:
        """Coded pictures that came in one read, oldest first; none is missing between them."""

    def missed(self, packets: int) -> None:
        """So many packets were lost; the next unit is a key picture."""

    def signal(self, signal: Signal) -> None:
        """The watch's state turned."""


Driver = Callable[[Source, Sink], Awaitable[None]]
