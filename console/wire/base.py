"""What every message is made of."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

API_VERSION = 1

Ring = list[tuple[float, float]]
"""A polygon's outer ring or a line as (lon, lat) pairs, GeoJSON order."""


class Message(BaseModel):
    """Base of all wire messages: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(Message):
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class FieldChange(Message):
    """What became of one field of a case, as an officer would read it."""

    field: str
    was: Any = None
    now: Any = None


class Problem(Message):
    """Body of each 4xx answer. ``code`` is stable; the seat words it in its language.

    A conflict carries the row as it is now, who changed it since the officer saw it, and what.
    """

    code: str
    detail: str = ""
    field: str | None = None
    current: dict[str, Any] | None = None
    changed_by: str = ""
    changes: list[FieldChange] = Field(default_factory=list)
