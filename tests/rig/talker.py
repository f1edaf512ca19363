"""A seat without a screen that talks to one loudspeaker until it is killed.

``python -m tests.rig.talker URL SPEAKER`` reads the token as one line of standard input.
"""

from __future__ import annotations

import sys
import threading
import uuid

from console import wire
from console.seat.client import HubClient

_FRAME = (b"\x00\x20" * 8 + b"\x00\xe0" * 8) * 20
"""20 ms of a 1 kHz square wave at 16 kHz."""


def main() -> None:
    """Talk until killed."""
    url, speaker = sys.argv[1:]
    client = HubClient(url, sys.stdin.readline().strip())
    talk = client.talk(wire.TalkOpen(speaker=speaker, key=uuid.uuid4().hex), lambda _state: None)
    tick = threading.Event()
    while not tick.wait(0.02):
        talk.send(_FRAME)


if __name__ == "__main__":
    main()
