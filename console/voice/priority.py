"""The best scheduling priority that the machine gives a thread of the voice engine."""

from __future__ import annotations

import os
import threading

_NICE = -15


def raise_to(level: int) -> str:
    """Raise the calling thread to real-time ``level``, else by nice; return what it got.

    What the thread starts begins at ordinary priority again.
    """
    try:
        policy = os.SCHED_FIFO | os.SCHED_RESET_ON_FORK
        os.sched_setscheduler(0, policy, os.sched_param(level))
    except (AttributeError, OSError):
        pass
    else:
        return f"fifo {level}"
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
    except (AttributeError, OSError):
        return "normal"
    return f"nice {_NICE}"
