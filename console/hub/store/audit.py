"""The audit chain: each entry carries the SHA-256 over the one before it and itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from console.wire import AuditEntry

ROOT = "0" * 64
"""What stands before the first entry."""


def chained(
    before: str,
    seq: int,
    at: datetime,
    actor: str,
    action: str,
    target: str,
    detail: dict[str, Any],
) -> AuditEntry:
    """Return the entry that follows the one whose hash is ``before``."""
    record = [seq, at.astimezone(UTC).isoformat(), actor, action, target, detail]
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
    return AuditEntry(
        seq=seq,
        at=at,
        actor=actor,
        action=action,
        target=target,
        detail=detail,
        before=before,
        hash=digest,
    )


def first_break(entries: Iterable[AuditEntry], before: str = ROOT, seq: int = 1) -> int | None:
    """Return the number of the first entry that does not follow from its past, or None.

    ``before`` and ``seq`` say where the run of entries starts.
    """
    for entry in entries:
        good = chained(before, seq, entry.at, entry.actor, entry.action, entry.target, entry.detail)
        if good != entry:
            return seq
        before, seq = entry.hash, seq + 1
    return None
