"""How often proposals were right."""

from __future__ import annotations

from fastapi import APIRouter

from console.hub.auth import HubHere, Seeing
from console.wire.learning import LearningReport

router = APIRouter(tags=["office"])


@router.get("/api/learning")
async def learning(hub: HubHere, officer: Seeing) -> LearningReport:
    """Return how proposals of each class ended, and what the classifier learned from."""
    return await hub.learning.report()
