"""Tables that the hub makes, put into a file of the officer's own."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import requests
from pydantic import ValidationError

from console import wire

PATIENCE = (2.0, 300.0)
"""Seconds to connect, and until the first of a long table comes."""
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Saved:
    """A table that lies in ``path``: ``rows`` cases, and ``cut`` where there were more."""

    path: Path
    rows: int
    cut: bool


def save(session: requests.Session, url: str, body: bytes, path: Path) -> Saved | wire.Problem:
    """Post ``body`` and write the answer to ``path``, whole or not at all.

    Raises :class:`requests.RequestException` where the hub cannot be reached.
    """
    headers = {"Content-Type": "application/json"}
    with session.post(url, data=body, headers=headers, stream=True, timeout=PATIENCE) as answer:
        if not answer.ok:
            try:
                return wire.Problem.model_validate_json(answer.content)
            except ValidationError:
                return wire.Problem(code="hub_error", detail=str(answer.status_code))
        draft = path.with_suffix(path.suffix + ".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                for piece in answer.iter_content(_PIECE):
                    file.write(piece)
            draft.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink()
            return wire.Problem(code="cannot_save", detail=f"{path}: {error.strerror}")
        rows, cut = answer.headers.get("X-Rows", "0"), answer.headers.get("X-Cut") == "1"
    return Saved(path, int(rows) if rows.isdecimal() else 0, cut)
