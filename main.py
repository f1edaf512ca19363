"""Start a seat: parse arguments, open the window."""

from __future__ import annotations

import sys

from console.process import run_child


def main() -> int:
    """Run the program; return its exit code."""
    if run_child(sys.argv):
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
