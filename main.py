"""Start a seat: parse arguments, start what stands behind it, open the window."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from argparse import Namespace

from console.demo import City
from console.process import run_child
from console.seat.backing import AlreadyRunningError, Backing
from console.seat.options import parse


def stand_behind(options: Namespace, leave: contextlib.ExitStack) -> Backing:
    """Start the embedded hub and, for the demo, the town around it; ``leave`` ends them."""
    town = options.data / "city"
    backing = Backing(options.data, town / "register" if options.demo else options.register)
    leave.callback(backing.stop)
    if not options.demo:
        backing.hub.start()
        return backing
    course = {name: getattr(options, name) for name in ("seed", "speed", "start", "story")}
    city = City(town, backing.port, backing.jt808_port, backing.intake_key, **course)
    leave.callback(city.stop)

    def follow(ready: bool) -> None:
        if not ready:
            backing.surroundings_failed(town / "city.log")
        backing.hub.release()

    city.when_ready(follow)
    backing.hub.start(held=True)
    return backing


def main() -> int:
    """Run the program; return its exit code."""
    if run_child(sys.argv):
        return 0
    os.umask(0o077)  # what a seat keeps is nobody else's to read
    options = parse(sys.argv[1:])
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with contextlib.ExitStack() as leave:
        try:
            backing = None if options.hub else stand_behind(options, leave)
        except AlreadyRunningError as error:
            sys.exit(f"zhihui: another seat uses {error}; give this one its own --data")
        from widgets.start import run

        return run(options, backing)


if __name__ == "__main__":
    sys.exit(main())
