"""The drivers of loudspeakers, one a protocol; the scheme of an address picks its driver."""

from __future__ import annotations

from collections.abc import Callable

from console.voice.drivers.file import FileDriver
from console.voice.drivers.port import Driver
from console.voice.drivers.rtp import RtpDriver
from console.voice.drivers.sip import SipDriver

SCHEMES: dict[str, Callable[[], Driver]] = {
    "sip": SipDriver,
    "rtp": RtpDriver,
    "file": FileDriver,
}


def scheme(url: str) -> str:
    """Return what stands before the first colon, in small letters."""
    return url.partition(":")[0].lower()
