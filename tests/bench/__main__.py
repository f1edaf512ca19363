"""``python -m tests.bench NAME``: the figures on standard output, all else on standard error."""

from __future__ import annotations

import importlib
import json
import os
import sys

BENCHES = ("first", "voice", "doors", "wall", "cases")


def run(name: str, arguments: list[str]) -> bool:
    """Run one bench, print its object, tell whether it passed."""
    report = importlib.import_module(f"tests.bench.{name}").run(arguments)
    sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return not report.missed


def main() -> int:
    name, *arguments = sys.argv[1:]
    names = BENCHES if name == "all" else (name,)
    if not set(names) <= {*BENCHES, "soak"}:
        sys.stderr.write(f"no bench {name!r}; there are: {', '.join(BENCHES)}\n")
        return 2
    # Whatever a child prints must not mix with the one object on standard output.
    keep = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(keep, "w", encoding="utf-8")
    passed = [run(one, arguments) for one in names]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
