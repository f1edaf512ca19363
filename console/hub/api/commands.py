"""Commands of the officers."""

from __future__ import annotations

from fastapi import APIRouter

from console.hub.auth import HubHere, Seeing
from console.hub.commands import execute
from console.wire import Command, CommandResult

router = APIRouter(tags=["seat"])


@router.post("/api/commands")
async def command(hub: HubHere, officer: Seeing, command: Command) -> CommandResult:
    """Carry a command out, once for each key."""
    return await execute(hub, officer, command)
