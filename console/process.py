"""How the program starts parts of itself as child processes."""

from __future__ import annotations

import contextlib
import random
import runpy
import socket
import sys
from pathlib import Path

_MAIN = Path(__file__).resolve().parent.parent / "main.py"
_FLAG = "--child"
_PORTS = range(20_000, 32_768)


def child_command(module: str, *args: str) -> list[str]:
    """Return the argv that runs ``module`` as a program in a process of its own.

    The program starts itself again with ``--child``, so it is the same from any
    directory, when installed, and when frozen into one file.
    """
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(_MAIN)]
    return [*start, _FLAG, module, *args]


def run_child(argv: list[str]) -> bool:
    """Run the module named after ``--child`` in ``argv`` and return True; else return False.

    Only this program's own modules are run.
    """
    if len(argv) < 3 or argv[1] != _FLAG:
        return False
    module = argv[2]
    if module.split(".")[0] != "console":
        raise SystemExit(f"{module} is no part of this program")
    sys.argv = argv[2:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return True


def free_ports(count: int) -> list[int]:
    """Return TCP ports of 127.0.0.1 that nobody listens on at this moment.

    They lie below those that systems give to outgoing connections, so that none of these takes
    one before it is used. Raises :class:`OSError` where all are taken.
    """
    found: list[int] = []
    for port in random.sample(_PORTS, len(_PORTS)):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
        if len(found) == count:
            return found
    raise OSError("no free port")
