"""What the hub says instead of doing a thing it may not or cannot do."""

from __future__ import annotations

from typing import Any

from console.wire import Problem


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A request that is answered with ``status`` and a :class:`Problem`.

    ``code`` is stable and worded by the seat; ``current`` is the row as it is now,
    for a conflict.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        status: int = 422,
        field: str | None = None,
        current: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.status = status
        self.problem = Problem(code=code, detail=detail, field=field, current=current)
