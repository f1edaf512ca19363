"""The first lines between a seat and the hub it starts as its child."""

from __future__ import annotations

from console.wire.base import Message


class Launch(Message):
    """First line on the embedded hub's standard input."""

    token: str
    intake_key: str
    officer: str = "duty"
    officer_name: str = "值班员"


class Ready(Message):
    """First line on the embedded hub's standard output."""

    port: int
    jt808_port: int
    pid: int
