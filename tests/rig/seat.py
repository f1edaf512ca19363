"""The real seat as ``main.py`` starts it, telling its launcher the keys of this launch.

``python -m tests.rig.seat ARGS`` prints one JSON line and then runs until it is closed.
"""

from __future__ import annotations

import contextlib
import json
import sys

import main
from console.seat.options import parse


def run() -> int:
    """Run the seat; return its exit code."""
    options = parse(sys.argv[1:])
    with contextlib.ExitStack() as leave:
        backing = main.stand_behind(options, leave)
        keys = {"url": backing.url, "token": backing.token, "intake_key": backing.intake_key}
        sys.stdout.write(json.dumps(keys) + "\n")
        sys.stdout.flush()
        from widgets.start import run as run_window

        return run_window(options, backing)


if __name__ == "__main__":
    sys.exit(run())
