"""What every test is held to: nothing it started outlives it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

_PATIENCE = 10.0
"""Seconds that what a test started has to be gone after it."""


def _threads() -> set[str]:
    return {f"thread {thread.name} {thread.ident}" for thread in threading.enumerate()}


def _children() -> set[str]:
    found = set()
    for child in psutil.Process().children(recursive=True):
        try:
            if child.status() != psutil.STATUS_ZOMBIE:
                found.add(f"child {child.pid} {' '.join(child.cmdline()[:5])}")
        except psutil.NoSuchProcess:
            continue
    return found


def _sockets() -> set[str]:
    return {
        f"socket {connection.fd} {connection.laddr}"
        for connection in psutil.Process().net_connections("inet")
        if connection.status in (psutil.CONN_LISTEN, psutil.CONN_ESTABLISHED, psutil.CONN_NONE)
    }


def _shared_memory() -> set[str]:
    return {f"shared memory {path.name}" for path in Path("/dev/shm").glob("zhihui*")}  # noqa: S108


_KINDS: tuple[Callable[[], set[str]], ...] = (_threads, _children, _sockets, _shared_memory)


@pytest.fixture(autouse=True)
def nothing_leaks() -> Iterator[None]:
    """Fail a test that leaves a thread, child process, socket or shared memory behind."""
    before = [kind() for kind in _KINDS]
    yield
    deadline = time.monotonic() + _PATIENCE
    while True:
        left = [item for kind, was in zip(_KINDS, before, strict=True) for item in kind() - was]
        if not left:
            return
        if time.monotonic() > deadline:
            pytest.fail(f"left behind: {left}")
        threading.Event().wait(0.05)
