"""What a seat is told when it is started."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def default_data() -> Path:
    """Return the folder of the program's own files for this user."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "zhihui"


def parse(argv: list[str]) -> argparse.Namespace:
    """Read the command line; ``--child`` is taken before this."""
    parser = argparse.ArgumentParser("zhihui", description="The command room's console.")
    add = parser.add_argument
    add("--data", type=Path, default=None, help="folder of this program's own files")
    add("--register", type=Path, help="folder of the register the embedded hub imports")
    add("--hub", metavar="URL", help="use the hub of a bureau instead of an embedded one")
    add("--lang", choices=("zh_CN", "en"), help="language of the interface")
    add("--theme", choices=("night", "day"), help="look of the window")
    add("--demo", action="store_true", help="with a simulated town around it")
    add("--seed", type=int, default=7, help="which town the demo makes")
    add("--speed", type=float, default=1.0, help="how fast the demo's time runs, 1 to 60")
    add("--story", help="a scripted course of the demo")
    add("--start", metavar="HH:MM", help="the demo's time of day at the start")
    options = parser.parse_args(argv)
    if options.data is None:
        options.data = default_data() / "demo" if options.demo else default_data()
    return options
