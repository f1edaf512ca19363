"""The seat's own line among the parts of the program."""

from __future__ import annotations

from pathlib import Path

from console import wire
from widgets.bridge import Desk

_PAGE = 4096


def memory_mb() -> float:
    """Return this process's resident memory in megabytes (0 where the system does not tell)."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * _PAGE / 1e6


def seat_part(desk: Desk) -> wire.Part:
    """Return how the seat keeps time: late frames of the last minute, the rest since asked last."""
    _, _, worst, waiting = desk.frames.take()
    share = desk.frames.late_percent()
    return wire.Part(
        name="seat",
        state="warn" if share > 1.0 else "ok",
        figures={
            "frame_worst_ms": round(worst * 1000, 1),
            "frames_late_percent": round(share, 2),
            "mailbox": float(waiting),
            "memory_mb": round(memory_mb(), 1),
            "clock_skew_ms": round(desk.seat.client.skew * 1000, 1),
        },
    )
