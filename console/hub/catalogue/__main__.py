"""``python -m console.hub.catalogue classes|rules FILE``: what is wrong with a table, offline."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from console import wire
from console.hub.catalogue import base
from console.hub.catalogue.imports import read_table
from console.hub.catalogue.tables import unknown


def main(argv: list[str]) -> int:
    """Print every problem; return 1 where there is one."""
    parser = argparse.ArgumentParser("console.hub.catalogue", description=__doc__)
    parser.add_argument("what", choices=("classes", "rules"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--departments", nargs="*", default=(), help="ids that are there")
    args = parser.parse_args(argv)
    table = read_table(args.what, args.file.read_bytes(), args.file.name, "")
    known = {wire.id_of(item) for item in base.classes()}
    problems = table.problems or unknown(table.classes, table.rules, known, args.departments)
    for problem in problems:
        sys.stdout.write(f"{args.file.name} {problem}\n")
    rows = len(table.classes.bodies) + len(table.rules.bodies)
    sys.stdout.write(f"{rows} rows, {len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
