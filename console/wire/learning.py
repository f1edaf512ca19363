"""How often proposals were right, and what the classifier learned from."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from console.wire.base import Message


class Hits(Message):
    """How proposals ended: filed as proposed, filed as something else, or not filed at all."""

    accepted: int = 0
    corrected: int = 0
    rejected: int = 0


class ClassHits(Hits):
    """Of one proposed class."""

    of: str
    name: str = ""


class LearningReport(Message):
    """``state``: ``none`` was learned, ``too_few`` cases to learn from, ``training``, ``ready``.

    ``examples`` of ``classes`` were learned from; ``accuracy`` is the share that the model had
    right of those held back from it. ``by_basis`` sums by what the proposed class rested on.
    """

    state: Literal["none", "too_few", "training", "ready"]
    trained: datetime | None = None
    examples: int = 0
    classes: int = 0
    accuracy: float | None = None
    lines: list[ClassHits] = Field(default_factory=list)
    by_basis: dict[str, Hits] = Field(default_factory=dict)
